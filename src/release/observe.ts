/** What a run finds when it looks: pull requests, the release branch, and what would change on the base. */
import type { Plan } from '../manifests/plan.ts';
import { planOn, searchManifests } from './plan-manifests.ts';
import { isOwnCommit } from './commit-trailers.ts';
import type { Run } from './release-context.ts';
import { NOTHING, readStanding, type Standing } from './pull-request/select.ts';
import type { Commit } from '../core/objects.ts';

export interface Scene {
  readonly standing: Standing;
  /** The branch that the release goes to: that of its open pull request, whatever the template says now. */
  readonly branch: string;
  /** The tip of that branch; `undefined` where it is not there, or is the base. */
  readonly head: Commit | undefined;
  /** The same tip where it has commits of people: the release goes on top of them. */
  readonly people: Commit | undefined;
  /** What changes on the base. */
  readonly plan: Plan;
  /** What changes on top of people's commits; the same as on the base where there are none. */
  readonly planOnTop: Plan;
}

/** Looks; with `again` also at the base, which was new when it was cloned. */
export async function survey(run: Run, again: boolean): Promise<Scene> {
  const { inputs, repository } = run;
  if (again) await repository.fetch({ base: true });
  const [standing, candidates] = await Promise.all([look(run), searchManifests(run, repository.baseCommit)]);
  const branch = standing.present?.pullRequest.branch ?? run.branch;
  // What the forge tells of the branch saves a request of git, unless its files are needed. Where it knows of no branch
  // there is most likely none; if there is, the push finds out.
  const seen = again ? undefined : standing.head;
  const isUnknown = again || !run.forge || (seen !== undefined && !isDisposable(run, standing, seen));
  const fetchBranch = inputs.delivery === 'pull-request' && isUnknown;
  const fetched = await repository.fetch({ candidates, ...(fetchBranch && { branch }) });
  const head = fetchBranch ? fetched : seen;
  const plan = await planOn(run, candidates, repository.baseCommit);
  const people = head && !isDisposable(run, standing, head) ? head : undefined;
  return { standing, branch, head, people, plan, planOnTop: people ? await planOnPeople(run, people) : plan };
}

/** The pull requests of the release as they are now. */
export async function look({ inputs, repository, forge, branch, perVersion, build }: Run): Promise<Standing> {
  if (!forge || inputs.delivery === 'push') return NOTHING;
  const { name, paths } = inputs;
  const isRollback = build.rollsBack.length > 0;
  const wanted = { name, paths, branch, perVersion, images: build.images, isRollback };
  return readStanding(await forge.find([branch], repository.base), wanted);
}

/** Whether nothing of anybody is lost when the branch is written anew. */
export function isDisposable({ inputs }: Run, { mergedHeads }: Standing, head: Commit): boolean {
  return (
    inputs.onForeignCommits === 'reset' ||
    mergedHeads.has(head.id) ||
    isOwnCommit(head, inputs.name, inputs.author.email)
  );
}

async function planOnPeople(run: Run, head: Commit): Promise<Plan> {
  const candidates = await searchManifests(run, head.id);
  await run.repository.fetch({ candidates });
  return planOn(run, candidates, head.id);
}
