/** Release + manifests -> plan: which characters of which files change. Pure. */
import type { Field, ImageSite } from './dialects/dialect.ts';
import { applyEdits, verifyEdits, type Edit } from './edits.ts';
import { failure, type Place } from './errors.ts';
import { formatReference, formatVersion, repositoryOf, searchWord, splitName, type ImageReference } from './image.ts';
import { positionAt } from './manifest-tree.ts';
import { readManifest, type Manifest, type ManifestDefect } from './manifest.ts';
import type { ReleasedImage } from './released-images.ts';
import { writeScalar } from './scalar.ts';
import { findSites } from './sites.ts';

/** A file of the manifest repository, as read. */
export interface ManifestFile {
  readonly path: string;
  /** Git's file mode, `100644` or `100755`. */
  readonly mode: string;
  readonly bytes: Uint8Array;
}

/** One place that changes; the only source of commit message, pull request, summary and outputs. */
export interface Change {
  readonly file: string;
  /** From 1, in the file before the change. */
  readonly line: number;
  readonly where: string;
  readonly image: string;
  readonly from: string;
  readonly to: string;
}

/** Something about a file that a person should know; the release goes on. */
export interface Problem extends Place {
  readonly message: string;
}

export interface Plan {
  /** The files that change, with their new bytes. */
  readonly files: readonly ManifestFile[];
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
  /** The released images that no site was found for. */
  readonly missing: readonly ReleasedImage[];
}

/**
 * Plans a release on the given files. Files may be more than hold the images; those are left alone.
 * Throws DIGEST_REQUIRED, TAG_REQUIRED, ANCHOR_SHARED, MANIFEST_UNREADABLE, EDIT_NOT_VERIFIED.
 */
export function planRelease(images: readonly ReleasedImage[], files: readonly ManifestFile[]): Plan {
  const release = new Release(images);
  const problems: Problem[] = [];
  const planned: PlannedFile[] = [];
  const words = searchWords(images).map((word) => Buffer.from(word));
  for (const file of files) {
    if (!words.some((word) => Buffer.from(file.bytes).includes(word))) continue;
    const manifest = readManifest(file.path, file.bytes);
    if (manifest.defect) problems.push(...release.report(manifest, manifest.defect));
    else planned.push(planFile(release, file, manifest));
  }
  const found = new Set(planned.flatMap((file) => [...file.images]));
  return {
    files: planned.flatMap(({ file }) => file ?? []),
    changes: planned.flatMap(({ changes }) => changes),
    problems,
    missing: images.filter((image) => !found.has(image)),
  };
}

/** The words of which a manifest that holds one of the images has at least one. */
export function searchWords(images: readonly ReleasedImage[]): string[] {
  return [...new Set(images.flatMap(({ reference, replaces }) => [reference.name, replaces].map(searchWord)))];
}

interface PlannedFile {
  /** Absent when nothing in it changes. */
  readonly file?: ManifestFile;
  readonly changes: readonly Change[];
  /** The released images that have a site in it. */
  readonly images: ReadonlySet<ReleasedImage>;
}

interface Target {
  readonly site: ImageSite;
  readonly image?: ReleasedImage;
  /** What the site shall hold. */
  readonly reference: ImageReference;
  readonly place: Place;
}

function planFile(release: Release, file: ManifestFile, manifest: Manifest): PlannedFile {
  const targets = findSites(manifest).map((site): Target => {
    const image = release.imageOf(site);
    const place = { file: file.path, line: positionAt(manifest.text, versionField(site)?.start ?? 0).line };
    const reference = image ? targetOf(site, image, place) : { name: site.name, ...site.version };
    return { site, reference, place, ...(image && { image }) };
  });
  const images = new Set(targets.flatMap(({ image }) => image ?? []));
  const edits = editsOf(targets);
  if (edits.length === 0) return { changes: [], images };

  const bytes = new TextEncoder().encode(applyEdits(manifest.text, edits));
  const reason = verifyEdits(
    manifest,
    readManifest(file.path, bytes),
    edits,
    targets.map(({ reference }) => reference),
  );
  if (reason !== undefined) throw failure('EDIT_NOT_VERIFIED', { file: file.path, reason });
  return { file: { ...file, bytes }, changes: targets.flatMap((target) => changeOf(target) ?? []), images };
}

function changeOf({ site, image, reference, place }: Target): Change | undefined {
  const present: ImageReference = { name: site.name, ...site.version };
  if (!image || formatReference(present) === formatReference(reference)) return undefined;
  const moved = reference.name !== site.name;
  const shown = (value: ImageReference): string => (moved ? formatReference(value) : formatVersion(value));
  return { ...place, where: site.where, image: site.name, from: shown(present), to: shown(reference) };
}

