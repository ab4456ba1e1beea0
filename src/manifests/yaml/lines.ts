/** The lines of a text: positions, blocks without their indentation, flow collections on one line. */

/** Line and column of offsets (UTF-16 code units) of one text, all counted from 1, except the offsets. */
export class LineTable {
  readonly #text: string;
  readonly #words = new Map<string, boolean>();
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the text has a word; it is searched once for all documents of a file. */
  includes(word: string): boolean {
    const known = this.#words.get(word) ?? this.#text.includes(word);
    this.#words.set(word, known);
    return known;
  }

  positionAt(offset: number): { line: number; column: number } {
    this.#starts ??= [0, ...Array.from(this.#text.matchAll(/\n/g), ({ index }) => index + 1)];
    const line = lastAtMost(this.#starts, offset);
    return { line: line + 1, column: offset - (this.#starts[line] ?? 0) + 1 };
  }
}

/** A line may be a whole file: of such a one the part near by is enough. */
const NEAR = 2000;

/** The line around an offset, and its start; of a very long one the part near the offset. */
export function lineAround(text: string, offset: number): { start: number; line: string } {
  const from = Math.max(offset - NEAR, 0);
  const start = from + text.slice(from, offset).lastIndexOf('\n') + 1;
  const [line = ''] = text.slice(start, offset + NEAR).split('\n', 1);
  return { start, line };
}

/** Where an offset of one text is in another. */
export type Mapping = (offset: number) => number;

/** A block's lines without the indentation that its `text` does not have, and where their offsets are in the block. */
export function dedent(block: string, text: string): { text: string; place: Mapping } {
  const indentation = firstIndentation(block) - firstIndentation(text);
  const lines = block.split('\n').map((line) => {
    const removed = Math.min(indentation, line.length - line.trimStart().length);
    return { removed, text: line.slice(removed) };
  });
  const starts: number[] = [];
  const shifts: number[] = [];
  let position = 0;
  let shift = 0;
  for (const line of lines) {
    starts.push(position);
    shifts.push((shift += line.removed));
    position += line.text.length + 1;
  }
  const place: Mapping = (offset) => offset + (shifts[lastAtMost(starts, offset)] ?? 0);
  return { text: lines.map((line) => line.text).join('\n'), place };
}

/** The spaces in front of the first line that has more than spaces. */
function firstIndentation(text: string): number {
  return /^(?:\s*\n)?( *)\S/.exec(text)?.[1]?.length ?? 0;
}

/** The index of the last of ascending numbers that is not above a limit. */
function lastAtMost(ascending: readonly number[], limit: number): number {
  return Math.max(countBelow(ascending, limit + 1) - 1, 0);
}

/** How many of ascending whole numbers are below a limit. */
export function countBelow(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The text, as long as before, with the flow collection around an offset on one line. libyaml and Go's readers take a
 * collection whose lines are indented less than its key; the parser here does not.
 */
export function joinFlowLines(text: string, offset: number): string {
  let depth = 0;
  let start = offset - 1;
  for (; start >= 0; start -= 1) {
    const character = text[start];
    if (character === ']' || character === '}') depth += 1;
    if ((character === '[' || character === '{') && (depth -= 1) < 0) break;
  }
  const end = closingBracket(text, start);
  if (start < 0 || end < 0) return text;
  return text.slice(0, start) + text.slice(start, end).replace(/[\r\n]/g, ' ') + text.slice(end);
}

/** Where the bracket at `start` is closed; brackets in quotes do not count. -1 where it is not, or a comment is inside. */
function closingBracket(text: string, start: number): number {
  const parts = /(?<![^\s,:[{])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|[[\]{}]|\s#/gs;
  parts.lastIndex = Math.max(start, 0);
  let depth = 0;
  for (let match = parts.exec(text); match; match = parts.exec(text)) {
    const [part] = match;
    if (part.endsWith('#')) return -1;
    if (part === '[' || part === '{') depth += 1;
    if ((part === ']' || part === '}') && (depth -= 1) === 0) return match.index;
  }
  return -1;
}
