/** Asks registries about the images of a release, and who built them: each image once in a run, beside all else. */
import { formatReference, type ImageReference } from '../core/image-reference.ts';
import { kept, memoized } from '../core/objects.ts';
import { attestationsApi } from '../forge/connect.ts';
import type { Checks } from '../inputs/checks.ts';
import type { Ci } from '../inputs/ci.ts';
import type { Access } from '../inputs/access.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Verdict } from '../provenance/verify-evidence.ts';
import type { ExchangeOptions, Limits } from '../registry/exchange.ts';
import type { Inspection } from '../registry/inspect-images.ts';

/** What is known of a released image. */
export interface CheckedImage {
  /** As it was given. */
  readonly reference: ImageReference;
  /** The name that the manifests have so far. */
  readonly replaces: string;
  readonly inspection: Inspection;
  /** Who signed its digest; absent where nothing is verified, or the image was not found. */
  readonly verdict?: Verdict;
}

/** Checks the released images; none with `registry: off`. Never throws for what a registry does. */
export type CheckImages = (inputs: Pick<Inputs, 'images' | 'checks'>) => Promise<readonly CheckedImage[]>;

/** A registry that does not matter to the release may not hold it up. */
const SHORT: Partial<Limits> = { request: 5000, all: 10_000 };

/** What gets each request for the debug log, and ends all of them. */
type Run = Required<Pick<ExchangeOptions, 'debug' | 'signal'>>;

/** The checks of one run. */
export function checkingImages(access: () => Promise<Access>, ci: Ci, run: Run): CheckImages {
  const known = new Map<string, ReturnType<CheckImage>>();
  return ({ images, checks }) => {
    if (checks.registry === 'off') return Promise.resolve([]);
    const opened = memoized(() => openRegistries(access, ci, checks, run));
    return Promise.all(
      images.released.map(async ({ reference, replaces }) => {
        const checked = kept(known, keyOf(reference, checks), () => opened().then((check) => check(reference)));
        return { reference, replaces, ...(await checked) };
      }),
    );
  };
}

/** What answers depend on. A public key has no properties that JSON would have. */
function keyOf(reference: ImageReference, { registry, signer, trustedRoot }: Checks): string {
  const key = signer?.kind === 'key' ? signer.publicKey.export({ format: 'pem', type: 'spki' }) : signer;
  return JSON.stringify([formatReference(reference), registry, key, trustedRoot]);
}

type CheckImage = (reference: ImageReference) => Promise<Pick<CheckedImage, 'inspection' | 'verdict'>>;

/** Loaded and opened only here: all images of a release share the time, the logins and the trusted root. */
async function openRegistries(
  access: () => Promise<Access>,
  ci: Ci,
  { registry, signer, trustedRoot }: Checks,
  run: Run,
): Promise<CheckImage> {
  const [{ exchanging }, { openingRepositories }, { inspectImages }] = await Promise.all([
    import('../registry/exchange.ts'),
    import('../registry/open-repository.ts'),
    import('../registry/inspect-images.ts'),
  ]);
  const exchange = exchanging({ ...run, limits: registry === 'check' && !signer ? SHORT : {} });
  const given = await access();
  const { packagesToken } = given;
  const logins = packagesToken !== '' && { 'ghcr.io': { username: ci.run.actor || 'token', secret: packagesToken } };
  const open = openingRepositories({ environment: process.env, ...(logins && { logins }) }, exchange);
  const gitHub = attestationsApi(given, ci);
  const verify =
    signer && (await import('../provenance/verify-image.ts')).verifying({ exchange, signer, trustedRoot, gitHub });
  return async (reference) => {
    const [inspection = NOT_ASKED] = await inspectImages([reference], open);
    if (!verify || inspection.kind !== 'found') return { inspection };
    return { inspection, verdict: await verify(open(reference.name), inspection.facts.digest) };
  };
}

const NOT_ASKED: Inspection = { kind: 'unreadable', reason: 'it was not asked' };
