/** The page of the benchmark, in Markdown. What it says is true whatever the figures are. */
import { CONTENDERS } from './contenders.ts';
import type { Crowd } from './crowd.ts';
import type { Environments } from './environments.ts';
import type { ManyImages } from './many-images.ts';
import { count, seconds, size, table, times } from './markdown.ts';
import { CORPUS, type Planned } from './planning.ts';
import type { Comparison } from './releases.ts';
import type { MeasurementName, Results } from './results.ts';
import type { Startup } from './startup.ts';
import { median, ratios } from './statistics.ts';
import { judge } from './targets.ts';

/** The file name of the picture, beside the page. */
export const PLOT = 'benchmark.svg';

/** What there is to say of a run beside its results. */
export interface Circumstances {
  /** Names and values. */
  readonly machine: readonly (readonly [name: string, value: string])[];
  readonly pairs: number;
  /** Milliseconds added to each request. */
  readonly rtt: number;
}

type Chapters = { readonly [Name in MeasurementName]: (result: NonNullable<Results[Name]>) => string };

/** The chapters of what was measured; the whole page when all was. */
export function page(results: Results, circumstances: Circumstances): string {
  const names = Object.keys(CHAPTERS) as MeasurementName[];
  const chapters = names.flatMap((name) => chapter(name, results[name]));
  const whole = names.every((name) => results[name] !== undefined);
  const parts = whole ? [introduction(circumstances), verdicts(results), ...chapters, METHOD] : chapters;
  return `${parts.join('\n\n')}\n`;
}

const CHAPTERS: Chapters = {
  release: (comparisons) => [...comparisons].map(([files, comparison]) => releases(files, comparison)).join('\n\n'),
  startup,
  planning,
  images: manyImages,
  environments,
  race: (crowd) => `## ${crowd.runs} versions of one release at once

${crowd.runs} processes start at the same moment, each with another version of one image. In the end there is one pull
request, and it has the newest version; the benchmark fails when that is not so.

${crowdTable(crowd)}`,
  push: (crowd) => `## ${crowd.runs} deliveries to one branch at once

${crowd.runs} processes start at the same moment, each with another application, its folder in \`paths\`, and
\`delivery: push\`. In the end the branch has all of them; the benchmark fails when one was lost.

${crowdTable(crowd)}`,
};

function chapter<Name extends MeasurementName>(name: Name, result: Results[Name]): string[] {
  return result === undefined ? [] : [CHAPTERS[name](result)];
}

function introduction({ machine, pairs, rtt }: Circumstances): string {
  return `# Benchmark

A build has ended, and one image goes into the manifest repository by a pull request. How long does that take by this
Action, and how long by the pipelines that people write by hand? \`npm run bench\` measures it and writes this page.
Times are medians of ${pairs === 1 ? 'one run' : `${pairs} runs`}.

![Seconds of one release against the files of the repository](${PLOT})

${table(
  ['contender', 'what it does'],
  CONTENDERS.map(({ name, does }) => [name, does]),
)}

The pipelines are scripts in \`bench/contenders\`. They are told the file to edit, and look whether a pull request is open
from their branch before they open one, so that they can be run twice. *floor* is told the line too, looks for nothing and
proves nothing of what it does. *ours* is told the name of the image.

${table(['', ''], [...machine.map((entry) => [...entry]), ['added to each request', `${rtt} ms`]])}`;
}

function verdicts(results: Results): string {
  const answers = { true: 'met', false: '**not met**', undefined: 'not measured' };
  const rows = judge(results).map(({ what, wanted, measured, met }) => [what, wanted, measured, answers[`${met}`]]);
  return `## Targets

Of *ours*, in the repository of 100,000 files where nothing else is said.

${table(['target', 'wanted', 'measured', ''], rows)}`;
}

function releases(files: number, comparison: Comparison): string {
  const ours = comparison.ours?.timings.map(({ wall }) => wall) ?? [];
  const headings = [
    'contender',
    'time',
    'against ours (least–most)',
    'processor',
    'memory',
    'disk',
    'received',
    'sent',
    'git operations',
    'git requests',
    'API requests',
    'one after the other',
    'lines changed',
  ];
  const rows = CONTENDERS.map(({ name, tools = [] }) => {
    const measured = comparison[name];
    if (!measured) return [`${name} (not measured: needs ${tools.join(' and ')})`, ...headings.slice(1).map(() => '')];
    const { usage, timings, roundTrips } = measured;
    const walls = timings.map(({ wall }) => wall);
    return [
      name,
      seconds(median(walls)),
      name === 'ours' ? '' : spread(ratios(walls, ours)),
      seconds(median(timings.map(({ cpu }) => cpu))),
      size(usage.memory),
      size(usage.disk),
      size(usage.received),
      size(usage.sent),
      count(usage.gitOperations),
      count(usage.gitRequests),
      count(usage.apiRequests),
      roundTrips === undefined ? '' : count(roundTrips),
      count(usage.lines),
    ];
  });
  return `## One release in ${count(files)} files\n\n${table(headings, rows)}`;
}

