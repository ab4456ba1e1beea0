/** What a run did, in one sentence for each release. */
import { oneLine } from '../core/escape.ts';
import { counted, type Leftover } from '../core/objects.ts';
import type { Result } from '../environments/result.ts';
import type { Outcome } from '../release/outcome.ts';
import { pullRequestName } from '../release/pull-request/name.ts';
import { landingSentence } from './landing.ts';

/** The result in one sentence, with its app and environment where there are any. */
export function sentenceOf({ app, environment, outcome, landing, error }: Result): string {
  const landed = landing && landing.mergedCommit !== '' ? ` ${landingSentence(landing)}` : '';
  const text = outcome
    ? sentence(outcome) + landed
    : oneLine((error?.message ?? '').replace(/(?<!\s)\s*\n\s*/g, ' '), 1000);
  return environment === '' ? text : `${oneLine(app)} in ${oneLine(environment)}: ${text}`;
}

/** The result of auto-merge, as a clause about a pull request; one that is merged is an outcome of its own. */
const MERGING: Readonly<Record<Outcome['merging'], string>> = {
  '': '',
  merged: '',
  queued: ', which is in the merge queue',
  enabled: ', which is merged when nothing is left to wait for',
};

/** The outcome in one sentence. */
export function sentence(result: Outcome): string {
  const { outcome, pullRequest, version, branch, base, changes, left, merging, reason } = result;
  const files = new Set(changes.map(({ file }) => file)).size;
  const places = `${counted(changes.length, 'place')} in ${counted(files, 'file')}`;
  const what = places + leftIn(left);
  const where = pullRequest
    ? `${pullRequestName(result, pullRequest.number)} (${oneLine(pullRequest.url)})`
    : `branch ${oneLine(branch)}`;
  switch (outcome) {
    case 'created':
      return `Opened ${where}${MERGING[merging]}: ${what}.`;
    case 'updated':
      return `Updated ${where}${MERGING[merging]}: ${what}.`;
    case 'merged':
      return `Merged ${where} at once, because nothing was left to wait for: ${what}.`;
    case 'pushed':
      return pushed(result, what);
    case 'dry-run':
      return `Dry run: ${places} would change${leftIn(left)}; nothing was written.`;
    case 'closed':
      return `Closed ${where}: ${oneLine(base)} has these versions already.`;
    case 'skipped-older':
      return `Skipped ${oneLine(version)}: ${reason}. To go back anyway, set force: true.`;
    case 'waiting':
      return `Waiting with ${oneLine(version)}: ${oneLine(reason)}. Run it again when it does.`;
    case 'declined':
      return reason === ''
        ? `Skipped ${oneLine(version)}: its ${where} was closed by hand without merging. Reopen it, or set force: true.`
        : `Skipped ${oneLine(version)}: ${oneLine(reason)}. To release it anyway, set force: true.`;
    case 'unchanged':
      return changes.length === 0
        ? `Nothing to do: ${oneLine(base)} has these versions already.`
        : `Nothing to do: ${where} has these versions already.`;
  }
}

function pushed(
  { delivery, repository, branch, page }: Pick<Outcome, 'delivery' | 'repository' | 'branch' | 'page'>,
  what: string,
): string {
  if (delivery === 'push') return `Pushed to ${oneLine(branch)} of ${oneLine(repository)}: ${what}.`;
  return pushedBranch({ repository, branch, page }, what);
}

/** The sentence about a branch that was pushed without a pull request; `page` is where one is opened, or empty. */
export function pushedBranch(
  { repository, branch, page }: Pick<Outcome, 'repository' | 'branch' | 'page'>,
  what: string,
): string {
  const next = page === '' ? 'open its pull request there' : `for its pull request see ${oneLine(page, 2000)}`;
  return `Pushed branch ${oneLine(branch)} to ${oneLine(repository)}: ${what}; ${next}.`;
}

/** As a clause; the log and the outputs have the lines. */
const leftIn = (left: readonly Leftover[]): string =>
  left.length === 0 ? '' : `; ${left.length === 1 ? '1 line keeps' : `${left.length} lines keep`} another version`;
