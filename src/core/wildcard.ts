/** Patterns with gaps, in time linear in the text whatever the pattern: a regular expression with many `.*` is not. */

/**
 * Whether a text is the given parts in their order, the first at its beginning and the last at its end, with at least
 * `least` characters between each two.
 */
export function matchesParts(text: string, [first = '', ...others]: readonly string[], least = 0): boolean {
  const last = others.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const part of others) {
    const found = text.indexOf(part, position + least);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position + least <= end;
}
