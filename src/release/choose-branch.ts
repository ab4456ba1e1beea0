/** The branch that a release goes to, and the commits that are on it. */
import { failure } from '../core/errors.ts';
import type { Commit } from '../core/objects.ts';
import type { PullRequests } from '../forge/forge.ts';
import { formatIdentity } from '../inputs/identity.ts';
import type { BranchCommits, OwnCommits } from './own-commits.ts';
import {
  otherReleaseOn,
  selectPullRequests,
  type OtherRelease,
  type ReleasePullRequests,
} from './pull-request/select.ts';
import type { ReleaseName } from './release-branches.ts';
import type { ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

export interface ChosenBranch extends ReleaseName, BranchCommits {
  readonly pullRequests: ReleasePullRequests;
  /** The tip of the branch; `undefined` where it does not exist, or is the base. */
  readonly tip: Commit | undefined;
  /** The commits that this release goes on top of, the newest first: those of a branch that has some by others. */
  readonly foreign: readonly Commit[];
}

/** What was asked already. */
interface Seen {
  readonly found: PullRequests;
  /** A branch whose tip was read. */
  readonly read: { readonly branch: string; readonly tip: Commit | undefined } | undefined;
  /** Whether the tip is read although the forge named it. */
  readonly asksGit: boolean;
}

/** One of the branches that the release may go to. */
interface Candidate extends ReleaseName {
  readonly pullRequests: ReleasePullRequests;
}

type Tip = Pick<ChosenBranch, 'tip' | 'commits' | 'areOurs'>;

const NOTHING: Tip = { tip: undefined, commits: [], areOurs: true };

/** The branch of this release's open pull request, else the first one that no other release has. Throws BRANCH_TAKEN. */
export async function chooseBranch(
  workspace: Workspace,
  request: ReleaseRequest,
  own: OwnCommits,
  seen: Seen,
): Promise<ChosenBranch> {
  const { inputs, key } = request;
  const isPush = inputs.policy.delivery === 'push';
  const sought = { key, base: inputs.access.base };
  const others: string[] = [];
  const candidates = candidatesOf(request, seen.found);
  for (const { name, branch, pullRequests } of candidates) {
    const tip = isPush ? NOTHING : await readTip(workspace, { branch, pullRequests }, own, seen);
    const other = isFree(tip) ? undefined : otherReleaseOn(branch, sought, seen.found, tip.commits, workspace.forge);
    if (other === undefined || !(await isReal(workspace, own, branch, tip, other))) {
      // With `reset` they are there, and are overwritten.
      const isKept = !tip.areOurs && inputs.policy.onForeignCommits !== 'reset';
      return { name, branch, ...tip, foreign: isKept ? tip.commits : [], pullRequests };
    }
    others.push(other.release);
  }
  throw taken(request, candidates[0], others[0] ?? '');
}

/** Whether a branch is not there, or has nothing that was not merged. */
const isFree = ({ areOurs, commits }: Tip): boolean => areOurs && commits.length === 0;

function candidatesOf({ branches, key, build }: ReleaseRequest, found: PullRequests): readonly Candidate[] {
  const candidate = ({ name, branch }: ReleaseName): Candidate => ({
    name,
    branch,
    pullRequests: selectPullRequests(found, { key, branch, branches, build }),
  });
  const isOpen = ({ pullRequests: { present } }: Candidate): boolean => present?.build !== undefined;
  const names = branches.names.map(candidate);
  const open = [...names, ...branches.otherNames.map(candidate)].filter(isOpen);
  return [...open, ...names.filter((one) => !open.includes(one))];
}

/** Where the forge knows of no branch there is most likely none; if there is, the push finds out. */
async function readTip(
  { store }: Workspace,
  { branch, pullRequests }: Pick<Candidate, 'branch' | 'pullRequests'>,
  own: OwnCommits,
  { read, asksGit }: Seen,
): Promise<Tip> {
  const isRead = read?.branch === branch;
  const fetch = (): Promise<Commit | undefined> => store.tip(branch);
  const tip = isRead ? read.tip : asksGit ? await fetch() : pullRequests.head;
  if (!tip) return NOTHING;
  const found = { tip, ...(await own.on(tip)) };
  if (found.areOurs || isRead || asksGit) return found;
  // What is by others is read and built upon.
  const fetched = await fetch();
  return fetched ? { tip: fetched, ...(await own.on(fetched)) } : NOTHING;
}

/** Anybody who may push to the branch can write trailers: those with an image that is nowhere name no release. */
async function isReal(
  { log }: Workspace,
  own: OwnCommits,
  branch: string,
  { tip }: Tip,
  { release, commit }: OtherRelease,
): Promise<boolean> {
  if (!tip || !commit || (await own.areNamed(tip.id, commit.trailers))) return true;
  const id = commit.id.slice(0, 7);
  log.warn(`commit ${id} on ${branch} says that it is of ${release}, of which no file there has all images; ignored`);
  return false;
}

function taken({ inputs }: ReleaseRequest, first: ReleaseName | undefined, other: string) {
  const { identity, templates } = inputs;
  const input = templates.name === '' || !/\{\{[^{}]*\bname\b/.test(templates.branch) ? 'branch' : 'name';
  return failure('BRANCH_TAKEN', { branch: first?.branch ?? '', release: formatIdentity(identity), other, input });
}
