/** A root that is rendered: its files and the arguments of its tool, on both sides of a release. */
import type { ManifestFile } from '../core/objects.ts';
import type { HelmValues } from './chart-uses.ts';
import type { RenderFolder, Side } from './render-folder.ts';
import type { RenderedRoot } from './rendering.ts';
import type { Tools } from './tools.ts';

/** A root whose files are all known. */
export interface Root extends Pick<RenderedRoot, 'path' | 'tool' | 'as' | 'files'> {
  /** The file in which it is named that it is not rendered. */
  readonly file: string;
  /** Path to write -> path in the repository. */
  readonly copies: ReadonlyMap<string, string>;
  /** For a chart. */
  readonly helm?: HelmOptions;
  /** Whether kustomize is to render charts too. */
  readonly hasCharts: boolean;
}

/** The release and the flags that Helm gets beside the chart. */
export interface HelmOptions {
  readonly release: string;
  /** Empty for none. */
  readonly namespace: string;
  readonly values: Readonly<Record<Side, readonly HelmValues[]>>;
}

/** A file of the repository on one side of the release. */
export type ReadSide = (side: Side, path: string) => ManifestFile | undefined;

/** Writes the files of a root on one side; gives the arguments of its tool. */
export async function writeRoot(
  { path, copies, hasCharts, helm }: Root,
  side: Side,
  { folder, tools, read }: { readonly folder: RenderFolder; readonly tools: Tools; readonly read: ReadSide },
): Promise<readonly string[]> {
  for (const [to, from] of copies) {
    const file = read(side, from);
    if (file) await folder.write(side, to, file.bytes);
  }
  const at = folder.pathOf(side, path === '.' ? '' : path);
  if (!helm) {
    const charts = hasCharts && tools.helm ? ['--enable-helm', `--helm-command=${tools.helm.path}`] : [];
    return [tools.kustomize?.program === 'kustomize' ? 'build' : 'kustomize', ...charts, at];
  }
  const options: string[] = helm.namespace === '' ? [] : ['--namespace', helm.namespace];
  for (const one of helm.values[side]) {
    if ('set' in one) options.push('--set', one.set);
    else if ('file' in one) options.push('--values', folder.pathOf(side, one.file));
    else options.push('--values', await folder.writeValues(side, one.text));
  }
  return ['template', helm.release, at, ...options];
}
