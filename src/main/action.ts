/** The Action: inputs of the runner -> a run -> outputs, log and summary. The only catch of the Action is here. */
import * as core from '@actions/core';
import { carryOut } from './run.ts';
import { detectCi } from '../inputs/ci.ts';
import { asReleaseError } from '../core/errors.ts';
import { forLog, oneLine } from '../core/escape.ts';
import { secretsOf } from '../git/credentials.ts';
import { giveBack } from '../forge/issue-token.ts';
import { INPUT_TABLE, INPUTS, nearestInput, type InputName } from '../inputs/table.ts';
import type { RawInputs } from '../inputs/inputs.ts';
import { describe, LineLog, redact } from '../core/log.ts';
import type { Problem } from '../core/objects.ts';

/** What the main step leaves for the post step. */
const STATE = { hasRun: 'has-run', token: 'app-token', apiUrl: 'app-api-url' };

/** A log that folds its groups, and marks the lines of manifests where they are files of this repository. */
class ActionLog extends LineLog {
  readonly #annotate: boolean;
  #inGroup = false;

  constructor(secrets: readonly string[], annotate: boolean) {
    super((line) => core.info(line), secrets);
    this.#annotate = annotate;
  }

  override group(title: string): void {
    this.endGroup();
    core.startGroup(oneLine(title));
    this.#inGroup = true;
  }

  endGroup(): void {
    if (this.#inGroup) core.endGroup();
    this.#inGroup = false;
  }

  override problem(problem: Problem): void {
    const { file, line: startLine, message } = problem;
    if (this.#annotate) core.warning(`${oneLine(file)}:${startLine}: ${oneLine(message, 500)}`, { file, startLine });
    else super.problem(problem);
  }

  override warn(text: string): void {
    core.warning(this.safe(oneLine(text, 500)));
  }
}

/**
 * Runs the main step, or the post step when the main step has run. Reads `process.env` as the runner sets it, writes to
 * stdout and to the runner's files, and returns the exit code. Never throws.
 */
export async function runAction(): Promise<number> {
  const isPost = core.getState(STATE.hasRun) === 'true';
  if (!isPost) core.saveState(STATE.hasRun, 'true');
  return isPost ? post() : main();
}

async function main(): Promise<number> {
  let exitCode = 0;
  const secrets: string[] = [];
  const mask = (secret: string): void => {
    for (const form of secretsOf(secret)) {
      core.setSecret(form);
      secrets.push(form);
    }
  };
  for (const { name, variable } of INPUT_TABLE) if (variable !== undefined) mask(core.getInput(name));
  const ci = detectCi();
  const repository = core.getInput('repository');
  const isOwn = repository === '' || repository === ci.source.repository;
  const fail = (error: unknown, where = ''): void => {
    const told = asReleaseError(error);
    const place = isOwn && told.place ? { file: told.place.file, startLine: told.place.line } : {};
    core.error(redact(forLog(where + describe(told)), secrets), { title: told.code, ...place });
    exitCode = 1;
  };
  try {
    warnOfUnknownInputs();
    const raw: RawInputs = Object.fromEntries(INPUTS.map(({ name }) => [name, core.getInput(name)]));
    const log = new ActionLog(secrets, isOwn);
    const { outputs, lines, failures, summary } = await carryOut(raw, ci, log, ({ token, apiUrl }) => {
      mask(token);
      core.saveState(STATE.token, token);
      core.saveState(STATE.apiUrl, apiUrl);
    }).finally(() => log.endGroup());
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
    for (const line of lines) log.line(line);
    for (const { app, environment, error } of failures) fail(error, `${app} in ${environment}: `);
    if (process.env['GITHUB_STEP_SUMMARY']) await core.summary.addRaw(summary, true).write();
  } catch (error) {
    fail(error);
  }
  return exitCode;
}

/** The post step, which the runner starts also after a failure: the App's token ends here. */
async function post(): Promise<number> {
  const [token, apiUrl] = [core.getState(STATE.token), core.getState(STATE.apiUrl)];
  if (token === '') return 0;
  for (const form of secretsOf(token)) core.setSecret(form);
  const reason = await giveBack({ token, apiUrl });
  if (reason === undefined) core.info('Gave the token of the GitHub App back.');
  else
    core.warning(
      forLog(`The token of the GitHub App ends within the hour; it could not be given back: ${oneLine(reason)}`),
    );
  return 0;
}

/** The runner gives what stands under `with:` as INPUT_…; it passes on unknown names with a warning of its own at best. */
function warnOfUnknownInputs(): void {
  const known = new Set<string>(INPUTS.map(({ name }) => `INPUT_${name.toUpperCase()}`));
  for (const variable of Object.keys(process.env)) {
    if (!variable.startsWith('INPUT_') || known.has(variable)) continue;
    const name = variable.slice('INPUT_'.length).toLowerCase();
    const nearest: InputName = nearestInput(name);
    core.warning(`Input "${oneLine(name)}" is unknown and was ignored. Did you mean "${nearest}"?`);
  }
}
