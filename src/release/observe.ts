/** Gathers the facts that a release is decided on: pull requests, the release branch, what would change, what is there. */
import { failure } from '../core/errors.ts';
import type { Commit } from '../core/objects.ts';
import { compareVersions, isStep, withoutDigest } from '../core/version.ts';
import type { PullRequests } from '../forge/forge.ts';
import { formatIdentity } from '../inputs/identity.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Plan } from '../manifests/plan.ts';
import { hasVersion, versionPairs, type Build } from './build.ts';
import { buildIn } from './commit-trailers.ts';
import { commitsToCompare, type Present } from './compare-builds.ts';
import { isDisposable, isOurs, whyOlderThanAny, type Facts } from './decide.ts';
import { findRollback } from './find-rollback.ts';
import { planManifests, type Wanted } from './plan-manifests.ts';
import {
  otherReleaseOn,
  selectPullRequests,
  type KnownPullRequest,
  type ReleasePullRequests,
} from './pull-request/select.ts';
import { readManifests } from './read-manifests.ts';
import type { ReleaseName, ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

/** Everything that is known of a release before it is decided. */
export interface ReleaseState extends Facts {
  /** The release's name. */
  readonly name: string;
  /** The branch that the release goes to: that of its open pull request, whatever the template says now. */
  readonly branch: string;
  /** The tip of that branch; `undefined` where it does not exist, or is the base. */
  readonly tip: Commit | undefined;
  readonly plan: Plan;
  /** What changes on top of commits by others; the same as on the base where there are none. */
  readonly planOnTop: Plan;
  /** What the branch has of this release. */
  readonly carried: Build | undefined;
}

const NO_ANSWER: PullRequests = { open: [], past: [] };

/** Reads everything; with `again` the base's tip too, which was new when it was cloned. Throws BRANCH_TAKEN, and what planManifests throws. */
export async function observe(workspace: Workspace, request: ReleaseRequest, again: boolean): Promise<ReleaseState> {
  const { store, forge } = workspace;
  const { inputs } = request;
  if (again) await store.refresh();
  const wanted = wantedOf(inputs);
  // The forge is asked while git searches; what it says of the branch may save reading the branch.
  const asksGit = again || !forge;
  const finding = findPullRequests(workspace, request);
  const candidates = finding.then((found) => request.names.map((name) => candidateOf(request, found, name, asksGit)));
  const branch = candidates.then(([first]) => (first && !first.isKnown ? first.branch : undefined));
  branch.catch(() => undefined);
  const [found, names, { tip, ...files }] = await Promise.all([
    finding,
    candidates,
    readManifests(workspace, wanted, { branch, others: true }),
  ]);
  const plan = await planManifests(workspace, wanted, files, store.baseCommit);
  const chosen = await chooseBranch(workspace, request, found, names, tip);
  const [onTop] = chosen.foreign;
  const state = { ...chosen, plan, planOnTop: onTop ? await planOn(workspace, request, onTop.id) : plan };
  const present = inputs.policy.order === 'newest' ? await observePresent(workspace, request, state) : [];
  const isOutdated = whyOlderThanAny(present, request.build) !== undefined;
  return { ...state, present, rolledBackBy: isOutdated ? undefined : await findRollback(workspace, request, state) };
}

const wantedOf = ({ images: { released, unused }, search }: Inputs): Wanted => ({ images: released, unused, search });

/** The pull requests into the base, as far as they may be of this release. */
export function findPullRequests(
  { store, forge }: Pick<Workspace, 'store' | 'forge'>,
  { inputs, pastBranches }: Pick<ReleaseRequest, 'inputs' | 'pastBranches'>,
): Promise<PullRequests> {
  if (!forge || inputs.policy.delivery === 'push') return Promise.resolve(NO_ANSWER);
  return forge.find(pastBranches, store.base);
}

/** One of the branches that the release may go to. */
interface Candidate extends ReleaseName {
  readonly pullRequests: ReleasePullRequests;
  /** Whether `seen` is the branch's tip, so that git need not be asked. */
  readonly isKnown: boolean;
  readonly seen: Commit | undefined;
}

function candidateOf(request: ReleaseRequest, found: PullRequests, own: ReleaseName, asksGit: boolean): Candidate {
  const { inputs, key, build, perVersion } = request;
  const pullRequests = selectPullRequests(found, { key, branch: own.branch, perVersion, build });
  const seen = pullRequests.head;
  // Where the forge knows of no branch there is most likely none; if there is, the push finds out.
  const isSeen = !asksGit && (seen === undefined || isDisposable(request, pullRequests, seen));
  return {
    name: own.name,
    branch: pullRequests.present?.pullRequest.branch ?? own.branch,
    pullRequests,
    isKnown: inputs.policy.delivery === 'push' || isSeen,
    seen,
  };
}

type ChosenBranch = Pick<ReleaseState, 'name' | 'branch' | 'tip' | 'foreign' | 'pullRequests' | 'carried'>;

/** The first branch that no other release has, and what is on it. `tip` is that of the first candidate, where it was read. */
async function chooseBranch(
  { store }: Workspace,
  request: ReleaseRequest,
  found: PullRequests,
  candidates: readonly Candidate[],
  firstTip: Commit | undefined,
): Promise<ChosenBranch> {
  const { inputs, key } = request;
  const others: string[] = [];
  for (const [index, { name, branch, pullRequests, isKnown, seen }] of candidates.entries()) {
    const tip = isKnown ? seen : index === 0 ? firstTip : await store.tip(branch);
    const isSettled = inputs.policy.delivery === 'push' || !tip || isOurs(request, pullRequests, tip);
    const above = isSettled ? [] : await store.commitsAbove(tip.id);
    const other = otherReleaseOn(branch, key, found, tip ? [tip, ...above] : []);
    if (other === undefined) {
      // With `reset` they are there, and are overwritten.
      const foreign = inputs.policy.onForeignCommits === 'reset' ? [] : above;
      return { name, branch, tip, foreign, pullRequests, carried: carriedBuild(key, pullRequests, tip, foreign) };
    }
    others.push(other);
  }
  throw taken(request, candidates[0], others[0] ?? '');
}

function taken({ inputs }: ReleaseRequest, first: ReleaseName | undefined, other: string) {
  const { identity, templates } = inputs;
  const input = templates.name === '' || !/\{\{[^}]*\bname\b/.test(templates.branch) ? 'branch' : 'name';
  return failure('BRANCH_TAKEN', { branch: first?.branch ?? '', release: formatIdentity(identity), other, input });
}

/** What the branch has of a release: by the trailers of its commits, else by the metadata of its pull request. */
function carriedBuild(
  key: string,
  { present, pastHeads }: ReleasePullRequests,
  tip: Commit | undefined,
  above: readonly Commit[],
): Build | undefined {
  // What was merged or closed is decided.
  if (!tip || pastHeads.has(tip.id)) return undefined;
  // Below a commit by others there may be one of ours that no pull request has yet.
  const [build] = [tip, ...above].flatMap((commit) => buildIn(commit, key) ?? []);
  return build ?? present?.metadata?.build;
}

async function planOn(workspace: Workspace, { inputs }: ReleaseRequest, commit: string): Promise<Plan> {
  const wanted = wantedOf(inputs);
  const files = await readManifests(workspace, wanted, { commit, others: true });
  return planManifests(workspace, wanted, files, commit);
}

/** What the base, the branch and the pull requests have already. */
async function observePresent(
  workspace: Workspace,
  request: ReleaseRequest,
  state: ChosenBranch & Pick<ReleaseState, 'plan' | 'planOnTop'>,
): Promise<readonly Present[]> {
  const { planOnTop, foreign, pullRequests, branch, carried } = state;
  const { build } = request;
  const where = pullRequests.present ? `pull request #${pullRequests.present.pullRequest.number}` : branch;
  const onBranch = foreign.length > 0 ? planOnTop.changes : [];
  const present: Present[] = [
    ...(await observeBase(workspace, request, state)),
    ...onBranch.filter(isStep).map(({ file, from, to }) => asPresent(`${file} on ${branch}`, from, to)),
    ...(carried ? [{ where, versions: versionPairs(carried, build), build: carried }] : []),
    ...pullRequests.others.map((other) => presentIn(other, build)),
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
  const [merged] = pullRequests.merged;
  const isInPullRequests = merged !== undefined || (forge !== undefined && inputs.policy.delivery === 'pull-request');
  const deployed = async (): Promise<Build | undefined> =>
    isInPullRequests
      ? merged?.metadata.build
      : (await store.history()).flatMap((commit) => buildIn(commit, key) ?? [])[0];
  const build = isUnordered ? await deployed() : undefined;
  return changes.map(({ file, image, from, to }) => ({
    ...asPresent(`${file} on ${store.base}`, from, to),
    build: build && hasVersion(build, image, from) ? build : undefined,
  }));
}

const asPresent = (where: string, from: string, to: string): Present => ({
  where,
  versions: [[from, to]],
  build: undefined,
});

/** What another pull request of the release has. */
export function presentIn({ pullRequest, metadata }: KnownPullRequest, build: Build): Present {
  const where = `pull request #${pullRequest.number}`;
  return { where, versions: versionPairs(metadata.build, build), build: metadata.build };
}

/** With the relation of the two source commits, where that decides. Throws NETWORK when the forge cannot be asked now. */
export async function withComparison({ compare }: Workspace, present: Present, build: Build): Promise<Present> {
  const commits = commitsToCompare(present, build);
  if (!commits) return present;
  const { status } = await compare(build.source.repository, ...commits);
  return status === 'unknown' ? present : { ...present, comparison: status };
}
