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
  /** What was read by itself, in the order of the text. Empty when there is a defect. */
  readonly parts: readonly ManifestPart[];
  readonly defect?: ManifestDefect;
}

/** The number of the first document of a text, and whether it is the only one of the file. */
interface Numbering {
  readonly index: number;
  readonly isOnly: boolean;
}

/** Characters of the text, and the documents in them: one and those inside it, or all of a template. */
export interface ManifestPart extends Numbering {
  readonly start: number;
  readonly end: number;
  readonly documents: readonly ManifestDocument[];
}

/**
 * Reads a YAML or JSON manifest from its bytes. Never throws: what cannot be read is the result's `defect`. A template
 * is read as far as it is literal.
 */
export function readManifest(path: string, bytes: Uint8Array): Manifest {
  const known = manifests.get(bytes);
  if (known?.path === path) return known;
  const manifest = readManifestOnce(path, bytes);
  manifests.set(bytes, manifest);
  return manifest;
}

/** Several parts of a run read the same bytes. */
const manifests = new WeakMap<Uint8Array, Manifest>();

/** The same for a file that is read once in a run: the result is not kept. */
export function readManifestOnce(path: string, bytes: Uint8Array): Manifest {
  try {
    return parseManifestText(path, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const defect: ManifestDefect = { kind: 'encoding', reason: 'is not UTF-8', line: 1, column: 1 };
    return { path, text: '', lines: new LineTable(''), documents: [], parts: [], defect };
  }
}

/** A part of a file with another text, as a manifest of its own whose documents are named as those of the part. */
export function rereadPart(path: string, part: ManifestPart, text: string): Manifest {
  return parseManifestText(path, text, part);
}

function parseManifestText(path: string, text: string, first?: Numbering): Manifest {
  const lines = new LineTable(text);
  const { parts: read, flaw } = parseText(text);
  const roots = read.flatMap((part) => part.roots);
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
    return { path, text, lines, documents: [], parts: [], defect };
  }
  let { index, isOnly } = first ?? { index: 0, isOnly: roots.length < 2 };
  const parts = read.map(({ start, end, roots: own }): ManifestPart => {
    const part = { start, end, index, isOnly };
    index += own.length;
    return { ...part, documents: documentsOf(own, { path, text, lines, label: '', id: '' }, part) };
  });
  return { path, text, lines, documents: parts.flatMap(({ documents }) => documents), parts };
}

/** Documents and, behind each, those inside its blocks of text, to any depth. */
function documentsOf(
  roots: readonly (ManifestNode | undefined)[],
  outer: Pick<ManifestDocument, 'path' | 'text' | 'lines' | 'label' | 'id'>,
  { index: first, isOnly }: Numbering = { index: 0, isOnly: roots.length < 2 },
): ManifestDocument[] {
  return roots.flatMap((root, offset) => {
    const index = first + offset;
    const name = nameOf(root);
    const label = [outer.label, isOnly ? '' : name].filter((part) => part !== '').join(' ');
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
