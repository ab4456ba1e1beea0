/** Values of a template that are not literal. */
import { LineTable } from './lines.ts';
import { MASK } from './template-branches.ts';

/** The text of such a value: no name and no version, so that nothing is found there. */
export const TEMPLATED = '{{ … }}';

/** A masked text as a reader is shown it. */
export function unmasked(text: string): string {
  return text.replace(new RegExp(`${MASK}+`, 'g'), TEMPLATED);
}

/** The lines of a masked text that have an action beside something else: no value on them is literal. */
export class TemplatedLines {
  readonly #lines: LineTable;
  readonly #masked: ReadonlySet<number>;

  constructor(text: string) {
    this.#lines = new LineTable(text);
    const masks = text.matchAll(new RegExp(`${MASK}+`, 'g'));
    this.#masked = new Set(Array.from(masks, ({ index }) => this.#lines.positionAt(index).line));
  }

  /** Whether one of the lines from one offset to another is templated. */
  has(start: number, end: number): boolean {
    if (this.#masked.size === 0) return false;
    const last = this.#lines.positionAt(end).line;
    for (let { line } = this.#lines.positionAt(start); line <= last; line += 1) if (this.#masked.has(line)) return true;
    return false;
  }
}

/** An action in place of a value, on the same line or below it. */
const VALUE = /\s*\{[{%]/y;
/** A variable that is written directly behind what is before it, without the line break. */
const SUFFIX = /\s*\{\{-\s*[.$][\w.]*\s*-?\}\}/y;

/** Whether a value of a text goes on in an action behind it. */
export function isContinued(text: string, start: number, end: number): boolean {
  const pattern = start === end ? VALUE : SUFFIX;
  pattern.lastIndex = end;
  return pattern.test(text);
}
