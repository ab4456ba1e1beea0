/** Applies a release: its commit, its branch, its pull request. */
import { workflowNote } from '../forge/connect.ts';
import type { Forge, PullRequest } from '../forge/forge.ts';
import type { Ci } from '../inputs/ci.ts';
import { outcomeOf } from './conclude.ts';
import { findPullRequests, type ReleaseState } from './observe.ts';
import type { Outcome } from './outcome.ts';
import { nameOf } from './own-commits.ts';
import { carryOver } from './pull-request/carry-over.ts';
import { supersede } from './pull-request/close.ts';
import { describeRelease } from './pull-request/description.ts';
import { pullRequestName } from './pull-request/name.ts';
import { selectPullRequests, type ReleasePullRequest, type ReleasePullRequests } from './pull-request/select.ts';
import {
  openingOf,
  rewritingOf,
  upsertPullRequest,
  type Content,
  type Upserted,
  type Wanted,
} from './pull-request/upsert.ts';
import { isTemplatedLabel, renderLabels } from './pull-request/texts.ts';
import { planVariables, releaseVariables } from './pull-request/variables.ts';
import {
  isSameCommit,
  isVerified,
  pushCommit,
  writeCommit,
  type BesideCommit,
  type PushedCommit,
} from './push-commit.ts';
import { lackingOn, optionsOf } from './pushed-request.ts';
import { renderingOf } from './render-release.ts';
import type { ReleaseRequest } from './request.ts';
import { hasMoved, type Moved } from './retry-on-moved.ts';
import type { Workspace } from './workspace.ts';

/** `moved` when another run was faster, before the push or after it. */
export async function publishRelease(
  workspace: Workspace,
  request: ReleaseRequest,
  state: ReleaseState,
  ci: Ci,
): Promise<Outcome | Moved> {
  const { store, forge, access, log, note } = workspace;
  const { policy, commit: options } = request.inputs;
  const { branch, tip, foreign, pullRequests } = state;
  const [onTop] = foreign;
  if (onTop) log.step(`${branch} has commits by others (${nameOf(onTop)}); this release is committed on top of them`);

  const rendering = renderingOf(workspace, request, state);
  const content = describeRelease(workspace, request, { ...state, rendering: rendering.result });
  // The source's commits are compared, and the files rendered, while git writes; what is there may be kept, and then no
  // text is needed.
  if (!tip) {
    content.texts().catch(() => undefined);
    await rendering.read();
  }
  const commit = await writeCommit(workspace, request, state);
  const isKept = tip !== undefined && isSameCommit(tip, commit, options.sign !== 'none');
  // In any case: an error in a template is to be thrown before anything is pushed.
  const labels = labelsOf(workspace, request, state);
  if (!isKept) await content.texts();
  // A merge of the base above our commit changes nothing that the text is about.
  const tree = isKept ? (state.carried?.tree ?? tip.tree) : commit.tree;
  const wanted = wantedPullRequest(workspace, request, state, labels);
  const beside =
    isKept || policy.dryRun ? {} : await besideCommit(workspace, request, state, { ...content, tree }, wanted);
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

  const published = await upsertPullRequest(
    forge,
    pullRequests.present,
    { ...content, tree },
    { ...wanted, head: pushed.id },
    { find: () => findAgain(workspace, request, branch), warn: (text) => log.warn(text), ...pushed },
  );
  const { pullRequest, merging = '' } = published;
  // Of one that was just merged Gitea does not say what it had.
  if (merging !== 'merged' && hasEnded(pullRequest, pushed.id)) {
    log.step(`${pullRequestName(forge, pullRequest.number)} was ${pullRequest.state} during the run`);
    if (pullRequest.headId !== pushed.id) await restoreText(forge, pullRequest, pullRequests.present?.pullRequest);
    return { moved: branch };
  }
  log.step(`${pullRequestName(forge, pullRequest.number)} ${published.outcome}`);
  // A text that has no room for ours stays as it is.
  const done = published.outcome === 'unchanged' && !isKept ? 'updated' : published.outcome;
  const outcome = inAll(workspace, pullRequest, done);
  if (merging !== '') log.step(`auto-merge: ${merging}`);
  const onToken = published.outcome === 'created' ? await workflowNote(access, ci) : '';
  if (onToken !== '') log.step(onToken);
  // The run that writes the text last must have it right: another one may have pushed in between.
  if (pullRequest.headId !== pushed.id && (await hasMoved(store, branch, pushed.id))) return { moved: branch };
  const newer = await supersede(workspace, request, state, published);
  if (newer && 'moved' in newer) return newer;
  if (newer) return { ...delivered, outcome: 'skipped-older', ...newer };
  return { ...delivered, pullRequest, merging, outcome: merging === 'merged' ? 'merged' : outcome };
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

function labelsOf(
  { store, forge }: Workspace,
  request: ReleaseRequest,
  { name, changes, checked }: ReleaseState,
): readonly string[] {
  if (!forge) return [];
  const variables = planVariables(releaseVariables(request, name, store.base), changes, checked);
  return renderLabels(request.inputs.templates, variables, forge.limits.label);
}

/** What goes to the server with the commit, for its pull request. */
async function besideCommit(
  workspace: Workspace,
  request: ReleaseRequest,
  state: ReleaseState,
  content: Content,
  wanted: Omit<Wanted, 'head'>,
): Promise<BesideCommit> {
  const { forge } = workspace;
  const { present } = state.pullRequests;
  if (request.inputs.policy.delivery === 'push') return {};
  if (!forge) return { options: await optionsOf(workspace, request, state, content) };
  if (present) return { rewriting: await rewritingOf(forge, present, content, wanted) };
  return { opening: (await openingOf(forge, content, wanted)).opening };
}

function wantedPullRequest(
  { store }: Workspace,
  { key, inputs: { templates } }: ReleaseRequest,
  { branch, pullRequests }: ReleaseState,
  labels: readonly string[],
): Omit<Wanted, 'head'> {
  const attributes = { ...templates.attributes, labels };
  const isTemplated = (label: string): boolean => isTemplatedLabel(templates, label);
  const over = carryOver(pullRequests.others, attributes, isTemplated, key);
  return { branch, base: store.base, attributes, isTemplated, over };
}

async function findAgain(
  workspace: Workspace,
  request: ReleaseRequest,
  branch: string,
): Promise<ReleasePullRequest | undefined> {
  const found = await findPullRequests(workspace, request);
  return selectPullRequests(found, { ...request, branch }).present;
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
