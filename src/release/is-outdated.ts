/** Whether something newer is there already: on the base, on the release branch, in a pull request of the release. */
import type { Build } from './build.ts';
import { isSameVersion } from '../core/image-reference.ts';
import { formatVersion, parseReference, repositoryOf } from '../core/image-reference.ts';
import { versionPairs, whyOlder, type Present } from './compare-builds.ts';
import type { Memory } from './pull-request/metadata.ts';
import { buildIn, pullOf, readTrailers } from './commit-trailers.ts';
import type { Run } from './release-context.ts';
import type { Scene } from './observe.ts';
import { mergedBuilds, type Remembered, type Standing } from './pull-request/select.ts';
import { ROLLBACK_BRANCH } from '../inputs/operation.ts';
import { renderTemplate } from './pull-request/template.ts';
import { compareVersions, withoutDigest } from '../core/version.ts';
import type { Change } from '../core/objects.ts';

/** How often the search for a rollback goes further back: some hundred commits. */
const HISTORY_STEPS = 3;

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
export async function whyRolledBack(run: Run, scene: Scene): Promise<string | undefined> {
  const { build, inputs } = run;
  // Only environments are rolled back.
  if (build.rollsBack.length > 0 || inputs.story.environment === '') return undefined;
  // Open for this very build: it was let in before.
  if (isOf(build, scene.standing.present?.memory)) return undefined;
  for await (const [where, before] of buildsBefore(run, scene)) {
    if (build.images.every((image) => before.rollsBack.some((taken) => isSameReference(taken, image)))) {
      return `${where} rolled it back`;
    }
    // A rollback releases nothing, and what is older does not make up for what was rolled back.
    if (before.rollsBack.length === 0 && !isOlder(before, build)) return undefined;
  }
  return undefined;
}

/** The builds of this release that reached the base, the newest first: as pull requests tell, then as commits do. */
async function* buildsBefore(
  run: Run,
  { standing, plan }: Scene,
): AsyncGenerator<readonly [where: string, build: Build], void> {
  const { build, inputs, repository, forge } = run;
  const merged = forge && inputs.delivery === 'pull-request' ? standing.merged : [];
  for (const { pullRequest, memory } of merged) {
    // It was there and is no more: of what took it away the forge may know nothing, as it shows the latest merges alone.
    if (isOf(build, memory)) break;
    yield [`pull request #${pullRequest.number}`, memory.build];
  }
  let rollbacks: Promise<ReadonlyMap<string, Build>> | undefined;
  let steps = 0;
  for await (const commits of repository.fileCommits(plan.files.map(({ path }) => path))) {
    for (const commit of commits) {
      const pull = pullOf(commit.message);
      let before = buildIn(commit, inputs.name);
      // A squash may have taken no more than the title.
      if (!before && pull !== '') before = (await (rollbacks ??= mergedRollbacks(run))).get(pull);
      if (before) yield [pull === '' ? `commit ${commit.id.slice(0, 7)}` : `pull request #${pull}`, before];
    }
    steps += 1;
    if (steps === HISTORY_STEPS) return;
  }
}

async function mergedRollbacks({ inputs, repository, forge, variables }: Run): Promise<ReadonlyMap<string, Build>> {
  const branch = renderTemplate('branch', ROLLBACK_BRANCH, variables, 'ref');
  return forge ? mergedBuilds(await forge.find([branch], repository.base), { name: inputs.name }) : new Map();
}

const isOf = ({ images }: Build, memory: Memory | undefined): boolean =>
  memory?.build.images.join('\n') === images.join('\n');

/** Whether all that two builds have in common is older in `one`, or the same. */
function isOlder(one: Build, other: Build): boolean {
  const orders = versionPairs(one, other).map(([before, next]) => compareVersions(before, next));
  return orders.every((order) => order !== undefined && order <= 0) && (orders.length === 0 || orders.some(Boolean));
}

/** Whether two references are of one image and one version, of which one may say less. */
function isSameReference(one: string, other: string): boolean {
  const [a, b] = [parseReference(one), parseReference(other)];
  const isOfOne = a && b && repositoryOf(a.name) === repositoryOf(b.name);
  return isOfOne === true && isSameVersion(formatVersion(a), formatVersion(b));
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
  const untold = changes.some(({ from, to }) => compareVersions(withoutDigest(to), withoutDigest(from)) === undefined);
  const build = untold ? await deployedBuild(run, scene.standing) : undefined;
  return changes.map((change) => ({
    ...asPresent(base, change),
    build: build && holds(build, change) ? build : undefined,
  }));
}

/** The last build of this release that reached the base, as the pull requests or the base's own commits tell. */
async function deployedBuild(
  { inputs, repository, forge }: Run,
  { merged: [merged] }: Standing,
): Promise<Build | undefined> {
  if (merged || (forge && inputs.delivery === 'pull-request')) return merged?.memory.build;
  return (await repository.history()).flatMap((commit) => buildIn(commit, inputs.name) ?? [])[0];
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
