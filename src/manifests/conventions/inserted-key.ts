/** A key that a map lacks, written beside one that it has and in its style: on a line of its own, or on the same line. */
import type { ManifestEntry, ManifestMap } from '../yaml/tree.ts';
import type { Field, FieldRole } from './convention.ts';

export interface InsertedKey {
  readonly key: string;
  readonly role: FieldRole;
  /** The entry of the map that it goes in front of, or behind. */
  readonly beside: ManifestEntry;
  readonly side: 'before' | 'after';
}

/** The field of a key that may be inserted into a map; `text` is that of the file. */
export function insertedField({ flow }: ManifestMap, { key, role, beside, side }: InsertedKey, text: string): Field {
  const { keyStart, value } = beside;
  // A flow map may be on a line with a whole file.
  const from = flow ? Math.max(keyStart - LONGEST_INDENTATION, 0) : 0;
  const lineStart = from + text.slice(from, keyStart).lastIndexOf('\n') + 1;
  const indentation = text.slice(lineStart, keyStart);
  const hasOwnLine = !flow || (indentation.trim() === '' && lineStart > from);
  const lineBreak = hasOwnLine ? lineBreakAt(text, lineStart) + (flow ? indentation : blank(indentation)) : '';
  const comma = flow ? ',' : '';
  const separator = comma + (hasOwnLine ? lineBreak : ' ');
  const quote = /["']/.exec(text.charAt(keyStart))?.[0] ?? '';
  const written = `${quote}${key}${quote}: `;
  const valueEnd = value.kind === 'scalar' ? value.end : keyStart;
  const at = side === 'before' ? keyStart : flow ? valueEnd : lineEnd(text, valueEnd);
  return {
    role,
    text: undefined,
    style: quote === '"' ? 'double' : 'plain',
    scalar: at,
    start: at,
    end: at,
    before: side === 'before' ? written : separator + written,
    after: side === 'before' ? separator : '',
  };
}

const LONGEST_INDENTATION = 1000;

const blank = (text: string): string => ' '.repeat(text.length);

/** The line break of the line before, else that of the line. */
function lineBreakAt(text: string, lineStart: number): string {
  const at = lineStart > 0 ? lineStart - 1 : text.indexOf('\n');
  return at > 0 && text.charAt(at - 1) === '\r' ? '\r\n' : '\n';
}

/** The end of the line at an offset, without its line break. */
function lineEnd(text: string, offset: number): number {
  const lineBreak = text.indexOf('\n', offset);
  if (lineBreak < 0) return text.length;
  return text.charAt(lineBreak - 1) === '\r' ? lineBreak - 1 : lineBreak;
}
