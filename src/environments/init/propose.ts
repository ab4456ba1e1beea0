/** Places of images -> apps and their environments, as far as the repository says them. Pure. */
import { groupBy } from '../../core/objects.ts';
import type { ScannedPlace } from '../../manifests/scan.ts';
import { fillPlaceholders } from '../config/rules.ts';
import { isName } from '../config/schema.ts';
import { environmentOf, rankOf, type EnvironmentKind, type NamedEnvironment } from './environment-names.ts';

export interface ProposedEnvironment {
  readonly name: string;
  readonly kind: EnvironmentKind;
  /** Files or folders; literal, not patterns. */
  readonly paths: readonly string[];
}

export interface ProposedApp {
  readonly name: string;
  /** As the manifests spell them. */
  readonly images: readonly string[];
  readonly environments: readonly ProposedEnvironment[];
  /** What a person has to decide, a sentence each. */
  readonly notes: readonly string[];
}

export interface Proposal {
  /** The wildcard entry is the last one. */
  readonly apps: readonly ProposedApp[];
  /** The images in no app, each with the reason. */
  readonly notes: readonly string[];
}

/** So many apps of one shape are one entry. */
const MANY = 4;
/** Places that a note names. */
const MOST_NAMED = 3;

/** One image, by the environments of its places. */
interface Candidate {
  readonly repository: string;
  readonly image: string;
  readonly places: readonly ScannedPlace[];
  readonly environments: readonly ProposedEnvironment[];
  readonly notes: readonly string[];
}

/** Proposes apps for the places of a repository; `owner` is the account that has it, empty where there is none. */
export function propose(places: readonly ScannedPlace[], owner: string): Proposal {
  const all = [...groupBy(places, ({ repository }) => repository)].map(([repository, own]) =>
    candidateOf(repository, own),
  );
  const [named, unnamed] = divide(all, ({ environments }) => environments.length > 0);
  const isOwn = ({ repository }: Candidate): boolean => repository.split('/').includes(owner.toLowerCase());
  const [own, others] = named.some(isOwn) ? divide(named, isOwn) : [named, []];
  const { apps, unnameable } = asApps(own);
  return {
    apps: inShapes(apps),
    notes: [
      ...unnamed.map((one) => `${one.image} is in no environment by its path: ${listed(one.places)}`),
      ...others.map((one) => `${one.image} is left out, since it is no image of ${owner}: ${listed(one.places)}`),
      ...unnameable.map((one) => `${one.image} is left out, since another app has its name: ${listed(one.places)}`),
    ],
  };
}

function candidateOf(repository: string, places: readonly ScannedPlace[]): Candidate {
  const read = places.map((place) => ({ place, environment: environmentOf(place.file) }));
  const named = read.flatMap(({ place, environment }) =>
    typeof environment === 'object' ? [{ place, environment }] : [],
  );
  const environments = [...groupBy(named, ({ environment }) => environment.name)].flatMap(([name, group]) => {
    const [first] = group;
    if (!first || !isName(name)) return [];
    const own = new Set(group.map(({ place }) => place.file));
    const foreign = places.filter(({ file }) => !own.has(file));
    return [{ name, kind: first.environment.kind, paths: pathsOf(group, foreign) }];
  });
  const several = read.filter(({ environment }) => environment === 'several').map(({ place }) => place);
  const without = read.filter(({ environment }) => environment === undefined).map(({ place }) => place);
  return {
    repository,
    image: places[0]?.image ?? repository,
    places,
    environments: environments.toSorted((a, b) => rankOf(a.kind) - rankOf(b.kind) || (a.name < b.name ? -1 : 1)),
    notes: [
      ...(several.length > 0 ? [`in no environment, since the path names several: ${listed(several)}`] : []),
      ...(without.length > 0 ? [`in no environment by its path: ${listed(without)}`] : []),
    ],
  };
}

/** The folders with the name of the environment; the files alone where such a folder has places of others. */
function pathsOf(
  group: readonly { readonly place: ScannedPlace; readonly environment: NamedEnvironment }[],
  foreign: readonly ScannedPlace[],
): string[] {
  const paths = group.map(({ place, environment: { path } }) => {
    const isShared = foreign.some(({ file }) => file.startsWith(`${path}/`));
    return isShared ? place.file : path;
  });
  const distinct = [...new Set(paths)].toSorted();
  return distinct.filter((path) => !distinct.some((other) => path.startsWith(`${other}/`)));
}

