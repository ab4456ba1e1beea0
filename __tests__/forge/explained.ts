/** What is said behind a refusal of git or of an API, with some token. */
import { failure, type ReleaseError } from '../../src/core/errors.ts';
import { explainRefusal } from '../../src/forge/connect.ts';
import { RefusedAnswer } from '../../src/forge/http/refused-answer.ts';
import { detectCi } from '../../src/inputs/ci.ts';
import { readAccess } from '../../src/inputs/access.ts';

/** The answer of an API. */
export const answered = (status: number, data: object): RefusedAnswer => new RefusedAnswer(status, new Map(), data);

/** What git printed. */
export const printed = (stderr: string): Error =>
  Object.assign(new Error('git'), { name: 'GitError', command: 'push', stderr });

/** The hint about the token for that repository, by the API or by git. */
export async function hintFor(repository: string, token: string, cause: unknown): Promise<string | undefined> {
  const ci = detectCi({});
  const access = readAccess({ repository, token }, ci);
  const details = {
    forge: 'Bitbucket',
    access: '',
    repository: 'acme/manifests',
    branch: 'release/web',
    reason: 'no',
  } as const;
  const error =
    cause instanceof RefusedAnswer
      ? failure('API_DENIED', { ...details, action: 'open a pull request' }, cause)
      : failure('ACCESS_DENIED', { ...details, credential: 'token', action: 'push to' }, cause);
  return ((await explainRefusal(error, access, ci)) as ReleaseError).hint;
}
