/** Brings the pull request of a release to what was pushed. */
import { workflowNote } from '../forge/connect.ts';
import type { Forge, PullRequest } from '../forge/forge.ts';
import type { Ci } from '../inputs/ci.ts';
import { findPullRequests, type ReleaseState } from './observe.ts';
import type { Outcome } from './outcome.ts';
import { supersede } from './pull-request/close.ts';
import { pullRequestName } from './pull-request/name.ts';
import { selectPullRequests } from './pull-request/select.ts';
import { upsertPullRequest, type Content, type Upserted, type Wanted } from './pull-request/upsert.ts';
import type { PushedCommit } from './push-commit.ts';
import type { ReleaseRequest } from './request.ts';
import { hasMoved, type Moved } from './retry-on-moved.ts';
import type { Workspace } from './workspace.ts';

/** A commit on its branch, and what its pull request is to have. */
interface Delivery {
  readonly forge: Forge;
  readonly pushed: PushedCommit;
  /** Whether the branch had the commit before this run. */
  readonly isKept: boolean;
  readonly content: Content;
  readonly wanted: Omit<Wanted, 'head'>;
}

/**
 * Opens or updates the pull request, and closes those that it supersedes. `moved` when another run pushed meanwhile, or a person
 * closed or merged it.
 */
export async function publishPullRequest(
  workspace: Workspace,
  request: ReleaseRequest,
  state: ReleaseState,
  ci: Ci,
  { forge, pushed, isKept, content, wanted }: Delivery,
): Promise<Moved | (Pick<Outcome, 'outcome' | 'pullRequest'> & Partial<Pick<Outcome, 'merging' | 'reason'>>)> {
  const { store, access, log } = workspace;
  const { branch, pullRequests } = state;
  const published = await upsertPullRequest(
    forge,
    pullRequests.present,
    content,
    { ...wanted, head: pushed.id },
    { find: () => findAgain(workspace, request, branch), warn: (text) => log.warn(text), ...pushed },
  );
  const { pullRequest, merging = '' } = published;
  const name = pullRequestName(forge, pullRequest.number);
  // Of one that was just merged Gitea does not say what it had.
  if (merging !== 'merged' && hasEnded(pullRequest, pushed.id)) {
    log.step(`${name} was ${pullRequest.state} during the run`);
    if (pullRequest.headId !== pushed.id) await restoreText(forge, pullRequest, pullRequests.present?.pullRequest);
    return { moved: branch };
  }
  log.step(`${name} ${published.outcome}`);
  // A text that has no room for ours stays as it is.
  const done = published.outcome === 'unchanged' && !isKept ? 'updated' : published.outcome;
  const outcome = inAll(workspace, pullRequest, done);
  if (merging !== '') log.step(`auto-merge: ${merging}`);
  const onToken = published.outcome === 'created' ? await workflowNote(access, ci) : '';
  if (onToken !== '') log.step(onToken);
  // The run that writes the text last must have it right: another one may have pushed in between.
  if (pullRequest.headId !== pushed.id && (await hasMoved(store, branch, pushed.id))) return { moved: branch };
  const newer = await supersede(workspace, request, state, published);
  if (newer) return 'moved' in newer ? newer : { outcome: 'skipped-older', ...newer };
  return { pullRequest, merging, outcome: merging === 'merged' ? 'merged' : outcome };
}

async function findAgain(workspace: Workspace, request: ReleaseRequest, branch: string) {
  const found = await findPullRequests(workspace, request);
  return selectPullRequests(found, { ...request, branch }).present;
}

/** What the run did to a pull request, with what it did to it in earlier attempts. */
function inAll({ written }: Workspace, { number }: PullRequest, done: Upserted['outcome']): Upserted['outcome'] {
  const first = written.get(number) ?? done;
  if (first !== 'unchanged') written.set(number, first);
  return first;
}

/** Whether a pull request was closed, or merged before it had a commit. */
const hasEnded = ({ state, headId }: PullRequest, commit: string): boolean =>
  state === 'closed' || (state === 'merged' && headId !== commit);

/** Takes back the text of a commit that a pull request does not have. */
async function restoreText(forge: Forge, now: PullRequest, before: PullRequest | undefined): Promise<void> {
  if (!before || (now.title === before.title && now.body === before.body)) return;
  await forge.update(before.number, { title: before.title, body: before.body });
}
