/** What is for a person at a terminal alone: colours, and how far a long clone is. Never in a pipe or the log of a CI. */
interface Terminal {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Whether a stream is a terminal that a person reads. */
export const isTerminal = ({ isTTY }: Terminal, isCi: boolean): boolean => isTTY === true && !isCi;

/** NO_COLOR with any value but the empty one: https://no-color.org */
export const hasColours = ({ NO_COLOR = '', TERM }: Variables): boolean => NO_COLOR === '' && TERM !== 'dumb';

/** A line of the log in colours: failures, warnings, titles, and the lines of a diff. */
export function coloured(text: string): string {
  if (DIFF.test(text)) return text.split('\n').map(colouredChange).join('\n');
  return text
    .replace(/^error:/, (mark) => paint('red', mark))
    .replace(/^- warning:/, (mark) => paint('yellow', mark))
    .replace(/^[^-\s][^\n]*:$/, (title) => paint('bold', title));
}

const DIFF = /^(?:diff |--- )[^\n]*\n/;

function colouredChange(line: string): string {
  if (/^(?:diff |\+\+\+ |--- )/.test(line)) return paint('bold', line);
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}

/** Select Graphic Rendition of ECMA-48. */
const STYLES = { bold: 1, red: 31, green: 32, yellow: 33 } as const;

const paint = (style: keyof typeof STYLES, text: string): string => `\u001b[${STYLES[style]}m${text}\u001b[0m`;

/** Milliseconds before anything is shown: most clones have ended by then. */
const LONG = 1000;

/** One line that is written over, and gone before anything else is written. */
export class ProgressLine {
  readonly #terminal: Terminal;
  #since: number | undefined;
  #isShown = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Shows a text in place of the last one. */
  show(text: string): void {
    this.#since ??= Date.now();
    if (Date.now() - this.#since < LONG) return;
    this.#terminal.write(`\r${text}\u001b[K`);
    this.#isShown = true;
  }

  /** Removes what is shown. */
  clear(): void {
    if (this.#isShown) this.#terminal.write('\r\u001b[K');
    this.#isShown = false;
  }
}
