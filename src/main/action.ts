/** The Action: inputs of the runner -> a run -> outputs, log and summary. The only catch of the Action is here. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as runner from './runner.ts';
import { runInputs } from './run.ts';
import { detectCi } from '../inputs/ci.ts';
import { asReleaseError, failure } from '../core/errors.ts';
import { oneLine, quote } from '../core/escape.ts';
import { maskedForms } from '../git/credentials.ts';
import { revokeToken } from '../forge/connect.ts';
import { unknownInput } from '../inputs/lookup.ts';
import { WORKFLOW_TOKEN } from '../inputs/definition.ts';
import { INPUTS } from '../inputs/inputs-table.ts';
import { SETTINGS } from '../inputs/settings-table.ts';
import { INPUT_TABLE, SETTING_NAMES } from '../inputs/table.ts';
import type { RawInputs } from '../inputs/raw-inputs.ts';
import { shortResults } from './outputs.ts';
import { prefixOf, type RunReport } from './report.ts';
import { failureSummary } from './summary.ts';
import { describe, LineLog, shown } from '../core/log.ts';
import type { Problem } from '../core/objects.ts';
import { forgetSecrets, keepSecret, proxySecrets, safeText, safeValue, type SafeText } from '../core/secrets.ts';

/** The state that the main step saves for the post step. */
const STATE = { hasRun: 'has-run', token: 'app-token', apiUrl: 'app-api-url' };

/** A log that folds its groups, and marks the lines of manifests where they are files of this repository. */
export class ActionLog extends LineLog {
  readonly #annotate: boolean;
  #inGroup = false;

  constructor(annotate: boolean) {
    super((line) => runner.info(line), { debug: runner.isDebug() });
    this.#annotate = annotate;
  }

  override group(title: string): void {
    this.endGroup();
    runner.startGroup(shown(oneLine(title)));
    this.#inGroup = true;
  }

