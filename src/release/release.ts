/** The straight line: clone -> plan -> edits -> commit -> push -> pull request. The only file that knows the order. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ci } from '../inputs/ci.ts';
import { describeBranch, publication, readTexts } from './pull-request/description.ts';
import { failure } from '../core/errors.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { land, writeCommit, type Landed } from './push-commit.ts';
import type { Log } from '../core/log.ts';
import type { Outcome } from './outcome.ts';
import { whyRolledBack, whyTooLate } from './is-outdated.ts';
import { publish } from './pull-request/upsert.ts';
import type { ReleaseTexts } from './pull-request/variables.ts';
import { beginRun, type Run } from './release-context.ts';
import { look, survey, type Scene } from './observe.ts';
import { closeDone, supersede } from './pull-request/close.ts';
import { withWorkspace, type Workspace } from './workspace.ts';
import type { Commit } from '../core/objects.ts';

/** A lost race is run again this often at least, and for this many milliseconds at least. */
const PUSH_ATTEMPTS = 20;
const PUSH_PATIENCE = 120_000;
/**
 * Milliseconds; tripled at each attempt up to the limit, and jittered so that runs that met do not meet again. Fifty
 * at once on two processors needed 70 pushes.
 */
const PUSH_DELAY = 100;
const MAX_PUSH_DELAY = 8000;

/**
 * Releases: afterwards the release branch and its pull request carry the given versions, or the base does, or the
 * outcome says why neither shall. Running it again does nothing. Throws ReleaseError; then nothing was pushed, or
 * what was pushed is whole and the next run goes on from there.
 */
export async function release(inputs: Inputs, ci: Ci, log: Log): Promise<Outcome> {
  log.group(`Plan the release of ${inputs.name}`);
  return withWorkspace(inputs, ci, log, (workspace) => releaseAt(workspace, inputs));
}

