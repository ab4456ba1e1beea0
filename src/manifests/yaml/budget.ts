/** What the reading of one file may cost. */

/**
 * For a whole file some 5 s of one processor. The largest honest ones, rendered bundles of 5 MiB, take 2 million steps;
 * more is a program's mistake or an attack.
 */
const STEPS_OF_FILE = 2_500_000;
/** For what is read by itself less than half of that, since it is read twice where it has edits. */
const STEPS_OF_PART = 1_000_000;
/** A document costs as many steps besides those of its tokens. */
export const STEPS_OF_DOCUMENT = 30;
/** Composing calls itself for each level: near the end of the stack Node does not throw but dies. */
export const MAX_DEPTH = 300;

/** A file that would take too long to read; `offset` is where that shows. */
export class TooComplex extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

/**
 * The steps that are left for one file or part of it: for each token of its text, of the blocks in it and of each branch of
 * a template, and for each value that an alias repeats.
 */
export class ReadingBudget {
  #left: number;
  readonly #file: ReadingBudget | undefined;

  constructor(file?: ReadingBudget) {
    this.#left = file ? STEPS_OF_PART : STEPS_OF_FILE;
    this.#file = file;
  }

  get left(): number {
    return this.#left;
  }

  /** For a part of the file. */
  forPart(): ReadingBudget {
    return new ReadingBudget(this);
  }

  /** Throws TooComplex, at the offset given, when no more steps are left. */
  spend(steps: number, offset: () => number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooComplex('has too many values, repeated ones included', offset());
    this.#file?.spend(steps, offset);
  }
}