  endGroup(): void {
    if (this.#inGroup) runner.endGroup();
    this.#inGroup = false;
  }

  override problem(problem: Problem): void {
    const { file, line: startLine, message } = problem;
    if (this.#annotate) {
      const text = shown(`${oneLine(file)}:${startLine}: ${oneLine(message, 500)}`);
      runner.warning(text, { file: safeText(file), startLine });
    } else super.problem(problem);
  }

  override warn(text: string): void {
    runner.warning(shown(oneLine(text, 500)));
  }

  override debug(text: string): void {
    if (this.isDebug) runner.debug(shown(oneLine(text, 1000)));
  }
}

/**
 * Runs the main step, or the post step when the main step has run. Reads `process.env` as the runner sets it, writes to
 * stdout and to the runner's files, and returns the exit code. Never throws.
 */
export async function runAction(): Promise<number> {
  const isPost = runner.getState(STATE.hasRun) === 'true';
  if (!isPost) runner.saveState(STATE.hasRun, 'true');
  return isPost ? post() : main();
}

async function main(): Promise<number> {
  let exitCode = 0;
  forgetSecrets();
  for (const secret of proxySecrets(process.env)) hide(secret);
  for (const { name, variable } of INPUT_TABLE) {
    if (variable === undefined) continue;
    // As given: the runner's reader takes away white space.
    const given = process.env[`INPUT_${name.toUpperCase()}`] ?? process.env[variable] ?? '';
    hide(given.replace(WORKFLOW_TOKEN, ''));
  }
  const repository = runner.getInput('repository');
  const isOwn = repository === '' || repository === process.env['GITHUB_REPOSITORY'];
  const fail = (error: unknown, where = ''): void => {
    const failed = asReleaseError(error);
    const place = isOwn && failed.place ? { file: safeText(failed.place.file), startLine: failed.place.line } : {};
    runner.error(shown(where + describe(failed)), { title: failed.code, ...place });
    // A line of the log alone: the annotation stays short.
    runner.info(shown(`See ${failed.page}`));
    exitCode = 1;
  };
  try {
    refuseUnknownInputs();
    const ci = detectCi();
    hide(ci.jobToken);
    const raw = readRaw();
    const log = new ActionLog(isOwn);
    const report = await runInputs(raw, ci, log, ({ token, apiUrl }) => {
      hide(token);
      runner.saveState(STATE.token, token);
      runner.saveState(STATE.apiUrl, apiUrl);
    }).finally(() => log.endGroup());
    for (const line of report.lines) log.line(line);
    for (const { error, ...result } of report.failures) fail(error, prefixOf(result));
    await publish(report);
  } catch (error) {
    fail(error);
    await writeSummary(failureSummary(asReleaseError(error))).catch((failed: unknown) => {
      runner.warning(shown(`the job summary could not be written: ${oneLine(String(failed))}`));
    });
  }
  return exitCode;
}

/** The inputs as given, and the secrets that are settings. */
function readRaw(): RawInputs {
  const secrets = SETTINGS.flatMap((row) => ('variable' in row ? [[row.name, process.env[row.variable] ?? '']] : []));
  return Object.fromEntries([...INPUTS.map(({ name }) => [name, runner.getInput(name)]), ...secrets]) as RawInputs;
}

/** Writes the outputs and the job summary to the runner's files. Throws RESULT_NOT_WRITTEN. */
async function publish({ outputs, lines, summary }: RunReport): Promise<void> {
  try {
    const results = asText(outputs.results);
    const all = {
      ...outputs,
      results: results.length > MOST_RESULTS ? shortResults(outputs.results) : results,
      'results-file': writeResults(results),
    };
    for (const [name, value] of Object.entries(all)) runner.setOutput(name, asText(value));
    await writeSummary(summary);
  } catch (error) {
    throw failure('RESULT_NOT_WRITTEN', { reason: (error as Error).message, done: lines }, error);
  }
}

/** In characters; a job has room for 1 MiB of outputs, in UTF-16. */
const MOST_RESULTS = 400_000;

async function writeSummary(summary: string): Promise<void> {
  if (process.env['GITHUB_STEP_SUMMARY']) await runner.writeSummary(safeText(summary));
}

/** A value of an output as the runner's files have it. */
function asText(value: unknown): SafeText {
  const known = safeValue(value);
  return safeText(typeof known === 'string' ? known : JSON.stringify(known));
}

/** Keeps a secret out of all texts, and has the runner hide it. */
function hide(secret: string): void {
  keepSecret(secret);
  for (const form of maskedForms(secret)) runner.setSecret(form);
}

/** The path of a new file with the results; empty where the runner has no temporary folder. */
function writeResults(results: SafeText): string {
  const folder = process.env['RUNNER_TEMP'] ?? '';
  if (folder === '') return '';
  const file = join(folder, `manifest-release-${randomUUID()}.json`);
  writeFileSync(file, results, { mode: 0o600, flag: 'wx' });
  return file;
}

/** The post step, which the runner starts also after a failure: it revokes the App's token. */
async function post(): Promise<number> {
  const [token, apiUrl] = [runner.getState(STATE.token), runner.getState(STATE.apiUrl)];
  if (token === '') return 0;
  for (const secret of [token, ...proxySecrets(process.env)]) hide(secret);
  const reason = await revokeToken({ token, apiUrl });
  if (reason === undefined) runner.info(shown('Gave the token of the GitHub App back.'));
  else
    runner.warning(
      shown(`The token of the GitHub App ends within the hour; it could not be given back: ${oneLine(reason)}`),
    );
  return 0;
}

/**
 * The runner passes each key under `with:` on as INPUT_…, in upper case and with `_` for a space, unknown ones too. A
 * misspelt `paths` would release to the whole repository. Throws INPUT_UNKNOWN, INPUT_IS_SETTING.
 */
function refuseUnknownInputs(): void {
  const known = new Set<string>(INPUTS.map(({ name }) => `INPUT_${name.toUpperCase()}`));
  const unknown = Object.keys(process.env).find((variable) => variable.startsWith('INPUT_') && !known.has(variable));
  if (unknown === undefined) return;
  throw unknownInput(
    unknown.slice('INPUT_'.length).toLowerCase(),
    (name) => quote(name) + (SETTING_NAMES.has(name) ? ' under "settings:"' : ''),
  );
}
