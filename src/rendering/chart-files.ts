/** The files of a chart in the repository, and of the charts of the repository that it depends on. Pure. */
import type { Problem } from '../core/objects.ts';
import { inFolder, repositoryPath } from '../manifests/values/repository-paths.ts';
import { readManifest, type Manifest } from '../manifests/yaml/manifest.ts';
import { scalarOf, valueOf, type ManifestMap } from '../manifests/yaml/tree.ts';
import type { Sources } from './sources.ts';

export interface ChartFiles {
  /** Path to write -> path in the repository: what a chart depends on is copied into it, where Helm looks for it. */
  readonly copies: ReadonlyMap<string, string>;
  /** What has to be read before these are all. */
  readonly wanted: { readonly files: ReadonlySet<string>; readonly whole: ReadonlySet<string> };
  /** Why the chart is not rendered. */
  readonly problem: Problem | undefined;
}

/** A chart and all that it depends on: more is a mistake, or an attack. */
const MOST_CHARTS = 100;
/** Files of one chart with all that it depends on. */
const MOST_FILES = 2000;
const CHART_NAMES = ['Chart.yaml', 'Chart.yml'];

/** The chart of a folder, which is to be read as a whole before. */
export function gatherChart(folder: string, sources: Sources): ChartFiles {
  const copies = new Map<string, string>();
  const wanted = { files: new Set<string>(), whole: new Set<string>() };
  let problem: Problem | undefined;
  let charts = 0;
  const add = (from: string, to: string): void => {
    const chart = chartIn(from, sources);
    if ((charts += 1) > MOST_CHARTS || copies.size > MOST_FILES) {
      problem ??= { file: chart?.path ?? from, line: 1, message: 'is too large with all that it depends on' };
    }
    if (problem) return;
    if (!sources.isWholeKnown(from)) {
      wanted.whole.add(from);
      return;
    }
    const below = from === '' ? 0 : from.length + 1;
    for (const { path, bytes } of sources.below(from)) {
      if (!isForeignSchema(path, bytes)) copies.set(inFolder(to, path.slice(below)), path);
    }
    if (!chart) problem = { file: inFolder(from, 'Chart.yaml'), line: 1, message: 'is not in the repository' };
    for (const dependency of chart ? dependenciesIn(chart) : []) addDependency(dependency, from, to);
  };
  const addDependency = (dependency: Dependency, from: string, to: string): void => {
    const { name, repository, version, place } = dependency;
    const vendored = inFolder(from, `charts/${name}`);
    if (chartIn(vendored, sources)) return;
    const local = repository.startsWith('file://')
      ? repositoryPath(from, repository.slice('file://'.length))
      : undefined;
    const archive = `${vendored}-${version}.tgz`;
    if (local !== undefined) add(local, inFolder(to, `charts/${name}`));
    else if (sources.get(archive)) copies.set(inFolder(to, `charts/${name}-${version}.tgz`), archive);
    else if (!sources.wasAsked(archive)) wanted.files.add(archive);
    else
      problem ??= {
        ...place,
        message: `the chart ${JSON.stringify(name)} that it depends on is not in the repository`,
      };
  };
  add(folder, folder);
  return { copies, wanted, problem };
}

/** A schema of values that refers to another file or server, which Helm would read. It changes nothing that is rendered. */
function isForeignSchema(path: string, bytes: Uint8Array): boolean {
  if (!path.endsWith('values.schema.json')) return false;
  const text = Buffer.from(bytes).toString();
  return /"\$ref"\s*:\s*"(?!#)/.test(text) || text.includes('\\u');
}

/** The manifest that describes the chart of a folder. */
export function chartIn(folder: string, sources: Pick<Sources, 'get'>): Manifest | undefined {
  const [file] = CHART_NAMES.flatMap((name) => sources.get(inFolder(folder, name)) ?? []);
  return file && readManifest(file.path, file.bytes);
}

/** The files that say that a folder has a chart. */
export const chartFilesOf = (folder: string): string[] => CHART_NAMES.map((name) => inFolder(folder, name));

/** The chart that one in `charts/` of another belongs to, as far as it is known: that one is rendered. */
export function outermostChart(folder: string, sources: Pick<Sources, 'get'>): string {
  const [, above] = /^(?:(.*)\/)?charts\/[^/]+$/.exec(folder) ?? [];
  if (!/(?:^|\/)charts\/[^/]+$/.test(folder)) return folder;
  return chartIn(above ?? '', sources) ? outermostChart(above ?? '', sources) : folder;
}

interface Dependency {
  readonly name: string;
  readonly repository: string;
  readonly version: string;
  readonly place: { readonly file: string; readonly line: number };
}

function dependenciesIn({ path, documents, lines }: Manifest): Dependency[] {
  const root = documents[0]?.root;
  const list = root?.kind === 'map' ? valueOf(root, 'dependencies') : undefined;
  return (list?.kind === 'list' ? list.items : []).flatMap((item): Dependency[] => {
    const name = item.kind === 'map' ? scalarOf(item, 'name') : undefined;
    if (item.kind !== 'map' || !name || !/^[\w.-]+$/.test(name.text) || /^\.+$/.test(name.text)) return [];
    const text = (key: string): string => scalarOf(item, key)?.text ?? '';
    const place = { file: path, line: lines.positionAt(name.start).line };
    return [{ name: name.text, repository: text('repository'), version: text('version'), place }];
  });
}

/** Whether the chart has only parts for others. */
export function isLibrary({ documents }: Manifest): boolean {
  const root: ManifestMap | undefined = documents[0]?.root?.kind === 'map' ? documents[0].root : undefined;
  return root !== undefined && scalarOf(root, 'type')?.text === 'library';
}
