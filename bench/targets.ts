/** What the program is to reach, beside what was measured. */
import type { ContenderName } from './contenders.ts';
import { count, size, times } from './markdown.ts';
import type { Results } from './results.ts';
import { median, ratios } from './statistics.ts';

interface Target {
  readonly what: string;
  readonly least?: number;
  readonly most?: number;
  readonly show: (value: number) => string;
  /** NaN for what was not measured. */
  readonly measured: (results: Results) => number;
}

/** A target, what was measured, and whether that is enough; nothing where it was not measured. */
export interface Verdict {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly met: boolean | undefined;
}

const LARGE = 100_000;
const SMALL = 1000;
const WITH_PATHS = 'ours, with `paths`';

const TARGETS: readonly Target[] = [
  {
    what: 'with `paths`, 1,000 files: faster than expert, which is told the folder',
    least: 2.5,
    show: times,
    measured: faster(SMALL, 'expert', WITH_PATHS),
  },
  {
    what: 'with `paths`, 100,000 files: faster than expert',
    least: 10,
    show: times,
    measured: faster(LARGE, 'expert', WITH_PATHS),
  },
  {
    what: 'with `paths`, 100,000 files against 1,000',
    most: 1.15,
    show: times,
    measured: (results) => median(walls(results, LARGE, WITH_PATHS)) / median(walls(results, SMALL, WITH_PATHS)),
  },
  { what: '1,000 files: no slower than careful', least: 1, show: times, measured: faster(SMALL, 'careful') },
  { what: 'faster than careful', least: 6, show: times, measured: faster(LARGE, 'careful') },
  { what: 'time against the floor', most: 1.1, show: times, measured: slower(LARGE, 'floor') },
  {
    what: 'with `paths`, requests one after the other',
    most: 3,
    show: count,
    measured: (results) => roundTrips(results, WITH_PATHS),
  },
  { what: 'requests one after the other', most: 7, show: count, measured: (results) => roundTrips(results, 'ours') },
  {
    what: 'status of 3,000 environments, in seconds',
    most: 5,
    show: (seconds) => seconds.toFixed(2),
    measured: ({ environments }) => (environments ? median(environments.status) : NaN),
  },
  {
    what: 'one version into 100 environments by pull request, against one',
    most: 12,
    show: times,
    measured: ({ environments }) => (environments ? median(ratios(environments.many, environments.one)) : NaN),
  },
  {
    what: '50 deliveries by push at once, in processor time against 50 × one alone',
    most: 1.3,
    show: times,
    measured: ({ push }) =>
      push?.runs === 50 ? push.cpu / (push.runs * median(push.alone.map(({ cpu }) => cpu))) : NaN,
  },
  {
    what: 'seconds that 99,000 more files add, against what they add to careful',
    most: 0.5,
    show: times,
    measured: (results) => growth(results, 'ours') / growth(results, 'careful'),
  },
  {
    what: 'peak memory of the process tree',
    most: 200e6,
    show: size,
    measured: (results) => usage(results)?.memory ?? NaN,
  },
  {
    what: 'disk, against what came over the network',
    most: 1.5,
    show: times,
    measured: (results) => (usage(results)?.disk ?? NaN) / (usage(results)?.received ?? NaN),
  },
  {
    what: 'git operations over the network',
    most: 3,
    show: count,
    measured: (results) => usage(results)?.gitOperations ?? NaN,
  },
  {
    what: 'with `paths`, git operations over the network',
    most: 3,
    show: count,
    measured: (results) => usage(results, WITH_PATHS)?.gitOperations ?? NaN,
  },
  {
    what: 'start-up, against an empty Node process',
    most: 1.8,
    show: times,
    measured: ({ startup }) => (startup ? median(ratios(startup.main, startup.empty)) : NaN),
  },
  {
    what: '500 images, against one',
    most: 3,
    show: times,
    measured: ({ images }) => (images?.images === 500 ? median(ratios(images.many, images.one)) : NaN),
  },
  {
    what: 'planning 500 images on files that are all given, in seconds',
    most: 3,
    show: (seconds) => seconds.toFixed(2),
    measured: ({ planning }) => planning?.find(({ what }) => what.includes('500 images'))?.seconds ?? NaN,
  },
];

/** Each target beside what was measured; where nothing else is said, in the repository of 100,000 files. */
export function judge(results: Results): Verdict[] {
  return TARGETS.map(({ what, least, most, show, measured }) => {
    const value = measured(results);
    const wanted = least === undefined ? `at most ${show(most ?? NaN)}` : `at least ${show(least)}`;
    if (Number.isNaN(value)) return { what, wanted, measured: '', met: undefined };
    return { what, wanted, measured: show(value), met: value >= (least ?? -Infinity) && value <= (most ?? Infinity) };
  });
}

type Measure = Target['measured'];

/** How many times longer another one takes, pair by pair. */
function faster(files: number, other: ContenderName, we: ContenderName = 'ours'): Measure {
  return (results) => median(ratios(walls(results, files, other), walls(results, files, we)));
}

function slower(files: number, other: ContenderName): Measure {
  return (results) => median(ratios(walls(results, files, 'ours'), walls(results, files, other)));
}

function growth(results: Results, name: ContenderName): number {
  return median(walls(results, LARGE, name)) - median(walls(results, SMALL, name));
}

function walls({ release }: Results, files: number, name: ContenderName): number[] {
  return release?.get(files)?.[name]?.timings.map(({ wall }) => wall) ?? [];
}

function roundTrips({ release }: Results, name: ContenderName): number {
  return release?.get(SMALL)?.[name]?.roundTrips ?? NaN;
}

function usage({ release }: Results, name: ContenderName = 'ours') {
  return release?.get(LARGE)?.[name]?.usage;
}
