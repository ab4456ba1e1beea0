/** Rendered text -> objects, and what differs between two renderings. Pure. */
import { groupBy } from '../core/objects.ts';
import { ReadingBudget, TooComplex } from '../manifests/yaml/budget.ts';
import { compose } from '../manifests/yaml/compose.ts';
import { readTokens } from '../manifests/yaml/tokens.ts';
import { joinPath } from '../manifests/yaml/tree.ts';
import type { IsImage } from './released-images.ts';
import { HIDDEN, type Difference, type ObjectChange } from './rendering.ts';

/** What two renderings have in common is not parsed; of the rest so many characters. */
const MOST_DIFFERING = 4 * 1024 * 1024;

export interface Comparison {
  /** How many objects there are after. */
  readonly objects: number;
  readonly changes: readonly ObjectChange[];
}

/** An object with its values by their paths. */
interface RenderedObject extends Pick<ObjectChange, 'apiVersion' | 'kind' | 'namespace' | 'name'> {
  readonly values: ReadonlyMap<string, Leaf>;
}

interface Leaf {
  readonly text: string;
  /** Whether it is a value of a Secret, which another object may have in it, or a text that has a Secret. */
  readonly isSecret: boolean;
}

/** Also in JSON, as `kubectl apply` keeps an object in an annotation. */
const HAS_SECRET = /\bkind["']?\s*:\s*["']?Secret\b/;

/** A rendering that cannot be compared; the message is the end of a sentence about it. */
export class Incomparable extends Error {
  override readonly name = 'Incomparable';
}

/**
 * Compares two renderings object by object: by kind, namespace and name. ConfigMaps and Secrets whose names end in a hash of
 * their contents, as kustomize makes them, are the same object under another name. Throws Incomparable.
 */
export function compareRenderings(before: string, after: string, isImage: IsImage): Comparison {
  const [olds, news] = [documentsOf(before), documentsOf(after)];
  const [old, now] = [without(olds, news), without(news, olds)];
  if ([...old, ...now].reduce((sum, text) => sum + text.length, 0) > MOST_DIFFERING) {
    throw new Incomparable(`differs in more than ${MOST_DIFFERING / 1024 / 1024} MiB`);
  }
  // What is matched is deleted from the objects before: those that are left were removed.
  const [unmatched, present] = [keyed(old.flatMap(objectsIn)), keyed(now.flatMap(objectsIn))];
  const byBase = groupBy(
    [...unmatched].filter(([key]) => !present.has(key)),
    ([, object]) => baseName(object),
  );
  byBase.delete('');
  const renamed = new Map<RenderedObject, RenderedObject>();
  for (const [key, object] of present) {
    const [id, other] = (!unmatched.has(key) && byBase.get(baseName(object))?.shift()) || [];
    if (id === undefined || !other) continue;
    renamed.set(object, other);
    unmatched.delete(id);
  }
  const names = new Map([...renamed].map(([object, other]) => [other.name, object.name]));
  const changes: ObjectChange[] = [];
  for (const [key, object] of present) {
    const other = unmatched.get(key) ?? renamed.get(object);
    unmatched.delete(key);
    const differences = other ? differencesOf(other, object, isImage, names) : [];
    if (!other || differences.length > 0) changes.push(changeOf(object, other ? 'changed' : 'added', differences));
  }
  for (const object of unmatched.values()) changes.push(changeOf(object, 'removed', []));
  return { objects: news.length, changes };
}

const changeOf = (
  { apiVersion, kind, namespace, name }: RenderedObject,
  what: ObjectChange['what'],
  differences: readonly Difference[],
): ObjectChange => ({ apiVersion, kind, namespace, name, what, differences });

/** The texts of all documents that are not empty. */
function documentsOf(text: string): string[] {
  const texts = text.split(/^---(?=\s|$)/m).map((part) => part.trim());
  return texts.filter((part) => part.split('\n').some((line) => !/^\s*(?:#|$)/.test(line)));
}

/** The texts that `others` do not have, each as often as it is there more often. */
function without(texts: readonly string[], others: readonly string[]): string[] {
  const counts = new Map([...groupBy(others, (text) => text)].map(([text, all]) => [text, all.length]));
  return texts.filter((text) => {
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    return left <= 0;
  });
}

function objectsIn(text: string): RenderedObject[] {
  let read: readonly unknown[];
  try {
    const place = (offset: number): number => offset;
    const { documents, error } = compose(readTokens(text, { place, budget: new ReadingBudget().forPart() }));
    // The message may quote a value of a Secret.
    if (error) throw new Incomparable(`is no YAML (${error.code})`);
    read = documents.map((document) => document.toJS({ maxAliasCount: 100 }) as unknown);
  } catch (error) {
    if (error instanceof Incomparable) throw error;
    if (error instanceof TooComplex) throw new Incomparable(error.message);
    if (error instanceof ReferenceError) throw new Incomparable('has too many aliases');
    throw error;
  }
  return read.flatMap(flattened).map(objectOf);
}

type YamlMap = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is YamlMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects in a list of them. */
function flattened(value: unknown): YamlMap[] {
  if (!isMap(value)) return [];
  const { kind, items } = value;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items.flatMap(flattened) : [value];
}

function objectOf(value: YamlMap): RenderedObject {
  const metadata = isMap(value['metadata']) ? value['metadata'] : {};
  const text = (one: unknown): string => (typeof one === 'string' ? one : '');
  return {
    apiVersion: text(value['apiVersion']),
    kind: text(value['kind']),
    namespace: text(metadata['namespace']),
    name: text(metadata['name']),
    values: new Map(leavesOf(value, '', false)),
  };
}

function* leavesOf(value: unknown, path: string, isInSecret: boolean): Generator<readonly [path: string, leaf: Leaf]> {
  const isSecret = isInSecret || (isMap(value) && value['kind'] === 'Secret');
  const entries = Array.isArray(value)
    ? value.map((item: unknown, index) => [`${path}[${index}]`, item] as const)
    : isMap(value)
      ? Object.entries(value).map(([key, item]) => [joinPath(path, key), item] as const)
      : undefined;
  const leaf = (text: string): readonly [string, Leaf] => [path, { text, isSecret: isSecret || HAS_SECRET.test(text) }];
  if (!entries) yield leaf(typeof value === 'string' ? value : String(value));
  else if (entries.length === 0) yield leaf(Array.isArray(value) ? '[]' : '{}');
  else for (const [below, item] of entries) yield* leavesOf(item, below, isSecret);
}

/** By kind, namespace and name; of several with the same the later ones have a number. */
function keyed(objects: readonly RenderedObject[]): Map<string, RenderedObject> {
  const groups = groupBy(objects, ({ apiVersion, kind, namespace, name }) =>
    JSON.stringify([apiVersion, kind, namespace, name]),
  );
  return new Map([...groups].flatMap(([key, all]) => all.map((object, index) => [`${key}${index}`, object] as const)));
}

/** A ConfigMap or Secret without the hash that kustomize puts behind its name; empty for any other object. */
function baseName({ kind, namespace, name }: RenderedObject): string {
  const [, base] = /^(.+)-[bcdfghkmt2456789]{10}$/.exec(name) ?? [];
  return base === undefined || !['ConfigMap', 'Secret'].includes(kind) ? '' : JSON.stringify([kind, namespace, base]);
}

function differencesOf(
  before: RenderedObject,
  after: RenderedObject,
  isImage: IsImage,
  names: ReadonlyMap<string, string>,
): Difference[] {
  const paths = new Set([...before.values.keys(), ...after.values.keys()]);
  return [...paths].flatMap((path): Difference[] => {
    const [old, now] = [before.values.get(path), after.values.get(path)];
    const [from, to] = [old?.text, now?.text];
    if (from === to) return [];
    const isHidden = (old?.isSecret === true || now?.isSecret === true) && path !== 'metadata.name';
    const cause = causeOf(path, from, to, isImage, names);
    const shown = (text: string | undefined): string | undefined => (text === undefined || !isHidden ? text : HIDDEN);
    return [{ path, from: shown(from), to: shown(to), cause }];
  });
}

function causeOf(
  path: string,
  from: string | undefined,
  to: string | undefined,
  isImage: IsImage,
  names: ReadonlyMap<string, string>,
): Difference['cause'] {
  if (from === undefined || to === undefined) return 'other';
  if (names.get(from) === to) return 'name';
  return isImage(path, from, to) ? 'image' : 'other';
}
