/** A run: raw inputs -> one release, the releases of several environments, or a report. */
import { failure } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { askKind } from '../forge/ask-kind.ts';
import { issueToken, type IssuedToken } from '../forge/connect.ts';
import type { Ci } from '../inputs/ci.ts';
import { readAccess, readInputs, readMode, type Access, type RawInputs } from '../inputs/inputs.ts';
import { missingInput } from '../inputs/lookup.ts';
import type { ChoiceOf, InputName } from '../inputs/table.ts';
import type { Result } from '../environments/result.ts';
import { tellLeft } from './left.ts';
import { logRendered } from './rendered.ts';
import { reportLanding, reportResults, reportTable, type RunReport } from './report.ts';
import { reportInitiation } from './initiated.ts';
import { reportScan } from './scanned.ts';

/** Inputs that need an app: without one the release would go to the whole repository. */
const OF_APPS = ['environments', 'version', 'from', 'to', 'to-version'] as const;

/** Inputs of releases that the modes without one do not take. */
const NOT_FOR: Readonly<Partial<Record<ChoiceOf<'mode'>, readonly InputName[]>>> = {
  wait: ['app'],
  scan: ['app', 'images', ...OF_APPS],
  init: ['app', 'images', ...OF_APPS],
};

/**
 * Runs the mode of the inputs. `onToken` gets the token of a GitHub App as soon as it is issued: a secret, which the caller
 * revokes. Throws ReleaseError; a failure in one of several environments is in its result.
 */
export async function runInputs(
  raw: RawInputs,
  ci: Ci,
  log: Log,
  onToken: (issued: IssuedToken) => void,
): Promise<RunReport> {
  const given = readAccess(raw, ci);
  const mode = readMode(raw);
  log.debug(
    `${mode} at ${given.remote.name} (${given.kind}) over ${given.remote.transport}; CI: ${ci.name}; ` +
      `Node ${process.version}`,
  );
  const others = NOT_FOR[mode] ?? [];
  const usesConfig = (isGiven(raw, 'app') || mode === 'status') && !NOT_FOR[mode];
  if (others.length > 0) refuseInputs(raw, mode, others);
  if (!usesConfig && needsApp(raw, mode)) throw missingInput('app');
  const inputs = usesConfig || NOT_FOR[mode] ? undefined : readInputs(raw, ci);
  const asked = askForKind(raw, given, ci);
  // The token of an App is asked of the API, whose kind must be known for that.
  const access = given.app ? ((await asked) ?? given) : { ...given, ...(asked && { asked }) };
  if (access.token !== '' && !access.app && !isGiven(raw, 'token')) {
    log.step(`no token was given: ${access.remote.host} gets the one that ${ci.name} made for this job`);
  }

  // What the environments ask for is known only after the config file is read.
  const teams = !inputs || inputs.templates.attributes['team-reviewers'].length > 0;
  const verdicts = !inputs || inputs.wait.until === 'deployed';
  const wishes = [
    ...(teams ? (['members'] as const) : []),
    ...(verdicts ? (['statuses', 'deployments'] as const) : []),
  ];
  const issued = await issueToken(access, wishes, ci, {
    log: (text) => log.step(text),
    debug: (text) => log.debug(text),
  });
  if (issued) onToken(issued);
  const token = issued && { token: issued.token };

  // Each is loaded only here: a wrong input ends the run before it, and most runs have no config file.
  if (inputs) {
    const { release } = await import('../release/release.ts');
    const outcome = await release({ ...inputs, access: { ...access, ...token } }, ci, log);
    return reportReleases([{ app: '', environment: '', outcome }], raw, { ...access, ...token }, ci, log);
  }
  const all = [{ ...raw, ...token }, { ...access, ...token }, ci, log] as const;
  if (mode === 'wait') {
    const { landingOf } = await import('../environments/landings.ts');
    return reportLanding(await landingOf(...all));
  }
  if (mode === 'scan') {
    const { scanRepository } = await import('../environments/scan.ts');
    return reportScan(await scanRepository(...all));
  }
  if (mode === 'init') {
    const { initialize } = await import('../environments/init/init.ts');
    return reportInitiation(await initialize(...all));
  }
  if (mode === 'status' || mode === 'list-versions') {
    const { reportOn } = await import('../environments/status.ts');
    return reportTable(await reportOn(mode, ...all));
  }
  const { runMode } = await import('../environments/run-mode.ts');
  return reportReleases(await runMode(...all), ...all);
}

/**
 * Asks a server that nothing names for its kind. `undefined` where there is no question: without a token for an API, or where the
 * kind is known or given.
 */
function askForKind(raw: RawInputs, { kind, remote, token, app }: Access, ci: Ci): Promise<Access> | undefined {
  const isSettled = kind !== 'git' || raw.forge?.trim() === 'git';
  if (isSettled || remote.transport === 'file' || (token === '' && !app)) return undefined;
  return askKind(remote).then((forge) => readAccess({ ...raw, forge }, ci));
}

async function reportReleases(
  results: readonly Result[],
  raw: RawInputs,
  access: Access,
  ci: Ci,
  log: Log,
): Promise<RunReport> {
  tellLeft(results, log);
  logRendered(results, log);
  const isWaiting = results.some(({ outcome }) => (outcome?.wait?.until ?? 'none') !== 'none');
  if (!isWaiting) return reportResults(results);
  const { withLandings } = await import('../environments/landings.ts');
  const landed = await withLandings(results, access, ci, log);
  const { withRollbacks } = await import('../environments/rollbacks.ts');
  return reportResults(await withRollbacks(landed, raw, access, ci, log));
}

/** Throws INPUT_INVALID. */
function refuseInputs(raw: RawInputs, mode: ChoiceOf<'mode'>, inputs: readonly InputName[]): void {
  for (const input of inputs) {
    const value = raw[input]?.trim() ?? '';
    if (value !== '') throw failure('INPUT_INVALID', { input, value, reason: `is not for mode ${mode}` });
  }
}

function needsApp(raw: RawInputs, mode: ChoiceOf<'mode'>): boolean {
  if (NOT_FOR[mode]) return false;
  return mode !== 'release' || OF_APPS.some((name) => isGiven(raw, name));
}

const isGiven = (raw: RawInputs, name: InputName): boolean => (raw[name] ?? '').trim() !== '';
