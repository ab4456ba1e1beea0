/** The Action's entry: reads the runner, releases, tells the outcome. The only catch of the Action is here. */
import * as core from '@actions/core';
import { detectCi } from './ci.ts';
import { asReleaseError } from './errors.ts';
import { forLog, oneLine } from './escape.ts';
import { secretsOf } from './git/credentials.ts';
import { INPUTS, nearestInput, type InputName } from './input-table.ts';
import { readInputs, type RawInputs } from './inputs.ts';
import { describe, LineLog, redact } from './log.ts';
import { sentence, toOutputs, toSummary } from './outputs.ts';
import type { Problem } from './plan.ts';
import { release } from './release.ts';

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
}

async function main(): Promise<void> {
  const secrets = secretsOf(core.getInput('token'));
  for (const secret of secrets) core.setSecret(secret);
  const ci = detectCi();
  const repository = core.getInput('repository');
  const isOwn = repository === '' || repository === ci.source.repository;
  try {
    warnOfUnknownInputs();
    const raw: RawInputs = Object.fromEntries(INPUTS.map(({ name }) => [name, core.getInput(name)]));
    const log = new ActionLog(secrets, isOwn);
    const outcome = await release(readInputs(raw, ci), ci, log).finally(() => log.endGroup());
    for (const [name, value] of Object.entries(toOutputs(outcome))) core.setOutput(name, value);
    log.line(sentence(outcome));
    if (process.env['GITHUB_STEP_SUMMARY']) await core.summary.addRaw(toSummary(outcome), true).write();
  } catch (error) {
    const told = asReleaseError(error);
    const place = isOwn && told.place ? { file: told.place.file, startLine: told.place.line } : {};
    core.error(redact(forLog(describe(told)), secrets), { title: told.code, ...place });
    process.exitCode = 1;
  }
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

void main();
