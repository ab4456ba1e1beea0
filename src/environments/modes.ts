/** The task of each mode: which versions are written into an environment, and where they come from. */
import { sourceOf, type Build } from '../release/build.ts';
import { failure } from '../core/errors.ts';
import { versionsOf, type DeployedVersion } from '../manifests/deployed-versions.ts';
import type { Ci } from '../inputs/ci.ts';
import { defaultOf } from '../inputs/lookup.ts';
import { formatReference, parseVersion, repositoryOf } from '../core/image-reference.ts';
import { verdictIn } from './verdict.ts';
import { isDeployed, type PastVersion } from './version-history.ts';
import { formatReleasedImage, isCopy, readReleasedImages } from '../inputs/images.ts';
import { PLAIN_RELEASE, ROLLBACK_BRANCH, type Operation } from '../inputs/operation.ts';
import { fetchBuilds, readDeployed, type Environment, type Task } from './environment.ts';

/** The images that were given, or one version for all images of the app. Throws INPUT_MISSING, INPUT_INVALID. */
export function releaseTask({ config, step, ci }: Environment): Task {
  const { version = '', images = '' } = step;
  if (version !== '' && images !== '') {
    const reason = 'replaces the input "images", which is given too';
    throw failure('INPUT_INVALID', { input: 'version', value: version, reason });
  }
  const given = version === '' ? images : linesOf(config.images.map((image) => [image, version]));
  const { released } = readReleasedImages(given, { branch: ci.branch });
  const names = new Set(config.images.map(repositoryOf));
  const own = released.filter(({ replaces }) => names.has(repositoryOf(replaces)));
  const stranger = released.find((image) => !own.some((one) => one === image || isCopy(one, image)));
  if (stranger) {
    const reason = `is no image of the app "${config.app}" in ${config.place.file}`;
    throw failure('INPUT_INVALID', { input: 'images', value: stranger.replaces, reason });
  }
  const task = own.length === released.length ? given : own.map(formatReleasedImage).join('\n');
  return { images: task, operation: operationOf(step), defaults: {}, ci };
}

/** The versions that another environment has now. Throws IMAGES_DIFFER, NOT_DEPLOYED, PROMOTION_REFUSED. */
export async function promotionTask(target: Environment, from: Environment): Promise<Task> {
  const deployed = await readDeployed(from);
  const { places, history } = deployed;
  if (places.length === 0) throw failure('NOT_DEPLOYED', namesOf(from));
  const images = linesOf([...versionsOf(places)]);
  const verdict = await verdictIn(from, deployed);
  if (verdict?.kind === 'refused') throw failure('PROMOTION_REFUSED', { ...namesOf(from), ...verdict.by });
  const [present] = await history((found) => found.length > 0);
  const origin = { environment: from.config.environment, since: present?.time ?? '', pull: present?.pull ?? '' };
  const isUnknown = present && !present.build && present.pull !== '';
  const build = isUnknown ? (await fetchBuilds(from, defaultOf('branch'))).get(present.pull) : present?.build;
  const operation: Operation = { ...operationOf(target.step), action: 'Promote', origin };
  return { images, operation, defaults: {}, ci: builtBy(target, build) };
}

/**
 * What the environment had before, or the version named, also where that is there already. Throws NO_EARLIER_VERSION,
 * IMAGES_DIFFER, NOT_DEPLOYED.
 */
export async function rollbackTask(environment: Environment): Promise<Task> {
  const wanted = environment.step['to-version'] ?? '';
  const { places, history } = await readDeployed(environment, await fetchBuilds(environment, ROLLBACK_BRANCH));
  if (places.length === 0) throw failure('NOT_DEPLOYED', namesOf(environment));
  // Where an image has several versions, which of them is the earlier one is unknown.
  if (wanted === '') versionsOf(places);
  const targetAmong = (found: readonly PastVersion[]): PastVersion | undefined => {
    const earlier = found.filter((one) => !isDeployed(one, places));
    return wanted === '' ? lastGood(found, places) : earlier.find((one) => isNamed(one, wanted));
  };
  const found = await history((versions) => targetAmong(versions) !== undefined);
  const target = targetAmong(found) ?? found.find((one) => isNamed(one, wanted));
  if (!target) throw failure('NO_EARLIER_VERSION', { ...namesOf(environment), wanted, known: found.map(nameOf) });
  const origin = { environment: '', since: target.time, pull: target.pull };
  const rollsBack = [...new Set(places.map(({ image, version }) => referenceTo(image, version)))];
  return {
    // Without the images that are not used here any more.
    images: linesOf([...target.versions].filter(([image]) => places.some((place) => place.image === image))),
    operation: { ...operationOf(environment.step), action: 'Roll back', origin, rollsBack },
    defaults: {
      branch: ROLLBACK_BRANCH,
      title: '{{ action }} {{ name }} {{#from}}{{ from }} → {{/from}}{{ version }}',
      // The file's texts are for releases; they may lack the target and the reason of a rollback.
      body: '',
      'commit-message': '',
      delivery: 'pull-request',
      order: 'any',
      // A rollback is requested by hand; a second request is enough to repeat one that was declined.
      force: 'true',
    },
    ci: builtBy(environment, target.build),
  };
}

const builtBy = ({ ci }: Environment, build: Build | undefined): Ci => ({ ...ci, source: sourceOf(build, ci) });

/** The latest earlier version that no rollback has removed since. */
function lastGood(past: readonly PastVersion[], places: readonly DeployedVersion[]): PastVersion | undefined {
  const rolledBack = new Set<string>();
  return past.find((one) => {
    const isGood = [...one.versions].some(([image, version]) => !rolledBack.has(referenceTo(image, version)));
    for (const reference of one.build?.operation.rollsBack ?? []) rolledBack.add(reference);
    return isGood && !isDeployed(one, places);
  });
}

/** The versions of its images, each once: `1.4.1, 2.0`. */
export const nameOf = ({ versions }: PastVersion): string => [...new Set(versions.values())].join(', ');

const operationOf = ({ reason = '' }: Environment['step']): Operation => ({ ...PLAIN_RELEASE, reason });

const namesOf = ({ config: { app, environment } }: Environment) => ({ app, environment });

const linesOf = (versions: readonly (readonly [image: string, version: string])[]): string =>
  versions.map(([image, version]) => referenceTo(image, version)).join('\n');

const referenceTo = (image: string, version: string): string =>
  formatReference({ name: image, ...(parseVersion(version) ?? { tag: version }) });

/** Whether one of the images had that version; `wanted` is all of it, its tag or its digest. */
function isNamed({ versions }: PastVersion, wanted: string): boolean {
  return [...versions.values()].some((version) => {
    const { tag, digest } = parseVersion(version) ?? {};
    return [version, tag, digest].includes(wanted);
  });
}
