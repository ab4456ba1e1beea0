/** Release + manifests -> plan: which characters of which files change. Pure. */
import type { FindContext, ImageSite } from './conventions/convention.ts';
import { applyEdits, verifyEdits } from './verify.ts';
import { failure } from '../core/errors.ts';
import { FLUX_WORDS, readPolicies } from './flux-policies.ts';
import { formatVersion, registriesWithPath, repositoryOf, searchWord } from '../core/image-reference.ts';
import { positionAt } from './yaml/tree.ts';
import { mayHold, readManifest, type Manifest } from './yaml/manifest.ts';
import { changeOf, editsOf, targetOf, versionField, type SiteTarget } from './edit-fields.ts';
import { findSites } from './find-sites.ts';
import { findRelated, isInChart, readSplitValues } from './helm-split-values.ts';
import type { Target } from './targets.ts';
import { reportDefect } from './defects.ts';
import { isSelected, type TagSelection } from '../core/version.ts';
import type { Change, ManifestFile, Place, Problem, ReleasedImage } from '../core/objects.ts';

export interface Plan {
  /** The files that change, with their new bytes. */
  readonly files: readonly ManifestFile[];
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
  /** The released images that no site was found for. */
  readonly missing: readonly ReleasedImage[];
}

/** What a person says beyond the images; all of it may be left out. */
export interface PlanOptions {
  /** Flux's image policies whose objects are not among the files: `namespace:policy` -> image. */
  readonly policies?: ReadonlyMap<string, string>;
  readonly targets?: readonly Target[];
  /** A tag or a range of versions: only sites that hold such a one are changed. */
  readonly onlyTags?: TagSelection;
  /** Whether a line of a template is edited that holds the image and nothing templated. */
  readonly templates?: 'report' | 'literal';
}

/**
 * Plans a release on the given files. Files may be more than hold the images; those are left alone. Throws
 * DIGEST_REQUIRED, TAG_REQUIRED, ANCHOR_SHARED, SPLIT_AMBIGUOUS, MANIFEST_UNREADABLE, MANIFEST_ENCRYPTED, TARGET_NOT_FOUND, EDIT_NOT_VERIFIED.
 */
export function planRelease(
  images: readonly ReleasedImage[],
  files: readonly ManifestFile[],
  options: PlanOptions = {},
): Plan {
  const { targets = [], templates = 'report' } = options;
  const { words, registries } = searchTerms(images);
  const terms = [...words, ...words.map((word) => word.replaceAll('/', '\\/')), ...FLUX_WORDS];
  const named = new Set(targets.map(({ file }) => file));
  const holding = files.filter(
    ({ path, bytes }) =>
      named.has(path) || mayHold(bytes, terms) || (mayHold(bytes, ['registry']) && mayHold(bytes, registries)),
  );
  const related = findRelated(images, holding);
  const held = new Set(holding);
  const read = files
    .filter((file) => held.has(file) || isRelated(file, related))
    .map((file) => ({ file, manifest: readManifest(file.path, file.bytes, templates) }));
  const problems = read.flatMap(({ manifest }) =>
    manifest.defect ? reportDefect(manifest, manifest.defect, words) : [],
  );

  const policies = new Map([...readPolicies(read.map(({ manifest }) => manifest)), ...(options.policies ?? [])]);
  const splits = readSplitValues(read.map(({ manifest }) => manifest));
  const release = new Release(images, { policies, targets, splits }, options.onlyTags);
  const planned = read
    .filter(({ manifest }) => manifest.defect === undefined)
    .map(({ file, manifest }) => planFile(release, file, manifest, templates));
  refuseLostTargets(targets, planned);
  const found = new Set(planned.flatMap((file) => [...file.images]));
  return {
    files: planned.flatMap(({ file }) => file ?? []),
    changes: planned.flatMap(({ changes }) => changes),
    problems,
    missing: images.filter((image) => !found.has(image)),
  };
}

