/** Renders one root before and after a release, and compares the two. */
import type { Problem } from '../core/objects.ts';
import { compareRenderings, Incomparable, type Comparison } from './objects.ts';
import type { IsImage } from './released-images.ts';
import { SIDES, type Side } from './render-folder.ts';
import type { ObjectChange, RenderedRoot } from './rendering.ts';
import type { ReadSide, Root } from './root.ts';
import { runTool, type ToolRun, type Tool } from './tools.ts';

export interface RootRendering {
  readonly root: Root;
  readonly tool: Tool;
  readonly args: Readonly<Record<Side, readonly string[]>>;
}

/** What all roots of a release are rendered with. */
interface RenderingContext {
  readonly toolRun: ToolRun;
  readonly read: ReadSide;
  readonly isImage: IsImage;
}

/** A message about a Secret may have its value. */
const MAY_BE_QUOTED = /\bSecret\b|\bsecretGenerator\b/;

/** Runs the tool on both sides. What it cannot render is a problem at the root's file. */
export async function renderRoot(
  { root, tool, args }: RootRendering,
  context: RenderingContext,
): Promise<RenderedRoot | Problem> {
  const { path, as, files, file } = root;
  const problem = (message: string): Problem => ({ file, line: 1, message });
  const run = (side: Side) => runTool(tool, args[side], context.toolRun);
  const [before, after] = await Promise.all([run('before'), run('after')]);
  if ('failed' in before) return problem(`${tool.program} ${before.failed}${quoted(root, before.stderr, context)}`);
  if ('failed' in after) {
    return problem(`with this release ${tool.program} ${after.failed}${quoted(root, after.stderr, context)}`);
  }
  try {
    const all = compareRenderings(before.text, after.text, context.isImage);
    const changes = root.helm && all.changes.some(hasOther) ? await withoutRandom(all, before.text, run) : all.changes;
    return { path, tool: root.tool, as, files, objects: all.objects, changes };
  } catch (error) {
    if (error instanceof Incomparable) return problem(`what ${tool.program} prints ${error.message}`);
    throw error;
  }
}

const hasOther = ({ differences }: ObjectChange): boolean => differences.some(({ cause }) => cause === 'other');

/** Templates may have random values: what differs between two renderings of the same files is not the work of the release. */
async function withoutRandom(
  { changes }: Comparison,
  before: string,
  run: (side: Side) => ReturnType<typeof runTool>,
): Promise<readonly ObjectChange[]> {
  const again = await run('before');
  if ('failed' in again) return changes;
  const keyOf = ({ kind, namespace, name }: ObjectChange, path: string): string =>
    JSON.stringify([kind, namespace, name, path]);
  const repeated = compareRenderings(before, again.text, () => false).changes;
  const random = new Set(repeated.flatMap((one) => one.differences.map(({ path }) => keyOf(one, path))));
  return changes.flatMap((change) => {
    const differences = change.differences.filter(({ path }) => !random.has(keyOf(change, path)));
    return change.what === 'changed' && differences.length === 0 ? [] : { ...change, differences };
  });
}

/** The last line of what a tool said, unless it may quote a Secret. */
function quoted({ copies }: Root, stderr: string, { read }: RenderingContext): string {
  if (stderr === '') return '';
  const texts = [...copies.values()].flatMap((path) =>
    SIDES.map((side) => read(side, path)?.bytes ?? new Uint8Array()),
  );
  const isPacked = [...copies.values()].some((path) => path.endsWith('.tgz'));
  const mayQuote = isPacked || texts.some((bytes) => MAY_BE_QUOTED.test(Buffer.from(bytes).toString()));
  return mayQuote ? '; its message is not shown, since it may quote a Secret' : `: ${stderr}`;
}
