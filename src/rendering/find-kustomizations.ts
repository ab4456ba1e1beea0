/** The kustomizations to render for changed files, with the files that they are made of. */
import type { ManifestFile, Problem } from '../core/objects.ts';
import type { ManifestStore } from '../git/manifest-store.ts';
import { gatherKustomization, type Gathered } from './gather.ts';
import { isKustomizationFile } from './kustomization.ts';
import type { Root } from './root.ts';
import { Kustomizations } from './roots.ts';
import type { Sources } from './sources.ts';

/** Kustomizations that are looked at for those that name a file. */
const MOST_KUSTOMIZATIONS = 5000;
/** Each step reads what the step before named: a longer chain is a mistake. */
const MOST_STEPS = 20;

/** Where kustomizations are looked for. */
export interface Surroundings {
  /** The base is read at its tip. */
  readonly store: Pick<ManifestStore, 'read' | 'paths'>;
  /** What was read of the base. */
  readonly known: readonly ManifestFile[];
  /** Whether kustomizations of the whole repository are looked at, and not only the known ones. */
  readonly isEverywhere: boolean;
}

export interface FoundRoots {
  readonly roots: readonly Root[];
  readonly problems: readonly Problem[];
}

/** Throws what the store throws. */
export async function findKustomizations(
  changed: readonly string[],
  options: Surroundings,
  sources: Sources,
): Promise<FoundRoots> {
  const files = await kustomizationFiles(options);
  const found = new Kustomizations(files.slice(0, MOST_KUSTOMIZATIONS)).rootsOf(changed);
  const gather = (): Gathered[] => found.map(({ folder }) => gatherKustomization(folder, sources));
  let gathered = gather();
  for (let step = 0; step < MOST_STEPS && !sources.isFull && gathered.some(isIncomplete); step += 1) {
    const wanted = gathered.filter(({ problem }) => !problem).map((one) => one.wanted);
    const all = (key: keyof Gathered['wanted']): Set<string> => new Set(wanted.flatMap((one) => [...one[key]]));
    await sources.load({ files: all('files'), folders: all('folders'), whole: all('whole') });
    gathered = gather();
  }
  const problems: Problem[] = [];
  const roots = gathered.flatMap((one, index): Root[] => {
    const { file = '', folder = '', changed: own = [] } = found[index] ?? {};
    const tooMuch = isIncomplete(one) ? { file, line: 1, message: 'too many files belong to it' } : undefined;
    const problem = one.problem ?? tooMuch;
    if (problem) problems.push(problem);
    const { files: copies, hasCharts } = one;
    return problem ? [] : [{ path: folder || '.', tool: 'kustomize', as: '', files: own, file, copies, hasCharts }];
  });
  return { roots, problems };
}

const isIncomplete = ({ problem, wanted }: Gathered): boolean =>
  !problem && wanted.files.size + wanted.folders.size + wanted.whole.size > 0;

/** Those of the whole repository, or those that are known: below the paths of the release. */
async function kustomizationFiles({ known, isEverywhere, store }: Surroundings): Promise<readonly ManifestFile[]> {
  if (!isEverywhere) return known.filter(({ path, isContext }) => isKustomizationFile(path) && !isContext);
  const files = (await store.paths()).filter(isKustomizationFile).slice(0, MOST_KUSTOMIZATIONS);
  return (await store.read({ words: [], files })).manifests;
}
