/** What a run is asked to do, from the raw inputs to what it tells: one release, those of several environments, or a report. */
import type { Ci } from '../inputs/ci.ts';
import { failure } from '../core/errors.ts';
import { issueToken, type IssuedToken } from '../forge/connect.ts';
import type { InputName } from '../inputs/table.ts';
import { readAccess, readInputs, readMode, type RawInputs } from '../inputs/inputs.ts';
import type { Log } from '../core/log.ts';
import { accountOf, accountOfReport, type Account } from './report.ts';

/** What says something of an app alone: without one all of the repository would be released to. */
const OF_APPS = ['environments', 'version', 'from', 'to', 'to-version'] as const;

/**
 * Does what the inputs say. `use` gets the token of an App as soon as there is one: it is a secret, and the caller gives
 * it back. Throws ReleaseError; what goes wrong in one environment alone is in its result.
 */
export async function carryOut(raw: RawInputs, ci: Ci, log: Log, use: (issued: IssuedToken) => void): Promise<Account> {
  const access = readAccess(raw, ci);
  const mode = readMode(raw);
  const isGiven = (name: InputName): boolean => (raw[name] ?? '').trim() !== '';
  const hasApp = isGiven('app');
  const needsApp = mode === 'release' ? OF_APPS.some(isGiven) : mode !== 'status';
  if (needsApp && !hasApp) throw failure('INPUT_MISSING', { input: 'app' });
  const inputs = hasApp || mode === 'status' ? undefined : readInputs(raw, ci);
  // Which teams are asked for a review in the environments is not known before the file is read.
  const teams = !inputs || inputs.templates.attributes['team-reviewers'].length > 0;
  const issued = await issueToken(access, teams, ci, (text) => log.step(text));
  if (issued) use(issued);
  const acting = issued && { token: issued.token };
  // Each is loaded only here: what the inputs forbid ends before it, and most runs have no config file to check.
  if (inputs) {
    const { release } = await import('../release/release.ts');
    const acted = { ...inputs, access: { ...inputs.access, ...acting } };
    return accountOf([{ app: '', environment: '', outcome: await release(acted, ci, log) }]);
  }
  const all = [{ ...raw, ...acting }, { ...access, ...acting }, ci, log] as const;
  if (mode === 'status' || mode === 'list-versions') {
    const { reportOn } = await import('../environments/status.ts');
    return accountOfReport(await reportOn(mode, ...all));
  }
  const { runMode } = await import('../environments/run-mode.ts');
  return accountOf(await runMode(...all));
}
