/** Adds to a refusal of git what the token lacks on that Gitea or Forgejo. */
import { ReleaseError, type FailureCode } from '../../core/errors.ts';
import type { ForgeAccess, RunFacts } from '../access.ts';
import { JsonClient } from '../http/client.ts';
import { finalRefusal } from '../http/refused-answer.ts';
import { REPOSITORY } from './answers.ts';
import { GiteaRepository } from './repository.ts';
import { addressOf, apiServer } from './server.ts';

/** Refusals of git; those of the API have the hint already. */
const REFUSALS: ReadonlySet<FailureCode> = new Set(['ACCESS_DENIED', 'REPOSITORY_NOT_FOUND', 'PUSH_REFUSED']);
/** For the one question; without an answer the failure stays as it is. */
const LIMITS = { request: 5000, call: 5000, retry: 5000, patience: [] };

/** What the server says of the token. */
interface Probe {
  readonly status: number;
  readonly reason: string;
  readonly archived: boolean;
  readonly mayPush: boolean;
}

/** What each answer means; the first that fits counts. */
const FINDINGS: readonly (readonly [fits: (probe: Probe) => boolean, finding: (probe: Probe) => string])[] = [
  [({ status }) => status === 401, ({ reason }) => `The server does not know the token (${reason}).`],
  [
    ({ status, reason }) => status === 403 && /required scope/.test(reason),
    () => 'The token lacks the scope for repositories.',
  ],
  [({ status }) => status === 403, ({ reason }) => `The server refuses the token (${reason}).`],
  [({ status }) => status === 404, () => 'The user of the token does not see a repository of that name.'],
  [({ archived }) => archived, () => 'The repository is archived.'],
  [({ mayPush }) => !mayPush, () => 'The user of the token may read the repository, and not write to it.'],
];

/** The same failure with a hint about this very token where git was refused over http; every other error as it is. */
export async function explainRefusal(error: unknown, access: ForgeAccess, run: RunFacts): Promise<unknown> {
  const { remote, token } = access;
  const address = addressOf(remote, [run.sourceServerUrl]);
  if (!(error instanceof ReleaseError) || !REFUSALS.has(error.code)) return error;
  if (!address || token === '' || !remote.transport.startsWith('http')) return error;
  const server = apiServer('the server', address.serverUrl, token);
  const client = new JsonClient(server, { limits: LIMITS });
  const probe = await ask(new GiteaRepository(client, address.serverUrl, address.owner, address.name));
  const found = probe && FINDINGS.find(([fits]) => fits(probe));
  if (!probe || !found) return error;
  const { code, message, place, cause, input } = error;
  return new ReleaseError(code, { message, hint: `${found[1](probe)} ${server.access}` }, { place, cause, input });
}

/** Asks for the repository; `undefined` without an answer. */
async function ask(repository: GiteaRepository): Promise<Probe | undefined> {
  try {
    const { archived = false, permissions } = await repository.get('', REPOSITORY);
    return { status: 200, reason: '', archived, mayPush: permissions?.push ?? true };
  } catch (error) {
    const refused = finalRefusal(error);
    return refused && { status: refused.status, reason: refused.message, archived: false, mayPush: false };
  }
}
