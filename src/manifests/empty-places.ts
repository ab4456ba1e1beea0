/** Places of an image that have no version yet, and the ways to give them one. Pure. */
import { repositoryOf } from '../core/image-reference.ts';
import type { ReleasedImage } from '../core/objects.ts';
import type { Field, ImageSite } from './conventions/convention.ts';
import { versionField } from './find-sites.ts';
import type { ImagePlace, InventoryFile } from './inventory.ts';
import { isInsertable, NO_VERSION, type LeftPlace } from './select-places.ts';
import { lineAround } from './yaml/lines.ts';
import { walk, type ManifestDocument } from './yaml/tree.ts';

/** A place without a version, with what a person may write to have it filled. */
export interface EmptyPlace {
  readonly file: string;
  readonly line: number;
  readonly where: string;
  /** The image as it is released. */
  readonly image: string;
  /** Whether the setting `insert` fills it. */
  readonly isInsertable: boolean;
  /** The line with a marker; absent where no comment may be. */
  readonly marker?: string;
  /** The line of the setting `targets`; absent where there is no value. */
  readonly target?: string;
}

/** The places of an image without a version that are worth naming when it has no other. */
export function emptyPlacesOf(
  { reference, replaces }: ReleasedImage,
  left: readonly LeftPlace[],
  files: readonly InventoryFile[],
): EmptyPlace[] {
  return left.flatMap(({ place, reason }) => {
    const { site, file, line, where } = place;
    const manifest = files.find((one) => one.file.path === file)?.manifest;
    const field = versionField(site);
    const isOfImage = repositoryOf(replaces) === place.repository && isWorthNaming(place);
    if (reason !== NO_VERSION || !manifest || !field || !isOfImage) return [];
    const insertable = isInsertable(site, reference);
    const marker = markerFor(field, site, manifest.text, replaces);
    const target = insertable ? targetFor(field, file, manifest.documents, replaces) : undefined;
    return [
      {
        file,
        line,
        where,
        image: replaces,
        isInsertable: insertable,
        ...(marker !== undefined && { marker }),
        ...(target !== undefined && { target }),
      },
    ];
  });
}

/** A text that is the image's name may be anything's name. */
function isWorthNaming({ site, where }: ImagePlace): boolean {
  return site.takesVersion === true || site.fields[0]?.role !== 'reference' || /image|repository/i.test(where);
}

/** `key: value`, alone on a line or behind the dash of a list. */
const ENTRY = /^\s*(?:- +)?(?<entry>[\w.-]+:(?:[ \t]+(?:"[^"]*"|'[^']*'|[^\s#"'{[]\S*))?)[ \t]*(?:#.*)?$/;

const LONGEST_LINE = 1000;

/** `key: value` of the line at an offset; `undefined` where it has anything else, behind which no marker may be. */
export function entryAt(text: string, offset: number): string | undefined {
  const { start, line } = lineAround(text, offset);
  // Of a very long line it is only a part.
  const isWhole = line.length < LONGEST_LINE && ['', '\n'].includes(text.charAt(start - 1));
  return isWhole ? ENTRY.exec(line.trimEnd())?.groups?.['entry'] : undefined;
}

/** The line of a value with its marker, or one to be added: of a map without a tag, of an entry without `newTag`. */
export function markerFor(field: Field, site: ImageSite, text: string, image: string): string | undefined {
  const entry = entryAt(text, field.start);
  if (entry === undefined) return undefined;
  const { start: from } = lineAround(text, field.start);
  const comment = `# manifest-release: ${image}`;
  if (site.takesVersion) return `${entry} ${comment}`;
  if (field.role === 'reference') return hasTagBeside(text, from) ? undefined : `tag: "" ${comment} tag`;
  if (field.text === undefined) return `newTag: "" ${comment} tag`;
  return `${entry} ${comment} ${field.role === 'digest' ? 'digest' : 'tag'}`;
}

/** Whether a line as much indented as that at `from`, and near it, has a tag that is none: it belongs to another tool. */
function hasTagBeside(text: string, from: number): boolean {
  const [indentation = ''] = /^[ \t]*/.exec(text.slice(from, from + 200)) ?? [];
  return new RegExp(`^${indentation}(?:tag|version|imageTag):`, 'm').test(
    text.slice(Math.max(from - 300, 0), from + 300),
  );
}

/** The value as `targets` names it, where it is in no block of text. */
function targetFor(
  { scalar, text }: Field,
  file: string,
  documents: readonly ManifestDocument[],
  image: string,
): string | undefined {
  if (text === undefined) return undefined;
  const outer = documents.filter(({ id }) => !id.includes(' '));
  for (const document of outer) {
    for (const { node, path } of walk(document.root)) {
      if (node.kind !== 'scalar' || node.start !== scalar) continue;
      const selector = outer.length > 1 ? `#${document.name || document.index}` : '';
      return `${file}${selector}#${path}=${image}`;
    }
  }
  return undefined;
}