/** What a manifest that holds one of the images has one of: a word, or a registry that has the beginning of the name. */
export function searchTerms(images: readonly ReleasedImage[]): { words: string[]; registries: string[] } {
  const names = images.flatMap(({ reference, replaces }) => [reference.name, replaces]);
  return {
    words: [...new Set(names.map(searchWord))],
    registries: [...new Set(names.flatMap(registriesWithPath))],
  };
}

function isRelated({ path, bytes }: ManifestFile, { folders, releases }: ReturnType<typeof findRelated>): boolean {
  return folders.some((folder) => isInChart(path, folder)) || (releases.length > 0 && mayHold(bytes, ['HelmRelease']));
}

interface PlannedFile {
  readonly path: string;
  /** Absent when nothing in it changes. */
  readonly file?: ManifestFile;
  readonly changes: readonly Change[];
  /** The released images that have a site in it. */
  readonly images: ReadonlySet<ReleasedImage>;
  readonly sites: readonly ImageSite[];
}

function planFile(
  release: Release,
  file: ManifestFile,
  manifest: Manifest,
  templates: 'report' | 'literal',
): PlannedFile {
  const { path } = file;
  const sites = findSites(manifest, release.context);
  const targets = sites.map((site): SiteTarget => {
    const image = release.imageOf(site);
    const place: Place = { file: path, line: positionAt(manifest.text, versionField(site)?.start ?? 0).line };
    if (image && site.rivals) throw failure('SPLIT_AMBIGUOUS', { place, candidates: site.rivals });
    const reference = image ? targetOf(site, image, place) : { name: site.name, ...site.version };
    return { site, reference, place, ...(image && { image }) };
  });
  const images = new Set(targets.flatMap(({ image }) => image ?? []));
  const edits = editsOf(targets);
  if (edits.length === 0) return { path, changes: [], images, sites };

  const bytes = new TextEncoder().encode(applyEdits(manifest.text, edits));
  const after = readManifest(path, bytes, templates);
  const expected = targets.map(({ reference }) => reference);
  const reason = verifyEdits({ before: manifest, after, edits, expected, context: release.context });
  if (reason !== undefined) throw failure('EDIT_NOT_VERIFIED', { file: path, reason });
  return {
    path,
    file: { ...file, bytes },
    changes: targets.flatMap((target) => changeOf(target) ?? []),
    images,
    sites,
  };
}

/** A place that a person named must be there. */
function refuseLostTargets(targets: readonly Target[], planned: readonly PlannedFile[]): void {
  for (const { text, file } of targets) {
    const inFile = planned.find(({ path }) => path === file);
    if (!inFile) throw failure('TARGET_NOT_FOUND', { target: text, reason: `there is no readable manifest ${file}` });
    if (!inFile.sites.some(({ target }) => target === text)) {
      throw failure('TARGET_NOT_FOUND', { target: text, reason: 'its path leads to no value of one line' });
    }
  }
}

/** Which released image a site is of. */
class Release {
  readonly context: FindContext;
  readonly #byRepository = new Map<string, ReleasedImage>();
  readonly #onlyTags: TagSelection | undefined;

  constructor(images: readonly ReleasedImage[], context: FindContext, onlyTags: TagSelection | undefined) {
    this.context = context;
    this.#onlyTags = onlyTags;
    for (const image of images) {
      this.#byRepository.set(repositoryOf(image.replaces), image);
      this.#byRepository.set(repositoryOf(image.reference.name), image);
    }
  }

  imageOf({ name, version, doubtful, of }: ImageSite): ReleasedImage | undefined {
    const image = this.#byRepository.get(of ?? repositoryOf(name));
    const present = formatVersion(version);
    if (!image || (present === '' && of === undefined)) return undefined;
    // What holds the released version already is found, whatever would keep it from being changed.
    if (present === formatVersion(image.reference)) return image;
    const isLeft = doubtful || (this.#onlyTags !== undefined && !isSelected(version.tag ?? '', this.#onlyTags));
    return isLeft ? undefined : image;
  }
}
