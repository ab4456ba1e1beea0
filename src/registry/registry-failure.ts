/** Why an image could not be inspected. */
import * as z from 'zod/mini';
import { jsonOf } from '../core/answer-body.ts';
import { oneLine } from '../core/escape.ts';

/** The message is one clause, whose subject is a host, a file or a program. */
export class RegistryFailure extends Error {
  override readonly name = 'RegistryFailure';
}

const ERRORS = z.object({
  errors: z.array(z.object({ code: z.optional(z.string()), message: z.optional(z.string()) })),
});

/** The reasons of a refusal, as the OCI distribution specification has them («Error Codes»); `undefined` for another body. */
export function reasonsIn(body: Buffer): string | undefined {
  const { success, data } = ERRORS.safeParse(jsonOf(body));
  if (!success) return undefined;
  return oneLine(data.errors.map(({ code = '', message = '' }) => `${code}: ${message}`).join(', '));
}

/** A failure with the status and the reasons of an answer. `how` is what was sent: `without a login`. */
export function refusal(host: string, { status, body }: { status: number; body: Buffer }, how: string) {
  const reasons = reasonsIn(body) ?? (isPage(body) ? 'a web page' : '');
  return new RegistryFailure(`${host} answered ${status}${reasons && ` (${reasons})`} to a request ${how}`);
}

/** Whether a body is that of a web page, as proxies and login pages send it. */
export const isPage = (body: Buffer): boolean => /^\s*<(?:!doctype|html)/i.test(body.toString('utf8', 0, 200));
