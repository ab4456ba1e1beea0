/** Asks registries about images: whether they exist, and what is known of them. Nothing is changed there. */
import { repositoryOf, type ImageReference } from '../core/image-reference.ts';
import { endpointOf } from './endpoint.ts';
import { exchanging, type ExchangeOptions } from './exchange.ts';
import { readFacts, type ImageFacts } from './image-facts.ts';
import { findLogin, type LoginOptions } from './login.ts';
import { digestOf, hasDigest } from './manifest.ts';
import { RegistryFailure } from './registry-failure.ts';
import { Repository } from './repository.ts';

/** What a registry says of one reference. All texts in it are those of the registry: one line, but not to be believed. */
export type Inspection =
  | { readonly kind: 'found'; readonly facts: ImageFacts }
  | { readonly kind: 'absent' }
  /** The tag has `digest`, and the digest of the reference is neither that one nor the one of a platform below it. */
  | { readonly kind: 'mismatch'; readonly digest: string }
  /** `reason` is a clause: `ghcr.io answered 401 to a request without a login`. */
  | { readonly kind: 'unreadable'; readonly reason: string };

export type InspectionOptions = ExchangeOptions & LoginOptions;

/**
 * Inspects images side by side, with one token for each repository. The result has the order of `references`; a reference
 * without tag and digest is that with the tag `latest`. Never throws for what a registry does.
 */
export async function inspectImages(
  references: readonly ImageReference[],
  options: InspectionOptions,
): Promise<readonly Inspection[]> {
  const exchange = exchanging(options);
  const repositories = new Map<string, Repository>();
  const open = (name: string): Repository => {
    const known = repositories.get(repositoryOf(name));
    if (known) return known;
    const endpoint = endpointOf(name);
    const opened = new Repository(exchange, endpoint, () => findLogin(endpoint.registry, options));
    repositories.set(repositoryOf(name), opened);
    return opened;
  };
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
