/** What a run is asked to do, from the raw inputs to the results: one release, or those of several environments. */
import type { Ci } from './ci.ts';
import { failure } from './errors.ts';
import { issueToken, type IssuedToken } from './identity.ts';
import { readAccess, readInputs, readMode, type RawInputs } from './inputs.ts';
import type { Log } from './log.ts';
import type { Result } from './outputs.ts';
import { release } from './release.ts';

/**
 * Does what the inputs say. `use` gets the token of an App as soon as there is one: it is a secret, and the caller gives
 * it back. Throws ReleaseError; what goes wrong in one environment alone is in its result.
 */
export async function carryOut(
  raw: RawInputs,
  ci: Ci,
  log: Log,
  use: (issued: IssuedToken) => void,
): Promise<readonly Result[]> {
  const access = readAccess(raw, ci);
  const hasApp = (raw.app ?? '').trim() !== '';
  if (!hasApp && readMode(raw) !== 'release') throw failure('INPUT_MISSING', { input: 'app' });
  const inputs = hasApp ? undefined : readInputs(raw, ci);
  // Which teams are asked for a review in the environments is not known before the file is read.
  const teams = !inputs || inputs.attributes['team-reviewers'].length > 0;
  const issued = await issueToken(access, teams, ci, (text) => log.step(text));
  if (issued) use(issued);
  const acting = issued && { token: issued.token };
  if (inputs) return [{ app: '', environment: '', outcome: await release({ ...inputs, ...acting }, ci, log) }];
  // With a library to check the file with it is the larger part of our own code, and not every run needs it.
  const { releaseEnvironments } = await import('./environments/environments.ts');
  return releaseEnvironments({ ...raw, ...acting }, { ...access, ...acting }, ci, log);
}
