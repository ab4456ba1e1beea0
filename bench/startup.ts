/** Start-up: how long the Action takes until it could begin to work, against a process of Node that does nothing. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTurn, type Bench } from './bench.ts';
import { ACTION } from './contenders.ts';
import { actionEnvironment } from './environment.ts';
import { time } from './stopwatch.ts';

/** So short that a few pairs would not tell. */
const PAIRS = 20;

/** Seconds. */
export interface Startup {
  /** Node with an empty file. */
  readonly empty: readonly number[];
  /** The main step, which reads its inputs and refuses them. */
  readonly main: readonly number[];
  /** The post step, which has nothing to do. */
  readonly post: readonly number[];
}

export async function measureStartup(bench: Bench): Promise<Startup> {
  const { sandbox, folders } = bench;
  return await folders.use(async (folder) => {
    const emptyFile = join(folder, 'empty.cjs');
    await writeFile(emptyFile, '');
    // No settings: most steps have none, and YAML is read only where there are some.
    const at = { sandbox, repository: 'acme/manifests', folder };
    const environment = actionEnvironment(at, { settings: '' });
    const seconds = async (line: readonly string[], expected: number, more = {}): Promise<number> => {
      const { wall, exitCode, output } = await time({ line, environment: { ...environment, ...more }, folder });
      if (exitCode !== expected) throw new Error(`${line.join(' ')} exited with ${exitCode}:\n${output}`);
      return wall;
    };
    const steps = {
      empty: () => seconds([process.execPath, emptyFile], 0),
      // Without `images`.
      main: () => seconds(ACTION, 1),
      post: () => seconds(ACTION, 0, { 'STATE_has-run': 'true' }),
    };
    await inTurn({ ...bench, pairs: 1 }, steps);
    return await inTurn({ ...bench, pairs: PAIRS }, steps);
  });
}
