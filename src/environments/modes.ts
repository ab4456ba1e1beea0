/** The task of each mode: which versions are written into an environment, and where they come from. */
import { sourceOf, type Build } from '../release/build.ts';
import { failure } from '../core/errors.ts';
import type { Change } from '../core/objects.ts';
import { versionsOf, type DeployedVersion } from '../manifests/deployed-versions.ts';
import type { Ci } from '../inputs/ci.ts';
import { defaultOf } from '../inputs/lookup.ts';
import {
  formatReference,
  isSameVersion,
  parseReference,
  parseVersion,
  repositoryOf,
  versionIn,
} from '../core/image-reference.ts';
import { hasVerdict, verdictIn, verdictOn } from './verdict.ts';
import { isDeployed, type PastVersion } from './version-history.ts';
import { formatReleasedImage, isCopy, readReleasedImages } from '../inputs/images.ts';
import { PLAIN_RELEASE, ROLLBACK_BRANCH, type Operation } from '../inputs/operation.ts';
import { fetchBuilds, readDeployed, type Deployed, type Environment, type Task } from './environment.ts';

/** The images that were given, or one version for all images of the app. Throws INPUT_MISSING, INPUT_INVALID. */
export function releaseTask({ config, step, ci }: Environment): Task {
  const { version = '', images = '' } = step;
  const given = version === '' ? images : linesOf(config.images.map((image) => [image, version]));
  const input = version === '' ? 'images' : 'version';
  const { released } = readReleasedImages(given, { branch: ci.branch, input });
  const names = new Set(config.images.map(repositoryOf));
  const own = released.filter(({ replaces }) => names.has(repositoryOf(replaces)));
  const stranger = released.find((image) => !own.some((one) => one === image || isCopy(one, image)));
  if (stranger) {
    const reason = `is no image of the app "${config.app}" in ${config.place.file}`;
    const hint = `Add it to "images" of that app, or leave it out. The app has ${config.images.join(', ')}.`;
    throw failure('INPUT_INVALID', { input: 'images', value: stranger.replaces, reason, hint });
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
 * What the environment had before, or the version named, also where that is there already. `refused` are the changes that the
 * rollback is to undo; without them it undoes what is there. Throws NO_EARLIER_VERSION, EARLIER_REFUSED, ROLLBACK_OVERTAKEN,
 * IMAGES_DIFFER, NOT_DEPLOYED, and WAIT_NEEDS_API and what the forge throws where an agent is named.
 */
export async function rollbackTask(environment: Environment, refused: readonly Change[] = []): Promise<Task> {
  const wanted = environment.step.version ?? '';
  const deployed = await readDeployed(environment, await fetchBuilds(environment, ROLLBACK_BRANCH));
  const { places, history } = deployed;
  if (places.length === 0) throw failure('NOT_DEPLOYED', namesOf(environment));
  if (refused.length > 0 && !(await isLatest(refused, deployed))) {
    const versions = [...new Set(places.map(({ version }) => version))];
    throw failure('ROLLBACK_OVERTAKEN', { ...namesOf(environment), versions });
  }
  // Where an image has several versions, which of them is the earlier one is unknown.
  if (wanted === '') versionsOf(places);
  const target = await (wanted === '' ? lastGood(environment, deployed) : named(wanted, deployed));
  if (!target) {
    const past = await history(() => false);
    const known = [...new Set(past.filter((one) => !isDeployed(one, places)).map(nameOf))];
    throw failure('NO_EARLIER_VERSION', { ...namesOf(environment), wanted, known });
  }
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
      // A rollback is requested by hand; a second request is enough to repeat one that was declined.
      force: 'true',
    },
    ci: builtBy(environment, target.build),
  };
}

/**
 * Whether changes are there, and the latest: of other images nothing came after them, which would go back too. They may be at
 * another place by now, as where a container was added in front.
 */
async function isLatest(changes: readonly Change[], { places, history }: Deployed): Promise<boolean> {
  const written = changes.map(({ image, to }): readonly [repository: string, version: string] => {
    const moved = parseVersion(to) ? undefined : parseReference(to);
    return [repositoryOf(moved?.name ?? image), versionIn(to)];
  });
  const isThere = written.every(([repository, version]) =>
    places.some((place) => repositoryOf(place.image) === repository && isSameVersion(place.version, version)),
  );
  if (!isThere) return false;
  const [present, before] = await history((found) => found.length > 1);
  const last = [...(present?.versions ?? [])].filter(([image, version]) => before?.versions.get(image) !== version);
  return !before || last.some(([image]) => written.some(([repository]) => repository === repositoryOf(image)));
}

const builtBy = ({ ci }: Environment, build: Build | undefined): Ci => ({ ...ci, source: sourceOf(build, ci) });

/** The latest earlier version of this name, else the present one where it has it. */
async function named(wanted: string, { places, history }: Deployed): Promise<PastVersion | undefined> {
  const earlier = (past: readonly PastVersion[]): PastVersion | undefined =>
    past.find((one) => isNamed(one, wanted) && !isDeployed(one, places));
  const past = await history((found) => earlier(found) !== undefined);
  return earlier(past) ?? past.find((one) => isNamed(one, wanted));
}

/** Earlier versions whose verdict is read at most. */
const MOST_JUDGED = 10;

/**
 * The latest earlier version that the agents deployed, else the latest that they did not refuse; without agents the latest. Throws
 * EARLIER_REFUSED, WAIT_NEEDS_API and what the forge throws.
 */
async function lastGood(environment: Environment, { places, history }: Deployed): Promise<PastVersion | undefined> {
  const refused: PastVersion[] = [];
  let withoutVerdict: PastVersion | undefined;
  for (let count = 1; count <= MOST_JUDGED; count += 1) {
    const past = await history((found) => notRolledBack(found, places).length >= count);
    const candidate = notRolledBack(past, places)[count - 1];
    if (!candidate) break;
    if (!hasVerdict(environment)) return candidate;
    const next = past[past.indexOf(candidate) - 1]?.commit.id ?? '';
    const { kind } = await verdictOn(environment, candidate, next);
    if (kind === 'deployed') return candidate;
    if (kind === 'refused') refused.push(candidate);
    else withoutVerdict ??= candidate;
  }
  if (withoutVerdict || refused.length === 0) return withoutVerdict;
  throw failure('EARLIER_REFUSED', { ...namesOf(environment), versions: refused.map(nameOf) });
}

/** The earlier versions that no rollback has removed since, the latest first. */
function notRolledBack(past: readonly PastVersion[], places: readonly DeployedVersion[]): readonly PastVersion[] {
  const rolledBack = new Set<string>();
  return past.filter((one) => {
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
