/** The straight line: clone -> plan -> edits -> commit -> push -> pull request. The only file that knows the order. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ci } from './ci.ts';
import { failure } from './errors.ts';
import { FLUX_WORDS, mayHoldRepository } from './flux-policies.ts';
import type { Forge } from './forge/forge.ts';
import { connectForge } from './forge/index.ts';
import type { Commit } from './git/commit.ts';
import { isBranchName } from './git/git.ts';
import { Repository } from './git/repository.ts';
import type { Candidate, Found } from './git/search.ts';
import type { Inputs } from './inputs.ts';
import type { Log } from './log.ts';
import { findNearMisses, IMAGE_WORDS } from './near-misses.ts';
import type { Outcome } from './outputs.ts';
import { planRelease, searchTerms, type ManifestFile, type Plan } from './plan.ts';
import { publish, releaseVariables, renderTexts, type ReleaseTexts } from './pull-request.ts';
import { isOwnCommit, withTrailers } from './release-commit.ts';
import type { ReleasedImage } from './released-images.ts';
import { findRelated } from './split-values.ts';
import { renderTemplate } from './template.ts';

const PUSH_ATTEMPTS = 5;
/** Milliseconds; doubled at each attempt, and jittered so that runs that met do not meet again. */
const PUSH_DELAY = 200;
/** Files that are read for the names of other images when none was found. */
const NEAR_MISS_FILES = 300;

/** What stays the same however often a lost race makes us plan again. */
interface Run {
  readonly inputs: Inputs;
  readonly ci: Ci;
  readonly log: Log;
  readonly repository: Repository;
  readonly forge: Forge | undefined;
  readonly branch: string;
  readonly variables: ReturnType<typeof releaseVariables>;
}

/**
 * Releases: afterwards the release branch and its pull request carry the given versions, or the base does. Running it
 * again does nothing. Throws ReleaseError; then nothing was pushed, or what was pushed is whole and the next run
 * goes on from there.
 */
export async function release(inputs: Inputs, ci: Ci, log: Log): Promise<Outcome> {
  log.group(`Plan the release of ${inputs.name}`);
  for (const note of inputs.notes) log.step(`images: ${note}`);
  const repository = await Repository.clone(inputs);
  try {
    const { base, baseCommit } = repository;
    log.step(`cloned ${inputs.remote.name}: ${base} is at ${baseCommit.slice(0, 7)}`);
    const variables = releaseVariables(inputs, ci, base);
    const branch = await readBranch(inputs, variables);
    const forge = await connectForge(inputs, ci);
    const run: Run = { inputs, ci, log, repository, forge, branch, variables };
    for (let attempt = 1; attempt <= PUSH_ATTEMPTS; attempt += 1) {
      const outcome = await attemptRelease(run, attempt > 1);
      if (outcome) return outcome;
      log.step(`somebody else pushed to ${branch} meanwhile; planning again on what is there now`);
      await sleep(PUSH_DELAY * 2 ** attempt * (0.5 + Math.random()));
    }
    throw failure('RACE_LOST', { branch, attempts: PUSH_ATTEMPTS });
  } finally {
    await repository.close();
  }
}

/** One go from planning to pull request; `undefined` when the push came too late. */
async function attemptRelease(run: Run, again: boolean): Promise<Outcome | undefined> {
  const { inputs, log, repository, forge, branch, variables } = run;
  if (again) await repository.fetch({ base: true });
  const pullRequest = await forge?.find(branch, repository.base);

  const found = await searchManifests(run, repository.baseCommit);
  for (const problem of found.problems) log.problem(problem);
  // Without a pull request there is most likely no branch; if there is, the push finds out.
  const mayHaveBranch = again || !forge || pullRequest !== undefined || inputs.paths.length > 0;
  const head = await repository.fetch({ candidates: found.candidates, ...(mayHaveBranch && { branch }) });
  const onBase = await planOn(run, found.candidates, repository.baseCommit);
  const told = { pullRequest, repository: inputs.remote.name, branch, base: repository.base };
  if (onBase.files.length === 0) {
    const { title, body } = renderTexts(inputs, variables, []);
    return { ...told, outcome: 'unchanged', commit: '', changes: [], diff: '', title, body };
  }

  // A branch with anybody else's work is built upon; our own is written anew on the base.
  const people = head && !isOwnCommit(head, inputs) ? head : undefined;
  if (people) log.step(`${branch} has commits that are not ours (${people.id.slice(0, 7)}); ours goes on top`);
  const plan = people ? await planOnBranch(run, people) : onBase;
  const texts = renderTexts(inputs, variables, onBase.changes);
  const commit = await commitPlan(run, plan, people, texts);
  const diff = await repository.diff(people?.id ?? repository.baseCommit, commit.id);
  const outcome = { ...told, changes: onBase.changes, diff, title: texts.title, body: texts.body };
  const kept = head && isSameCommit(head, commit) ? head : undefined;
  if (!kept) tellPlan(run, diff, texts);
  if (inputs.dryRun) return { ...outcome, outcome: 'dry-run', commit: '' };

  log.group('Deliver');
  if (!kept) {
    if (!(await repository.push(commit.id, branch, head?.id ?? ''))) return undefined;
    log.step(`pushed ${commit.id.slice(0, 7)} to ${branch}`);
  }
  const tip = (kept ?? commit).id;
  if (!forge) return { ...outcome, outcome: kept ? 'unchanged' : 'pushed', commit: tip };
  const release = { name: inputs.name, branch, base: repository.base, commit: tip, texts };
  const published = await publish(forge, pullRequest, release);
  log.step(`pull request #${published.pullRequest.number} ${published.outcome}`);
  return { ...outcome, ...published, commit: tip };
}

