/** Whether bytes contain one of many words, in one pass whatever their number. */
import { mayContain } from './search-terms.ts';

/** Bytes to be searched, times words, from which on it takes longer to look for one word after the other than to build an automaton. */
const WORTH_BUILDING = 65_536;

/**
 * The automaton of Aho and Corasick, with a row of transitions for each beginning of a word and a column for each byte that the
 * words have. It is built when it pays: a search in a file or two does without.
 */
export class WordSearch {
  readonly #words: readonly string[];
  #searched = 0;
  #automaton: Automaton | undefined;

  constructor(words: Iterable<string>) {
    this.#words = [...words];
  }

  isIn(bytes: Uint8Array): boolean {
    if (!this.#automaton) {
      this.#searched += bytes.length * this.#words.length;
      if (this.#searched < WORTH_BUILDING) return mayContain(bytes, this.#words);
      this.#automaton = new Automaton(this.#words);
    }
    return this.#automaton.isIn(bytes);
  }
}

class Automaton {
  /** The column of each byte; 0 for those that no word has. */
  readonly #columns = new Uint8Array(256);
  readonly #width: number;
  /** For each state and column the offset of the next state's row; -1 where a word ends. */
  readonly #transitions: Int32Array;

  constructor(words: readonly string[]) {
    const encoded = words.map((word) => Buffer.from(word));
    const bytes = [...new Set(Buffer.concat(encoded))];
    for (const [index, byte] of bytes.entries()) this.#columns[byte] = index + 1;
    this.#width = bytes.length + 1;
    this.#transitions = this.#build(encoded);
  }

  isIn(bytes: Uint8Array): boolean {
    const transitions = this.#transitions;
    const columns = this.#columns;
    let row = transitions[0] === -1 ? -1 : 0;
    for (let index = 0; index < bytes.length && row >= 0; index += 1) {
      row = transitions[row + (columns[bytes[index] as number] as number)] as number;
    }
    return row < 0;
  }

  #build(words: readonly Buffer[]): Int32Array {
    const width = this.#width;
    const size = words.reduce((sum, word) => sum + word.length, 1);
    const rows = new Int32Array(size * width);
    const isEnd = new Uint8Array(size);
    let last = 0;
    for (const word of words) {
      let state = 0;
      for (const byte of word) {
        const at = state * width + (this.#columns[byte] ?? 0);
        if (rows[at] === 0) rows[at] = last += 1;
        state = rows[at] ?? 0;
      }
      isEnd[state] = 1;
    }
    // The longest ending of what was read that begins a word, breadth first.
    const fallback = new Int32Array(last + 1);
    const queue = [0];
    for (const state of queue) {
      for (let column = 1; column < width; column += 1) {
        const at = state * width + column;
        const next = rows[at] ?? 0;
        const other = state === 0 ? 0 : (rows[(fallback[state] ?? 0) * width + column] ?? 0);
        if (next === 0) {
          rows[at] = other;
          continue;
        }
        fallback[next] = other;
        isEnd[next] ||= isEnd[other] ?? 0;
        queue.push(next);
      }
    }
    return rows.subarray(0, (last + 1) * width).map((state) => (isEnd[state] === 1 ? -1 : state * width));
  }
}
