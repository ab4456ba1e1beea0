/** Scalars with a comment behind them on their line, by which people say what the scalar is. */
import { walk, type ManifestDocument, type ManifestScalar } from '../manifest-tree.ts';

export interface Commented {
  readonly scalar: ManifestScalar;
  /** Path of the map or list that it stands in, and its own. */
  readonly parent: string;
  readonly path: string;
  readonly match: RegExpMatchArray;
}

/** The scalars of a document whose trailing comment matches; `comment` is global and begins with `#`. */
export function* findCommented({ root, text }: ManifestDocument, comment: RegExp): Generator<Commented> {
  const matches = [...text.matchAll(comment)];
  if (matches.length === 0) return;
  const scalars = [...walk(root)].flatMap(({ node, path }) => (node.kind === 'scalar' ? { scalar: node, path } : []));
  for (const match of matches) {
    const lineStart = text.lastIndexOf('\n', match.index) + 1;
    const before = scalars.filter(({ scalar }) => scalar.start >= lineStart && scalar.end <= match.index).at(-1);
    if (!before || !/^[\s,\]}]*\s$/.test(text.slice(before.scalar.end, match.index))) continue;
    yield { ...before, parent: before.path.replace(/(?:\.[^.[\]]+|\[[^\]]*\]|^[^.[\]]+)$/, ''), match };
  }
}