/** Shows what will be pushed, and the text too where no pull request is going to show it. */
function tellPlan({ inputs, forge, log }: Run, diff: string, { title, body }: ReleaseTexts): void {
  log.group('Diff');
  log.line(diff);
  if (forge && !inputs.dryRun) return;
  log.group('Text for a pull request');
  log.line(`${title}\n\n${body}`);
}

async function readBranch({ templates, base }: Inputs, variables: Run['variables']): Promise<string> {
  const branch = renderTemplate('branch', templates.branch, variables, 'ref').trim();
  if (!(await isBranchName(branch))) throw failure('BRANCH_INVALID', { branch });
  if (branch === (base || variables.base)) throw failure('BRANCH_IS_BASE', { branch });
  return branch;
}

/** Plans on fetched candidates. Throws SITE_NOT_FOUND for an image that none of them holds. */
async function planOn(run: Run, candidates: readonly Candidate[], commit: string): Promise<Plan> {
  const { inputs, log, repository } = run;
  const files = await repository.read(candidates);
  const elsewhere = await searchElsewhere(run, files, commit);
  const others = elsewhere.filter(({ path }) => !files.some((file) => file.path === path));
  files.push(...(await repository.read(others)));
  const plan = planRelease(inputs.images, files, inputs.plan);
  for (const problem of plan.problems) log.problem(problem);
  const [missing] = plan.missing;
  if (missing) throw await explainMissing(run, missing, plan, commit);
  const places = plan.changes.length === 1 ? '1 place' : `${plan.changes.length} places`;
  log.step(`looked into ${files.length === 1 ? '1 file' : `${files.length} files`}: ${places} to change`);
  return plan;
}

/** Why an image has no site, with the names that it may have been meant to be. */
async function explainMissing({ repository }: Run, { replaces }: ReleasedImage, { problems }: Plan, commit: string) {
  const { candidates } = await repository.search({ words: IMAGE_WORDS }, commit);
  const { notes, nearest } = findNearMisses(replaces, await repository.read(candidates.slice(0, NEAR_MISS_FILES)));
  const left = problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
  return failure('SITE_NOT_FOUND', { image: replaces, notes: [...left, ...notes], nearest });
}

/** Manifests that do not name the image, and may hold its version all the same. */
async function searchElsewhere({ inputs, repository }: Run, files: readonly ManifestFile[], commit: string) {
  const { folders, releases } = findRelated(inputs.images, files);
  const words = [...releases, ...(files.some(mayHoldRepository) ? FLUX_WORDS : [])];
  const marked = words.length > 0 ? (await repository.search({ words }, commit)).candidates : [];
  return [...marked, ...(await repository.below(folders, commit))];
}

/** Plans on a branch that has commits of people. */
async function planOnBranch(run: Run, head: Commit): Promise<Plan> {
  const { candidates } = await searchManifests(run, head.id);
  await run.repository.fetch({ candidates });
  return planOn(run, candidates, head.id);
}

/** The manifests of a commit that may hold a released image, and those that the targets name. */
function searchManifests({ inputs, repository }: Run, commit: string): Promise<Found> {
  const files = [...new Set((inputs.plan.targets ?? []).map(({ file }) => file))];
  return repository.search({ ...searchTerms(inputs.images), files }, commit);
}

/** Writes the plan into the clone; the branch's own tip where it has all of it already. */
async function commitPlan(
  { inputs, ci, repository }: Run,
  plan: Plan,
  people: Commit | undefined,
  texts: ReleaseTexts,
): Promise<Commit> {
  if (people && plan.files.length === 0) return people;
  const base = people ? undefined : repository.baseCommit;
  return repository.commit({
    parent: people?.id ?? repository.baseCommit,
    message: withTrailers(texts.commitMessage, inputs, ci, base),
    author: inputs.author,
    time: Math.floor(Date.now() / 1000),
    files: plan.files,
  });
}

/** True when pushing `wanted` over `present` would change nothing but the date and the run's address. */
function isSameCommit(present: Commit, wanted: Commit): boolean {
  return present.id === wanted.id || (present.tree === wanted.tree && present.parents.join() === wanted.parents.join());
}
