/** Whom a run acts as: the token given, or that of a GitHub App, which is asked for and given back. */
import type { Ci } from '../inputs/ci.ts';
import { failure } from '../core/errors.ts';
import { apiUrlOf } from './connect.ts';
import type { Access } from '../inputs/inputs.ts';

/** A token that ends with the run. */
export interface IssuedToken {
  readonly token: string;
  readonly apiUrl: string;
}

/**
 * Asks for the App's token, for the manifest repository alone; with `teams` one that may ask teams for a review. Throws
 * the APP_… failures and NETWORK.
 */
export async function issueToken(
  { app, remote }: Access,
  teams: boolean,
  ci: Ci,
  tell: (text: string) => void,
): Promise<IssuedToken | undefined> {
  if (!app) return undefined;
  const [owner = '', name = ''] = remote.name.split('/');
  const apiUrl = apiUrlOf(remote, ci);
  if (apiUrl === undefined) throw failure('API_NEEDED', { input: 'app-client-id', repository: remote.name });
  const { issueAppToken } = await import('./github/app-token.ts');
  // To ask a team for a review an App must see the organisation's members.
  const wishes = teams ? { members: 'read' as const } : {};
  return { apiUrl, token: await issueAppToken({ apiUrl, ...app, owner, name, wishes, tell }) };
}

/** Gives it back; the reason when that could not be done, and then it ends within the hour. */
export async function giveBack({ apiUrl, token }: IssuedToken): Promise<string | undefined> {
  const { revokeToken } = await import('./github/app-token.ts');
  return revokeToken(apiUrl, token);
}
