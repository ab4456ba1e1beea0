/** What a release changes in the objects that kustomize and Helm render from its files. */
import type { Change, ManifestFile, Problem, ReleasedImage } from '../core/objects.ts';
import { findCharts } from './find-charts.ts';
import { findKustomizations, type Surroundings } from './find-kustomizations.ts';
import { hiddenChanges } from './hidden-changes.ts';
import { imageDifference } from './released-images.ts';
import { RenderFolder, SIDES } from './render-folder.ts';
import { renderRoot, type RootRendering } from './render-root.ts';
import type { Rendering } from './rendering.ts';
import { writeRoot, type ReadSide, type Root } from './root.ts';
import { Sources } from './sources.ts';
import type { Tools } from './tools.ts';

export interface RenderOptions extends Surroundings {
  readonly tools: Tools;
  /** The files that the release changes, with their new bytes. */
  readonly planned: readonly ManifestFile[];
  readonly changes: readonly Change[];
  readonly images: readonly ReleasedImage[];
}

/** Roots of one release; more are named and not rendered. */
const MOST_ROOTS = 20;
/** Milliseconds for all of them. */
const LONGEST = 60_000;

/** A rendering whose files were read. */
export interface PreparedRendering {
  /** Renders; nothing of the repository is read any more. */
  readonly render: () => Promise<Rendering>;
}

/**
 * Reads all that is rendered: the roots that the changed files are part of, and the files that these are made of. What is
 * not rendered is in the result with its reason. Throws what the store throws.
 */
export async function prepareRendering(options: RenderOptions): Promise<PreparedRendering> {
  const { planned, tools } = options;
  const sources = new Sources(options.store, options.known);
  const after = new Map(planned.map((file) => [file.path, file]));
  const read: ReadSide = (side, path) => (side === 'after' ? after.get(path) : undefined) ?? sources.get(path);
  const changed = planned.map(({ path }) => path);
  const kustomizations = await findKustomizations(changed, options, sources);
  const charts = await findCharts(changed, read, sources);
  const all = [...kustomizations.roots, ...charts.roots];
  const [roots, others] = [all.slice(0, MOST_ROOTS), all.slice(MOST_ROOTS)];
  const isRenderable = (root: Root): boolean =>
    tools[root.tool] !== undefined && (!root.hasCharts || tools.helm !== undefined);
  const unrendered: Problem[] = [
    ...kustomizations.problems,
    ...charts.problems,
    ...others.map(({ file }) => ({ file, line: 1, message: `${MOST_ROOTS} others are rendered, and no more` })),
    ...roots.filter((root) => !isRenderable(root)).map(lackOf),
  ];
  return {
    render: () => renderAll({ ...options, read, roots: roots.filter(isRenderable), unrendered }),
  };

  function lackOf({ file, tool }: Root): Problem {
    const lacking = tools[tool] ? 'helm' : tool;
    return { file, line: 1, message: `there is no ${lacking} on the PATH` };
  }
}

interface Prepared extends RenderOptions {
  readonly read: ReadSide;
  readonly roots: readonly Root[];
  readonly unrendered: readonly Problem[];
}

async function renderAll({ roots, read, tools, images, changes, unrendered }: Prepared): Promise<Rendering> {
  const folder = new RenderFolder();
  try {
    const toolRun = { home: await folder.makeHome(), deadline: Date.now() + LONGEST };
    const written: RootRendering[] = [];
    for (const root of roots) {
      const tool = tools[root.tool];
      const [before, after] = await Promise.all(SIDES.map((side) => writeRoot(root, side, { folder, tools, read })));
      if (tool && before && after) written.push({ root, tool, args: { before, after } });
    }
    const context = { toolRun, read, isImage: imageDifference(images, changes) };
    const results = await Promise.all(written.map((one) => renderRoot(one, context)));
    const rendered = results.flatMap((result) => ('tool' in result ? result : []));
    const failed = results.flatMap((result) => ('tool' in result ? [] : result));
    return {
      roots: rendered,
      unrendered: [...unrendered, ...failed],
      hidden: hiddenChanges(changes, rendered),
    };
  } finally {
    await folder.remove();
  }
}
