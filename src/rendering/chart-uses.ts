/** How charts are rendered: with which values, name and namespace, as objects of Argo CD and Flux say, or the chart alone. Pure. */
import { parse } from 'yaml';
import { groupBy, type ManifestFile } from '../core/objects.ts';
import { hasValues, type ManifestsByPath } from '../manifests/values/charts.ts';
import { configEntries, type ConfigEntry } from '../manifests/values/config-objects.ts';
import { ANY } from '../manifests/values/repository-paths.ts';
import { treesIn } from '../manifests/values/tag-owners.ts';
import type { ValuesLayer, ValuesSource } from '../manifests/values/values-tree.ts';
import { readManifest } from '../manifests/yaml/manifest.ts';
import { TEMPLATED } from '../manifests/yaml/templated-values.ts';
import type { ManifestDocument, ManifestNode } from '../manifests/yaml/tree.ts';

/** Values for Helm: a file of the repository, a text that is written into a file, or one `--set`. */
export type HelmValues = { readonly file: string } | { readonly text: string } | { readonly set: string };

/** One way in which a chart is rendered. */
export interface ChartUse {
  /** Folder of the chart; `undefined` for one that is not in the repository. */
  readonly chart: string | undefined;
  readonly release: string;
  readonly namespace: string;
  /** The weakest first. */
  readonly values: readonly HelmValues[];
  /** The files of the repository that these values are in. */
  readonly files: ReadonlySet<string>;
  /** The object that says so, as `Application/web`, or the values file. */
  readonly as: string;
  readonly file: string;
  /** Why the values are not known. */
  readonly problem: string | undefined;
}

/** https://helm.sh/docs/topics/charts/ and the names that Helm takes. */
const RELEASE_NAME = /^[a-z0-9](?:[-a-z0-9.]{0,51}[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Files of a chart that are no values beside its own. */
const NO_OVERLAY = /^(?:values\.ya?ml|Chart\.ya?ml|(?:templates|charts|crds)\/.*)$/;

/** The uses that objects of Argo CD and Flux describe. The same objects with other values have as many, in the same order. */
export function describedUses(manifests: ManifestsByPath): ChartUse[] {
  const documents = [...manifests.values()].flatMap((manifest) => manifest.documents);
  const entries = groupBy(
    documents.flatMap((document) => [...configEntries(document)]),
    ({ name }) => name,
  );
  return documents.flatMap((document) =>
    treesIn(document).flatMap(({ object, layers, release }): ChartUse[] => {
      if (!release) return [];
      const [chart] = layers.flatMap(({ source }) => (source.kind === 'chart' ? source.folder : []));
      const read = readLayers(layers, entries, manifests);
      return [
        {
          chart: chart?.includes(ANY) === true ? undefined : chart,
          release: RELEASE_NAME.test(release.name) ? release.name : 'release',
          namespace: NAMESPACE.test(release.namespace) ? release.namespace : '',
          as: object,
          file: document.path,
          ...read,
          files: new Set([document.path, ...read.files]),
        },
      ];
    }),
  );
}

/** A chart with nothing but its own values, and over them those of one more file where that is values. */
export function plainUse(chart: string, file: ManifestFile | undefined): ChartUse {
  const name = chart.slice(chart.lastIndexOf('/') + 1).toLowerCase();
  const path = file?.path ?? '';
  const inside = chart === '' ? path : path.slice(chart.length + 1);
  const isOverlay = file !== undefined && !NO_OVERLAY.test(inside) && hasValues(readManifest(path, file.bytes));
  return {
    chart,
    release: RELEASE_NAME.test(name) ? name : 'release',
    namespace: '',
    values: isOverlay ? [{ file: path }] : [],
    files: new Set(isOverlay ? [path] : []),
    as: isOverlay ? path : '',
    file: path,
    problem: undefined,
  };
}

type ReadLayers = Pick<ChartUse, 'values' | 'files' | 'problem'>;

function readLayers(
  layers: readonly ValuesLayer[],
  entries: ReadonlyMap<string, readonly ConfigEntry[]>,
  manifests: ManifestsByPath,
): ReadLayers {
  const values: HelmValues[] = [];
  const files = new Set<string>();
  let problem: string | undefined;
  const read = (source: ValuesSource, at: readonly string[]): void => {
    switch (source.kind) {
      case 'chart':
        return;
      case 'file':
        files.add(source.path);
        if (source.path.includes(ANY)) problem ??= `its values file ${source.path} is templated`;
        else if (at.length === 0) values.push({ file: source.path });
        else values.push(valueAt(at, manifests.get(source.path)?.text ?? ''));
        return;
      case 'object': {
        const entry = entries.get(source.name)?.find(({ key }) => key === source.key);
        if (entry) read(entry.source, at);
        else problem ??= `its values are in ${source.name}, which is not in the files that are read here`;
        return;
      }
      case 'node': {
        files.add(source.document.path);
        const value = valueOf(source.node);
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        if (isTemplated(text, source.document)) problem ??= 'its values are templated';
        else values.push(at.length === 0 ? { text } : valueAt(at, text));
      }
    }
  };
  for (const { source, at } of layers) read(source, at);
  return { values, files, problem };
}

const isTemplated = (text: string, { name }: ManifestDocument): boolean =>
  text.includes(TEMPLATED) || (name.startsWith('ApplicationSet/') && text.includes('{{'));

/** One value for `--set`, which takes numbers, true, false and null from the text as Argo CD and Flux do. */
function valueAt(at: readonly string[], text: string): HelmValues {
  const path = at.map((key) => key.replace(/[.,=\\]/g, '\\$&')).join('.');
  return { set: `${path}=${text.replace(/[\\,]/g, '\\$&').replace(/^[{]/, '\\{')}` };
}

/** A node as values: plain scalars with the type that YAML gives them. */
function valueOf(node: ManifestNode): unknown {
  switch (node.kind) {
    case 'alias':
      return valueOf(node.target);
    case 'map':
      return Object.fromEntries([...node.values].map(([key, value]) => [key, valueOf(value)]));
    case 'list':
      return node.items.map(valueOf);
    case 'scalar':
      return node.style === 'plain' && !node.text.includes('\n') ? typed(node.text) : node.text;
  }
}

function typed(text: string): unknown {
  if (!/^(?:[-+.\d][\w.+-]*|true|false|null|~|)$/i.test(text)) return text;
  const value: unknown = parse(text, { version: '1.2', logLevel: 'silent' });
  return typeof value === 'object' && value !== null ? text : value;
}
