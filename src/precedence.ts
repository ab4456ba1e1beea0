/** Whether something newer is there already: on the base, on the release branch, in a pull request of the release. */
import type { Build } from './build.ts';
import { formatVersion, parseReference, repositoryOf } from './image.ts';
import { versionPairs, whyOlder, type Present } from './order.ts';
import type { Change } from './plan.ts';
import { readTrailers } from './release-commit.ts';
import type { Run } from './run.ts';
import type { Scene } from './scene.ts';
import type { Remembered, Standing } from './standing.ts';
import { compareVersions } from './version.ts';

/** Why the release comes too late, as a clause; `undefined` when it does not. */
export async function whyTooLate(run: Run, scene: Scene): Promise<string | undefined> {
  for (const present of await presents(run, scene)) {
    const reason = await whyOlderThan(run, present);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/**
 * Which rollback took this very release away, as a clause, until something newer is released; `undefined` when none did.
 */
export async function whyRolledBack(run: Run, { standing }: Scene): Promise<string | undefined> {
  const { build, inputs } = run;
  // Only environments are rolled back.
  if (build.rollsBack.length > 0 || inputs.story.environment === '') return undefined;
  const last = await deployedBuild(run, standing);
  if (!last || last.rollsBack.length === 0 || !build.images.every((image) => last.rollsBack.includes(image)))
    return undefined;
  return standing.merged ? `pull request #${standing.merged.pullRequest.number} rolled it back` : 'it was rolled back';
}

/** Why the release is older than what another pull request of it carries. */
export function whyOlderThanPullRequest(run: Run, other: Remembered): Promise<string | undefined> {
  return whyOlderThan(run, presentPullRequest(run, other));
}

/** What the release branch carries: by the trailers of its commits, else as its pull request remembers it. */
export async function carriedBuild({ inputs, repository }: Run, scene: Scene): Promise<Build | undefined> {
  const { head, people, standing } = scene;
  // What was merged or turned down carries nothing any more.
  if (!head || standing.pastHeads.has(head.id)) return undefined;
  // Below a person's commit there may be one of ours that no pull request tells of yet.
  const commits = people ? await repository.commitsAbove(head.id) : [head];
  const ours = commits.map(({ message }) => readTrailers(message)).find((trailers) => trailers?.name === inputs.name);
  return ours?.build ?? standing.present?.memory?.build;
}

async function presents(run: Run, scene: Scene): Promise<Present[]> {
  const { plan, planOnTop, people, standing, branch } = scene;
  const { present, others } = standing;
  const carried = await carriedBuild(run, scene);
  const where = present ? `pull request #${present.pullRequest.number}` : branch;
  const onBranch = people ? planOnTop.changes : [];
  return [
    ...(await presentBase(run, scene, plan.changes)),
    ...onBranch.map((change) => asPresent(branch, change)),
    ...(carried ? [{ where, versions: versionPairs(carried, run.build), build: carried }] : []),
    ...others.map((other) => presentPullRequest(run, other)),
  ];
}

/** Each place of the base by its version; where versions tell no order, by the build that put it there. */
async function presentBase(run: Run, scene: Scene, changes: readonly Change[]): Promise<Present[]> {
  const { base } = run.repository;
  const untold = changes.some(({ from, to }) => compareVersions(tagOf(to), tagOf(from)) === undefined);
  const build = untold ? await deployedBuild(run, scene.standing) : undefined;
  return changes.map((change) => ({
    ...asPresent(base, change),
    build: build && holds(build, change) ? build : undefined,
  }));
}

/** The last build of this release that reached the base, as the pull requests or the base's own commits tell. */
async function deployedBuild({ inputs, repository, forge }: Run, { merged }: Standing): Promise<Build | undefined> {
  if (merged || (forge && inputs.delivery === 'pull-request')) return merged?.memory.build;
  const trailers = (await repository.history()).map(({ message }) => readTrailers(message));
  return trailers.find((one) => one?.name === inputs.name)?.build;
}

/** Whether a build released what stands at a place now. */
export function holds({ images }: Build, { image, from }: Change): boolean {
  return images.some((text) => {
    const reference = parseReference(text);
    return reference && repositoryOf(reference.name) === repositoryOf(image) && formatVersion(reference) === from;
  });
}

function presentPullRequest({ build }: Run, { pullRequest, memory }: Remembered): Present {
  const versions = memory ? versionPairs(memory.build, build) : [];
  return { where: `pull request #${pullRequest.number}`, versions, build: memory?.build };
}

function asPresent(branch: string, { file, from, to }: Change): Present {
  return { where: `${file} on ${branch}`, versions: [[from, to]], build: undefined };
}

function whyOlderThan({ build, compare }: Run, present: Present): Promise<string | undefined> {
  return whyOlder(present, build, compare);
}

const tagOf = (version: string): string => version.replace(/@.*$/, '');
