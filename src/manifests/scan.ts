/**
 * Every place of a repository that has the version of an image, read file by file. No tree is kept: a file leaves its places behind,
 * and its bytes only where it may say whose tag a tag of another file is. Pure.
 */
import { formatVersion, repositoryOf, splitName } from '../core/image-reference.ts';
import { groupBy, UNKNOWN_IMAGE, type ManifestFile, type Problem } from '../core/objects.ts';
import type { FoundSite } from './branch-sites.ts';
import type { FindContext, ImageSite } from './conventions/convention.ts';
import { DEFECT_REASONS } from './defects.ts';
import { entryAt, markerFor } from './empty-places.ts';
import { findConventionSites, versionField } from './find-sites.ts';
import { FLUX_WORDS, readPolicies } from './flux-policies.ts';
import { hasLoneRepository, loneTagsIn, type LoneTag } from './lone-tags.ts';
import { mayContain } from './search-terms.ts';
import { isChartFile, isValuesFile } from './values/charts.ts';
import { mayBeValues, VALUES_WORDS, withRelated } from './values/related.ts';
import { findTagOwners } from './values/tag-owners.ts';
import { chartOfTemplate } from './values/template-uses.ts';
import { isWorkflow } from './workflow-files.ts';
import { lineAround } from './yaml/lines.ts';
import { readManifest, readManifestOnce, type Manifest } from './yaml/manifest.ts';

/** A place that a release of its image would write. */
export interface ScannedPlace {
  /** As it is spelled there. */
  readonly image: string;
  /** The spelling that is compared. */
  readonly repository: string;
  /** `tag`, `tag@digest` or `digest`. */
  readonly version: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly where: string;
  /** The name of the convention that found it. */
  readonly convention: string;
}

/** A place that was seen, and that no release would write. */
export interface OpenPlace {
  /** Empty where it is not known. */
  readonly image: string;
  /** Empty where there is none. */
  readonly version: string;
  readonly file: string;
  readonly line: number;
  readonly where: string;
  /** The end of a sentence about it. */
  readonly reason: string;
  /** The line with the marker that makes it a place; empty where no comment may be. */
  readonly marker: string;
}

export interface Scan {
  /** By image, then in the order of the files. */
  readonly places: readonly ScannedPlace[];
  readonly open: readonly OpenPlace[];
  /** Files with images that cannot be read. */
  readonly problems: readonly Problem[];
}

/** Every file with an image has one of these, or a name with a registry. */
const IMAGE_WORDS = [
  'mage',
  'MAGE',
  'img',
  'tag',
  'Tag',
  'TAG',
  'epository',
  'igest',
  'docker',
  'manifest-release',
  'newName',
];
const WITH_REGISTRY = /(?<![\w./-])(?=[\w./-]*?[\w-]\.[\w-]+\/[\w./-])[\w./-]+[:@]\w|[\w-]:\d+\/[\w./-]+[:@]\w/;

const NO_OWNERS: Omit<FindContext, 'policies'> = { targets: [], tagOwners: new Map() };

export class ManifestScan {
  readonly #policies: ReadonlyMap<string, string>;
  readonly #places: ScannedPlace[] = [];
  /** Places whose only sign of an image is that their text could be a reference. */
  readonly #doubtful: ScannedPlace[] = [];
  readonly #unversioned: (OpenPlace & { readonly repository: string })[] = [];
  readonly #open: OpenPlace[] = [];
  readonly #problems: Problem[] = [];
  /** Files that may say whose tag a tag is, and those with such a tag or such a repository. */
  readonly #context: ManifestFile[] = [];
  readonly #withTags: ManifestFile[] = [];
  readonly #withRepositories: ManifestFile[] = [];
  readonly #texts = new Map<string, string>();

  /** `policies` are Flux's that are in no file: `namespace:policy` -> image. */
  constructor(policies: ReadonlyMap<string, string> = new Map()) {
    this.#policies = policies;
  }

