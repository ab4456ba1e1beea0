/** Titles of pull requests: a person may change one, but no title names another version than the branch has. Pure. */
import { fromCommit } from '../../core/escape.ts';
import { parseReference, parseVersion, shortVersion } from '../../core/image-reference.ts';
import { kindOfTag } from '../../core/tag-kind.ts';
import type { Change } from '../../core/objects.ts';
import type { Build } from '../build.ts';
import type { Metadata } from './metadata.ts';

/** The versions that a title may name. */
export interface NamedVersions {
  /** Those of the branch. */
  readonly to: ReadonlySet<string>;
  /** Those that it replaces. */
  readonly from: ReadonlySet<string>;
}

/** The versions that a title of this build and these changes may name, as a title shows them. */
export function namedVersions({ images }: Pick<Build, 'images'>, changes: readonly Change[]): NamedVersions {
  const references = images.flatMap((image) => parseReference(image) ?? []);
  return {
    to: new Set([...references.flatMap(partsOf), ...changes.flatMap(({ to }) => partsOf(parseVersion(to)))]),
    from: new Set(changes.flatMap(({ from }) => partsOf(parseVersion(from)))),
  };
}

/** The tag, the digest, and the two as one; a digest also as a title shows it. */
function partsOf(version: { readonly tag?: string; readonly digest?: string } | undefined): string[] {
  const { tag, digest } = version ?? {};
  const both = tag !== undefined && digest !== undefined ? [`${tag}@${digest}`] : [];
  return [tag, digest, ...both].flatMap((part) => (part === undefined ? [] : [bare(part), bare(shortVersion(part))]));
}

/** Whether a title stays: one that we did not write, and that names no other version. */
export function isKept(title: string, metadata: Metadata | undefined, versions: NamedVersions): boolean {
  return metadata?.title !== title && !isWrong(title, metadata, versions);
}

/** Whether a title names a version, and not that of the branch. Without metadata any word that may be one is taken for one. */
export function isWrong(
  title: string,
  metadata: Pick<Metadata, 'version' | 'skipped'> | undefined,
  { to, from }: NamedVersions,
): boolean {
  const earlier = new Set([metadata?.version ?? '', ...(metadata?.skipped ?? [])].map(bare));
  const mayBe = (word: string): boolean =>
    metadata ? earlier.has(word) : ['version', 'build'].includes(kindOfTag(word));
  const named = words(title).filter((word) => VERSION.test(word) || to.has(word) || from.has(word) || mayBe(word));
  const isRight = named.some((one) => to.has(one)) && named.every((one) => to.has(one) || from.has(one));
  return named.length > 0 && !isRight;
}

const VERSION = /^\d+\.\d+/;

const bare = (version: string): string => version.replace(/^v(?=\d)/i, '');

const words = (title: string): string[] =>
  fromCommit(title)
    .split(/[\s()[\]{}"'“”‘’«»,;→]+/)
    .map((word) => bare(word.replace(/(?<![.:!?…])[.:!?…]+$/, '')))
    .filter((word) => word !== '');
