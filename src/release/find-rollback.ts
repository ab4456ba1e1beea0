/** Which rollback removed a release: looked for in the merged pull requests, then in the history of the files. */
import { formatVersion, isSameVersion, parseReference, repositoryOf } from '../core/image-reference.ts';
import { memoized } from '../core/objects.ts';
import { compareVersions } from '../core/version.ts';
import type { Plan } from '../manifests/plan.ts';
import { ROLLBACK_BRANCH } from '../inputs/operation.ts';
import { hasSameImages, versionPairs, type Build } from './build.ts';
import { buildIn, pullOf } from './commit-trailers.ts';
import { findMergedBuilds } from './pull-request/find-merged-builds.ts';
import { pullRequestName } from './pull-request/name.ts';
import type { ReleasePullRequests } from './pull-request/select.ts';
import { renderTemplate } from './pull-request/template.ts';
import type { ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

/** How often the search goes further back: some hundred commits. */
const HISTORY_STEPS = 3;

interface Observed {
  readonly name: string;
  readonly plan: Pick<Plan, 'files'>;
  readonly pullRequests: ReleasePullRequests;
}

/** The rollback that removed this very release, as a subject, until something newer is released; `undefined` when none did. */
export async function findRollback(
  workspace: Workspace,
  request: ReleaseRequest,
  observed: Observed,
): Promise<string | undefined> {
  const { build, inputs } = request;
  const isRollback = build.operation.rollsBack.length > 0;
  const isAsked = inputs.identity.environment !== '' && !isRollback && !inputs.policy.force;
  if (!isAsked || observed.plan.files.length === 0) return undefined;
  const { present } = observed.pullRequests;
  // Open for this very build: it was let in before.
  if (present?.build && hasSameImages(present.build, build)) return undefined;
  for await (const [where, before] of buildsBefore(workspace, request, observed)) {
    const { rollsBack } = before.operation;
    if (rollsBack.length > 0 && isRemovedBy(build, rollsBack)) return where;
    // A rollback releases nothing, and what is older does not make up for what was rolled back.
    if (rollsBack.length === 0 && !isOlder(before, build)) return undefined;
  }
  return undefined;
}

/** The builds of this release that reached the base, the newest first: by pull requests, then by commits. */
async function* buildsBefore(
  workspace: Workspace,
  { build, inputs, key }: ReleaseRequest,
  { name, plan, pullRequests }: Observed,
): AsyncGenerator<readonly [where: string, build: Build], void> {
  const { store, forge } = workspace;
  const merged = forge && inputs.policy.delivery === 'pull-request' ? pullRequests.merged : [];
  for (const known of merged) {
    // It was there and is no more: the forge may not know what removed it, as it shows the latest merges alone.
    if (hasSameImages(known.build, build)) break;
    yield [pullRequestName(forge, known.pullRequest.number), known.build];
  }
  const rollbacks = memoized(() =>
    findMergedBuilds(workspace, [renderTemplate('branch', ROLLBACK_BRANCH, { name }, 'ref')], key),
  );
  let steps = 0;
  for await (const commits of store.fileCommits(plan.files.map(({ path }) => path))) {
    for (const commit of commits) {
      const pull = pullOf(commit.message);
      let before = buildIn(commit, key);
      // A squash may have taken no more than the title.
      if (!before && pull !== '') before = (await rollbacks()).get(pull);
      if (before) yield [pull === '' ? `commit ${commit.id.slice(0, 7)}` : pullRequestName(forge, pull), before];
    }
    steps += 1;
    if (steps === HISTORY_STEPS) return;
  }
}

const isRemovedBy = ({ images }: Build, rollsBack: readonly string[]): boolean =>
  images.every((image) => rollsBack.some((removed) => isSameReference(removed, image)));

/** Whether all that two builds have in common is older in `one`, or the same. */
function isOlder(one: Build, other: Build): boolean {
  const orders = versionPairs(one, other).map(([before, next]) => compareVersions(before, next));
  return orders.every((order) => order !== undefined && order <= 0) && (orders.length === 0 || orders.some(Boolean));
}

/** Whether two references are of one image and one version, of which one may have less of it. */
function isSameReference(one: string, other: string): boolean {
  const [a, b] = [parseReference(one), parseReference(other)];
  const isOfOne = a && b && repositoryOf(a.name) === repositoryOf(b.name);
  return isOfOne === true && isSameVersion(formatVersion(a), formatVersion(b));
}
