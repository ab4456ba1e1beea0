/** Applies a release: its commit, its branch, its pull request. */
import type { Ci } from '../inputs/ci.ts';
import { outcomeOf } from './conclude.ts';
import type { ReleaseState } from './observe.ts';
import type { Outcome } from './outcome.ts';
import { nameOf } from './own-commits.ts';
import { publishPullRequest } from './publish-pull-request.ts';
import { describeRelease } from './pull-request/description.ts';
import { pullRequestName } from './pull-request/name.ts';
import type { ReleasePullRequest, ReleasePullRequests } from './pull-request/select.ts';
import type { Content } from './pull-request/upsert.ts';
import { isSameCommit, isVerified, pushCommit, writeCommit, type PushedCommit } from './push-commit.ts';
import { lackingOn } from './pushed-request.ts';
import { renderingOf } from './render-release.ts';
import type { ReleaseRequest } from './request.ts';
import type { Moved } from './retry-on-moved.ts';
import { besideCommit, wantedPullRequest } from './wanted-pull-request.ts';
import type { Workspace } from './workspace.ts';

/** `moved` when another run was faster, before the push or after it. */
export async function publishRelease(
  workspace: Workspace,
  request: ReleaseRequest,
  state: ReleaseState,
  ci: Ci,
): Promise<Outcome | Moved> {
  const { store, forge, log, note } = workspace;
  const { policy, commit: options } = request.inputs;
  const { branch, tip, foreign, pullRequests } = state;
  const [onTop] = foreign;
  if (onTop) log.step(`${branch} has commits by others (${nameOf(onTop)}); this release is committed on top of them`);

  const rendering = renderingOf(workspace, request, state);
  const described = describeRelease(workspace, request, { ...state, rendering: rendering.result });
  // The source's commits are compared, and the files rendered, while git writes; what is there may be kept, and then no
  // text is needed.
  if (!tip) {
    described.texts().catch(() => undefined);
    await rendering.read();
  }
  const commit = await writeCommit(workspace, request, state);
  const isKept = tip !== undefined && isSameCommit(tip, commit, options.sign !== 'none');
  // In any case: an error in a template is to be thrown before anything is pushed.
  const wanted = wantedPullRequest(workspace, request, state);
  if (!isKept) await described.texts();
  // A merge of the base above our commit changes nothing that the text is about.
  const content = { ...described, tree: isKept ? (state.carried?.tree ?? tip.tree) : commit.tree };
  const beside = isKept || policy.dryRun ? {} : await besideCommit(workspace, request, state, content, wanted);
  const diffing = store.diff(onTop?.id ?? store.baseCommit, commit.id);
  const kept: PushedCommit | false = isKept && {
    id: tip.id,
    verified: await wasVerified(workspace, request, pullRequests.present, tip.id),
  };
  // What is only shown takes no time of its own.
  const [diff, pushed] = await Promise.all([
    isKept ? diffing : logPlan(workspace, request, diffing, content),
    policy.dryRun ? undefined : kept || pushCommit(workspace, request, state, commit, beside),
  ]);
  const rendered = isKept && !policy.dryRun ? undefined : await rendering.result();
  const planned = { ...outcomeOf(workspace, request, state), diff, rendering: rendered };
  if (!pushed) return { ...planned, outcome: 'dry-run' };

  log.group('Deliver');
  for (const lacking of lackingOn(workspace, request)) note(lacking);
  for (const strange of notesOn(forge, pullRequests)) log.step(strange);
  if (pushed === 'moved') return { moved: branch };
  if (!isKept) log.step(`pushed ${pushed.id.slice(0, 7)} to ${branch}`);
  const delivered = { ...planned, commit: pushed.id, verified: pushed.verified };
  if (!forge || policy.delivery === 'push') {
    const page = policy.delivery === 'push' ? '' : (pushed.page ?? '');
    return { ...delivered, page, outcome: isKept ? 'unchanged' : 'pushed' };
  }

  const delivery = { forge, pushed, isKept, content, wanted };
  const published = await publishPullRequest(workspace, request, state, ci, delivery);
  return 'moved' in published ? published : { ...delivered, ...published };
}

/** Whether the signature of a commit that stays is good, as far as it has a pull request. */
async function wasVerified(
  { forge }: Workspace,
  { inputs }: ReleaseRequest,
  present: ReleasePullRequest | undefined,
  commit: string,
): Promise<boolean> {
  if (!present) return false;
  return present.pullRequest.verified ?? (inputs.commit.sign !== 'none' && isVerified(forge, commit));
}

/** Lines for the log about pull requests that look like ones of this release. */
function notesOn(forge: Workspace['forge'], { onOtherBranches, deleted }: ReleasePullRequests): string[] {
  const alone = onOtherBranches.map(
    ({ number, branch }) =>
      `${pullRequestName(forge, number)} has the text of this release, but not a branch of it (${branch}); left alone`,
  );
  if (!deleted) return alone;
  const name = pullRequestName(forge, deleted.number);
  return [...alone, `${name} was closed by the deletion of its branch, which is no decision`];
}

/** Shows what is pushed, and the text too where no pull request is going to show it; gives the diff. */
async function logPlan(
  { forge, log }: Workspace,
  { inputs: { policy } }: ReleaseRequest,
  diffing: Promise<string>,
  { texts }: Pick<Content, 'texts'>,
): Promise<string> {
  const [diff, { title, body }] = await Promise.all([diffing, texts()]);
  log.group('Diff');
  log.line(diff);
  if ((forge && !policy.dryRun) || policy.delivery === 'push') return diff;
  log.group('Text for a pull request');
  log.line(`${title}\n\n${body}`);
  return diff;
}
