/** A run: raw inputs -> one release, the releases of several environments, or a report. */
import type { Log } from '../core/log.ts';
import { askKind } from '../forge/ask-kind.ts';
import { issueToken, type IssuedToken } from '../forge/connect.ts';
import type { Ci } from '../inputs/ci.ts';
import { readAccess, type Access } from '../inputs/access.ts';
import { readInputs, readMode } from '../inputs/inputs.ts';
import { givenOf, type RawInputs } from '../inputs/raw-inputs.ts';
import { withImageFiles } from '../inputs/image-files.ts';
import { checkForMode } from '../inputs/mode-inputs.ts';
import type { InputName } from '../inputs/table.ts';
import type { Result } from '../environments/result.ts';
import { reportInitiation } from './initiated.ts';
import { logLeft } from './left.ts';
import { logRendered } from './rendered.ts';
import { reportLanding, reportResults, reportTable, type RunReport } from './report.ts';
import { reportScan } from './scanned.ts';

/**
 * Runs the mode of the inputs. `onToken` gets the token of a GitHub App as soon as it is issued: a secret, which the caller
 * revokes. Throws ReleaseError; a failure in one of several environments is in its result.
 */
export async function runInputs(
  given: RawInputs,
  ci: Ci,
  log: Log,
  onToken: (issued: IssuedToken) => void,
): Promise<RunReport> {
  const raw = await complete(given);
  const stated = readAccess(raw, ci);
  const mode = readMode(raw);
  log.debug(
    `${mode} at ${stated.remote.name} (${stated.kind}) over ${stated.remote.transport}; CI: ${ci.name}; ` +
      `Node ${process.version}`,
  );
  checkForMode(raw, mode);
  const asked = askForKind(raw, stated, ci);
  // The token of an App is asked of the API, whose kind must be known for that.
  const access = stated.app ? ((await asked) ?? stated) : { ...stated, ...(asked && { asked }) };
  if (access.token !== '' && !access.app && !isGiven(raw, 'token')) {
    log.step(`no token was given: ${access.remote.host} gets the one that ${ci.name} made for this job`);
  }

  // What the config file asks for is known only after it is read.
  const issued = await issueToken(access, ['members', 'statuses', 'deployments', 'checks'], ci, {
    log: (text) => log.step(text),
    debug: (text) => log.debug(text),
  });
  if (issued) onToken(issued);
  const token = issued && { token: issued.token };

  // Each is loaded only here: a wrong input ends the run before it.
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
  if (!isGiven(raw, 'app')) {
    // What these two need may be in the config file.
    const inputs = readInputs({ ...givenOf(raw), wait: '', verify: '' }, ci);
    const { releaseOnce } = await import('../environments/release-once.ts');
    return reportReleases([{ app: '', environment: '', outcome: await releaseOnce(inputs, ...all) }], ...all);
  }
  const { runMode } = await import('../environments/run-mode.ts');
  return reportReleases(await runMode(mode, ...all), ...all);
}

/** The inputs with those of the input `settings`, and the images of files. Throws CONFIG_INVALID, IMAGES_UNREADABLE. */
async function complete({ settings = '', ...given }: RawInputs): Promise<RawInputs> {
  const raw = { ...given, images: withImageFiles(given.images ?? '') };
  if (settings.trim() === '') return raw;
  const { readInlineSettings } = await import('../environments/config/inline-settings.ts');
  return { ...raw, ...readInlineSettings(settings) };
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
  logLeft(results, log);
  logRendered(results, log);
  const isWaiting = results.some(({ outcome }) => (outcome?.wait?.until ?? 'none') !== 'none');
  if (!isWaiting) return reportResults(results);
  const { withLandings } = await import('../environments/landings.ts');
  const landed = await withLandings(results, access, ci, log);
  const { withRollbacks } = await import('../environments/rollbacks.ts');
  return reportResults(await withRollbacks(landed, raw, access, ci, log));
}

const isGiven = (raw: RawInputs, name: InputName): boolean => (raw[name] ?? '').trim() !== '';
