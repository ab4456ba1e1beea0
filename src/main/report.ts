/** Outputs, log lines, failures and job summary of a run: of releases, or of a report on environments. */
import type { StatusTable, Result } from '../environments/result.ts';
import type { Landing } from '../release/after-merge/landing.ts';
import { cut, markdownCode, oneLine } from '../core/escape.ts';
import { landingOutputs, landingSentence } from './landing.ts';
import { CUT_NOTE, nothing, toOutputs, type OutputName } from './outputs.ts';
import { sentenceOf } from './sentences.ts';
import { failureSummary, inHeading, MAX_SUMMARY, toSummary } from './summary.ts';

/** Outputs, log lines, failures and job summary of a run. */
export interface RunReport {
  readonly outputs: Readonly<Record<OutputName, unknown>>;
  /** For the log. */
  readonly lines: readonly string[];
  readonly failures: readonly Result[];
  /** The job summary, in Markdown. */
  readonly summary: string;
}

/** The report of releases: a line for each that ended, and the failures. */
export function reportResults(results: readonly Result[]): RunReport {
  return {
    outputs: toOutputs(results),
    lines: results.filter(({ outcome }) => outcome).map(sentenceOf),
    failures: results.filter(({ error }) => error),
    summary: toSummary(results),
  };
}

/** What follows an earlier job. */
export function reportLanding(landing: Landing): RunReport {
  const lines = landing.error ? [] : [landingSentence(landing)];
  return {
    outputs: { ...nothing(), ...landingOutputs(landing) },
    lines,
    failures: landing.error ? [{ app: '', environment: '', error: landing.error }] : [],
    summary: landing.error ? failureSummary(landing.error) : `### ${inHeading(landingSentence(landing))}`,
  };
}

/** What a failure has before it: its app and environment, where there are any. */
export const prefixOf = ({ app, environment }: Result): string =>
  environment === '' ? '' : `${app} in ${environment}: `;

/** The report of mode status: the table as aligned lines, as the output `results`, and in Markdown. */
export function reportTable({ columns, rows }: StatusTable): RunReport {
  const table = rows.map((row) => columns.map((column) => oneLine(row[column] ?? '')));
  // A call has no room for the cells of all rows.
  const widths = columns.map((column, index) =>
    table.reduce((width, cells) => Math.max(width, cells[index]?.length ?? 0), column.length),
  );
  const aligned = [columns, ...table].map((cells) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const asRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const shown = table.map((cells) => asRow(cells.map((cell) => (cell === '' ? '' : markdownCode(cell)))));
  return {
    outputs: { ...nothing(), results: rows },
    lines: aligned,
    failures: [],
    summary: cut([asRow(columns), asRow(columns.map(() => '---')), ...shown].join('\n'), MAX_SUMMARY, CUT_NOTE),
  };
}
