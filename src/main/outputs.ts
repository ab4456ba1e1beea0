/** Results -> outputs. action.yml and docs/outputs.md are checked against the table. */
import { cut } from '../core/escape.ts';
import type { Leftover } from '../core/objects.ts';
import type { Result } from '../environments/result.ts';
import type { Outcome } from '../release/outcome.ts';
import { imageChanges, shownStep } from '../release/image-changes.ts';
import { countChanges, type Rendering } from '../rendering/rendering.ts';
import { imagesOf } from './checked.ts';
import { landingOutputs } from './landing.ts';
import { sentenceOf } from './sentences.ts';

export const OUTPUTS = [
  {
    name: 'outcome',
    description:
      'created, updated or unchanged (the pull request); merged (at once, by auto-merge); closed (the base has these versions); skipped-older (a newer ' +
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
  {
    name: 'auto-merge',
    description:
      'What the setting auto-merge came to in this run: enabled, queued (in the merge queue) or merged; empty where it was not asked for now, or refused.',
  },
  { name: 'branch', description: 'The release branch.' },
  { name: 'commit', description: 'Commit of the release; empty without one.' },
  { name: 'verified', description: 'Whether the server verified the signature of that commit: true or false.' },
  { name: 'base', description: 'Branch that the release goes into.' },
  {
    name: 'merged-commit',
    description:
      'With wait: the commit that the base has since the merge, also of a squash or a rebase; empty until then.',
  },
  {
    name: 'deployed',
    description:
      'With wait: deployed: true or false, as the agents of the setting verdict say; empty without a verdict.',
  },
  { name: 'deployed-by', description: 'Contexts of the statuses that decided.' },
  {
    name: 'deploy-seconds',
    description: 'Seconds from the merge to the last of these statuses; empty where that is not known.',
  },
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
      'pull-request-number, pull-request-url, merged-commit, deployed, auto-merge, changed-images, images, left, rendered, reason, sentence}; ' +
      'changed-images has {image, from, to, step, places}; images has {image, registry (found, absent, mismatch, unreadable), ' +
      'digest, platforms, created, source, revision, built-by, reason}; rendered is {roots, objects, only-images, hidden, ' +
      'not-rendered}, each a number, or null. The other outputs are set for a single release only. With ' +
      'mode status and list-versions, the rows of the table: {app, environment, version, since, pull-request, open, verdict}; with ' +
      'scan, the places: {image, version, file, line, where, convention, reason, marker}; with init, {outcome, file, text}.',
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
/** Lines that outputs have. */
export const MAX_LEFT = 500;
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
    ...(outcome && only?.landing && landingOutputs(only.landing)),
    results: results.map(resultOf),
    plan: { include: results.map(({ app, environment }) => ({ app, environment })) },
  };
}

const SHORT: ReadonlySet<string> = new Set(['app', 'environment', 'outcome', 'version', 'pull-request-url']);

/** The output `results` with what matters most, where all of it has no room. */
export const shortResults = (results: unknown): unknown =>
  Array.isArray(results)
    ? results.map((row: object) => Object.fromEntries(Object.entries(row).filter(([name]) => SHORT.has(name))))
    : results;

function resultOf(result: Result) {
  const { app, environment, outcome, landing, error } = result;
  const landed = landing && landingOutputs(landing);
  return {
    app,
    environment,
    outcome: outcome?.outcome ?? 'failed',
    version: outcome?.version ?? '',
    branch: outcome?.branch ?? '',
    commit: outcome?.commit ?? '',
    'pull-request-number': outcome?.pullRequest?.number ?? '',
    'pull-request-url': outcome?.pullRequest?.url ?? '',
    'merged-commit': landed?.['merged-commit'] ?? '',
    deployed: landed?.deployed ?? '',
    'auto-merge': outcome?.merging ?? '',
    'changed-images': imageChanges(outcome?.changes ?? []).map(({ bump, ...row }) => ({
      ...row,
      step: shownStep(bump),
    })),
    left: leftOf(outcome),
    images: imagesOf(outcome?.checked),
    rendered: factsOf(outcome?.rendering),
    reason: outcome?.reason || (error?.code ?? ''),
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

function outputsOf({
  outcome,
  pullRequest,
  page,
  merging,
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
    'auto-merge': merging,
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
