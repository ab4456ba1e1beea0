/** What follows a refusal by the agents: the pull request of a rollback, where the config file asks for one. */
import { ReleaseError } from '../core/errors.ts';
import { oneLine } from '../core/escape.ts';
import type { Log } from '../core/log.ts';
import type { Ci } from '../inputs/ci.ts';
import type { Access } from '../inputs/access.ts';
import type { RawInputs } from '../inputs/raw-inputs.ts';
import type { Outcome } from '../release/outcome.ts';
import { pullRequestName } from '../release/pull-request/name.ts';
import { rollbackTask } from './modes.ts';
import type { Result } from './result.ts';
import { runMode } from './run-mode.ts';

/** Inputs that are about the release alone; empty, they do not count. */
const OF_THE_RELEASE: RawInputs = {
  images: '',
  version: '',
  from: '',
  branch: '',
  title: '',
  body: '',
  'commit-message': '',
};

/** The results, where the error of each refused release names what was done about it. */
export async function withRollbacks(
  results: readonly Result[],
  raw: RawInputs,
  access: Access,
  ci: Ci,
  log: Log,
): Promise<readonly Result[]> {
  const all: Result[] = [];
  for (const result of results) {
    const { onFailure, landing, outcome, error } = result;
    const isRefused = onFailure === 'rollback' && landing?.deployed === false;
    if (!isRefused || !outcome || !error) all.push(result);
    else all.push({ ...result, error: error.followedBy(await rollBack(result, outcome, error)) });
  }
  return all;

  /** What came of it, as a sentence. */
  async function rollBack({ environment }: Result, { changes }: Outcome, { message }: ReleaseError): Promise<string> {
    const step: RawInputs = {
      ...raw,
      ...OF_THE_RELEASE,
      environments: environment,
      reason: oneLine(message, 500),
      delivery: 'pull-request',
      // A rollback that a person closed is not opened again.
      force: 'false',
    };
    try {
      const [done] = await runMode('rollback', step, access, ci, log, (opened) => rollbackTask(opened, changes));
      if (!done?.outcome) throw done?.error ?? new Error('A rollback has no result');
      return sentenceOf(done.outcome);
    } catch (error) {
      if (!(error instanceof ReleaseError)) throw error;
      return `No rollback was opened: ${error.message}`;
    }
  }
}

function sentenceOf(outcome: Outcome): string {
  const { pullRequest, version, reason } = outcome;
  if (outcome.outcome === 'declined') {
    const why = reason || `${pullRequestName(outcome, pullRequest?.number ?? '')} was closed without merging`;
    return `No rollback was opened: ${why}.`;
  }
  const where = pullRequest
    ? `${pullRequestName(outcome, pullRequest.number)} (${pullRequest.url})`
    : `the branch ${outcome.branch}`;
  return `The rollback to ${version} is ${where}.`;
}
