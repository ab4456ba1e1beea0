/** Gathers the facts that a release is decided on: pull requests, the release branch, what would change, what is there. */
import type { Commit } from '../core/objects.ts';
import { compareVersions, isStep, withoutDigest } from '../core/version.ts';
import type { Judged, PullRequest, PullRequests } from '../forge/forge.ts';
import type { Ci } from '../inputs/ci.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Plan } from '../manifests/plan.ts';
import { hasVersion, versionPairs, type Build } from './build.ts';
import { carriedBy, type Carried } from './carried.ts';
import { awaitChecks } from './await-checks.ts';
import type { CheckedImage } from './check-images.ts';
import { lineOf } from './checked-images.ts';
import { chooseBranch, type ChosenBranch } from './choose-branch.ts';
import { buildIn, isDirect } from './commit-trailers.ts';
import { readBranch, type BranchFiles } from './branch-files.ts';
import { commitsToCompare, type Present } from './compare-builds.ts';
import { whyOlderThanAny, type Facts } from './decide.ts';
import { findRollback } from './find-rollback.ts';
import { OwnCommits } from './own-commits.ts';
import { planManifests, type ReadFiles, type Wanted } from './plan-manifests.ts';
import { hasMetadata } from './pull-request/metadata.ts';
import { pullRequestName } from './pull-request/name.ts';
import type { KnownPullRequest } from './pull-request/select.ts';
import { readManifests } from './read-manifests.ts';
import { branchesOfVersion, isReleaseBranch } from './release-branches.ts';
import { withFacts, type ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

/** Everything that is known of a release before it is decided. */
export interface ReleaseState extends Facts, ChosenBranch, BranchFiles {
  readonly plan: Plan;
  /** What was read of the base. */
  readonly files: ReadFiles;
  /** What the branch has of this release. */
  readonly carried: Carried | undefined;
  readonly own: OwnCommits;
  /** The request with what the registries say of its images. */
  readonly request: ReleaseRequest;
  readonly checked: readonly CheckedImage[];
}

/** What is asked of registries meanwhile. */
interface Checking {
  readonly ci: Ci;
  readonly checking: Promise<readonly CheckedImage[]>;
}

const NO_ANSWER: PullRequests = { open: [], past: [] };

/** Reads everything; with `again` the base's tip too, which was new when it was cloned. Throws BRANCH_TAKEN, and what planManifests throws. */
export async function observe(
  workspace: Workspace,
  asked: ReleaseRequest,
  { ci, checking }: Checking,
  again: boolean,
): Promise<ReleaseState> {
  const { store, forge, note } = workspace;
  if (again) await store.refresh();
  // The forge is asked while git searches; what it says of the branch may save reading the branch, which without a clone is
  // read with the base.
  const asksGit = again || !forge || !store.canPush || forge.headsByGit === true;
  const finding = findPullRequests(workspace, asked);
  const isPush = asked.inputs.policy.delivery === 'push';
  const branch = isPush || !asksGit ? undefined : asked.branches.names[0]?.branch;
  const [seen, { tip, ...files }] = await Promise.all([
    finding,
    readManifests(workspace, wantedOf(asked.inputs), { branch, others: true }),
  ]);
  // Digests decide what is planned, and sources what is older.
  const isThere = tip !== undefined || seen.open.some((one) => isReleaseBranch(asked.branches, one.branch));
  const checked = await awaitChecks(checking, asked.inputs, isThere ? undefined : files);
  for (const one of checked) note(lineOf(one));
  const request = withFacts(asked, checked, ci);
  const { inputs } = request;
  const wanted = wantedOf(inputs);
  const read = branch === undefined ? undefined : { branch, tip };
  const found = await withHeads(workspace, request, seen, read);
  const base = { commit: store.baseCommit, files };
  const plan = await planManifests(workspace, wanted, files, base.commit);
  const own = new OwnCommits(workspace, request, base, found);
  const chosen = await chooseBranch(workspace, request, own, { found, read, asksGit });
  const { atTip, planOnTop, changes } = await readBranch(workspace, wanted, chosen, { files, plan });
  const carried = carriedBy(workspace, request, chosen, atTip);
  const state = { ...chosen, plan, planOnTop, changes, files, atTip, carried, own, request, checked };
  const present = inputs.policy.order === 'newest' ? await observePresent(workspace, request, state) : [];
  const isOutdated = whyOlderThanAny(present, request.build) !== undefined;
  return {
    ...state,
    present,
    disposable: plan.files.length === 0 ? await disposableOf(state) : new Set(),
    rolledBackBy: isOutdated ? undefined : await findRollback(workspace, request, state),
  };
}

/** What is searched for in the manifests, by the inputs of a release. */
export const wantedOf = ({ images: { released, unused }, search }: Inputs): Wanted => ({
  images: released,
  unused,
  search,
});

/** The pull requests into the base, as far as they may be of this release. */
export function findPullRequests(
  { store, forge }: Pick<Workspace, 'store' | 'forge'>,
  request: Pick<ReleaseRequest, 'inputs' | 'branches'>,
): Promise<PullRequests> {
  if (!forge || request.inputs.policy.delivery === 'push') return Promise.resolve(NO_ANSWER);
  return forge.find(branchesOfVersion(request.branches), store.base, (one) => matters(one, request));
}

/** Whether a pull request may be of this release; others count where they were merged. */
const matters = (one: Judged, { branches }: Pick<ReleaseRequest, 'branches'>): boolean =>
  isReleaseBranch(branches, one.branch) || (one.state === 'merged' && hasMetadata(one.body));

/**
 * The same with the tips of open ones of this release, which are read by git where the forge gives only a part of them. What is
 * decided on one tip must not be done to another: that of `read` is not read again.
 */
export async function withHeads(
  { store, forge }: Pick<Workspace, 'store' | 'forge'>,
  { branches }: Pick<ReleaseRequest, 'branches'>,
  found: PullRequests,
  read?: { readonly branch: string; readonly tip: Commit | undefined },
): Promise<PullRequests> {
  if (forge?.headsByGit !== true) return found;
  const open: PullRequest[] = [];
  for (const one of found.open) {
    if (!isReleaseBranch(branches, one.branch)) open.push(one);
    else open.push({ ...one, head: one.branch === read?.branch ? read.tip : await store.tip(one.branch) });
  }
  return { ...found, open };
}

/** The tips of open pull requests that may be deleted with their branches. */
async function disposableOf({ own, pullRequests: { present, others } }: ChosenBranch & { own: OwnCommits }) {
  const disposable = new Set<string>();
  for (const { pullRequest } of [...(present ? [present] : []), ...others]) {
    const { head } = pullRequest;
    if (head && (await own.on(head)).areOurs) disposable.add(head.id);
  }
  return disposable;
}

/** What the base, the branch and the pull requests have already. */
async function observePresent(
  workspace: Workspace,
  request: ReleaseRequest,
  state: ChosenBranch & Pick<ReleaseState, 'plan' | 'planOnTop' | 'carried'>,
): Promise<readonly Present[]> {
  const { planOnTop, foreign, pullRequests, branch, tip, carried } = state;
  const { build } = request;
  const { present: own, pastHeads } = pullRequests;
  // What was merged or closed is decided, unless it was released again.
  const isDecided = !own && tip !== undefined && pastHeads.has(tip.id);
  const where = own ? pullRequestName(workspace.forge, own.pullRequest.number) : branch;
  const onBranch = foreign.length > 0 ? planOnTop.changes : [];
  const present: Present[] = [
    ...(await observeBase(workspace, request, state)),
    ...onBranch.filter(isStep).map(({ file, from, to }) => asPresent(`${file} on ${branch}`, from, to)),
    ...(carried && !isDecided ? [{ where, versions: versionPairs(carried.build, build), build: carried.build }] : []),
    ...pullRequests.others.map((other) => presentIn(workspace, other, build)),
  ];
  return Promise.all(present.map((one) => withComparison(workspace, one, build)));
}

/** Each place of the base by its version; where versions have no order, by the build that wrote it. */
async function observeBase(
  { store, forge }: Workspace,
  { inputs, key }: ReleaseRequest,
  { plan, pullRequests }: Pick<ReleaseState, 'plan' | 'pullRequests'>,
): Promise<readonly Present[]> {
  const changes = plan.changes.filter(isStep);
  const isUnordered = changes.some(
    ({ from, to }) => compareVersions(withoutDigest(to), withoutDigest(from)) === undefined,
  );
  const { merged } = pullRequests;
  const isInPullRequests = merged.length > 0 || (forge !== undefined && inputs.policy.delivery === 'pull-request');
  const deployed = async (): Promise<readonly Build[]> =>
    isInPullRequests
      ? merged.map(({ build }) => build)
      : (await store.history()).flatMap((commit) => (isDirect(commit) ? (buildIn(commit, key) ?? []) : []));
  const builds = isUnordered ? await deployed() : [];
  // Not always the latest one: a revert or a rollback brings back what an earlier one released.
  return changes.map(({ file, image, from, to }) => ({
    ...asPresent(`${file} on ${store.base}`, from, to),
    build: builds.find((build) => hasVersion(build, image, from)),
  }));
}

const asPresent = (where: string, from: string, to: string): Present => ({
  where,
  versions: [[from, to]],
  build: undefined,
});

/** What another pull request of the release has. */
export function presentIn(
  { forge }: Pick<Workspace, 'forge'>,
  { pullRequest, build: other }: KnownPullRequest,
  build: Build,
): Present {
  const where = pullRequestName(forge, pullRequest.number);
  return { where, versions: versionPairs(other, build), build: other };
}

/** With the relation of the two source commits, where that decides. Throws NETWORK when the forge cannot be asked now. */
export async function withComparison({ compare }: Workspace, present: Present, build: Build): Promise<Present> {
  const commits = commitsToCompare(present, build);
  if (!commits) return present;
  const { status } = await compare(build.source.repository, ...commits);
  return status === 'unknown' ? present : { ...present, comparison: status };
}
