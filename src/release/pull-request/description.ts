/** The texts of a pull request: made from what its branch changes on the base. */
import { ReleaseError } from '../../core/errors.ts';
import { memoized, type Change, type Leftover } from '../../core/objects.ts';
import { isStep } from '../../core/version.ts';
import { hasVersion, sourceOf, versionOf, type Build } from '../build.ts';
import { buildOfChanges, changesBetween, placesIn } from '../carried.ts';
import type { ReleaseState } from '../observe.ts';
import { imagesOf } from '../own-commits.ts';
import type { CheckedImage } from '../check-images.ts';
import type { Rendering } from '../../rendering/rendering.ts';
import type { ReleaseRequest } from '../request.ts';
import type { Workspace } from '../workspace.ts';
import { readContents, revisionOf, UNKNOWN_CONTENTS, type Contents } from './changelog.ts';
import { renderedSection } from './rendered-section.ts';
import type { ReleasePullRequests } from './select.ts';
import { isWrong, namedVersions } from './title.ts';
import type { Content } from './upsert.ts';
import { goBackVariables } from './go-back.ts';
import { renderTexts, type ReleaseTexts } from './texts.ts';
import { leftVariables, planVariables, releaseVariables } from './variables.ts';

/** Versions that a body lists as skipped; older ones are left out. */
const MAX_SKIPPED = 20;
/** Characters of what changes in the cluster. */
const MOST_RENDERED = 16_000;
/** For a text that no pull request shows. */
const NO_LIMITS = { title: 256, body: 65_536 };

/** What the texts are made from. */
export interface Described {
  readonly name: string;
  readonly pullRequests: ReleasePullRequests;
  readonly changes: readonly Change[];
  /** The lines that are left on the branch: commits by others may have changed it. */
  readonly planOnTop: { readonly leftovers: readonly Leftover[] };
  /** Both are absent where the text is of another build than the one that is released. */
  readonly checked?: readonly CheckedImage[];
  readonly rendering?: () => Promise<Rendering | undefined>;
}

/** What a pull request is to say about a commit of its branch. The texts are made when they are first asked for. */
export function describeRelease(
  workspace: Workspace,
  request: ReleaseRequest,
  described: Described,
): Omit<Content, 'tree'> {
  const { build, key } = request;
  return {
    metadata: {
      key,
      version: versionOf(build),
      skipped: skippedBefore(build, described),
    },
    versions: namedVersions(build, described.changes),
    texts: memoized(() => makeTexts(workspace, request, described)),
  };
}

/**
 * What the open pull request is to say where its text is about another commit than its branch has, or its title names
 * another version, as when a slower run wrote its text after a newer one had pushed; `undefined` where both are right.
 * Versions and table are those of the files. The texts are made from the build on the branch, with its own reason and run
 * as far as its commit names them, and from this run's templates.
 */
export async function correctDescription(
  workspace: Workspace,
  request: ReleaseRequest,
  state: ReleaseState,
): Promise<Content | undefined> {
  const { carried, tip, pullRequests } = state;
  const { present } = pullRequests;
  if (!present || !tip) return undefined;
  const described = await changesOf(workspace, request, state);
  if (!described || described.changes.length === 0) return undefined;
  const build = carried?.build ?? buildOfChanges(described.changes);
  const other = requestOf(request, build);
  const content = {
    ...describeRelease(workspace, other, { ...state, changes: described.changes, planOnTop: described, checked: [] }),
    tree: carried?.tree ?? tip.tree,
  };
  const { metadata, pullRequest } = present;
  const isRight = metadata?.tree === content.tree && !isWrong(pullRequest.title, metadata, content.versions);
  return isRight ? undefined : content;
}

/** What the branch changes on the base; `undefined` where its files, which others can write, cannot be read as a release. */
async function changesOf(
  { store }: Workspace,
  request: ReleaseRequest,
  { carried, own, files, atTip }: ReleaseState,
): Promise<(Pick<Described, 'changes'> & Described['planOnTop']) | undefined> {
  try {
    if (carried) return await own.plan(store.baseCommit, carried.build);
    return { changes: changesBetween(placesIn(request, files), placesIn(request, atTip)), leftovers: [] };
  } catch (error) {
    if (error instanceof ReleaseError && error.blame === 'yours') return undefined;
    throw error;
  }
}

/** The request as it would be for another build of the same release. */
function requestOf(request: ReleaseRequest, build: Build): ReleaseRequest {
  const images = { released: imagesOf(request, build), notes: [] };
  return {
    ...request,
    inputs: { ...request.inputs, images, operation: build.operation },
    build,
    source: sourceOf(build, request),
  };
}

async function makeTexts(workspace: Workspace, request: ReleaseRequest, described: Described): Promise<ReleaseTexts> {
  const { store, forge } = workspace;
  const { changes, planOnTop } = described;
  const variables = planVariables(releaseVariables(request, described.name, store.base), changes, described.checked);
  const skipped = skippedBefore(request.build, described).join(', ');
  const limits = forge?.limits ?? NO_LIMITS;
  const [contents, rendering] = await Promise.all([
    readContentsOf(workspace, request, described),
    described.rendering?.(),
  ]);
  // A server that shows a comment shows every element as text.
  const folds = forge?.hiddenText !== 'link-definition';
  const rendered = renderedSection(rendering, Math.min(MOST_RENDERED, Math.floor(limits.body / 4)), folds);
  return renderTexts(
    request.inputs.templates,
    {
      ...variables,
      skipped,
      ...contents,
      ...leftVariables(planOnTop.leftovers),
      ...goBackVariables(request, changes),
      rendered,
      details: folds ? 'yes' : '',
    },
    limits,
  );
}

async function readContentsOf(
  { forge, compare, whyHidden }: Workspace,
  { build, source, inputs }: ReleaseRequest,
  { changes, pullRequests }: Described,
): Promise<Contents> {
  const first = changes.find(isStep);
  if (!first || !forge || inputs.policy.delivery === 'push') return UNKNOWN_CONTENTS;
  const merged = pullRequests.merged[0]?.build;
  const deployed = merged && hasVersion(merged, first.image, first.from) ? merged : undefined;
  const hiddenBy = inputs.policy.sourceCommits === 'always' ? undefined : whyHidden;
  return readContents(revisionOf(first, deployed, build, source.ref), build, { compare, hiddenBy });
}

/** What the pull requests of this release had before, and what was never merged. */
function skippedBefore(build: Build, { pullRequests }: Pick<Described, 'pullRequests'>): string[] {
  const { present, others } = pullRequests;
  const known = [...others.toReversed(), ...(present ? [present] : [])].flatMap(({ metadata }) => metadata ?? []);
  const versions = known.flatMap(({ skipped, version }) => [...skipped, version]).filter(Boolean);
  const own = versionOf(build);
  return [...new Set(versions)].filter((version) => version !== own).slice(-MAX_SKIPPED);
}
