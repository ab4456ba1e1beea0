/** Changes that nothing that is rendered shows. Pure. */
import { groupBy, type Change } from '../core/objects.ts';
import { HIDDEN, type RenderedRoot } from './rendering.ts';

/**
 * The changes whose file is rendered, and whose new version is in no difference of what is rendered from it. A value of a
 * Secret may have it.
 */
export function hiddenChanges(changes: readonly Change[], roots: readonly RenderedRoot[]): Change[] {
  const rootsOf = groupBy(
    roots.flatMap((root) => root.files.map((file) => ({ file, root }))),
    ({ file }) => file,
  );
  return changes.filter(({ file, from, to }) => {
    const own = rootsOf.get(file) ?? [];
    // The tag and the digest may be written in two places.
    const parts = to.split('@');
    const shows = (text: string | undefined): boolean =>
      text !== undefined && (text === HIDDEN || parts.some((part) => text.includes(part)));
    const isShown = own.some(({ root }) =>
      root.changes.some(({ what, differences }) => what !== 'changed' || differences.some((one) => shows(one.to))),
    );
    return own.length > 0 && from !== to && !isShown;
  });
}