/** The same at a workspace where other releases may have been made before. */
export async function releaseAt(workspace: Workspace, inputs: Inputs): Promise<Outcome> {
  const { log } = workspace;
  for (const note of inputs.notes) log.step(`images: ${note}`);
  const run = await beginRun(workspace, inputs);
  const started = Date.now();
  let attempts = 0;
  while (attempts < PUSH_ATTEMPTS || Date.now() - started < PUSH_PATIENCE) {
    attempts += 1;
    const outcome = await attemptRelease(run, attempts > 1);
    if (outcome) return outcome;
    log.step(`somebody else pushed to ${run.branch} meanwhile; planning again on what is there now`);
    await sleep(Math.min(PUSH_DELAY * 3 ** attempts, MAX_PUSH_DELAY) * Math.random());
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  throw failure('RACE_LOST', { branch: run.branch, attempts, seconds });
}

/** One go from looking to pull request; `undefined` when somebody else came between. */
async function attemptRelease(run: Run, again: boolean): Promise<Outcome | undefined> {
  const { inputs, log, repository, forge } = run;
  const scene = await survey(run, again);
  const { standing, head, people, plan } = scene;
  const outcome = outcomeOf(run, scene);

  const reason = inputs.order === 'newest' ? await whyTooLate(run, scene) : undefined;
  if (reason !== undefined) {
    if (!inputs.dryRun && !(await describeBranch(run, scene))) return undefined;
    return { ...outcome, outcome: 'skipped-older', reason };
  }
  if (plan.files.length === 0) return { ...outcome, ...(await closeDone(run, scene)) };
  const undone = inputs.force ? undefined : await whyRolledBack(run, scene);
  if (undone !== undefined) return { ...outcome, outcome: 'declined', pullRequest: undefined, reason: undone };
  if (standing.declined && !standing.present && !inputs.force) {
    return { ...outcome, outcome: 'declined', pullRequest: standing.declined };
  }
  if (people) await respectPeople(run, people, scene.branch);

  const commit = await writeCommit(run, scene);
  const kept = head && isSameCommit(head, commit, inputs.sign !== 'none') ? head : undefined;
  const diff = await repository.diff(people?.id ?? repository.baseCommit, commit.id);
  const texts = once(() => readTexts(run, scene));
  const wanted = publication(run, scene, commit.id, texts);
  if (!kept) await tellPlan(run, diff, texts);
  const planned = { ...outcome, diff };
  if (inputs.dryRun) return { ...planned, outcome: 'dry-run' };

  log.group('Deliver');
  const landed: Landed | undefined = kept
    ? { id: kept.id, verified: standing.present?.pullRequest.verified ?? false }
    : await land(run, scene, commit);
  if (!landed) return undefined;
  const delivered = { ...planned, commit: landed.id, verified: landed.verified };
  if (!forge || inputs.delivery === 'push') return { ...delivered, outcome: kept ? 'unchanged' : 'pushed' };

  const find = async () => (await look(run)).present;
  const tell = (warning: string): void => log.warn(warning);
  const publishing = { ...wanted, memory: { ...wanted.memory, commit: landed.id } };
  const published = await publish(forge, standing.present, publishing, find, tell);
  const { pullRequest } = published;
  log.step(`pull request #${pullRequest.number} ${published.outcome}`);
  if (published.outcome === 'created') await tellOfWorkflows(run);
  // Whoever writes the text last must have it right: somebody may have pushed since we did.
  if (pullRequest.headId !== landed.id && (await isElsewhere(run, scene.branch, landed.id))) return undefined;
  const newer = await supersede(run, standing, published);
  if (newer) return { ...delivered, outcome: 'skipped-older', pullRequest: newer.pullRequest, reason: newer.reason };
  return { ...delivered, ...published };
}

/** What is told of a release in any case. */
function outcomeOf({ inputs, repository, variables }: Run, { standing, branch, plan }: Scene) {
  return {
    pullRequest: standing.present?.pullRequest,
    repository: inputs.remote.name,
    version: variables.version,
    delivery: inputs.delivery,
    branch,
    base: repository.base,
    commit: '',
    verified: false,
    changes: plan.changes,
    diff: '',
    reason: '',
  };
}

/** What a reviewer wonders about when the checks of a pull request do not start. */
async function tellOfWorkflows({ inputs, ci, log }: Run): Promise<void> {
  const { noteOf } = await import('../forge/github/explain-refusal.ts');
  const note = noteOf(inputs, ci);
  if (note !== '') log.step(note);
}

/** Throws FOREIGN_COMMITS, where people's commits are to stop a release. */
async function respectPeople({ inputs, log, repository }: Run, people: Commit, branch: string): Promise<void> {
  if (inputs.onForeignCommits === 'stop') {
    const commits = await repository.commitsAbove(people.id);
    throw failure('FOREIGN_COMMITS', { branch, commits: commits.map(nameOf) });
  }
  log.step(`${branch} has commits that are not ours (${nameOf(people)}); ours goes on top`);
}

const nameOf = ({ id, message, committerEmail }: Commit): string =>
  `${id.slice(0, 7)} ${message.split('\n')[0] ?? ''} <${committerEmail}>`;

/** Shows what will be pushed, and the text too where no pull request is going to show it. */
async function tellPlan({ inputs, forge, log }: Run, diff: string, texts: () => Promise<ReleaseTexts>): Promise<void> {
  // Rendered in any case: a template that is wrong is to be told before anything is pushed.
  const { title, body } = await texts();
  log.group('Diff');
  log.line(diff);
  if ((forge && !inputs.dryRun) || inputs.delivery === 'push') return;
  log.group('Text for a pull request');
  log.line(`${title}\n\n${body}`);
}

/** True when pushing `wanted` over `present` would change nothing but the date and the run's address. */
function isSameCommit(present: Commit, wanted: Commit, signed: boolean): boolean {
  if (present.id === wanted.id) return true;
  const isSigned = present.signed || !signed;
  return isSigned && present.tree === wanted.tree && present.parents.join() === wanted.parents.join();
}

async function isElsewhere({ repository }: Run, branch: string, commit: string): Promise<boolean> {
  const head = await repository.fetch({ branch });
  return head !== undefined && head.id !== commit;
}

/** A value that is made when it is first asked for, and then kept. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
