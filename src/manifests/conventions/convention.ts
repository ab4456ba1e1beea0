/** What a convention is: one convention for writing an image's version in a manifest. */
import { parseVersion, type ImageVersion } from '../../core/image-reference.ts';
import type { ManifestDocument, ManifestScalar } from '../yaml/tree.ts';
import type { ScalarStyle } from '../yaml/scalar.ts';

/**
 * Which part of a reference a field is. `folder` and `base` are a name without its last part, and that part; a `bare-tag`
 * has no room for a digest; `hex` is a digest without its algorithm; a `match` is a name that the site is found by and
 * that is never written; a `force-string` is Argo CD's switch beside a parameter.
 */
export type FieldRole =
  | 'reference'
  | 'name'
  | 'registry'
  | 'repository'
  | 'folder'
  | 'base'
  | 'tag'
  | 'bare-tag'
  | 'digest'
  | 'hex'
  | 'match'
  | 'force-string';

/** One scalar of a site: its position and its text. */
export interface Field {
  readonly role: FieldRole;
  /** The present text; `undefined` for a field that is absent and may be inserted. */
  readonly text: string | undefined;
  readonly style: ScalarStyle;
  /** Start of the scalar that contains the field, or is the field. */
  readonly scalar: number;
  /** UTF-16 offsets of the characters to replace; equal where the field is absent. */
  readonly start: number;
  readonly end: number;
  /** What an absent field needs around its value. */
  readonly before?: string;
  readonly after?: string;
}

/** One place in a file where an image's version is written, or could be (then `version` is empty). */
export interface ImageSite {
  /** Path in the document, e.g. `spec.template.spec.containers[0].image`; empty for a map or scalar at its root. */
  readonly where: string;
  /** What a reader needs beside the path. */
  readonly note?: string;
  /** The image's name as the fields spell it. */
  readonly name: string;
  readonly version: ImageVersion;
  readonly fields: readonly Field[];
  /** Why it may be something else than the place of a version, the end of a sentence: it is never changed. */
  readonly doubt?:
    | 'may be a port'
    | 'is in a sentence'
    | 'is on a line of a template'
    | 'is in a list of versions, each with its image'
    | 'is a version of an ImageStream, which others may use by its name';
  /** The repository that a comment, target or other file assigns to it, in the spelling that is compared. */
  readonly of?: string;
  /** The images that it could be of, where that is not certain. */
  readonly candidates?: readonly string[];
  /** The explicit target that it is, as written. */
  readonly target?: string;
  /** A name alone, behind which a version may be inserted. */
  readonly takesVersion?: true;
  /** A comment or a target names it: it is written also where it has no version. */
  readonly named?: true;
  /** Its tag is read as by `helm --set`, and nothing beside it can make it a string: what to do about that. */
  readonly helmSet?: string;
  /** Why no version can be written to this named place, as the end of a sentence about its value. */
  readonly refused?: string;
}

/** A repository in values. */
export interface TagOwner {
  /** As compared, see `repositoryOf`. */
  readonly image: string;
  /** As written. */
  readonly name: string;
  /** `file:line`. */
  readonly source: string;
}

/** A tag or digest in values without a repository beside it. */
export interface OwnedTag {
  readonly part: 'tag' | 'digest' | 'sha';
  /** Path of the scalar in its document, and of the map around it; its own where it is alone. */
  readonly where: string;
  readonly parent: string;
  /** The different images that it may be of, at least one. */
  readonly owners: readonly TagOwner[];
  /** Nothing but their folder says so. */
  readonly isGuess: boolean;
}

/** The tags of each document, by `documentKey`. */
export type TagOwners = ReadonlyMap<string, readonly OwnedTag[]>;

/** The key of a document among those of all files; `id` is that of the document in its file. */
export const documentKey = (path: string, id: string): string => `${path}\0${id}`;

/** One place of the setting `targets`: `file#path=image`, or `file#document#path=image` where a file has several documents. */
export interface Target {
  /** As written. */
  readonly text: string;
  readonly file: string;
  /** `kind/name`, or the number of the document from 0. */
  readonly document?: string;
  readonly path: readonly string[];
  /** The image whose version is written there. */
  readonly image: string;
}

/** What is known beside the document. */
export interface FindContext {
  /** Flux's image policies: `namespace:policy` -> image. */
  readonly policies: ReadonlyMap<string, string>;
  readonly targets: readonly Target[];
  /** Tags in values whose repository is elsewhere. */
  readonly tagOwners: TagOwners;
}

export interface Convention {
  readonly name: string;
  /** All sites of a document, whichever image they are of. Pure; never throws. */
  readonly find: (document: ManifestDocument, context: FindContext) => Iterable<ImageSite>;
}

/** The field that a scalar is; an absent value goes behind its colon. */
export function fieldOf(role: FieldRole, { text, style, start, end }: ManifestScalar): Field {
  return { role, text, style, scalar: start, start, end, ...(start === end && { before: ' ' }) };
}

/** A text, and where it is written with its quotes, if that is known. */
export interface WrittenText {
  readonly text: string;
  readonly start?: number;
  readonly end?: number;
}

/** True for the texts of a key without a value. A quoted "null" is a value. */
export function isEmpty({ text, start = 0, end = text.length }: WrittenText): boolean {
  return text === '' || (NULL.test(text) && end - start === text.length);
}

const NULL = /^(?:~|null|Null|NULL)$/;

/** The tag, digest or both that a value is; `undefined` for an empty one, and for any other text. */
export function versionOf(value: WrittenText): ImageVersion | undefined {
  return isEmpty(value) ? undefined : parseVersion(value.text);
}
