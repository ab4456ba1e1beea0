/** The lines of a YAML block scalar, without their indentation. */

/** Where an offset of one text stands in another. */
export type Mapping = (offset: number) => number;

/** A block's lines without the indentation that its `text` has not, and where their offsets stand in the block. */
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
  let [low, high] = [0, ascending.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
