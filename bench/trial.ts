/** One release by one contender: on a fresh copy of the repository, in a clean folder, and looked at afterwards. */
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { SandboxRepository } from '../sandbox/sandbox.ts';
import { versioned, type Application } from './application.ts';
import { freshCopy, type Bench } from './bench.ts';
import { ACTION, type Contender } from './contenders.ts';
import { actionEnvironment, scriptEnvironment } from './environment.ts';
import { footprintOf, type Footprint } from './footprint.ts';
import type { ManifestRepository } from './manifest-repository.ts';
import { time, type Timing } from './stopwatch.ts';

export interface Release {
  readonly manifests: ManifestRepository;
  readonly app: Application;
  readonly tag: string;
}

/** What a contender takes beside time. */
export interface Usage extends Footprint {
  /** Bytes from the server, and to it. */
  readonly received: number;
  readonly sent: number;
  readonly gitOperations: number;
  readonly gitRequests: number;
  readonly apiRequests: number;
  /** Lines that the commit adds. */
  readonly lines: number;
}

interface Trial extends Timing {
  /** Where it was looked at. */
  readonly footprint: Footprint | undefined;
  readonly lines: number;
}

/** Releases, and gives the time. Throws when the branch or the pull request is not what it shall be. */
export async function timed(bench: Bench, contender: Contender, release: Release): Promise<Timing> {
  const { wall, cpu } = await attempt(bench, contender, release, 'timed');
  return { wall, cpu };
}

/** Releases, and gives what it took beside time: watching takes time itself. Throws as `timed` does. */
export async function watched(bench: Bench, contender: Contender, release: Release): Promise<Usage> {
  const { traffic, requests } = bench.sandbox;
  const seen = requests.length;
  const { footprint, lines } = await attempt(bench, contender, release, 'watched');
  const { received, sent } = bench.sandbox.traffic;
  const ofGit = requests.slice(seen).filter(({ kind }) => kind === 'git');
  return {
    ...(footprint ?? { memory: NaN, disk: NaN }),
    received: sent - traffic.sent,
    sent: received - traffic.received,
    // Each command of git that talks to the server begins with one of these.
    gitOperations: ofGit.filter(({ path, status }) => path.includes('/info/refs') && status === 200).length,
    gitRequests: ofGit.length,
    apiRequests: requests.length - seen - ofGit.length,
    lines,
  };
}

async function attempt(
  bench: Bench,
  contender: Contender,
  { manifests, app, tag }: Release,
  manner: 'timed' | 'watched',
): Promise<Trial> {
  const { sandbox, folders } = bench;
  const repository = await freshCopy(bench, manifests);
  const inputs = { images: `${app.image}:${tag}`, ...(contender.withPaths && { paths: app.folder }) };
  return await folders.use(async (folder) => {
    const destination = { sandbox, repository: repository.fullName, folder };
    const environment =
      contender.line === ACTION ? actionEnvironment(destination, inputs) : scriptEnvironment(destination, app, tag);
    const looks: Promise<Footprint>[] = [];
    const finished = await time({ line: contender.line, environment, folder }, (child) => {
      if (manner === 'watched') looks.push(footprintOf(child, folder));
    });
    if (finished.exitCode !== 0) throw new Error(`${contender.name} failed:\n${finished.output}`);
    const [footprint] = await Promise.all(looks);
    return { ...finished, footprint, lines: await inspect(repository, contender, app, tag) };
  });
}

/** Looks whether one file differs by the version alone, and a pull request asks for that. Gives the lines added. */
async function inspect(
  repository: SandboxRepository,
  { name }: Contender,
  app: Application,
  tag: string,
): Promise<number> {
  const branch = `release/${app.name}`;
  const changed = (await repository.text(['diff', '--numstat', 'main', branch])).trim();
  const [, added, path] = /^(\d+)\t\d+\t(\S+)$/.exec(changed) ?? [];
  if (path !== app.versionFile) throw new Error(`${name} changed ${changed}, and not ${app.versionFile} alone`);
  const text = await repository.read(branch, path);
  if (!isDeepStrictEqual(parse(text), parse(versioned(app, tag)))) throw new Error(`${name} wrote ${path}:\n${text}`);
  const open = (await repository.pullRequests.all()).filter(({ state, head }) => state === 'open' && head === branch);
  if (open.length !== 1) throw new Error(`${name} left ${open.length} pull requests`);
  return Number(added);
}
