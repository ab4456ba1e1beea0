/** Gathers the facts that a release is decided on: pull requests, the release branch, what would change, what is there. */
import { failure } from '../core/errors.ts';
import type { Commit } from '../core/objects.ts';
import { compareVersions, withoutDigest } from '../core/version.ts';
import type { PullRequests } from '../forge/forge.ts';
import { formatIdentity } from '../inputs/identity.ts';
import type { Plan } from '../manifests/plan.ts';
import { hasVersion, versionPairs, type Build } from './build.ts';
import { buildIn } from './commit-trailers.ts';
import { commitsToCompare, type Present } from './compare-builds.ts';
import { isDisposable, type Facts } from './decide.ts';
import { findRollback } from './find-rollback.ts';
import { planManifests, readManifests } from './plan-manifests.ts';
import {
  otherReleaseOn,
  selectPullRequests,
  type KnownPullRequest,
  type ReleasePullRequests,
} from './pull-request/select.ts';
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
  const { inputs, names } = request;
  if (again) await store.refresh();
  const isDirect = inputs.policy.delivery === 'push';
  // What the forge says of the branch saves a request of git. Where it knows of no branch there is most likely none; if
  // there is, the push finds out.
  const asksGit = !isDirect && (again || !forge);
  const wanted = { images: inputs.images.released, search: inputs.search };
  const [first] = names;
  const [found, { manifests, tip }] = await Promise.all([
    findPullRequests(workspace, request),
    readManifests(workspace, wanted, asksGit && first ? { branch: first.branch } : {}),
  ]);
  const plan = await planManifests(workspace, wanted, manifests, store.baseCommit);
  const known = asksGit && first ? new Map([[first.branch, tip]]) : new Map<string, Commit | undefined>();
  const chosen = await chooseBranch(workspace, request, found, { asksGit, known });
  const { foreign } = chosen;
  const state = { ...chosen, plan, planOnTop: foreign[0] ? await planOn(workspace, request, foreign[0].id) : plan };
  return {
    ...state,
    present: inputs.policy.order === 'newest' ? await observePresent(workspace, request, state) : [],
    rolledBackBy: await findRollback(workspace, request, state),
  };
}

/** The pull requests into the base, as far as they may be of this release. */
export function findPullRequests(
  { store, forge }: Pick<Workspace, 'store' | 'forge'>,
  { inputs, names }: Pick<ReleaseRequest, 'inputs' | 'names'>,
): Promise<PullRequests> {
  if (!forge || inputs.policy.delivery === 'push') return Promise.resolve(NO_ANSWER);
  return forge.find(
    names.map(({ branch }) => branch),
    store.base,
  );
}

type ChosenBranch = Pick<ReleaseState, 'name' | 'branch' | 'tip' | 'foreign' | 'pullRequests' | 'carried'>;

/** The first branch that no other release has, and what is on it. `known` are tips that git has read already. */
async function chooseBranch(
  { store }: Workspace,
  request: ReleaseRequest,
  found: PullRequests,
  { asksGit, known }: { asksGit: boolean; known: ReadonlyMap<string, Commit | undefined> },
): Promise<ChosenBranch> {
  const { inputs, key, build, perVersion, names } = request;
  const isDirect = inputs.policy.delivery === 'push';
  const others: string[] = [];
  for (const { name, branch: own } of names) {
    const pullRequests = selectPullRequests(found, { key, branch: own, perVersion, build });
    const branch = pullRequests.present?.pullRequest.branch ?? own;
    const seen = pullRequests.head;
    const isKnown = isDirect || (!asksGit && (seen === undefined || isDisposable(request, pullRequests, seen)));
    const tip = isKnown ? seen : known.has(branch) ? known.get(branch) : await store.tip(branch);
    const above = tip && !isDisposable(request, pullRequests, tip) ? await store.commitsAbove(tip.id) : [];
    const other = isDirect ? undefined : otherReleaseOn(branch, key, found, tip ? [tip, ...above] : []);
    if (other === undefined) {
      const carried = carriedBuild(key, pullRequests, tip, above);
      return { name, branch, tip: isDirect ? undefined : tip, foreign: above, pullRequests, carried };
    }
    others.push(other);
  }
  throw taken(request, names[0], others[0] ?? '');
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
  const wanted = { images: inputs.images.released, search: inputs.search };
  const { manifests } = await readManifests(workspace, wanted, { commit });
  return planManifests(workspace, wanted, manifests, commit);
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
    ...onBranch.map(({ file, from, to }) => asPresent(`${file} on ${branch}`, from, to)),
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
  const isUnordered = plan.changes.some(
    ({ from, to }) => compareVersions(withoutDigest(to), withoutDigest(from)) === undefined,
  );
  const [merged] = pullRequests.merged;
  const isInPullRequests = merged !== undefined || (forge !== undefined && inputs.policy.delivery === 'pull-request');
  const deployed = async (): Promise<Build | undefined> =>
    isInPullRequests
      ? merged?.metadata.build
      : (await store.history()).flatMap((commit) => buildIn(commit, key) ?? [])[0];
  const build = isUnordered ? await deployed() : undefined;
  return plan.changes.map(({ file, image, from, to }) => ({
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