  /** Reads one file; nothing of it is kept that is not needed. */
  add(file: ManifestFile): void {
    if (isWorkflow(file.path)) return;
    const isContext = mayExplain(file);
    // A copy, since what was read before is a part of something larger.
    const copy = isContext ? { ...file, bytes: Uint8Array.from(file.bytes) } : file;
    if (isContext) this.#context.push(copy);
    if (!mayHaveImage(file.bytes)) return;
    const manifest = readManifestOnce(file.path, file.bytes);
    if (manifest.defect) return this.#addDefect(manifest);
    const found = findConventionSites(manifest, { ...NO_OWNERS, policies: this.#policies });
    const lone = loneTagsIn(manifest, isClaimedBy(found));
    if (isContext && hasLoneRepository(manifest)) this.#withRepositories.push(copy);
    // Its places are known when all files are.
    if (isContext && lone.length > 0) this.#withTags.push(copy);
    else this.#addPlaces(manifest, found, lone);
  }

  /** What all files have. */
  end(): Scan {
    this.#addWithTags();
    const known = new Set(this.#places.map(({ repository }) => repository));
    const certain = this.#doubtful.filter(({ repository }) => known.has(repository));
    const places = [...this.#places, ...certain];
    const versioned = new Set(places.map(({ repository }) => repository));
    const open = [...this.#open, ...this.#unversioned.filter(({ repository }) => !versioned.has(repository))];
    const byFile = (a: OpenPlace, b: OpenPlace): number => compare(a.file, b.file) || a.line - b.line;
    return {
      places: [...groupBy(places.toSorted(byFileAndLine), ({ repository }) => repository)]
        .toSorted(([a], [b]) => compare(a, b))
        .flatMap(([, group]) => group),
      open: open.toSorted(byFile),
      problems: this.#problems,
    };
  }

  /** The files whose tags belong to repositories of others. */
  #addWithTags(): void {
    if (this.#withTags.length === 0) return;
    const policies = this.#context.filter(({ bytes }) => mayContain(bytes, ['ImageRepository', 'ImagePolicy']));
    const seeds = new Set([...this.#withTags, ...this.#withRepositories, ...policies]);
    const parse = ({ path, bytes }: ManifestFile): Manifest => readManifest(path, bytes);
    const parsed = withRelated([...seeds], this.#context, parse);
    const manifests = [...parsed.values()];
    const context: FindContext = {
      ...NO_OWNERS,
      policies: new Map([...readPolicies(manifests), ...this.#policies]),
      tagOwners: findTagOwners(manifests),
    };
    for (const file of this.#withTags) {
      const manifest = parsed.get(file) ?? parse(file);
      const found = findConventionSites(manifest, context);
      this.#addPlaces(manifest, found, loneTagsIn(manifest, isClaimedBy(found)));
    }
  }

  #addDefect({ path, text, defect }: Manifest): void {
    if (!defect || defect.kind === 'template' || !/image/i.test(text)) return;
    const { kind, reason, line, column } = defect;
    const why = kind === 'syntax' ? reason : DEFECT_REASONS[kind].replace(/^is in a file that/, '');
    this.#problems.push({ file: path, line, column, message: `was not searched: ${why.trim()}` });
  }

  #addPlaces(manifest: Manifest, found: readonly FoundSite[], lone: readonly LoneTag[]): void {
    const told = new Set<number>();
    for (const { site, convention } of found) {
      if (site.doubt !== undefined) continue;
      const field = versionField(site);
      const { line } = manifest.lines.positionAt(field?.start ?? 0);
      const { name, candidates, of } = site;
      const version = formatVersion(site.version);
      const place = {
        image: this.#own(name),
        repository: this.#own(of ?? repositoryOf(name)),
        version: this.#own(version),
        file: manifest.path,
        line,
        where: copyOf(site.where),
      };
      if (candidates) {
        // One of several sites, one for each image that it may be of.
        if (field && !told.has(field.scalar)) {
          const image = candidates.length === 1 ? place.image : '';
          const marker = markerFor(field, site, manifest.text, image || UNKNOWN_IMAGE) ?? '';
          const reason = `may be of ${candidates.slice(0, MOST_NAMED).join(' or ')}`;
          this.#open.push({ ...place, image, reason: copyOf(reason), marker: copyOf(marker) });
        }
        if (field) told.add(field.scalar);
      } else if (version === '') {
        if (!field || !isNamedImage(site)) continue;
        const marker = copyOf(markerFor(field, site, manifest.text, name) ?? '');
        this.#unversioned.push({ ...place, reason: 'has no version', marker });
      } else if (isImage(convention, site.where, name)) this.#places.push({ ...place, convention });
      else this.#doubtful.push({ ...place, convention });
    }
    for (const tag of lone) if (tag.isValue) this.#open.push(openTag(manifest, tag));
  }

  /** One text for all that are the same, since a part of a text keeps the whole of it. */
  #own(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const copy = copyOf(text);
    this.#texts.set(copy, copy);
    return copy;
  }
}

const MOST_NAMED = 5;

const copyOf = (text: string): string => Buffer.from(text).toString();

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const byFileAndLine = (a: ScannedPlace, b: ScannedPlace): number => compare(a.file, b.file) || a.line - b.line;

/** Whether a scalar is one of the fields of sites with a version. */
function isClaimedBy(found: readonly FoundSite[]): (scalar: number) => boolean {
  const versioned = found.filter(({ site }) => formatVersion(site.version) !== '');
  const claimed = new Set(versioned.flatMap(({ site }) => site.fields.map(({ scalar }) => scalar)));
  return (scalar) => claimed.has(scalar);
}

function openTag({ path: file, text, lines }: Manifest, { scalar, part, where }: LoneTag): OpenPlace {
  const entry = entryAt(text, scalar.start);
  const { line } = lineAround(text, scalar.start);
  const isOfPolicy = line.includes('$imagepolicy');
  return {
    image: '',
    version: copyOf(scalar.text),
    file,
    line: lines.positionAt(scalar.start).line,
    where: copyOf(where),
    reason: isOfPolicy
      ? 'has an image policy that is in no file (name its image in the setting "image-policies")'
      : 'is of an image that no file names',
    marker: entry === undefined || isOfPolicy ? '' : copyOf(`${entry} # manifest-release: ${UNKNOWN_IMAGE} ${part}`),
  };
}

/** Whether a place is of an image for certain: by its convention, its key, or a registry in its name. */
function isImage(convention: string, where: string, name: string): boolean {
  return convention !== 'whole-reference' || /image|img/i.test(lastKey(where)) || splitName(name).path !== name;
}

/** Whether a place without a version has the name of an image for certain. */
function isNamedImage({ fields: [field], named, where }: ImageSite): boolean {
  return (
    named === true ||
    field?.role !== 'reference' ||
    /(?:image|img|newName)$/i.test(lastKey(where)) ||
    (/repository$/i.test(where) && /image|img/i.test(where))
  );
}

/** Without the place in a list. */
const lastKey = (where: string): string => /(?<![\w-])([\w-]+)(?:\[\d+\])*$/.exec(where)?.[1] ?? '';

function mayHaveImage(bytes: Uint8Array): boolean {
  if (mayContain(bytes, IMAGE_WORDS)) return true;
  return WITH_REGISTRY.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
}

function mayExplain({ path, bytes }: ManifestFile): boolean {
  return (
    isChartFile(path) ||
    isValuesFile(path) ||
    chartOfTemplate(path) !== undefined ||
    mayBeValues(bytes) ||
    mayContain(bytes, [...VALUES_WORDS, ...FLUX_WORDS, 'ImageRepository'])
  );
}
