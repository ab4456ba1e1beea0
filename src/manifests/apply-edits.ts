/** Edits as data, and the text after them. */

/** Replaces the characters from `start` to `end` (UTF-16 offsets into the text before any edit) by `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all edits applied, which may come in any order. Throws a RangeError when two of them overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < position || edit.end < edit.start) throw new RangeError(`edits overlap at offset ${edit.start}`);
    parts.push(text.slice(position, edit.start), edit.text);
    position = edit.end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}
