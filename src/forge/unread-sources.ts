/** Source repositories that are not read. */
import type { Sources } from './forge.ts';

/** `reason` is a clause. */
export const unreadSources = (reason: string): Sources => ({
  compare: () => Promise.resolve({ status: 'unknown', reason }),
  isSourcePublic: () => Promise.resolve(undefined),
});