/** One app for each image, and for images that have the same versions at the same places and a name in common. */
function asApps(candidates: readonly Candidate[]): { apps: ProposedApp[]; unnameable: Candidate[] } {
  const shapes = groupBy(candidates, ({ repository, places, environments }) => {
    const folder = repository.slice(0, repository.lastIndexOf('/'));
    const versions = new Set(places.map(({ file, version }) => `${file} ${version}`));
    return JSON.stringify([folder, environments, [...versions].toSorted()]);
  });
  const groups = [...shapes.values()].flatMap((group) => {
    const [shortest, ...others] = group.toSorted((a, b) => a.repository.length - b.repository.length);
    const isOne = shortest && others.every(({ repository }) => repository.startsWith(`${shortest.repository}-`));
    return isOne ? [[shortest, ...others]] : group.map((one) => [one]);
  });
  const names = groupBy(groups, ([first]) => nameOf(first?.repository ?? '', 1));
  const named = groups.map((group) => {
    const [short, long] = [1, 2].map((length) => nameOf(group[0]?.repository ?? '', length));
    return { group, name: (names.get(short ?? '')?.length ?? 0) > 1 ? (long ?? '') : (short ?? '') };
  });
  const owners = groupBy(named, ({ name }) => name);
  const isNameable = ({ name }: { name: string }): boolean => isName(name) && owners.get(name)?.length === 1;
  const [good, bad] = divide(named, isNameable);
  const apps = good.map(({ group, name }) => ({
    name,
    images: group.map(({ image }) => image),
    environments: group[0]?.environments ?? [],
    notes: group.flatMap(({ image, notes }) => notes.map((note) => `${image} is ${note}`)),
  }));
  return { apps: apps.toSorted((a, b) => (a.name < b.name ? -1 : 1)), unnameable: bad.flatMap(({ group }) => group) };
}

const nameOf = (repository: string, length: number): string => repository.split('/').slice(-length).join('-');

/** The same with one entry for the most common shape of many apps. */
function inShapes(apps: readonly ProposedApp[]): ProposedApp[] {
  const shapes = groupBy(apps, (app) => JSON.stringify(shapeOf(app)));
  const [most = []] = [...shapes.values()].toSorted((a, b) => b.length - a.length);
  const [first] = most;
  if (!first || most.length < MANY || !isShape(first)) return [...apps];
  const same = most.filter(isShape);
  const notes = [`For ${shorten(same.map(({ name }) => name))}, and for each new app of this shape.`];
  return [...apps.filter((app) => !same.includes(app)), { name: '*', ...shapeOf(first), notes }];
}

const PLACEHOLDER = '{{ app }}';

function shapeOf({ name, images, environments }: ProposedApp): Pick<ProposedApp, 'images' | 'environments'> {
  const word = new RegExp(`(?<![A-Za-z0-9])${name.replace(/[.]/g, '\\.')}(?![A-Za-z0-9])`, 'g');
  const fill = (text: string): string => text.replace(word, PLACEHOLDER);
  return {
    images: images.map(fill),
    environments: environments.map((one) => ({ ...one, paths: one.paths.map(fill) })),
  };
}

/** Whether the entry with placeholders is that of the app, and of no other one. */
function isShape(app: ProposedApp): boolean {
  const { images, environments } = shapeOf(app);
  const filled = (texts: readonly string[]): string[] => texts.map((text) => fillPlaceholders(text, { app: app.name }));
  const isSame = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n');
  return (
    app.notes.length === 0 &&
    images.every((image) => image.includes(PLACEHOLDER)) &&
    isSame(filled(images), app.images) &&
    environments.every(({ paths }, index) => isSame(filled(paths), app.environments[index]?.paths ?? []))
  );
}

function divide<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

const listed = (places: readonly ScannedPlace[]): string => shorten(places.map(({ file, line }) => `${file}:${line}`));

function shorten(texts: readonly string[]): string {
  const more = texts.length - MOST_NAMED;
  return texts.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
