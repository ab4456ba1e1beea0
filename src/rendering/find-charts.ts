/** The charts to render for changed files: as objects of Argo CD and Flux use them, else with their own values alone. */
import type { Problem } from '../core/objects.ts';
import { mayContain } from '../manifests/search-terms.ts';
import { foldersAbove, type ManifestsByPath } from '../manifests/values/charts.ts';
import { readManifest } from '../manifests/yaml/manifest.ts';
import { chartFilesOf, chartIn, gatherChart, isLibrary, outermostChart } from './chart-files.ts';
import { describedUses, plainUse, type ChartUse } from './chart-uses.ts';
import type { FoundRoots } from './find-kustomizations.ts';
import { SIDES, type Side } from './render-folder.ts';
import type { ReadSide, Root } from './root.ts';
import { isBelow, type Sources, type WantedSources } from './sources.ts';

/** A chart is read, then what it depends on, then what that does. */
const MOST_STEPS = 10;
/** Every object of Argo CD and of Flux's Helm controller has one of these words. */
const API_GROUPS = ['argoproj.io', 'helm.toolkit.fluxcd.io'];
/** Every object or generator that such an object takes values from has one of these. */
const VALUES_OBJECTS = ['ConfigMap', 'Secret', 'configMapGenerator', 'secretGenerator'];

/** A use on both sides: the values may be in a file that changes. */
type Use = Readonly<Record<Side, ChartUse>>;

/** Throws what the store throws. */
export async function findCharts(changed: readonly string[], read: ReadSide, sources: Sources): Promise<FoundRoots> {
  const none = { files: new Set<string>(), folders: new Set<string>(), whole: new Set<string>() };
  const folders = new Set(changed.flatMap(foldersAbove));
  await sources.load({ ...none, files: new Set([...folders].flatMap(chartFilesOf)) });
  const uses = usesOf(changed, read, sources);
  for (let step = 0; step < MOST_STEPS && !sources.isFull; step += 1) {
    const wanted = uses.map((use) => wantedBy(use.before, sources));
    const files = new Set(wanted.flatMap((one) => [...one.files]));
    const whole = new Set(wanted.flatMap((one) => [...one.whole]));
    if (files.size + whole.size === 0) break;
    await sources.load({ ...none, files, whole });
  }
  const roots: Root[] = [];
  const problems: Problem[] = [];
  for (const use of uses) {
    const problem = problemOf(use.before, sources);
    if (problem) problems.push(problem);
    else roots.push(rootOf(use, changed, sources));
  }
  return { roots, problems };
}

function usesOf(changed: readonly string[], read: ReadSide, sources: Sources): Use[] {
  const [before, after] = SIDES.map((side) => describedUses(describing(side, read, sources))) as [
    ChartUse[],
    ChartUse[],
  ];
  const described = before.flatMap((use, index): Use[] => {
    const isFed = changed.some((file) => use.files.has(file) || isOfChart(file, use));
    return isFed ? [{ before: use, after: after[index] ?? use }] : [];
  });
  const isDescribed = (file: string): boolean =>
    described.some((use) => isOfChart(file, use.before) || use.before.files.has(file));
  const plain = new Map<string, Use>();
  for (const file of changed.filter((path) => !isDescribed(path))) {
    const nearest = foldersAbove(file).find((folder) => chartIn(folder, sources));
    if (nearest === undefined) continue;
    const use = plainUse(outermostChart(nearest, sources), read('before', file));
    plain.set(JSON.stringify([use.chart, use.as]), { before: use, after: use });
  }
  return [...described, ...plain.values()];
}

const isOfChart = (file: string, { chart }: ChartUse): boolean => chart !== undefined && isBelow(file, chart);

/** The manifests on one side that may say how a chart is used. */
function describing(side: Side, read: ReadSide, sources: Sources): ManifestsByPath {
  const all = sources.below('').map((file) => read(side, file.path) ?? file);
  const objects = all.filter(({ bytes }) => mayContain(bytes, API_GROUPS));
  const haveObjects = objects.some(({ bytes }) => mayContain(bytes, ['valuesFrom']));
  const values = haveObjects ? all.filter(({ bytes }) => mayContain(bytes, VALUES_OBJECTS)) : [];
  const files = new Map([...objects, ...values].map((file) => [file.path, file]));
  return new Map([...files.values()].map(({ path, bytes }) => [path, readManifest(path, bytes)]));
}

const valuesFiles = ({ values }: ChartUse): string[] => values.flatMap((one) => ('file' in one ? one.file : []));

function wantedBy(use: ChartUse, sources: Sources): Pick<WantedSources, 'files' | 'whole'> {
  const { chart, problem } = use;
  const unasked = (files: readonly string[]): Set<string> => new Set(files.filter((file) => !sources.wasAsked(file)));
  const nothing = new Set<string>();
  if (chart === undefined || problem !== undefined) return { files: nothing, whole: nothing };
  if (!chartIn(chart, sources)) return { files: unasked(chartFilesOf(chart)), whole: nothing };
  const { wanted } = gatherChart(chart, sources);
  return { files: new Set([...wanted.files, ...unasked(valuesFiles(use))]), whole: wanted.whole };
}

/** Why a chart is not rendered. */
function problemOf(use: ChartUse, sources: Sources): Problem | undefined {
  const { chart, file, as, problem } = use;
  const problemOf = (message: string): Problem => ({
    file,
    line: 1,
    message: as === '' ? message : `${as}: ${message}`,
  });
  if (chart === undefined) return problemOf('its chart is not in the repository');
  if (problem !== undefined) return problemOf(problem);
  const manifest = chartIn(chart, sources);
  if (!manifest) return problemOf(`its chart ${JSON.stringify(chart)} is not in the repository`);
  if (isLibrary(manifest)) return problemOf('its chart is a library, which renders nothing');
  const missing = valuesFiles(use).find((path) => !sources.get(path));
  if (missing !== undefined) return problemOf(`its values file ${JSON.stringify(missing)} is not in the repository`);
  const gathered = gatherChart(chart, sources);
  if (gathered.problem) return gathered.problem;
  const { files, whole } = gathered.wanted;
  return files.size + whole.size > 0 ? problemOf('too many files belong to its chart') : undefined;
}

function rootOf({ before, after }: Use, changed: readonly string[], sources: Sources): Root {
  const { chart = '', release, namespace, as, file } = before;
  const files = changed.filter((path) => before.files.has(path) || isOfChart(path, before));
  const copies = new Map([
    ...gatherChart(chart, sources).copies,
    ...valuesFiles(before).map((path) => [path, path] as const),
  ]);
  const values = { before: before.values, after: after.values };
  const helm = { release, namespace, values };
  return { path: chart || '.', tool: 'helm', as, files, file, copies, helm, hasCharts: false };
}
