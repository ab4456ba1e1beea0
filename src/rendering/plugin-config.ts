/** What configures a generator, transformer or validator of a kustomization. */
import type { Problem } from '../core/objects.ts';
import type { Manifest } from '../manifests/yaml/manifest.ts';
import { mapOf, scalarOf, walk, type ManifestMap } from '../manifests/yaml/tree.ts';
import { ambiguityIn, isKey } from './go-reader.ts';

/** What builtin generators and transformers read files by. */
const FILE_KEYS = ['path', 'paths', 'files', 'env', 'envs', 'replacements'];

/** Generators and transformers that are no part of kustomize itself, or that read files, fetch or run something. */
export function problemOfPlugin(manifest: Manifest): Problem | undefined {
  const { path, documents, defect, lines } = manifest;
  const message = 'it configures a plugin or reads files, and neither is done here';
  if (defect) return { file: path, line: defect.line, message };
  const foreign = documents.find(({ root }) => {
    if (root?.kind !== 'map') return true;
    const isBuiltIn = scalarOf(root, 'apiVersion')?.text === 'builtin';
    const kind = scalarOf(root, 'kind')?.text ?? '';
    const readsFiles = [...root.values.keys()].some((key) => isKey(key, FILE_KEYS));
    return !isBuiltIn || /^HelmChartInflationGenerator$|List$/.test(kind) || readsFiles || hasFunction(root);
  });
  const scalar = walk(foreign?.root).find(({ node }) => node.kind === 'scalar')?.node;
  const line = scalar?.kind === 'scalar' ? lines.positionAt(scalar.start).line : 1;
  return foreign ? { file: path, line, message } : ambiguityIn(manifest);
}

function hasFunction(root: ManifestMap): boolean {
  const annotations = mapOf(mapOf(root, 'metadata'), 'annotations');
  return [...(annotations?.values.keys() ?? [])].some((key) => /^config\.(?:kubernetes|k8s)\.io\/function$/.test(key));
}
