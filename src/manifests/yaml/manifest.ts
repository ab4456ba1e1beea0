/** A manifest file: bytes -> text -> documents in which every scalar has its offsets in the text. */
import { withoutTemplateEnding } from '../../core/manifest-names.ts';
import { parseText } from './parse.ts';
import { LineTable } from './lines.ts';
import { LAST_APPLIED, scalarOf, valueOf, walk, type ManifestDocument, type ManifestNode } from './tree.ts';

/** Why a file is not edited. `line` and `column` count from 1. */
export interface ManifestDefect {
  readonly kind: 'encoding' | 'syntax' | 'template' | 'encrypted';
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

export interface Manifest {
  readonly path: string;
  /** The whole file, a byte order mark included; empty when it is not UTF-8. */
  readonly text: string;
  readonly lines: LineTable;
  /** Those of the file and those inside its blocks of text. Empty when there is a defect. */
  readonly documents: readonly ManifestDocument[];
  readonly defect?: ManifestDefect;
}

/**
 * Reads a YAML or JSON manifest from its bytes. Never throws: what cannot be read is the result's `defect`. A template
 * is read as far as it is literal.
 */
export function readManifest(path: string, bytes: Uint8Array): Manifest {
  const known = manifests.get(bytes);
  if (known?.path === path) return known;
  const manifest = parseManifest(path, bytes);
  manifests.set(bytes, manifest);
  return manifest;
}

/** Several parts of a run read the same bytes. */
const manifests = new WeakMap<Uint8Array, Manifest>();

function parseManifest(path: string, bytes: Uint8Array): Manifest {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const defect: ManifestDefect = { kind: 'encoding', reason: 'is not UTF-8', line: 1, column: 1 };
    return { path, text: '', lines: new LineTable(''), documents: [], defect };
  }
  const lines = new LineTable(text);
  const { roots, flaw } = parseText(text);
  // Of a template by its name it is not known which language it is in.
  const isTemplate = flaw?.kind === 'syntax' && withoutTemplateEnding(path) !== path;
  const encrypted = roots.some(isEncrypted);
  if (flaw || encrypted) {
    const { kind, reason, offset } = flaw ?? {
      kind: 'encrypted' as const,
      reason: 'is encrypted with SOPS',
      offset: 0,
    };
    const defect = { kind: isTemplate ? 'template' : kind, reason, ...lines.positionAt(offset) } as const;
    return { path, text, lines, documents: [], defect };
  }
  return { path, text, lines, documents: documentsOf(roots, { path, text, lines, label: '', id: '' }) };
}

/** Documents and, behind each, those inside its blocks of text, to any depth. */
function documentsOf(
  roots: readonly (ManifestNode | undefined)[],
  outer: Pick<ManifestDocument, 'path' | 'text' | 'lines' | 'label' | 'id'>,
): ManifestDocument[] {
  return roots.flatMap((root, index) => {
    const name = nameOf(root);
    const label = [outer.label, roots.length > 1 ? name : ''].filter((part) => part !== '').join(' ');
    const id = `${outer.id}${index}`;
    const inner = walk(root).flatMap(({ node, path }) => {
      if (node.kind !== 'scalar' || !node.embedded || path.includes(LAST_APPLIED)) return [];
      const inside = { label: [label, path].filter((part) => part !== '').join(' '), id: `${id} ${path} ` };
      return documentsOf(node.embedded, { ...outer, ...inside });
    });
    return [{ ...outer, root, name, index, label, id }, ...inner];
  });
}

/** True for a file of SOPS, whose checksum (MAC) covers also the values in clear text. */
function isEncrypted(root: ManifestNode | undefined): boolean {
  const sops = root?.kind === 'map' ? valueOf(root, 'sops') : undefined;
  return sops?.kind === 'map' && valueOf(sops, 'mac') !== undefined;
}

/** `kind/name` where there are both. */
function nameOf(root: ManifestNode | undefined): string {
  if (root?.kind !== 'map') return '';
  const metadata = valueOf(root, 'metadata');
  const kind = scalarOf(root, 'kind')?.text;
  const name = metadata?.kind === 'map' ? scalarOf(metadata, 'name')?.text : undefined;
  return kind !== undefined && name !== undefined ? `${kind}/${name}` : '';
}
