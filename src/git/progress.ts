/** How far git is with what it receives, as it writes it to stderr with `--progress`. */

/** Of the server's own texts nothing but these words and numbers is shown. */
const STEP =
  /(Counting objects|Compressing objects|Receiving objects|Resolving deltas): +(\d+)% \(\d+\/\d+\)(?:, ([\d.]+ [KMGT]?i?B))?/g;

/** The latest step in a piece of git's output: `Receiving objects: 42%, 3.10 MiB`; `undefined` for none. */
export function stepIn(output: string): string | undefined {
  const [, step, percent, size] = [...output.matchAll(STEP)].at(-1) ?? [];
  return step && `${step}: ${percent}%${size === undefined ? '' : `, ${size}`}`;
}

/** The output without the lines that were written over. */
export const withoutProgress = (output: string): string => output.replace(/(?<=^|[\r\n])[^\r\n]*\r(?!\n)/g, '');
