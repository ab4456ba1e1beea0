/** The merge and the verdict of a release: its outputs, and one sentence. */
import { oneLine } from '../core/escape.ts';
import type { Landing } from '../release/after-merge/landing.ts';

/** The values of its outputs. */
export const landingOutputs = ({ mergedCommit, deployed, by, seconds }: Landing) => ({
  'merged-commit': mergedCommit,
  deployed: deployed === undefined ? '' : deployed,
  'deployed-by': by.join(', '),
  'deploy-seconds': seconds === undefined ? '' : seconds,
});

/** What became of it, in one sentence. */
export function landingSentence({ mergedCommit, deployed, by, seconds }: Landing): string {
  const merged = `Merged as ${oneLine(mergedCommit).slice(0, 7)}`;
  if (deployed === undefined) return `${merged}.`;
  const contexts = oneLine(by.join(', '), 300);
  if (!deployed) return `${merged}; ${contexts} reports a failure.`;
  return `${merged}; deployed by ${contexts}${seconds === undefined ? '' : `, ${seconds} s after the merge`}.`;
}
