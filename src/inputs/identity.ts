/** Which release a run is about: two runs with one identity update one pull request, and two identities never do. */
import { createHash } from 'node:crypto';
import { repositoryOf } from '../core/image-reference.ts';
import type { ReleasedImage } from '../core/objects.ts';

/** An app and its environment, or else the repositories of the images and the paths that the release is limited to. */
export interface ReleaseIdentity {
  /** Of the config file; empty without one, as is the environment. */
  readonly app: string;
  readonly environment: string;
  /** As compared, see `repositoryOf`; each once and sorted. Empty with an app. */
  readonly repositories: readonly string[];
  /** Each once and sorted. Empty with an app. */
  readonly paths: readonly string[];
}

/** The identity by app and environment; where these are empty, by images and paths. */
export function identityOf(
  { app, environment }: Pick<ReleaseIdentity, 'app' | 'environment'>,
  images: readonly Pick<ReleasedImage, 'reference'>[],
  paths: readonly string[],
): ReleaseIdentity {
  if (app !== '') return { app, environment, repositories: [], paths: [] };
  return {
    app,
    environment,
    repositories: sorted(images.map(({ reference }) => repositoryOf(reference.name))),
    paths: sorted(paths),
  };
}

/** A text of 16 hexadecimal digits that two identities share only when they are the same. */
export function identityKey({ app, environment, repositories, paths }: ReleaseIdentity): string {
  return hashOf([app, environment, repositories, paths]).slice(0, 16);
}

const hashOf = (values: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex');

/** The identity in a sentence: `web in staging`, or `ghcr.io/acme/web in apps/web`. */
export function formatIdentity({ app, environment, repositories, paths }: ReleaseIdentity): string {
  if (app !== '') return `${app} in ${environment}`;
  const [first = '', ...more] = repositories;
  const images = more.length === 0 ? first : `${first} and ${more.length} more`;
  return paths.length === 0 ? images : `${images} in ${paths.join(', ')}`;
}

/**
 * The default names of a release, the preferred one first: `web`, and where another release has that name already one
 * that no other identity has, `shop-web-3f2a1c`, nor the same one into another base. `first` is the name of the image that was
 * given first, `base` is empty where the input names none.
 */
export function defaultNames(identity: ReleaseIdentity, first = '', base = ''): readonly [string, string] {
  const { app, environment, repositories, paths } = identity;
  const path = (repositories[0] ?? '').split('/').slice(1);
  const readable = app === '' ? [...path, ...paths].join('-') : `${app}-${environment}`;
  const slug = `${readable}-${base}`
    .replace(/[^\w.]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_SLUG);
  const key = identityKey(identity);
  const unique = base === '' ? key : hashOf([key, base]);
  return [app === '' ? lastComponent(first) : readable, `${slug}-${unique.slice(0, 6)}`];
}

/** The names that the release would have if its images were given in another order: its past pull requests may have them. */
export function namesInOtherOrders({ repositories }: ReleaseIdentity): readonly string[] {
  return [...new Set(repositories.slice(0, MAX_ORDERS).map(lastComponent))];
}

const lastComponent = (repository: string): string => repository.split('/').at(-1) ?? '';

const MAX_ORDERS = 5;
/** Characters of the readable part of a long name. */
const MAX_SLUG = 60;

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();
