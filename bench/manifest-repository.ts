/** A manifest repository as large as asked for, made once per machine and packed as a host would have it. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { git, startGit } from '../src/git/run-git.ts';
import { application, FILES_OF_APPLICATION, manifestsOf, versioned } from './application.ts';
import { seeded, type Random } from './random.ts';

/** Where repositories and tools are kept between runs. */
export const CACHE = join(tmpdir(), 'manifest-release-bench');
/** A repository of another layout is made anew. */
const LAYOUT = 1;
const SEED = 20260101;
const COMMITS = 50;
const FIRST_COMMIT = 1_750_000_000;

export interface ManifestRepository {
  /** A bare repository, whose branch is `main`. */
  readonly gitDir: string;
  readonly files: number;
  readonly applications: number;
}

/** The repository of that many files; made now unless it was made before. */
export async function manifestRepository(files: number): Promise<ManifestRepository> {
  const applications = Math.ceil(files / FILES_OF_APPLICATION);
  const gitDir = join(CACHE, `manifests-${LAYOUT}-${SEED}-${files}.git`);
  if (!existsSync(gitDir)) await make(gitDir, applications);
  return { gitDir, files: applications * FILES_OF_APPLICATION, applications };
}

async function make(gitDir: string, applications: number): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const unfinished = `${gitDir}-${process.pid}`;
  await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', unfinished]);
  const child = startGit(['fast-import', '--quiet'], { gitDir: unfinished });
  const [[exitCode]] = await Promise.all([
    once(child, 'close') as Promise<[number]>,
    pipeline(Readable.from(history(applications)), child.stdin),
  ]);
  if (exitCode !== 0) throw new Error(`git fast-import exited with ${exitCode}`);
  await git(['repack', '-a', '-d', '-b', '-f', '--quiet'], { gitDir: unfinished });
  await rename(unfinished, gitDir).catch(() => rm(unfinished, { recursive: true }));
}

/** What fast-import reads: all manifests at once, then releases of single applications. */
function* history(applications: number): Generator<string> {
  const random = seeded(SEED);
  const versions = Array.from({ length: applications }, (): Version => [1, random(10), random(10)]);
  yield commit(0, 'First manifests');
  for (const [index, version] of versions.entries()) {
    for (const [path, text] of manifestsOf(application(index), format(version), random)) yield file(path, text);
  }
  for (let number = 1; number < COMMITS; number += 1) {
    const index = random(applications);
    const app = application(index);
    const version = next(versions[index] ?? [1, 0, 0], random);
    versions[index] = version;
    yield commit(number, `Release ${app.name} ${format(version)}`);
    yield file(app.versionFile, versioned(app, format(version)));
  }
}

type Version = readonly [major: number, minor: number, patch: number];

const format = (version: Version): string => version.join('.');

function next([major, minor, patch]: Version, random: Random): Version {
  return random(3) === 0 ? [major, minor + 1, 0] : [major, minor, patch + 1];
}

function commit(number: number, message: string): string {
  const person = `Ada Lovelace <ada@example.com> ${FIRST_COMMIT + number * 3600} +0000`;
  return `commit refs/heads/main\ncommitter ${person}\n${data(message)}`;
}

function file(path: string, text: string): string {
  return `M 100644 inline ${path}\n${data(text)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
