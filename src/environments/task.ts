/** For each mode what is to be written into an environment, and where the versions come from. */
import { failure } from '../errors.ts';
import { versionsOf, type Holding } from '../holdings.ts';
import { formatReference, parseVersion, repositoryOf } from '../image.ts';
import type { PastVersion } from '../past-versions.ts';
import { readReleasedImages } from '../released-images.ts';
import { PLAIN_RELEASE, type Story } from '../story.ts';
import { readPresent, type Stage, type Task } from './stage.ts';

/** The images that were given, or one version for all images of the app. Throws INPUT_MISSING, INPUT_INVALID. */
export function releaseTask({ environment, step }: Stage): Task {
  const { version = '', images = '' } = step;
  const given = version === '' ? images : linesOf(environment.images.map((image) => [image, version]));
  for (const { replaces } of readReleasedImages(given).images) {
    if (environment.images.some((image) => repositoryOf(image) === repositoryOf(replaces))) continue;
    const reason = `is no image of the app "${environment.app}" in ${environment.place.file}`;
    throw failure('INPUT_INVALID', { input: 'images', value: replaces, reason });
  }
  return { images: given, story: storyOf({ environment, step }), wishes: {} };
}

/** What another environment holds now. Throws IMAGES_DIFFER, NOTHING_HELD. */
export async function promotionTask(stage: Stage, from: Stage): Promise<Task> {
  const { holdings, past } = await readPresent(from);
  if (holdings.length === 0) throw failure('NOTHING_HELD', namesOf(from));
  const images = linesOf([...versionsOf(holdings)]);
  const [present] = await past((found) => found.length > 0);
  const origin = { environment: from.environment.environment, since: present?.time ?? '', pull: present?.pull ?? '' };
  return { images, story: { ...storyOf(stage), action: 'Promote', origin }, wishes: {} };
}

/** What the environment held before, or the version named. Throws NO_EARLIER_VERSION, IMAGES_DIFFER, NOTHING_HELD. */
export async function rollbackTask(stage: Stage): Promise<Task> {
  const wanted = stage.step['to-version'] ?? '';
  const { holdings, past } = await readPresent(stage);
  if (holdings.length === 0) throw failure('NOTHING_HELD', namesOf(stage));
  // Where an image stands in several versions, nobody can tell which was the good one before.
  if (wanted === '') versionsOf(holdings);
  const isTarget = (one: PastVersion): boolean => !isHeld(one, holdings) && (wanted === '' || isNamed(one, wanted));
  const found = await past((versions) => versions.some(isTarget));
  const target = found.find(isTarget);
  if (!target) throw failure('NO_EARLIER_VERSION', { ...namesOf(stage), wanted, known: found.map(nameOf) });
  const origin = { environment: '', since: target.time, pull: target.pull };
  const rollsBack = [...new Set(holdings.map(({ image, version }) => referenceTo(image, version)))];
  return {
    images: linesOf([...target.versions]),
    story: { ...storyOf(stage), action: 'Roll back', origin, rollsBack },
    wishes: {
      branch: 'rollback/{{ name }}',
      title: '{{ action }} {{ name }} {{#from}}{{ from }} → {{/from}}{{ version }}',
      delivery: 'pull-request',
      order: 'any',
      force: 'true',
    },
  };
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

function isHeld({ versions }: PastVersion, holdings: readonly Holding[]): boolean {
  return holdings.every(({ image, version }) => versions.get(image) === version);
}
