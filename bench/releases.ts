/** The comparison: each contender releases one image, in turn, into repositories of growing size. */
import { application } from './application.ts';
import { inTurn, type Bench } from './bench.ts';
import { CONTENDERS, type Contender, type ContenderName } from './contenders.ts';
import { manifestRepository } from './manifest-repository.ts';
import type { Timing } from './stopwatch.ts';
import { findTools } from './tools.ts';
import { timed, watched, type Usage } from './trial.ts';

/** One contender on one repository. */
export interface Measured {
  readonly usage: Usage;
  /** In the order of the pairs. */
  readonly timings: readonly Timing[];
}

/** The contenders on one repository; one whose tool is missing is not among them. */
export type Comparison = Readonly<Partial<Record<ContenderName, Measured>>>;

/** The contenders on each repository, by its number of files. */
export async function compareReleases(bench: Bench): Promise<ReadonlyMap<number, Comparison>> {
  const tools = await findTools();
  const present = CONTENDERS.filter(({ tool }) => tool === undefined || tools.has(tool));
  const comparisons = new Map<number, Comparison>();
  for (const size of bench.sizes) comparisons.set(size, await compare(bench, size, present));
  return comparisons;
}

async function compare(bench: Bench, size: number, contenders: readonly Contender[]): Promise<Comparison> {
  const manifests = await manifestRepository(size);
  const release = { manifests, app: application(Math.floor(manifests.applications * 0.42)), tag: '2.0.0' };
  const usages: Usage[] = [];
  // Watched first, so that nothing is met for the first time when time counts.
  for (const contender of contenders) {
    bench.say(`${size} files, ${contender.name}: watched`);
    usages.push(await watched(bench, contender, release));
  }
  const runs = contenders.map((contender) => [contender.name, () => timed(bench, contender, release)] as const);
  bench.say(`${size} files`);
  const timings = await inTurn<string, Timing>(bench, Object.fromEntries(runs));
  return Object.fromEntries(
    contenders.map(({ name }, index) => [name, { usage: usages[index], timings: timings[name] }]),
  );
}
