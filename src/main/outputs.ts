/** Results -> outputs, one sentence each, and the job summary. action.yml and the README are checked against the table. */
import { cut, forMarkdown, markdownBlock, markdownCode, markdownUrl, oneLine } from '../core/escape.ts';
import { imagesOf, summaryOfImages } from './checked.ts';
import type { Leftover } from '../core/objects.ts';
import type { Result } from '../environments/result.ts';
import type { Outcome } from '../release/outcome.ts';
import { pullRequestName } from '../release/pull-request/name.ts';
import { renderedSection } from '../release/pull-request/rendered-section.ts';
import { countChanges, type Rendering } from '../rendering/rendering.ts';

export const OUTPUTS = [
  {
    name: 'outcome',
    description:
      'created, updated or unchanged (the pull request); closed (the base has these versions); skipped-older (a newer ' +
      'version is there); declined (its pull request was closed without merging, or it was rolled back); waiting (for ' +
      'another environment); pushed (to the base, or a branch on a server without pull requests); or dry-run.',
  },
  { name: 'pull-request-number', description: 'Number of the pull request; empty without one.' },
  { name: 'pull-request-url', description: 'Web page of the pull request; empty without one.' },
  {
    name: 'new-pull-request-url',
    description:
      'Web page that the server printed on the push of the branch: where its pull request is opened, or is; else empty.',
  },
  { name: 'branch', description: 'The release branch.' },
  { name: 'commit', description: 'Commit of the release; empty without one.' },
  { name: 'verified', description: 'Whether the server verified the signature of that commit: true or false.' },
  { name: 'base', description: 'Branch that the release goes into.' },
  {
    name: 'changes',
    description:
      'JSON array of {file, line, where, image, from, to}; from is empty for a first version; where more than the version ' +
      'changes, note says what.',
  },
  { name: 'changed-files', description: 'JSON array of the changed paths.' },
  {
    name: 'left',
    description:
      'JSON array of {file, line, image, version, reason}: the lines that keep another version of a released image, at most ' +
      '500.',
  },
  { name: 'diff', description: 'Unified diff, cut after 65,536 characters.' },
  {
    name: 'results',
    description:
      'JSON array with an object for each environment: {app, environment, outcome (also failed), version, branch, commit, ' +
      'pull-request-number, pull-request-url, left, images, rendered, reason, sentence}; images has {image, registry (found, absent, ' +
      'mismatch, unreadable), digest, platforms, created, source, revision, built-by, reason}; rendered is {roots, objects, only-images, hidden, ' +
      'not-rendered}, each a number, or null. The other outputs are set for a single release only. With ' +
      'mode status and list-versions, the rows of the table: {app, environment, version, since, pull-request, open}.',
  },
  {
    name: 'results-file',
    description:
      'Path of a JSON file with the results, in the temporary folder of the job: no environment variable has room for those ' +
      'of hundreds of environments.',
  },
  {
    name: 'plan',
    description: 'JSON for a matrix: {"include": [{"app", "environment"}]} with one entry for each environment.',
  },
] as const;

export type OutputName = (typeof OUTPUTS)[number]['name'];

export const MAX_DIFF = 65_536;
/** Characters of what changes in the cluster. */
const MAX_RENDERED = 65_536;
/** GitHub takes 1 MiB a step; characters may need several bytes. */
export const MAX_SUMMARY = 300_000;
/** Lines that outputs have. */
const MAX_LEFT = 500;
export const CUT_NOTE = '… cut here; the branch has the rest';

/** All outputs, each empty. */
export const nothing = () => Object.fromEntries(OUTPUTS.map(({ name }) => [name, ''])) as Record<OutputName, unknown>;

/** The outputs by name, lists as lists. Those of one release are empty with several results, or without an outcome. */
export function toOutputs(results: readonly Result[]): Record<OutputName, unknown> {
  const [only, ...more] = results;
  const outcome = more.length === 0 ? only?.outcome : undefined;
  return {
    ...nothing(),
    ...(outcome && outputsOf(outcome)),
    results: results.map(resultOf),
    plan: { include: results.map(({ app, environment }) => ({ app, environment })) },
  };
}

function resultOf(result: Result) {
  const { app, environment, outcome, error } = result;
  return {
    app,
    environment,
    outcome: outcome?.outcome ?? 'failed',
    version: outcome?.version ?? '',
    branch: outcome?.branch ?? '',
    commit: outcome?.commit ?? '',
    'pull-request-number': outcome?.pullRequest?.number ?? '',
    'pull-request-url': outcome?.pullRequest?.url ?? '',
    left: leftOf(outcome),
    images: imagesOf(outcome?.checked),
    rendered: factsOf(outcome?.rendering),
    reason: outcome?.reason ?? error?.code ?? '',
    sentence: sentenceOf(result),
  };
}

