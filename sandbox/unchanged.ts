/** Conditional requests as GitHub and GitLab answer them: an ETag with what was read, and 304 to a client that has the same already. */
import { createHash } from 'node:crypto';
import type { Answer, Asked, Handler } from './exchange.ts';

export const withEtags =
  (handler: Handler): Handler =>
  async (asked) =>
    unlessUnchanged(asked, await handler(asked));

function unlessUnchanged({ method, message }: Asked, answer: Answer): Answer {
  if (method !== 'GET' || answer.status !== 200) return answer;
  const etag = `W/"${createHash('sha256').update(JSON.stringify(answer.body)).digest('hex')}"`;
  const headers = { ...answer.headers, etag };
  return message.headers['if-none-match'] === etag ? { status: 304, headers } : { ...answer, headers };
}
