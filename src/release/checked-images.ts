/** What the facts about released images mean for a release: digests, the source, what stops it, and texts. Pure. */
import { failure } from '../core/errors.ts';
import { formatReference, repositoryOf, shortVersion, splitName } from '../core/image-reference.ts';
import type { ReleasedImage } from '../core/objects.ts';
import { ageOf } from '../core/time.ts';
import { commitPage } from '../forge/web-pages.ts';
import type { ForgeKind } from '../forge/kind.ts';
import type { Checks } from '../inputs/checks.ts';
import type { ImageSource } from '../inputs/ci.ts';
import type { CheckedImage } from './check-images.ts';

/** The images with the digests of their registries, as `pin` says. */
export function pinned(
  images: readonly ReleasedImage[],
  checked: readonly CheckedImage[],
  pin: Checks['pin'],
): readonly ReleasedImage[] {
  if (pin === 'never') return images;
  return images.map((image) => {
    const facts = factsOf(checkOf(checked, image.reference.name));
    if (!facts || image.reference.digest !== undefined) return image;
    const { digest } = facts;
    return pin === 'always' ? { ...image, reference: { ...image.reference, digest } } : { ...image, digest };
  });
}

/** Throws for the first image that may not be released; one that is `unused`, as no manifest has it, does not matter. */
export function refuseUnproved(
  checked: readonly CheckedImage[],
  { registry, pin, platforms, signer }: Checks,
  unused: readonly ReleasedImage[],
): void {
  const names = new Set(unused.map(({ reference }) => repositoryOf(reference.name)));
  for (const { reference, inspection, verdict } of checked) {
    if (names.has(repositoryOf(reference.name))) continue;
    const image = formatReference(reference);
    if (inspection.kind === 'absent') throw failure('IMAGE_ABSENT', { image });
    if (inspection.kind === 'mismatch') throw failure('DIGEST_MISMATCH', { image, digest: inspection.digest });
    if (inspection.kind === 'unreadable') {
      const needs = [
        registry === 'require' && 'registry',
        platforms.length > 0 && 'platforms',
        signer && 'verify',
        pin === 'always' && reference.digest === undefined && 'pin',
      ];
      const input = needs.find((one) => typeof one === 'string');
      if (input === undefined) continue;
      throw failure('REGISTRY_UNREADABLE', { image, input, reason: inspection.reason });
    }
    const { digest, platforms: present } = inspection.facts;
    const platform = platforms.find((wanted) => !present.some((one) => `${one}/`.startsWith(`${wanted}/`)));
    if (platform !== undefined) throw failure('PLATFORM_ABSENT', { image, platform, platforms: present });
    if (verdict?.kind === 'unsigned') throw failure('IMAGE_UNSIGNED', { image, digest });
    if (verdict?.kind === 'refused') throw failure('SIGNER_WRONG', { image, digest, reasons: verdict.reasons });
  }
}

/** What decides whether the labels of an image are believed. */
export interface OwnSource {
  /** Of the CI run. */
  readonly source: ImageSource;
  /** The server that has the source repositories, and its kind. */
  readonly server: string;
  readonly kind: ForgeKind;
  /** `owner/name` of the manifest repository. */
  readonly manifests: string;
}

/**
 * The source of a release by the labels of its first image, where the run is of no source repository, of the manifest repository,
 * or of that very repository at another commit; else the run's own. A label that the build did not set is the one of the base
 * image: of another owner than the image or the manifests it is not believed. The time of a commit is in no label.
 */
export function sourceOfImages([first]: readonly CheckedImage[], own: OwnSource): ImageSource {
  const { source, server, kind, manifests } = own;
  const facts = factsOf(first);
  const repository = first && facts ? repositoryIn(facts.source, server) : '';
  if (!first || !facts || repository === '' || !/^[\da-f]{7,64}$/.test(facts.revision)) return source;
  const isSameRepository = isSame(repository, source.repository);
  const isOwn = isSameRepository && source.commit.startsWith(facts.revision);
  const isElsewhere = source.repository === '' || isSameRepository || isSame(source.repository, manifests);
  const owners = [splitName(repositoryOf(first.reference.name)).path, manifests, source.repository].map(ownerOf);
  if (isOwn || !isElsewhere || !owners.includes(ownerOf(repository))) return source;
  const url = commitPage(kind, `${server.replace(/\/+$/, '')}/${repository}`, facts.revision);
  return { repository, commit: facts.revision, url, time: '', ref: '', build: '' };
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const ownerOf = (path: string): string => path.replace(/\/.*$/s, '').toLowerCase();

/** The repository of a web page on a server; empty for anything else. */
function repositoryIn(page: string, server: string): string {
  if (!URL.canParse(page) || !URL.canParse(server)) return '';
  const [{ host, pathname }, at] = [new URL(page), new URL(server)];
  const folder = at.pathname.replace(/\/*$/, '/');
  if (host !== at.host || !pathname.startsWith(folder)) return '';
  const path = pathname.slice(folder.length).replace(/\/$|\.git\/?$/, '');
  return /^[\w.-]+(?:\/[\w.-]+)+$/.test(path) ? path : '';
}

/** The facts of an image from its registry; `undefined` where it was not found or not asked for. */
export const factsOf = (checked: CheckedImage | undefined) =>
  checked?.inspection.kind === 'found' ? checked.inspection.facts : undefined;

/** The digest that was found, else the one that was given; empty where neither is known. */
export const digestOf = (checked: CheckedImage): string => factsOf(checked)?.digest ?? checked.reference.digest ?? '';

/** The check of an image by its name, or the one that it replaces: a release has one version of each. */
export const checkOf = (checked: readonly CheckedImage[], name: string) =>
  checked.find(({ reference, replaces }) =>
    [reference.name, replaces].some((one) => repositoryOf(one) === repositoryOf(name)),
  );

export const NOT_CHECKED = 'not checked';

/** What the registry says, for a person: `sha256:3f2a1c9b8d7e, linux/amd64 linux/arm64, 2 hours old`. */
export function shownFacts(checked: CheckedImage | undefined): string {
  const { digest, platforms = [], created = '' } = factsOf(checked) ?? {};
  if (digest === undefined) return NOT_CHECKED;
  const age = ageOf(created);
  const several = platforms.slice(0, MOST_PLATFORMS).join(' ') + (platforms.length > MOST_PLATFORMS ? ' …' : '');
  return [shortVersion(digest), several, age && `${age} old`].filter(Boolean).join(', ');
}

const MOST_PLATFORMS = 6;

/** Who built it, for a person. */
export const shownSigner = (checked: CheckedImage | undefined): string =>
  checked?.verdict?.kind === 'verified' ? checked.verdict.by : NOT_CHECKED;

/** Why images were not checked, each reason once. */
export const whyUnchecked = (checked: readonly CheckedImage[]): readonly string[] => [
  ...new Set(checked.flatMap(({ inspection }) => (inspection.kind === 'unreadable' ? [inspection.reason] : []))),
];

/** One line for the log; of images that were not checked for one reason, the same. */
export function lineOf(checked: CheckedImage): string {
  const image = formatReference(checked.reference);
  const { inspection, verdict } = checked;
  const by = verdict?.kind === 'verified' ? `; built by ${verdict.by}` : '';
  switch (inspection.kind) {
    case 'found':
      return `${image} is in its registry: ${shownFacts(checked)}${by}`;
    case 'absent':
      return `${image} is not in its registry`;
    case 'mismatch':
      return `${image} has another digest in its registry: ${inspection.digest}`;
    case 'unreadable':
      return `images are not checked in the registry: ${inspection.reason}`;
  }
}
