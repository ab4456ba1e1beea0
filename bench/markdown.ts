/** Figures as people read them, and tables of them. */

/** Figures are at the right of their column, words at the left. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const isFigures = (column: number): boolean => rows.every((cells) => /^(?:\d|$)/.test(cells[column] ?? ''));
  const marks = headings.map((_, column) => (isFigures(column) ? '--:' : '---'));
  return [headings, marks, ...rows].map(line).join('\n');
}

export function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

export function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}

/** A size in a unit that keeps it short. */
export function size(bytes: number): string {
  const [unit, name] = bytes < 1e6 ? ([1e3, 'kB'] as const) : ([1e6, 'MB'] as const);
  return `${(bytes / unit).toFixed(bytes < 1e8 ? 1 : 0)} ${name}`;
}

export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}
