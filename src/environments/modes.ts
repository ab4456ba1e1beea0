/** For each mode what is to be written into an environment, and where the versions come from. */
import { asBuiltBy } from '../release/build.ts';
import { failure } from '../core/errors.ts';
import { isSameVersion } from '../core/image-reference.ts';
import { versionsOf, type Holding } from './deployed-versions.ts';
import { defaultOf } from '../inputs/lookup.ts';
import { formatReference, parseVersion, repositoryOf } from '../core/image-reference.ts';
import type { PastVersion } from './version-history.ts';
import { readReleasedImages } from '../inputs/images.ts';
import { PLAIN_RELEASE, ROLLBACK_BRANCH, type Story } from '../inputs/operation.ts';
import { fetchBuilds, readPresent, type Stage, type Task } from './environment.ts';

/** The images that were given, or one version for all images of the app. Throws INPUT_MISSING, INPUT_INVALID. */
export function releaseTask({ workspace, environment, step }: Stage): Task {
  const { version = '', images = '' } = step;
  if (version !== '' && images !== '') {
    throw failure('INPUT_INVALID', {
      input: 'version',
      value: version,
      reason: 'stands in place of images, which are given too',
    });
  }
  const given = version === '' ? images : linesOf(environment.images.map((image) => [image, version]));
  for (const { replaces } of readReleasedImages(given).images) {
    if (environment.images.some((image) => repositoryOf(image) === repositoryOf(replaces))) continue;
    const reason = `is no image of the app "${environment.app}" in ${environment.place.file}`;
    throw failure('INPUT_INVALID', { input: 'images', value: replaces, reason });
  }
  return { images: given, story: storyOf({ environment, step }), wishes: {}, ci: workspace.ci };
}

/** What another environment holds now. Throws IMAGES_DIFFER, NOTHING_HELD. */
export async function promotionTask(stage: Stage, from: Stage): Promise<Task> {
  const { holdings, past } = await readPresent(from);
  if (holdings.length === 0) throw failure('NOTHING_HELD', namesOf(from));
  const images = linesOf([...versionsOf(holdings)]);
  const [present] = await past((found) => found.length > 0);
  const origin = { environment: from.environment.environment, since: present?.time ?? '', pull: present?.pull ?? '' };
  const isUntold = present && !present.build && present.pull !== '';
  const build = isUntold ? (await fetchBuilds(from, defaultOf('branch'))).get(present.pull) : present?.build;
  const story: Story = { ...storyOf(stage), action: 'Promote', origin };
  return { images, story, wishes: {}, ci: asBuiltBy(stage.workspace.ci, build) };
}

/**
 * What the environment held before, or the version named, also where that is there already. Throws NO_EARLIER_VERSION,
 * IMAGES_DIFFER, NOTHING_HELD.
 */
export async function rollbackTask(stage: Stage): Promise<Task> {
  const wanted = stage.step['to-version'] ?? '';
  const { holdings, past } = await readPresent(stage, await fetchBuilds(stage, ROLLBACK_BRANCH));
  if (holdings.length === 0) throw failure('NOTHING_HELD', namesOf(stage));
  // Where an image stands in several versions, nobody can tell which was the good one before.
  if (wanted === '') versionsOf(holdings);
  const targetAmong = (found: readonly PastVersion[]): PastVersion | undefined => {
    const earlier = found.filter((one) => !isHeld(one, holdings));
    return wanted === '' ? lastGood(found, holdings) : earlier.find((one) => isNamed(one, wanted));
  };
  const found = await past((versions) => targetAmong(versions) !== undefined);
  const target = targetAmong(found) ?? found.find((one) => isNamed(one, wanted));
  if (!target) throw failure('NO_EARLIER_VERSION', { ...namesOf(stage), wanted, known: found.map(nameOf) });
  const origin = { environment: '', since: target.time, pull: target.pull };
  const rollsBack = [...new Set(holdings.map(({ image, version }) => referenceTo(image, version)))];
  return {
    // What does not stand here any more has nothing to go back to.
    images: linesOf([...target.versions].filter(([image]) => holdings.some((holding) => holding.image === image))),
    story: { ...storyOf(stage), action: 'Roll back', origin, rollsBack },
    wishes: {
      branch: ROLLBACK_BRANCH,
      title: '{{ action }} {{ name }} {{#from}}{{ from }} → {{/from}}{{ version }}',
      // What the file says of a release may say nothing of where a rollback goes, and why.
      body: '',
      'commit-message': '',
      delivery: 'pull-request',
      order: 'any',
      // A person asks for it, and asking again is reason enough.
      force: 'true',
    },
    ci: asBuiltBy(stage.workspace.ci, target.build),
  };
}

/** What was there before, but for what a rollback took away since: that is never the one to go back to. */
function lastGood(past: readonly PastVersion[], holdings: readonly Holding[]): PastVersion | undefined {
  const taken = new Set<string>();
  return past.find((one) => {
    const isGood = [...one.versions].some(([image, version]) => !taken.has(referenceTo(image, version)));
    for (const reference of one.build?.rollsBack ?? []) taken.add(reference);
    return isGood && !isHeld(one, holdings);
  });
}

/** How a past version is called: the versions of its images, each once. */
export const nameOf = ({ versions }: PastVersion): string => [...new Set(versions.values())].join(', ');

function storyOf({ environment, step }: Pick<Stage, 'environment' | 'step'>): Story {
  const { app, environment: name } = environment;
  return { ...PLAIN_RELEASE, app, environment: name, reason: step.reason ?? '' };
}

const namesOf = ({ environment: { app, environment } }: Stage) => ({ app, environment });

const linesOf = (versions: readonly (readonly [image: string, version: string])[]): string =>
  versions.map(([image, version]) => referenceTo(image, version)).join('\n');

const referenceTo = (image: string, version: string): string =>
  formatReference({ name: image, ...(parseVersion(version) ?? { tag: version }) });

/** Whether one of the images had that version, told whole or by its tag or digest. */
function isNamed({ versions }: PastVersion, wanted: string): boolean {
  return [...versions.values()].some((version) => {
    const { tag, digest } = parseVersion(version) ?? {};
    return [version, tag, digest].includes(wanted);
  });
}

/** Whether what stands now is what stood then, as far as the same images stood there, pinned or not. */
export function isHeld({ versions }: PastVersion, holdings: readonly Holding[]): boolean {
  return holdings.every(({ image, version }) => isSameVersion(version, versions.get(image) ?? version));
}
