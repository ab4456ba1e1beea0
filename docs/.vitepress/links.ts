/** Links of pages to files outside of docs/: relative on GitHub, addresses of the repository on the site. */
import { posix } from 'node:path';
import { PROJECT_URL } from '../../src/core/errors.ts';

/** The address for a link of a page, both relative to docs/; `undefined` where the site has the target. */
export function outside(page: string, target: string): string | undefined {
  if (!target.startsWith('../')) return undefined;
  const [path = '', anchor] = target.split('#');
  const to = posix.join('docs', posix.dirname(page), path);
  if (to.startsWith('docs/')) return undefined;
  return `${PROJECT_URL}/blob/main/${to}${anchor === undefined ? '' : `#${anchor}`}`;
}
