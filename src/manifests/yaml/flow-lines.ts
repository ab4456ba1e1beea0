/**
 * The text, as long as before, with the flow collection around an offset on one line. libyaml and Go's readers take a
 * collection whose lines are indented less than its key; the parser here does not.
 */
export function joinFlowLines(text: string, offset: number): string {
  let depth = 0;
  let start = offset - 1;
  for (; start >= 0; start -= 1) {
    if (/[\]}]/.test(text.charAt(start))) depth += 1;
    if (/[[{]/.test(text.charAt(start)) && (depth -= 1) < 0) break;
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
