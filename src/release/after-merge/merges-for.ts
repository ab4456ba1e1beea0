/** Where merges and statuses are read. */
import { failure } from '../../core/errors.ts';
import type { Forge } from '../../forge/forge.ts';
import type { Merges } from '../../forge/merges.ts';
import type { Watched } from '../../inputs/wait.ts';

/**
 * The merges of a repository that a forge knows, as far as some lines of the setting `verdict` need it. Throws WAIT_NEEDS_API, and
 * INPUT_INVALID for an author, where the forge gives no authors.
 */
export function mergesFor(forge: Forge | undefined, watched: readonly Watched[], repository: string): Merges {
  if (!forge?.merges) throw failure('WAIT_NEEDS_API', { repository });
  const byAuthor = watched.find(({ author }) => author !== '');
  if (byAuthor && !forge.merges.hasAuthors) {
    const reason = `names an author, and ${forge.name} does not tell who wrote a status: leave out "by ${byAuthor.author}"`;
    throw failure('INPUT_INVALID', { input: 'verdict', value: byAuthor.text, reason });
  }
  return forge.merges;
}
