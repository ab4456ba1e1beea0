/** How a failure is defined, and the parts that several tables share. */
import { oneLine } from '../escape.ts';
import type { Place } from '../objects.ts';

export type Blame = 'yours' | 'again' | 'ours';

export interface FailureText {
  readonly message: string;
  readonly hint: string;
}

export interface Failure<Details> {
  readonly blame: Blame;
  readonly text: (details: Details) => FailureText;
}

/** A row of the table of failures: whose fault it is, and its words, made of the details of one failure. */
export const define = <Details>(blame: Blame, text: (details: Details) => FailureText): Failure<Details> => ({
  blame,
  text,
});

/** A place as compilers write it. */
export const at = ({ file, line, column }: Place): string =>
  `${oneLine(file)}:${line}${column === undefined ? '' : `:${column}`}`;

/** A reason in the words of another program, as the end of a sentence. */
export function clause(reason: string): string {
  const lines = reason.split('\n').flatMap((line) => line.trim() || []);
  return oneLine(lines.join('; '), 500).replace(/[.\s]+$/, '');
}

/** Lines of a list behind a sentence. */
export const listed = (lines: readonly string[]): string => lines.map((line) => `\n  ${oneLine(line, 300)}`).join('');

/** For a fault of this program. */
export const REPORT =
  'Please report this at the issue tracker of manifest-release-pr with this message and the log of the run.';
