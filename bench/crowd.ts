/** Many runs that start at the same moment on one repository, against one alone. */
import type { SandboxRepository } from '../sandbox/sandbox.ts';
import { runAction } from './action-run.ts';
import { application } from './application.ts';
import { freshCopy, type Bench } from './bench.ts';
import { manifestRepository, type ManifestRepository } from './manifest-repository.ts';
import type { Timing } from './stopwatch.ts';

/** Versions of one release at once. */
const RACERS = 20;
/** Applications at once, delivered by push to one branch. */
const PUSHERS = 50;
const TAG = '2.0.0';

export interface Crowd {
  readonly files: number;
  readonly runs: number;
  /** Seconds until the last one was done. */
  readonly seconds: number;
  /** Processor seconds of all of them together. */
  readonly cpu: number;
  /** How often something was pushed, accepted or not. */
  readonly pushes: number;
  /** One run with nobody else, several times. */
  readonly alone: readonly Timing[];
}

type Inputs = Readonly<Record<string, string>>;

interface Race {
  readonly manifests: ManifestRepository;
  readonly runs: readonly Inputs[];
  /** Throws when something was lost. */
  readonly inspect: (repository: SandboxRepository) => Promise<void>;
}

/** Versions of one application at once: one pull request, which has the newest. */
export async function raceVersions(bench: Bench): Promise<Crowd> {
  const manifests = await smallest(bench);
  const { name, image, versionFile } = application(0);
  const tags = Array.from({ length: RACERS }, (_, index) => `2.0.${index}`);
  return await race(bench, {
    manifests,
    runs: tags.map((tag) => ({ images: `${image}:${tag}` })),
    inspect: async (repository) => {
      const open = await repository.pullRequests.all();
      if (open.length !== 1) throw new Error(`the race left ${open.length} pull requests`);
      const text = await repository.read(`release/${name}`, versionFile);
      if (!text.includes(`newTag: ${tags.at(-1)}\n`)) throw new Error(`the race left\n${text}`);
    },
  });
}

/** Applications at once, pushed to the base: all land. */
export async function racePushes(bench: Bench): Promise<Crowd> {
  const manifests = await smallest(bench);
  const apps = Array.from({ length: Math.min(PUSHERS, manifests.applications) }, (_, index) => application(index));
  return await race(bench, {
    manifests,
    runs: apps.map(({ image, folder: paths }) => ({ images: `${image}:${TAG}`, paths, delivery: 'push' })),
    inspect: async (repository) => {
      for (const { versionFile } of apps) {
        const text = await repository.read('main', versionFile);
        if (!text.includes(`newTag: ${TAG}\n`)) throw new Error(`${versionFile} was lost:\n${text}`);
      }
    },
  });
}

function smallest({ sizes }: Bench): Promise<ManifestRepository> {
  return manifestRepository(Math.min(...sizes));
}

async function race(bench: Bench, { manifests, runs, inspect }: Race): Promise<Crowd> {
  const { sandbox, pairs, say } = bench;
  const alone: Timing[] = [];
  // The first one is the warm-up.
  for (let count = 0; count <= pairs; count += 1) {
    const { fullName } = await freshCopy(bench, manifests);
    alone.push(await runAction(bench, fullName, runs[0] ?? {}));
  }
  say(`${runs.length} at once`);
  const repository = await freshCopy(bench, manifests);
  const seen = sandbox.requests.length;
  const started = performance.now();
  const finished = await Promise.all(runs.map((inputs) => runAction(bench, repository.fullName, inputs)));
  const seconds = (performance.now() - started) / 1000;
  const pushes = sandbox.requests.slice(seen).filter(({ method, path, operation }) => {
    return operation === 'MakeCommit' || (method === 'POST' && path.endsWith('/git-receive-pack'));
  });
  await inspect(repository);
  return {
    files: manifests.files,
    runs: runs.length,
    seconds,
    cpu: finished.reduce((sum, { cpu }) => sum + cpu, 0),
    pushes: pushes.length,
    alone: alone.slice(1),
  };
}
