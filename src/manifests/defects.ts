/** The report on a file that cannot be read: nothing, a problem, or an error when it contains a released image. */
import { failure } from '../core/errors.ts';
import type { Manifest, ManifestDefect } from './yaml/manifest.ts';
import type { Problem } from '../core/objects.ts';

/**
 * Problems of a file with a defect. `words` are those that every spelling of a released image contains.
 * Throws MANIFEST_UNREADABLE for a file that contains one of them and does not parse, MANIFEST_ENCRYPTED for one of SOPS.
 */
export function reportDefect(
  { path, text }: Manifest,
  { kind, reason, line, column }: ManifestDefect,
  words: readonly string[],
): Problem[] {
  const lines = text.split(/\r?\n/);
  const mention = lineOfMention(lines, words);
  if (kind === 'syntax' && mention > 0) {
    const excerpt = caret(lines[line - 1] ?? '', column);
    throw failure('MANIFEST_UNREADABLE', { place: { file: path, line, column }, reason, excerpt });
  }
  if (kind === 'encrypted' && mention > 0)
    throw failure('MANIFEST_ENCRYPTED', { place: { file: path, line: mention } });
  if (kind === 'template' && mention > 0) {
    return [{ file: path, line: mention, message: `holds a released image, but ${reason} and was left as it is` }];
  }
  if (kind === 'template' || kind === 'encrypted') return [];
  return [{ file: path, line, column, message: `was not searched: ${reason}` }];
}

/** The line, from 1, of the first that contains one of the words outside of comments; 0 when there is none. */
export function lineOfMention(lines: readonly string[], words: readonly string[]): number {
  const mentions = words.map((word) => new RegExp(`(?<![\\w.-])${word.replaceAll('.', '\\.')}(?![\\w./-])`));
  return 1 + lines.findIndex((source) => mentions.some((word) => word.test(withoutComment(source))));
}

function withoutComment(line: string): string {
  return line.replace(/(?:^|\s)#.*$/, '');
}

/** A line of source with a caret under the column, cut to what fits beside it. */
function caret(line: string, column: number): string {
  const from = Math.max(0, column - 60);
  const shown = line.slice(from, from + 100).replaceAll('\t', ' ');
  return `${shown}\n${' '.repeat(column - 1 - from)}^`;
}
