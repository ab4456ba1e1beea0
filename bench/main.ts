/** `npm run bench`: measures, and writes what came of it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox } from '../sandbox/sandbox.ts';
import { CleanFolders } from './clean-folders.ts';
import { describeMachine } from './machine.ts';
import { page, PLOT } from './page.ts';
import { plotTimes } from './plot.ts';
import { measure, MEASUREMENTS, type MeasurementName } from './results.ts';

/** Measures all, and writes the page and its picture into a folder; with `--only` prints the tables of that alone. */
export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      files: { type: 'string', default: '1000,10000,100000' },
      rtt: { type: 'string', default: '0' },
      pairs: { type: 'string', default: '5' },
      only: { type: 'string' },
      output: { type: 'string', default: 'docs' },
    },
  });
  const { only, output } = values;
  const [pairs, rtt] = [Number(values.pairs), Number(values.rtt)];
  const sizes = values.files.split(',').map(Number);
  const all = Object.keys(MEASUREMENTS) as MeasurementName[];
  const names = all.filter((name) => only === undefined || name === only);
  if (names.length === 0) throw new Error(`--only is one of ${all.join(', ')}`);

  const say = (line: string): void => console.error(line);
  const sandbox = await startSandbox({ latency: rtt });
  const folders = await CleanFolders.make();
  try {
    const results = await measure({ sandbox, folders, sizes, pairs, say }, names);
    const text = page(results, { machine: await describeMachine(), pairs, rtt });
    if (only !== undefined) {
      console.log(text);
      return;
    }
    await mkdir(output, { recursive: true });
    await writeFile(join(output, 'benchmark.md'), text);
    if (results.release) await writeFile(join(output, PLOT), plotTimes(results.release));
  } finally {
    say('removing what is left on disk');
    await sandbox.close();
    await folders.close();
  }
}
