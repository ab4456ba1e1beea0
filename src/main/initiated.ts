/** The report of mode init. */
import { markdownBlock, oneLine } from '../core/escape.ts';
import type { Initiation } from '../environments/init/init.ts';
import { nothing } from './outputs.ts';
import type { RunReport } from './report.ts';
import { pushedBranch } from './sentences.ts';
import { inHeading } from './summary.ts';

/** The report of a config file that was proposed, or would be. */
export function reportInitiation(made: Initiation): RunReport {
  const { outcome, branch, base, commit, page, pullRequest, text } = made;
  const sentence = sentenceOf(made);
  return {
    outputs: {
      ...nothing(),
      outcome,
      'pull-request-number': pullRequest?.number ?? '',
      'pull-request-url': pullRequest?.url ?? '',
      'new-pull-request-url': page,
      branch: outcome === 'dry-run' ? '' : branch,
      base,
      commit,
      results: [{ outcome, file: made.file, text }],
    },
    // So that it can be written to a file.
    lines: [outcome === 'dry-run' ? text.trimEnd() : sentence],
    failures: [],
    summary: `### ${inHeading(sentence)}\n\n${markdownBlock(text, 'yaml')}`,
  };
}

function sentenceOf({ outcome, repository, base, branch, file, pullRequest, name, page }: Initiation): string {
  const where = pullRequest ? `${name} (${oneLine(pullRequest.url)})` : `branch ${oneLine(branch)}`;
  switch (outcome) {
    case 'created':
      return `Opened ${where}: it adds ${oneLine(file)}. Read it, and merge it.`;
    case 'pushed':
      return pushedBranch({ repository, branch, page }, `it adds ${oneLine(file)}`);
    case 'unchanged':
      return `Nothing to do: ${where} has a config file already. Merge it; or close it and delete its branch for a new one.`;
    case 'declined':
      return `Nothing to do: ${where} was closed without merging. Delete the branch ${oneLine(branch)} for a new proposal.`;
    case 'dry-run':
      return `Dry run: ${oneLine(file)} would be proposed for ${oneLine(base)}; nothing was written.`;
  }
}
