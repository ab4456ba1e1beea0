/** What a convention is: one convention for writing an image's version in a manifest. */
import type { ImageVersion } from '../../core/image-reference.ts';
import type { ManifestDocument, ManifestScalar } from '../yaml/tree.ts';
import type { ScalarStyle } from '../yaml/scalar.ts';
import type { SplitValues } from '../helm-split-values.ts';
import type { Target } from '../targets.ts';

/**
 * Which part of a reference a field holds. A `bare-tag` has no room for a digest; a `match` is a name that the site is
 * found by and that is never written.
 */
export type FieldRole = 'reference' | 'name' | 'registry' | 'repository' | 'tag' | 'bare-tag' | 'digest' | 'match';

/** One scalar of a site: where it stands and what it holds. */
export interface Field {
  readonly role: FieldRole;
  /** The present text; `undefined` for a field that is absent and may be inserted. */
  readonly text: string | undefined;
  readonly style: ScalarStyle;
  /** Where the scalar begins in which it stands: the field itself, or more. */
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
  /** Path in the document, e.g. `spec.template.spec.containers[0].image`. */
  readonly where: string;
  /** The image's name as the fields spell it. */
  readonly name: string;
  readonly version: ImageVersion;
  readonly fields: readonly Field[];
  /** It may be something else than an image, and is only left as it is. */
  readonly doubtful?: true;
  /** The repository that somebody said it is of, in the spelling that is compared. */
  readonly of?: string;
  /** All that it could be of, where that is more than one image; then nobody may decide. */
  readonly rivals?: readonly string[];
  /** The explicit target that it is, as written. */
  readonly target?: string;
}

/** What is known beside the document. */
export interface FindContext {
  /** Flux's image policies: `namespace:policy` -> image. */
  readonly policies: ReadonlyMap<string, string>;
  readonly targets: readonly Target[];
  /** Repositories in values, for which the tag may stand in another file. */
  readonly splits: readonly SplitValues[];
}

export interface Convention {
  readonly name: string;
  /** All sites of a document, whichever image they are of. Pure; never throws. */
  readonly find: (document: ManifestDocument, context: FindContext) => Iterable<ImageSite>;
}

/** The field that a scalar is; a value where none is written stands behind its colon. */
export function fieldOf(role: FieldRole, { text, style, start, end }: ManifestScalar): Field {
  return { role, text, style, scalar: start, start, end, ...(start === end && { before: ' ' }) };
}

/** True for what stands in a key to say "none here". */
export function isEmpty({ text }: ManifestScalar): boolean {
  return text === '' || text === '~' || text === 'null';
}
