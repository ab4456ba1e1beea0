/** The report on a file that cannot be read: nothing, a problem, or an error when it contains a released image. */
import { failure } from '../core/errors.ts';
import { otherReferences } from './text/other-versions.ts';
import type { TextSearch } from './text/text-references.ts';
import type { Manifest, ManifestDefect } from './yaml/manifest.ts';
import type { Problem } from '../core/objects.ts';

/**
 * Problems of a file with a defect. Throws MANIFEST_UNREADABLE for a file that does not parse and has a released image
 * with another version, MANIFEST_ENCRYPTED for one of SOPS.
 */
export function reportDefect(
  { path, text, lines }: Manifest,
  { kind, reason, line, column }: ManifestDefect,
  search: TextSearch,
): Problem[] {
  const [other] =
    kind === 'syntax' || kind === 'encrypted' ? otherReferences(path, text, search, kind === 'syntax') : [];
  if (other && kind === 'syntax') {
    const excerpt = caret(text.split(/\r?\n/)[line - 1] ?? '', column);
    throw failure('MANIFEST_UNREADABLE', { place: { file: path, line, column }, reason, excerpt });
  }
  if (other) throw failure('MANIFEST_ENCRYPTED', { place: { file: path, line: lines.positionAt(other.offset).line } });
  if (kind === 'template' || kind === 'encrypted') return [];
  return [{ file: path, line, column, message: `was not searched: ${reason}` }];
}

/** Why the lines of a file with a defect are not edited, as the end of a sentence. */
export const DEFECT_REASONS: Readonly<Record<ManifestDefect['kind'], string>> = {
  encoding: 'is in a file that is not UTF-8',
  syntax: 'is in a file that cannot be read',
  template: 'is in a template',
  encrypted: 'is in a file that is encrypted with SOPS',
};

/** A line of source with a caret under the column, cut to what fits beside it. */
function caret(line: string, column: number): string {
  const from = Math.max(0, column - 60);
  const shown = line.slice(from, from + 100).replaceAll('\t', ' ');
  return `${shown}\n${' '.repeat(column - 1 - from)}^`;
}
