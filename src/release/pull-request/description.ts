/** What a pull request says of a release: its texts, with what is in it. */
import { asBuiltBy, type Build } from '../build.ts';
import { readContents, revisionOf, UNKNOWN_CONTENTS, type Contents } from './changelog.ts';
import { parseReference, repositoryOf } from '../../core/image-reference.ts';
import { planOn, readManifests } from '../plan-manifests.ts';
import { carriedBuild, holds } from '../is-outdated.ts';
import { publish, type Publication } from './upsert.ts';
import { planVariables, releaseVariables, renderLabels, renderTexts, type ReleaseTexts } from './variables.ts';
import type { Run } from '../release-context.ts';
import { look, type Scene } from '../observe.ts';
import type { Standing } from './select.ts';
import type { Change } from '../../core/objects.ts';

/** Versions that a body lists as skipped; the older ones are forgotten. */
const MAX_SKIPPED = 20;

type Seen = Pick<Scene, 'standing' | 'plan'>;

export async function readTexts(run: Run, { standing, plan }: Seen): Promise<ReleaseTexts> {
  const contents = await contentsOf(run, standing, plan.changes);
  const skipped = skippedOnTheWay(run, standing).join(', ');
  return renderTexts(run.inputs, { ...planVariables(run.variables, plan.changes), skipped, ...contents });
}

/** What the pull request is to be, for the commit at its head. */
export function publication(
  run: Run,
  scene: Seen & Pick<Scene, 'branch'>,
  commit: string,
  texts: Publication['texts'],
): Publication {
  const { inputs, build, repository, variables } = run;
  const { name, paths, attributes, milestone, draft, autoMerge } = inputs;
  const skipped = skippedOnTheWay(run, scene.standing);
  return {
    memory: { name, paths, commit, version: variables.version, build, skipped },
    branch: scene.branch,
    base: repository.base,
    texts,
    attributes: { ...attributes, labels: renderLabels(inputs, planVariables(variables, scene.plan.changes)) },
    milestone,
    draft,
    autoMerge,
  };
}

/**
 * Brings the text of the pull request up to what its branch carries, for when a slower run wrote its own text after a
 * newer one had pushed. False when somebody pushed meanwhile, and the text may be wrong again.
 */
export async function describeBranch(run: Run, scene: Scene): Promise<boolean> {
  const { forge, repository, log } = run;
  const { present } = scene.standing;
  const carried = await carriedBuild(run, scene);
  if (!forge || !present?.memory || !scene.head || !carried || isSame(carried, present.memory.build)) return true;
  const other = asRunOf(run, carried);
  const { manifests } = await readManifests(other, repository.baseCommit);
  const plan = await planOn(other, manifests, repository.baseCommit);
  const seen = { ...scene, plan };
  const find = async () => (await look(other)).present;
  const { pullRequest } = await publish(
    forge,
    present,
    publication(other, seen, scene.head.id, () => readTexts(other, seen)),
    find,
    (warning) => log.warn(warning),
  );
  log.step(`pull request #${pullRequest.number} says again what its branch carries`);
  return pullRequest.headId === scene.head.id;
}

/** The run as it would be for another build of the same release. */
function asRunOf(run: Run, build: Build): Run {
  const images = build.images.flatMap((text) => {
    const reference = parseReference(text);
    if (!reference) return [];
    const known = run.inputs.images.find((one) => repositoryOf(one.reference.name) === repositoryOf(reference.name));
    return { reference, replaces: known?.replaces ?? reference.name };
  });
  const ci = { ...asBuiltBy(run.ci, build), runUrl: build.runUrl };
  const inputs = { ...run.inputs, images };
  return { ...run, inputs, ci, build, variables: releaseVariables(inputs, ci, run.repository.base) };
}

async function contentsOf(run: Run, { merged: [merged] }: Standing, changes: readonly Change[]): Promise<Contents> {
  const { build, ci, compare, forge, inputs } = run;
  const [first] = changes;
  if (!first || !forge || inputs.delivery === 'push') return UNKNOWN_CONTENTS;
  const deployed = merged && holds(merged.memory.build, first) ? merged.memory.build : undefined;
  return readContents(revisionOf(first, deployed, build, ci.source.ref), build, compare);
}

/** What the pull requests of this release carried before, and what was never merged. */
function skippedOnTheWay({ variables }: Run, { present, others }: Standing): string[] {
  const memories = [...others.toReversed(), ...(present ? [present] : [])].flatMap(({ memory }) => memory ?? []);
  const versions = memories.flatMap(({ skipped, version }) => [...skipped, version]);
  return [...new Set(versions)].filter((version) => version !== variables.version).slice(-MAX_SKIPPED);
}

const isSame = (one: Build, other: Build): boolean => one.images.join('\n') === other.images.join('\n');
