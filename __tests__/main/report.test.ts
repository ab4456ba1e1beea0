import { expect, test } from 'vitest';
import { reportTable } from '../../src/main/report.ts';

test('a table of very many rows is aligned', () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => ({ app: `app-${index}`, version: '1.4.2' }));
  const { lines } = reportTable({ columns: ['app', 'version'], rows });
  expect([lines.length, lines[0], lines[1], lines.at(-1)]).toEqual([
    200_001,
    'app         version',
    'app-0       1.4.2',
    'app-199999  1.4.2',
  ]);
});