/** What a site becomes: a whole reference becomes what was given, keys of their own get the part they hold. */
function targetOf(site: ImageSite, { reference: given }: ReleasedImage, place: Place): ImageReference {
  const present = formatReference({ name: site.name, ...site.version });
  const holds = (role: Field['role']): boolean => site.fields.some((field) => field.role === role);
  if (site.version.digest !== undefined && given.digest === undefined) {
    throw failure('DIGEST_REQUIRED', { place, present });
  }
  if (site.version.tag !== undefined && given.tag === undefined && !holds('reference')) {
    throw failure('TAG_REQUIRED', { place, present });
  }
  const moves = repositoryOf(given.name) !== repositoryOf(site.name);
  const onlyDigest = !holds('reference') && site.version.tag === undefined;
  const { tag, digest } = given;
  return {
    name: moves ? given.name : site.name,
    ...(tag !== undefined && !onlyDigest && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/** The edits that turn all sites into their targets. Throws ANCHOR_SHARED where two sites want one scalar differently. */
function editsOf(targets: readonly Target[]): Edit[] {
  const wanted = new Map<string, { field: Field; value: string; target: Target }>();
  for (const target of targets) {
    for (const field of target.site.fields) {
      const value = (target.image && textFor(field, target)) ?? field.text;
      if (value === undefined) continue;
      const key = `${field.start} ${field.before ?? ''}`;
      const first = wanted.get(key);
      if (first && first.value !== value) {
        const [changing, other] = target.image ? [target, first.target] : [first.target, target];
        throw failure('ANCHOR_SHARED', { place: changing.place, other: other.place, image: other.site.name });
      }
      wanted.set(key, { field, value, target });
    }
  }
  return [...wanted.values()].flatMap(({ field, value }) => {
    const { start, end, style, before = '', after = '' } = field;
    return value === field.text ? [] : { start, end, text: before + writeScalar(value, style) + after };
  });
}

/** What a field shall hold; `undefined` for one that stays as it is, present or absent. */
function textFor({ role }: Field, { site, reference }: Target): string | undefined {
  const apart = (other: Field['role']): boolean => site.fields.some((field) => field.role === other);
  const moved = reference.name !== site.name;
  switch (role) {
    case 'reference':
      return formatReference(reference);
    case 'tag':
      return apart('digest') ? reference.tag : formatVersion(reference);
    case 'digest':
      return reference.digest;
    case 'name':
      return moved ? reference.name : undefined;
    case 'registry':
      return moved ? splitName(reference.name).registry : undefined;
    case 'repository':
      if (!moved) return undefined;
      return apart('registry') ? splitName(reference.name).path : reference.name;
    case 'match':
      return undefined;
  }
}

const VERSION_ROLES: readonly Field['role'][] = ['tag', 'reference', 'digest'];

/** The field whose line is reported. */
function versionField({ fields }: ImageSite): Field | undefined {
  return VERSION_ROLES.map((role) => fields.find((field) => field.role === role)).find((field) => field);
}

/** Which released image a site is of. */
class Release {
  readonly #byRepository = new Map<string, ReleasedImage>();
  readonly #mentions: readonly RegExp[];

  constructor(images: readonly ReleasedImage[]) {
    for (const image of images) {
      this.#byRepository.set(repositoryOf(image.replaces), image);
      this.#byRepository.set(repositoryOf(image.reference.name), image);
    }
    this.#mentions = searchWords(images).map((word) => {
      return new RegExp(`(?<![\\w.-])${word.replaceAll('.', '\\.')}(?![\\w./-])`);
    });
  }

  imageOf({ name, version, doubtful }: ImageSite): ReleasedImage | undefined {
    const image = this.#byRepository.get(repositoryOf(name));
    const present = formatVersion(version);
    return image && present !== '' && (!doubtful || present === formatVersion(image.reference)) ? image : undefined;
  }

  /** A file that cannot be read: an error when it holds a released image, unless it is a template or encrypted. */
  report({ path, text }: Manifest, { kind, reason, line, column }: ManifestDefect): Problem[] {
    const lines = text.split(/\r?\n/);
    const mention = lines.findIndex((candidate) => this.#mentionedIn(candidate)) + 1;
    if (kind === 'syntax' && mention > 0) {
      const excerpt = caret(lines[line - 1] ?? '', column);
      throw failure('MANIFEST_UNREADABLE', { place: { file: path, line, column }, reason, excerpt });
    }
    if (kind === 'template' || kind === 'encrypted') {
      const message = `holds a released image, but ${reason} and was left as it is`;
      return mention > 0 ? [{ file: path, line: mention, message }] : [];
    }
    return [{ file: path, line, column, message: `was not searched: ${reason}` }];
  }

  /** True for a line that is more than a comment and has an image's name standing alone or before its version. */
  #mentionedIn(line: string): boolean {
    const code = line.replace(/(?:^|\s)#.*$/, '');
    return this.#mentions.some((mention) => mention.test(code));
  }
}

/** A line of source with a caret under the column, cut to what fits beside it. */
function caret(line: string, column: number): string {
  const from = Math.max(0, column - 60);
  const shown = line.slice(from, from + 100).replaceAll('\t', ' ');
  return `${shown}\n${' '.repeat(column - 1 - from)}^`;
}
