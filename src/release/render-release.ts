/** What a release changes in the objects that are rendered from its files: read before its commit is written, rendered beside that. */
import { failure, ReleaseError } from '../core/errors.ts';
import { memoized } from '../core/objects.ts';
import { CloneNeeded } from '../core/repository-api.ts';
import type { PreparedRendering } from '../rendering/render.ts';
import type { Rendering } from '../rendering/rendering.ts';
import type { ReleaseState } from './observe.ts';
import type { ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

export interface ReleaseRendering {
  /** Reads what is rendered: no other call of the store may run meanwhile. It is done once, at the first call. */
  readonly read: () => Promise<PreparedRendering | undefined>;
  /** Reads and renders, once. `undefined` where nothing is rendered. Throws RENDERING_INCOMPLETE with `render: require`. */
  readonly result: () => Promise<Rendering | undefined>;
}

/** The rendering of a release; nothing is done before it is asked for. */
export function renderingOf(workspace: Workspace, request: ReleaseRequest, state: ReleaseState): ReleaseRendering {
  const read = memoized(() => readRendering(workspace, request, state));
  return { read, result: memoized(async () => renderRelease(workspace, request, await read())) };
}

async function readRendering(
  { store, log }: Workspace,
  { inputs: { policy, search, images } }: ReleaseRequest,
  { plan, files }: ReleaseState,
): Promise<PreparedRendering | undefined> {
  if (policy.render === 'off') return undefined;
  const { findTools } = await import('../rendering/tools.ts');
  const tools = await findTools(process.env['PATH'] ?? '');
  if (policy.render === 'auto' && Object.keys(tools).length === 0) {
    log.debug('nothing is rendered: there is no kustomize, kubectl or helm on the PATH');
    return undefined;
  }
  try {
    const { prepareRendering } = await import('../rendering/render.ts');
    return await prepareRendering({
      store,
      tools,
      known: files.manifests,
      isEverywhere: search.paths.length === 0,
      planned: plan.files,
      changes: plan.changes,
      images: images.released,
    });
  } catch (error) {
    // A clone is worth it only where the rendering is asked for.
    if (policy.render === 'require' || !(error instanceof CloneNeeded || error instanceof ReleaseError)) throw error;
    log.step(`nothing is rendered: ${error.message}`);
    return undefined;
  }
}

async function renderRelease(
  { log }: Workspace,
  { inputs: { policy } }: ReleaseRequest,
  prepared: PreparedRendering | undefined,
): Promise<Rendering | undefined> {
  const started = Date.now();
  const rendering = await prepared?.render();
  if (!rendering) return undefined;
  log.debug(`rendered ${rendering.roots.map(({ path }) => path).join(', ')} in ${Date.now() - started} ms`);
  const [place] = rendering.unrendered;
  if (policy.render === 'require' && place) {
    throw failure('RENDERING_INCOMPLETE', { place, unrendered: rendering.unrendered });
  }
  return rendering;
}
