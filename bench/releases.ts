/** The comparison: each contender releases one image, in turn, into repositories of growing size. */
import { startSandbox } from '../sandbox/sandbox.ts';
import { application } from './application.ts';
import { inTurn, type Bench } from './bench.ts';
import { CONTENDERS, type Contender, type ContenderName } from './contenders.ts';
import { manifestRepository } from './manifest-repository.ts';
import type { Timing } from './stopwatch.ts';
import { findTools } from './tools.ts';
import { median } from './statistics.ts';
import { timed, watched, type Release, type Usage } from './trial.ts';

/** One contender on one repository. */
export interface Measured {
  readonly usage: Usage;
  /** In the order of the pairs. */
  readonly timings: readonly Timing[];
  /** Requests one after the other; known of the smallest repository. */
  readonly roundTrips?: number;
}

/** The contenders on one repository; one whose tool is missing is not among them. */
export type Comparison = Readonly<Partial<Record<ContenderName, Measured>>>;

/** The contenders on each repository, by its number of files. */
export async function compareReleases(bench: Bench): Promise<ReadonlyMap<number, Comparison>> {
  const present = await presentContenders(bench);
  const comparisons = new Map<number, Comparison>();
  for (const size of bench.sizes) comparisons.set(size, await compare(bench, size, present));
  const smallest = Math.min(...bench.sizes);
  comparisons.set(smallest, await countRoundTrips(bench, smallest, present, comparisons.get(smallest) ?? {}));
  return comparisons;
}

/** Those whose tools are here; of each other one it is told what is missing. */
async function presentContenders({ say }: Bench): Promise<Contender[]> {
  const found = await findTools();
  return CONTENDERS.filter(({ name, tools = [] }) => {
    const missing = tools.filter((tool) => !found.has(tool));
    if (missing.length > 0) say(`${name}: not measured, for there is no ${missing.join(' and no ')} here`);
    return missing.length === 0;
  });
}

/** Milliseconds that are added to each request: far more than what differs from run to run. */
const FAR = 400;

/** With a server that is far away, each request that waits for another one shows. */
async function countRoundTrips(
  bench: Bench,
  size: number,
  contenders: readonly Contender[],
  near: Comparison,
): Promise<Comparison> {
  const sandbox = await startSandbox({ latency: FAR });
  const counted: Record<string, Measured> = {};
  try {
    for (const contender of contenders) {
      const measured = near[contender.name];
      if (!measured) continue;
      bench.say(`${size} files, ${contender.name}: from afar`);
      const { wall } = await timed({ ...bench, sandbox }, contender, await releaseIn(size));
      const here = median(measured.timings.map((one) => one.wall));
      counted[contender.name] = { ...measured, roundTrips: Math.round(((wall - here) * 1000) / FAR) };
    }
  } finally {
    await sandbox.close();
  }
  return counted;
}

async function releaseIn(size: number): Promise<Release> {
  const manifests = await manifestRepository(size);
  return { manifests, app: application(Math.floor(manifests.applications * 0.42)), tag: '2.0.0' };
}

async function compare(bench: Bench, size: number, contenders: readonly Contender[]): Promise<Comparison> {
  const release = await releaseIn(size);
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
