/** Scalars with a comment behind them on their line, by which people say what the scalar is. */
import { walk, type ManifestDocument, type ManifestScalar } from '../yaml/tree.ts';

export interface Commented {
  readonly scalar: ManifestScalar;
  /** Path of the map or list that it stands in, and its own. */
  readonly parent: string;
  readonly path: string;
  readonly match: RegExpExecArray;
}

/** The scalars of a document whose trailing comment matches; `comment` is sticky and begins with `#`. */
export function* findCommented({ root, text }: ManifestDocument, comment: RegExp): Generator<Commented> {
  for (const { node, path } of walk(root)) {
    if (node.kind !== 'scalar' || text.slice(node.start, node.end).includes('\n')) continue;
    const match = matchAt(
      comment,
      text,
      node.end + (matchAt(/[ \t,\]}]*[ \t](?=#)/y, text, node.end)?.[0].length ?? 0),
    );
    if (match) yield { scalar: node, parent: path.replace(LAST_STEP, ''), path, match };
  }
}

const LAST_STEP = /(?:\.[^.[\]]+|\[[^\]]*\]|^[^.[\]]+)$/;

function matchAt(sticky: RegExp, text: string, offset: number): RegExpExecArray | null {
  sticky.lastIndex = offset;
  return sticky.exec(text);
}
