/** Files that are too large for manifests, the same for every way in. */
import type { Problem } from '../core/objects.ts';

/** Bytes; a blob of as many or more is no manifest: it is not searched, and fetched only where it is asked for by its id. */
export const MAX_MANIFEST = 5 * 1024 * 1024;

/** The problem of a file that is not searched because of its size. */
export const tooLarge = (file: string): Problem => ({
  file,
  line: 1,
  message: 'was not searched: larger than 5 MiB',
});