/** The median of ratios, and between which they are. */
function spread(values: readonly number[]): string {
  return `${times(median(values))} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
}

function startup({ empty, main, post }: Startup): string {
  const row = (name: string, values: readonly number[]): string[] => [
    name,
    `${(median(values) * 1000).toFixed(0)} ms`,
    spread(ratios(values, empty)),
  ];
  return `## Start-up

${table(
  ['process', 'time', 'against the empty one (least–most)'],
  [
    row('Node with an empty file', empty),
    row('main step that reads its inputs and refuses them', main),
    row('post step that has nothing to do', post),
  ],
)}`;
}

function planning(planned: readonly Planned[]): string {
  const hasCorpus = planned.some(({ what }) => what.startsWith('real'));
  const rows = planned.map(({ what, files, bytes, changes, seconds: taken }) => [
    what,
    count(files),
    count(changes),
    seconds(taken),
    count(files / taken),
    (bytes / 1e6 / taken).toFixed(1),
  ]);
  return `## Planning alone

In one process, without git and network: finding the places, editing them, and proving the edits by reading again. Files
that hold no released image are not parsed. ${hasCorpus ? 'The real files are those of the corpus.' : `The corpus of real files (\`${CORPUS}\`) is not on this machine, so there is no row of it.`}

${table(['files', 'number', 'places changed', 'time', 'files a second', 'MB a second'], rows)}`;
}

function manyImages({ files, images, one, many }: ManyImages): string {
  return `## ${images} images at once in ${count(files)} files

${table(
  ['release', 'time', 'against one image (least–most)'],
  [
    ['one image', seconds(median(one)), ''],
    [`${images} images`, seconds(median(many)), spread(ratios(many, one))],
  ],
)}`;
}

function environments({ environments: number, status, releases: released, one, many }: Environments): string {
  return `## Many environments

The status is that of ${count(number)} environments of apps that one wildcard entry names; the release is one version of one app by
a pull request into each environment, five at a time.

${table(
  ['run', 'time', 'against one environment (least–most)'],
  [
    [`status of ${count(number)} environments`, seconds(median(status)), ''],
    ['release into one environment', seconds(median(one)), ''],
    [`release into ${released} environments`, seconds(median(many)), spread(ratios(many, one))],
  ],
)}`;
}

function crowdTable({ files, runs, seconds: taken, cpu, pushes, alone }: Crowd): string {
  const [wall, processor] = [median(alone.map((one) => one.wall)), median(alone.map((one) => one.cpu))];
  return table(
    ['', 'figure'],
    [
      ['files of the repository', count(files)],
      ['until the last was done', seconds(taken)],
      ['processor time of all', seconds(cpu)],
      ['one alone', seconds(wall)],
      ['against one alone', times(taken / wall)],
      ['the same, for each run', times(taken / wall / runs)],
      ['processor time of each, against one alone', times(cpu / processor / runs)],
      ['pushes, accepted or not', count(pushes)],
    ],
  );
}

const METHOD = `## How it is measured

- **Repositories.** Made from a seed: applications in folders of teams, each with a Kustomize base (kustomization,
  deployment, service, config map) and three overlays (kustomization, resources), ten files in all. The version is in the base's
  kustomization only, so that each contender makes the same edit in the same file. 50 commits, packed with a bitmap as
  a host does.
- **Server.** The sandbox of the tests: \`git http-backend\` over HTTP on this machine, and the part of GitHub's API that a
  release and \`gh\` need, without TLS. Its work is in nobody's processor time, but it runs on the same processors, so its time
  is in everybody's time.
- **\`gh\`** is the real one, version 2.23 of Debian 12, and asks the sandbox what it asks GitHub.
- **Turns.** First a run of each contender that does not count, then all contenders in turn, again and again; a ratio is of
  two neighbours in one round. Each run has a fresh copy of the repository and a clean folder, and begins when the disk
  has nothing left to write. On ext4 the folders are removed at the very end, because it is slow at making files for some
  minutes after many were deleted, which would count against whoever checks out.
- **Checked.** After each run the branch must differ from the base in the one file and the one value, and a pull request must be
  open; else the benchmark fails.
- **Time and processor** are those of the shell's \`time\`: of all processes that were started and waited for. What the scripts leave
  on disk is not their time; that the Action removes its clone is its time.
- **Memory, disk and network** are of the run that does not count, because looking takes time. Memory: the proportional set
  sizes (PSS) of the whole process tree, looked at every few milliseconds; a short peak may be missed. Disk: the blocks of the
  clean folder, temporary files included, at their most. Network: all bytes of the connections, seen by the server. A git
  operation is one command that talks to the server, whatever number of requests it makes.
- **One after the other** are the requests that wait for one another, those of \`ours\` and of the contenders: counted by the
  time that a run takes longer when 400 ms are added to each, in the smallest repository. The time that GitHub itself takes for
  each of them is in no figure, nor is that for a connection, of which each command of git and \`gh\` makes its own.
- **Lines changed** are more than one where a tool prints the file anew.
- **In the contenders' favour.** The token is in a header from the start. A second run pushes over whatever is on the branch, and
  leaves the text of the pull request as it was. None of them looks at what is in the release, or whether the file is still what
  it was. *floor* asks the API by \`curl\`, which is faster than \`gh\`, and fails when it is run twice.

\`\`\`sh
npm run build && npm run bench               # all of it, and this page
npm run bench -- --only release              # or startup, planning, images, environments, race, push: prints that alone
npm run bench -- --files 1000,10000 --pairs 7 --rtt 50 --output /tmp/bench
\`\`\`

yq and kustomize are taken from the PATH, or built where there is Go; gh 2.23 is taken from the PATH (\`apt-get install gh\` on
Debian 12). What needs a missing one is not measured, and has a row that says so. All is done in the temporary folder
(\`TMPDIR\`), where the repositories stay for the next time; on ext4, 100,000 files need 15 GB of it, and some minutes to
remove them.`;
