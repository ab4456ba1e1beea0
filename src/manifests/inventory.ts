/** The places of manifests where versions of images are written. Pure. */
import type { FindContext, ImageSite, SplitValues, Target } from './conventions/convention.ts';
import { isInChart } from './conventions/split-values.ts';
import { repositoryOf, type ImageVersion } from '../core/image-reference.ts';
import { lineOfMention } from './defects.ts';
import { findSites, versionField } from './find-sites.ts';
import { FLUX_WORDS, readPolicies } from './flux-policies.ts';
import { readSplitValues, relatedTo, type Related } from './helm-split-values.ts';
import { mayContain, searchTerms } from './search-terms.ts';
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
  /** The files that were parsed, in the order given. */
  readonly files: readonly InventoryFile[];
  /** The places of all of them. */
  readonly places: readonly ImagePlace[];
  readonly context: FindContext;
  readonly templates: 'report' | 'literal';
}

export interface InventoryOptions {
  /** Flux's image policies: `namespace:policy` -> image. They take precedence over those of the files. */
  readonly policies?: ReadonlyMap<string, string>;
  readonly targets?: readonly Target[];
  /** `literal` reads the lines of a template in which nothing is templated; `report` reads nothing of it. */
  readonly templates?: 'report' | 'literal';
}

/**
 * Lists the places of the given files. With `images` only files are parsed that may contain one of them, and those that
 * may contain its version without its name; without `images`, all. Each file is parsed once. Never throws.
 */
export function takeInventory(
  files: readonly ManifestFile[],
  {
    images,
    policies,
    targets = [],
    templates = 'report',
  }: InventoryOptions & { images?: readonly ReleasedImage[] } = {},
): Inventory {
  const parsed = new Map<ManifestFile, Manifest>();
  const parse = (file: ManifestFile): void => {
    parsed.set(file, readManifest(file.path, file.bytes, templates));
  };
  files.filter(images ? mentions(images, targets) : () => true).forEach(parse);
  if (images) {
    const related = relatedTo(images, readSplitValues([...parsed.values()]));
    files.filter((file) => !parsed.has(file) && isRelated(file, related)).forEach(parse);
  }
  const read = files.flatMap((file) => {
    const manifest = parsed.get(file);
    return manifest ? { file, manifest } : [];
  });
  const manifests = read.map(({ manifest }) => manifest);
  const context: FindContext = {
    policies: new Map([...readPolicies(manifests), ...(policies ?? [])]),
    targets,
    splits: byPath(readSplitValues(manifests)),
  };
  const inventoried = read.map((one) => ({ ...one, places: placesIn(one.manifest, context) }));
  return { files: inventoried, places: inventoried.flatMap(({ places }) => places), context, templates };
}

/** The images that have a place, with or without a version, or are named in a file that cannot be read. */
export function presentImages(
  images: readonly ReleasedImage[],
  { files, places }: Pick<Inventory, 'files' | 'places'>,
): ReleasedImage[] {
  const repositories = new Set(places.map(({ repository }) => repository));
  const unread = files.flatMap(({ manifest }) => (manifest.defect ? [manifest.text.split('\n')] : []));
  return images.filter((image) => {
    const { words } = searchTerms([image]);
    const names = [image.reference.name, image.replaces];
    return (
      names.some((name) => repositories.has(repositoryOf(name))) ||
      unread.some((lines) => lineOfMention(lines, words) > 0)
    );
  });
}

/** Whether a file may contain one of the images, a policy of one, or a target. */
function mentions(images: readonly ReleasedImage[], targets: readonly Target[]): (file: ManifestFile) => boolean {
  const { words, registries } = searchTerms(images);
  const terms = [...words, ...words.map((word) => word.replaceAll('/', '\\/')), ...FLUX_WORDS];
  const named = new Set(targets.map(({ file }) => file));
  return ({ path, bytes }) =>
    named.has(path) || mayContain(bytes, terms) || (mayContain(bytes, ['registry']) && mayContain(bytes, registries));
}

function isRelated({ path, bytes }: ManifestFile, { folders, releases }: Related): boolean {
  return (
    folders.some((folder) => isInChart(path, folder)) || (releases.length > 0 && mayContain(bytes, ['HelmRelease']))
  );
}

function byPath(splits: readonly SplitValues[]): Map<string, SplitValues[]> {
  const groups = new Map<string, SplitValues[]>();
  for (const split of splits) {
    const group = groups.get(split.path);
    if (group) group.push(split);
    else groups.set(split.path, [split]);
  }
  return groups;
}

function placesIn(manifest: Manifest, context: FindContext): ImagePlace[] {
  return findSites(manifest, context).map((site) => {
    const { where, name, version, of } = site;
    const { line } = manifest.lines.positionAt(versionField(site)?.start ?? 0);
    return { file: manifest.path, line, where, image: name, repository: of ?? repositoryOf(name), version, site };
  });
}
