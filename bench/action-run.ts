/** One run of the Action, as a runner starts it in a step. */
import type { Bench } from './bench.ts';
import { ACTION } from './contenders.ts';
import { actionEnvironment } from './environment.ts';
import { time, type Finished } from './stopwatch.ts';

/** Runs it into a repository, `owner/name`. Throws when it fails. */
export async function runAction(
  { sandbox, folders }: Bench,
  repository: string,
  inputs: Readonly<Record<string, string>>,
): Promise<Finished> {
  return await folders.use(async (folder) => {
    const environment = actionEnvironment({ sandbox, repository, folder }, inputs);
    const finished = await time({ line: ACTION, environment, folder });
    if (finished.exitCode !== 0) throw new Error(`the Action failed:\n${finished.output}`);
    return finished;
  });
}
