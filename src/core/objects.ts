/** Values that several rooms share. */
import type { ImageReference } from './image-reference.ts';

/** A place in a file, as editors and compilers write it. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** A file of the manifest repository, as read. */
export interface ManifestFile {
  readonly path: string;
  /** Git's file mode, `100644` or `100755`. */
  readonly mode: string;
  readonly bytes: Uint8Array;
  /** It was read for what it says of other files, and is never changed: it is outside of the input `paths`. */
  readonly isContext?: true;
}

/** One place that changes; the only source of commit message, pull request, summary and outputs. */
export interface Change {
  readonly file: string;
  /** From 1, in the file before the change. */
  readonly line: number;
  readonly where: string;
  readonly image: string;
  /** The version before, as far as the place has one: empty for a first version. */
  readonly from: string;
  /** The version after; the same as `from` where only the way it is written changes. */
  readonly to: string;
  /** What changes beside the version: `quoted`, `forceString: true`. */
  readonly note?: string;
}

/** A line that has a released image with another version after the release. */
export interface Leftover {
  readonly file: string;
  /** From 1, in the file after the change. */
  readonly line: number;
  /** The image as it is spelled there. */
  readonly image: string;
  /** `tag`, `tag@digest` or `digest`. */
  readonly version: string;
  /** Why it was left, as the end of a sentence about it: `is in a template`. */
  readonly reason: string;
}

/** A problem of a file that does not stop the release. */
export interface Problem extends Place {
  readonly message: string;
}

/** One image to release. */
export interface ReleasedImage {
  /** The version to write, under the name to write where `replaces` is another repository. */
  readonly reference: ImageReference;
  /** The name that the manifests have so far; that of `reference` unless the image moves to another repository. */
  readonly replaces: string;
  /** The digest that its registry has for a reference without one: written to places that have a digest. */
  readonly digest?: string;
}

/** A commit object, as `git cat-file` prints it. */
export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly committerEmail: string;
  readonly message: string;
  /** Whether it has a signature, valid or not. */
  readonly signed: boolean;
}

export interface Author {
  readonly name: string;
  readonly email: string;
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** Labels, reviewers and other attributes of a pull request beside its text. */
export interface Attributes {
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly 'team-reviewers': readonly string[];
  readonly assignees: readonly string[];
  /** Title of an open milestone; empty for none. */
  readonly milestone: string;
  /** Empty for none. */
  readonly 'auto-merge': MergeMethod | '';
  readonly draft: boolean;
}

/** Stands for the name of an image in a marker: a person knows it. */
export const UNKNOWN_IMAGE = 'IMAGE';

/** The items by their key, each group in the order given. */
export function groupBy<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The value of a key, made once: a promise that was rejected stays too. */
export function kept<Key, Value extends object>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const present = known.get(key);
  if (present) return present;
  const made = make();
  known.set(key, made);
  return made;
}

/** The same function, which computes its result once for each different set of texts. */
export function memoized<Texts extends readonly string[], Result>(
  compute: (...texts: Texts) => Result,
): (...texts: Texts) => Result {
  const known = new Map<string, { readonly result: Result }>();
  return (...texts) => kept(known, texts.join('\0'), () => ({ result: compute(...texts) })).result;
}

/** `1 place`, `2 places`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