/** How much was rendered, and what of it differs. */
function factsOf(rendering: Rendering | undefined) {
  if (!rendering) return null;
  const { objects, onlyImages } = countChanges(rendering);
  const { roots, hidden, unrendered } = rendering;
  return {
    roots: roots.length,
    objects,
    'only-images': onlyImages,
    hidden: hidden.length,
    'not-rendered': unrendered.length,
  };
}

/** The result in one sentence, with its app and environment where there are any. */
export function sentenceOf({ app, environment, outcome, error }: Result): string {
  const text = outcome ? sentence(outcome) : oneLine((error?.message ?? '').replace(/(?<!\s)\s*\n\s*/g, ' '), 1000);
  return environment === '' ? text : `${oneLine(app)} in ${oneLine(environment)}: ${text}`;
}

function outputsOf({
  outcome,
  pullRequest,
  page,
  branch,
  base,
  commit,
  verified,
  changes,
  left,
  diff,
}: Outcome): Partial<Record<OutputName, unknown>> {
  return {
    outcome,
    'pull-request-number': pullRequest?.number ?? '',
    'pull-request-url': pullRequest?.url ?? '',
    'new-pull-request-url': page,
    branch,
    commit,
    verified,
    base,
    changes,
    'changed-files': [...new Set(changes.map(({ file }) => file))],
    left: leftOf({ left }),
    diff: cut(diff, MAX_DIFF, CUT_NOTE),
  };
}

const leftOf = (outcome: Pick<Outcome, 'left'> | undefined): readonly Leftover[] =>
  outcome?.left.slice(0, MAX_LEFT) ?? [];

/** The outcome in one sentence. */
export function sentence(result: Outcome): string {
  const { outcome, pullRequest, version, branch, base, changes, reason } = result;
  const files = new Set(changes.map(({ file }) => file)).size;
  const what = `${count(changes.length, 'place')} in ${count(files, 'file')}`;
  const where = pullRequest
    ? `${pullRequestName(result, pullRequest.number)} (${oneLine(pullRequest.url)})`
    : `branch ${oneLine(branch)}`;
  switch (outcome) {
    case 'created':
      return `Opened ${where}: ${what}.`;
    case 'updated':
      return `Updated ${where}: ${what}.`;
    case 'pushed':
      return pushed(result, what);
    case 'dry-run':
      return `Dry run: ${what} would change; nothing was written.`;
    case 'closed':
      return `Closed ${where}: ${oneLine(base)} has these versions already.`;
    case 'skipped-older':
      return `Skipped ${oneLine(version)}: ${reason}. To go back anyway, set order: any.`;
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
  const next = page === '' ? 'open its pull request there' : `for its pull request see ${oneLine(page, 2000)}`;
  return `Pushed branch ${oneLine(branch)} to ${oneLine(repository)}: ${what}; ${next}.`;
}

/** The job summary, in Markdown. */
export function toSummary(results: readonly Result[]): string {
  return cut(results.map(summaryOf).join('\n\n'), MAX_SUMMARY, CUT_NOTE);
}

function summaryOf(result: Result): string {
  const { outcome } = result;
  const heading = `### ${sentenceOf(result).replace(/[\\`*_<>[\]]/g, '\\$&')}`;
  if (!outcome) return heading;
  const { pullRequest, changes, left, diff, rendering, checked } = outcome;
  const rows = changes.map(
    ({ file, line, where, image, from, to }) =>
      `| ${[image, from, to, `${file}:${line}`, where].map(markdownCode).join(' | ')} |`,
  );
  const link =
    pullRequest &&
    `[${pullRequestName(outcome, pullRequest.number).replace(/^p/, 'P')}](${markdownUrl(pullRequest.url)}): ${markdownCode(pullRequest.title)}`;
  const table = ['| Image | Old | New | File | Where |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
  const parts = [
    heading,
    link,
    rows.length > 0 && table,
    summaryOfImages(checked),
    left.length > 0 && summaryOfLeft(left),
    renderedSection(rendering, MAX_RENDERED),
    diff !== '' &&
      `<details><summary>Diff</summary>\n\n${markdownBlock(cut(diff, MAX_DIFF, CUT_NOTE), 'diff')}\n\n</details>`,
  ];
  return parts.filter(Boolean).join('\n\n');
}

function summaryOfLeft(left: readonly Leftover[]): string {
  const rows = left.slice(0, MAX_LEFT).map(({ file, line, image, version, reason }) => {
    return `| ${[`${file}:${line}`, image, version].map(markdownCode).join(' | ')} | it ${forMarkdown(reason)} |`;
  });
  return ['**Left as it is**', '', '| Place | Image | Version | Why |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
