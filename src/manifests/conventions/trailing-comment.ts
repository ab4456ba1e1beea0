/** Scalars with a trailing comment that names its image. */
import { walk, type ManifestDocument, type ManifestScalar } from '../yaml/tree.ts';

export interface CommentedScalar {
  readonly scalar: ManifestScalar;
  /** Path of the scalar, and of the map or list around it. */
  readonly path: string;
  readonly parent: string;
  readonly match: RegExpExecArray;
}

/** The scalars of a document whose trailing comment matches; `comment` is sticky and begins with `#`. */
export function* findCommented({ root, text }: ManifestDocument, comment: RegExp): Generator<CommentedScalar> {
  for (const { node, path } of walk(root)) {
    if (node.kind !== 'scalar' || text.slice(node.start, node.end).includes('\n')) continue;
    const gap = matchAt(/[ \t,\]}]*[ \t](?=#)/y, text, node.end)?.[0].length ?? 0;
    const match = matchAt(comment, text, node.end + gap);
    if (match) yield { scalar: node, parent: path.replace(LAST_STEP, ''), path, match };
  }
}

const LAST_STEP = /(?:\.[^.[\]]+|\[[^\]]*\]|^[^.[\]]+)$/;

function matchAt(sticky: RegExp, text: string, offset: number): RegExpExecArray | null {
  sticky.lastIndex = offset;
  return sticky.exec(text);
}
