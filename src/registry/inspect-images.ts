/** Asks registries about images: whether they exist, and what is known of them. Nothing is changed there. */
import type { ImageReference } from '../core/image-reference.ts';
import { readFacts, type ImageFacts } from './image-facts.ts';
import { digestOf, hasDigest } from './manifest.ts';
import type { OpenRepository } from './open-repository.ts';
import { RegistryFailure } from './registry-failure.ts';
import type { Repository } from './repository.ts';

/** What a registry says of one reference. All texts in it are those of the registry: one line, but not to be believed. */
export type Inspection =
  | { readonly kind: 'found'; readonly facts: ImageFacts }
  | { readonly kind: 'absent' }
  /** The tag has `digest`, and the digest of the reference is neither that one nor the one of a platform below it. */
  | { readonly kind: 'mismatch'; readonly digest: string }
  /** `reason` is a clause: `ghcr.io answered 401 to a request without a login`. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * Inspects images side by side, with one token for each repository. The result has the order of `references`; a reference
 * without tag and digest is that with the tag `latest`. Never throws for what a registry does.
 */
export async function inspectImages(
  references: readonly ImageReference[],
  open: OpenRepository,
): Promise<readonly Inspection[]> {
  return Promise.all(
    references.map(async (reference) => {
      try {
        return await inspect(open(reference.name), reference);
      } catch (error) {
        if (error instanceof RegistryFailure) return { kind: 'unreadable', reason: error.message } as const;
        throw error;
      }
    }),
  );
}

async function inspect(repository: Repository, { tag, digest }: ImageReference): Promise<Inspection> {
  const manifest = await repository.manifest(tag ?? digest ?? 'latest');
  if (!manifest) return { kind: 'absent' };
  const own = digestOf(manifest.bytes);
  if (digest === undefined || hasDigest(manifest.bytes, digest)) {
    return { kind: 'found', facts: await readFacts(repository, digest ?? own, manifest) };
  }
  const isPart = manifest.content.manifests?.some((part) => part.digest === digest);
  const part = isPart ? await repository.manifest(digest) : undefined;
  return part ? { kind: 'found', facts: await readFacts(repository, digest, part) } : { kind: 'mismatch', digest: own };
}
