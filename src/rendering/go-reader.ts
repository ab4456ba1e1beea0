/** Where Go's readers of YAML and JSON, which kustomize has, may take a text for something else than we do. */
import { parseDocument } from 'yaml';
import type { Problem } from '../core/objects.ts';
import type { Manifest } from '../manifests/yaml/manifest.ts';

/**
 * What Go's reader of YAML 1.1 reads otherwise than we do: it ends lines at three more characters, also those of comments,
 * and knows no templates. Its tags may be spelled in other ways.
 */
export function ambiguityIn({ path, text, lines }: Manifest): Problem | undefined {
  const found = /[\u0085\u2028\u2029]|^%|!</m.exec(text);
  const isTemplate = text.includes('{{') && parseDocument(text, { logLevel: 'silent' }).errors.length > 0;
  if (!found && !isTemplate) return undefined;
  return { file: path, line: lines.positionAt(found?.index ?? 0).line, message: 'it may be read in two ways' };
}

/** Whether Go's reader of JSON takes a key for one of these names: it folds cases as Unicode does. */
export const isKey = (key: string, names: readonly string[]): boolean =>
  names.some((name) => new RegExp(`^${name}$`, 'iu').test(key));
