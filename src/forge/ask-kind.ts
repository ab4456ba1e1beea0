/** The kind of a server that neither its address nor the CI says: one question to it, without a token. */
import type { Remote } from '../core/remote.ts';
import { send, type RawAnswer } from '../core/transport.ts';
import type { ForgeKind } from './kind.ts';

/** Milliseconds that the release waits for the answer. */
const LIMIT = 3000;
/** Bytes of that answer. */
const MAX_ANSWER = 2 ** 20;
/** Gitea and Forgejo answer it; the others are known by a header that they have in every answer, a refusal too. */
const QUESTION = '/api/v1/version';

interface Answer {
  readonly headers: RawAnswer['headers'];
  /** Empty where it has none. */
  readonly version: string;
  /** The reason of a refusal. */
  readonly message: string;
}

const has =
  (header: string) =>
  ({ headers }: Answer): boolean =>
    headers.has(header);

/** The first that is seen counts. */
const SIGNS: readonly (readonly [kind: ForgeKind, isSeen: (answer: Answer) => boolean])[] = [
  ['gitlab', has('x-gitlab-meta')],
  ['github', has('x-github-request-id')],
  ['bitbucket-data-center', has('x-arequestid')],
  // Forgejo names the Gitea that its API is that of: `11.0.1+gitea-1.22.0`.
  ['forgejo', ({ version }) => /^\d+\.\d+(?!\d).*\+gitea-/.test(version)],
  // A server that was built without a number says `development`.
  ['gitea', ({ version }) => /^(?:\d+\.\d+|development$)/.test(version)],
  // With REQUIRE_SIGNIN_VIEW the version is no public one.
  ['gitea', ({ message }) => message === 'Only signed in user is allowed to call APIs.'],
];

/** `git` for a server that is none of these, and for one that does not answer in time. Never throws. */
export async function askKind({
  transport,
  host,
  url,
}: Pick<Remote, 'transport' | 'host' | 'url'>): Promise<ForgeKind> {
  const server = transport === 'ssh' ? `https://${host}` : new URL(url).origin;
  try {
    const answer = await ask(`${server}${QUESTION}`);
    return SIGNS.find(([, isSeen]) => isSeen(answer))?.[0] ?? 'git';
  } catch {
    return 'git';
  }
}

/** Throws where the server cannot be reached or is too slow, and for an answer that is too large. */
async function ask(url: string): Promise<Answer> {
  const asked = { accept: 'application/json', 'user-agent': 'manifest-release-pr' };
  const request = { method: 'GET', headers: asked, signal: AbortSignal.timeout(LIMIT) };
  const { headers, body } = await send(url, request, MAX_ANSWER);
  const isJson = /\bjson\b/.test(headers.get('content-type') ?? '');
  const { version, message } = ((isJson && (JSON.parse(body.toString()) as unknown)) || {}) as Record<string, unknown>;
  return { headers, version: textOf(version), message: textOf(message) };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
