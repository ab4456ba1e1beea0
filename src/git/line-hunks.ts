/** The hunks of a unified diff in time linear in the lines: each is compared with the next ones of the other text alone. */

export interface Hunk {
  /** Numbers of lines, from 1. */
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** With their signs. */
  readonly lines: readonly string[];
}

interface Marked {
  readonly sign: ' ' | '-' | '+';
  /** With its line break, where it has one. */
  readonly line: string;
}

const NO_LINE_BREAK = '\\ No newline at end of file';

/** The hunks between two texts that differ in values of lines and in single lines, with `context` lines around each. */
export function lineHunks(old: string, now: string, context: number): Hunk[] {
  const marked = markedLines(linesOf(old), linesOf(now));
  const hunks: Hunk[] = [];
  let [oldStart, newStart, from] = [1, 1, 0];
  for (const { start, end } of rangesOf(marked, context)) {
    // What is between two hunks is in both texts.
    [oldStart, newStart] = [oldStart + start - from, newStart + start - from];
    const shown = marked.slice(start, end);
    const [oldLines, newLines] = [shown.filter(({ sign }) => sign !== '+'), shown.filter(({ sign }) => sign !== '-')];
    hunks.push({
      oldStart,
      oldLines: oldLines.length,
      newStart,
      newLines: newLines.length,
      lines: shown.flatMap(({ sign, line }) =>
        line.endsWith('\n') ? sign + line.slice(0, -1) : [sign + line, NO_LINE_BREAK],
      ),
    });
    [oldStart, newStart, from] = [oldStart + oldLines.length, newStart + newLines.length, end];
  }
  return hunks;
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.split(/(?<=\n)/));

/** All lines, of those that differ the old ones before the new ones. */
function markedLines(old: readonly string[], now: readonly string[]): Marked[] {
  const marked: Marked[] = [];
  let removed: Marked[] = [];
  let added: Marked[] = [];
  for (let [before, after] = [0, 0]; before < old.length || after < now.length;) {
    const [line, next, other, otherNext] = [old[before], old[before + 1], now[after], now[after + 1]];
    if (line !== undefined && line === other) {
      for (const one of [...removed, ...added, { sign: ' ', line } as const]) marked.push(one);
      [removed, added] = [[], []];
      [before, after] = [before + 1, after + 1];
      continue;
    }
    const isReplaced = next === otherNext;
    const isAdded = line === undefined || (!isReplaced && line === otherNext);
    const isRemoved = other === undefined || (!isReplaced && next === other);
    if (line !== undefined && !isAdded) {
      removed.push({ sign: '-', line });
      before += 1;
    }
    if (other !== undefined && (isAdded || !isRemoved)) {
      added.push({ sign: '+', line: other });
      after += 1;
    }
  }
  return [...marked, ...removed, ...added];
}

/** Where the changed lines are, with what is around them. */
function rangesOf(marked: readonly Marked[], context: number): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const [index, { sign }] of marked.entries()) {
    if (sign === ' ') continue;
    const [start, end] = [Math.max(index - context, 0), Math.min(index + context + 1, marked.length)];
    const last = ranges.at(-1);
    if (last && start <= last.end) last.end = end;
    else ranges.push({ start, end });
  }
  return ranges;
}
