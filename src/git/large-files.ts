/** Files that are too large for manifests, the same for every way in. */
import type { Problem } from '../core/objects.ts';
import type { Clone } from './clone.ts';
import type { TreeEntry } from './git-objects.ts';

/** Bytes; a blob of as many or more is no manifest: it is not searched, and fetched only where it is asked for by its id. */
export const MAX_MANIFEST = 5 * 1024 * 1024;

/** The entries whose contents are here, and too large. */
export async function largeFiles<Entry extends TreeEntry>(
  clone: Clone,
  entries: readonly Entry[],
): Promise<ReadonlySet<Entry>> {
  const sizes = await clone.sizes(entries.map(({ id }) => id));
  return new Set(entries.filter((_, index) => (sizes[index] ?? 0) >= MAX_MANIFEST));
}

export const tooLarge = (file: string): Problem => ({
  file,
  line: 1,
  message: 'was not searched: larger than 5 MiB',
});
