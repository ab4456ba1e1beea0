/** The places of manifests where versions of images are written. Pure. */
import type { FindContext, ImageSite, Target } from './conventions/convention.ts';
import { repositoryOf, type ImageVersion } from '../core/image-reference.ts';
import { findSites, versionField } from './find-sites.ts';
import { FLUX_WORDS, readPolicies } from './flux-policies.ts';
import { mayContain, searchTerms } from './search-terms.ts';
import { TextSearch } from './text/text-references.ts';
import { withRelated } from './values/related.ts';
import { findTagOwners } from './values/tag-owners.ts';
import { WordSearch } from './word-search.ts';
import { readManifest, type Manifest } from './yaml/manifest.ts';
import type { ManifestFile, ReleasedImage } from '../core/objects.ts';

/** One place where an image's version is written, or could be (then `version` is empty). */
export interface ImagePlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Document and path, e.g. `Deployment/web spec.template.spec.containers[0].image`; never empty. */
  readonly where: string;
  /** The image's name as it is spelled there. */
  readonly image: string;
  /** The repository whose version is written there, in the spelling that is compared. */
  readonly repository: string;
  readonly version: ImageVersion;
  readonly site: ImageSite;
}

/** A file that was parsed. */
export interface InventoryFile {
  readonly file: ManifestFile;
  readonly manifest: Manifest;
  /** In the order of the text; none when the manifest has a defect. */
  readonly places: readonly ImagePlace[];
}

export interface Inventory {
  /** The files that were parsed, in the order given, without those that are context. */
  readonly files: readonly InventoryFile[];
  /** All files that were parsed. */
  readonly read: readonly ManifestFile[];
  /** Those that were not, without context. */
  readonly unread: readonly ManifestFile[];
  /** The places of all of them. */
  readonly places: readonly ImagePlace[];
  readonly context: FindContext;
}

export interface InventoryOptions {
  /** Flux's image policies: `namespace:policy` -> image. They take precedence over those of the files. */
  readonly policies?: ReadonlyMap<string, string>;
  readonly targets?: readonly Target[];
}

/**
 * Lists the places of the given files. With `images` only files are parsed that may contain one of them, and those that
 * may contain its version without its name; without `images`, all. Each file is parsed once. Never throws.
 */
export function takeInventory(
  files: readonly ManifestFile[],
  { images, policies, targets = [] }: InventoryOptions & { images?: readonly ReleasedImage[] } = {},
): Inventory {
  const parse = ({ path, bytes }: ManifestFile): Manifest => readManifest(path, bytes);
  const parsed = images
    ? withRelated(files.filter(mayName(images, targets)), files, parse)
    : new Map(files.map((file) => [file, parse(file)]));
  const manifests = [...parsed.values()];
  const context: FindContext = {
    policies: new Map([...readPolicies(manifests), ...(policies ?? [])]),
    targets,
    tagOwners: findTagOwners(manifests),
  };
  const inventoried = files.flatMap((file) => {
    const manifest = parsed.get(file);
    return manifest && !file.isContext ? { file, manifest, places: placesIn(manifest, context) } : [];
  });
  const read = [...parsed.keys()];
  const unread = files.filter((file) => !parsed.has(file) && !file.isContext);
  return { files: inventoried, read, unread, places: inventoried.flatMap(({ places }) => places), context };
}

/** The images that have a place, with or without a version, or are named in a file that cannot be read. */
export function presentImages(
  images: readonly ReleasedImage[],
  { files, places }: Pick<Inventory, 'files' | 'places'>,
): ReleasedImage[] {
  const certain = places.filter(({ site }) => !site.candidates && site.doubt === undefined);
  const repositories = new Set(certain.map(({ repository }) => repository));
  const search = new TextSearch(images);
  const unread = files.filter(({ manifest }) => manifest.defect);
  const named = new Set(
    unread.flatMap(({ manifest: { path, text } }) => [...search.find(path, text, true)].map(({ image }) => image)),
  );
  return images.filter((image) => {
    const names = [image.reference.name, image.replaces];
    return names.some((name) => repositories.has(repositoryOf(name))) || named.has(image);
  });
}

/** `registry`, `imageRepository`, `IMAGE_REGISTRY`, `hub`. */
const KEYS_OF_REGISTRIES = ['egistry', 'epository', 'EGISTRY', 'EPOSITORY', 'hub:', 'hub"'];

/** Whether a file may contain one of the images, a policy of one, or a target. */
export function mayName(images: readonly ReleasedImage[], targets: readonly Target[]): (file: ManifestFile) => boolean {
  const { words, registries } = searchTerms(images);
  const terms = new WordSearch([...words, ...words.map((word) => word.replaceAll('/', '\\/')), ...FLUX_WORDS]);
  const beginnings = new WordSearch(registries);
  const values = new RegExp(
    `(?:${registries.map((text) => text.replaceAll('.', '\\.')).join('|') || '(?!)'})(?=["'\\\\,}\\s]|$)`,
  );
  const isBeginning = ({ buffer, byteOffset, byteLength }: Uint8Array): boolean =>
    values.test(Buffer.from(buffer, byteOffset, byteLength).toString('latin1'));
  const named = new Set(targets.map(({ file }) => file));
  return ({ path, bytes }) =>
    named.has(path) ||
    terms.isIn(bytes) ||
    (mayContain(bytes, KEYS_OF_REGISTRIES) && beginnings.isIn(bytes) && isBeginning(bytes));
}

function placesIn(manifest: Manifest, context: FindContext): ImagePlace[] {
  return findSites(manifest, context).map((site) => {
    const { where, name, version, of } = site;
    const { line } = manifest.lines.positionAt(versionField(site)?.start ?? 0);
    return { file: manifest.path, line, where, image: name, repository: of ?? repositoryOf(name), version, site };
  });
}
