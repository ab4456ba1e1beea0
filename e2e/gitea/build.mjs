/**
 * Builds the real Gitea of the tests once and keeps it outside of the checkout: `node e2e/gitea/build.mjs [--if-there]`. It takes
 * about ten CPU minutes and 1.5 GB of memory; one that was cut short goes on from Go's build cache. With `--if-there` nothing is
 * built, and the exit code says whether it is.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const HERE = import.meta.dirname;
const MODULE = 'code.gitea.io/gitea';
/** The Go that Gitea's go.mod and its dependencies can be built with; Go fetches it. */
const TOOLCHAIN = 'go1.27.3';
/** What the server reads of its own sources: no front end is built, so that its pages have no styles. */
const STATIC = ['options', 'templates', 'public'];

const run = promisify(execFile);

/** Where the built server is: its program, and the folder with its templates. */
export async function placeOfGitea() {
  const [, version] =
    new RegExp(`^require ${MODULE} (v\\S+)$`, 'm').exec(await readFile(join(HERE, 'go.mod'), 'utf8')) ?? [];
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'manifest-release-pr', `gitea-${String(version).slice(1)}`);
  return { folder, program: join(folder, 'gitea'), static: join(folder, 'static') };
}

/** Whether the server is built. */
export async function isBuilt() {
  const { program, static: files } = await placeOfGitea();
  return existsSync(program) && existsSync(files);
}

/** Builds it, unless it is there. Throws where there is no Go, or the build fails; its message has the reason. */
export async function buildGitea() {
  if (await isBuilt()) return;
  const place = await placeOfGitea();
  const work = join(place.folder, 'build');
  await mkdir(work, { recursive: true });
  // Go writes into go.mod and go.sum: in a copy, so that the checkout stays as it is.
  for (const name of ['go.mod', 'tools.go']) await cp(join(HERE, name), join(work, name));
  // A program that is ended ends what it started; the next one goes on from Go's cache.
  const ending = new AbortController();
  process.once('SIGTERM', () => ending.abort());
  const go = (...args) =>
    run('nice', ['-n', '10', 'go', ...args], {
      cwd: work,
      env: { ...process.env, GOTOOLCHAIN: TOOLCHAIN, GOFLAGS: '-mod=mod -buildvcs=false' },
      maxBuffer: 100_000_000,
      signal: ending.signal,
    });
  const partial = join(work, 'gitea');
  await go('build', '-tags', 'sqlite sqlite_unlock_notify', '-ldflags', '-s -w', '-o', partial, MODULE);
  const sources = (await go('list', '-m', '-f', '{{.Dir}}', MODULE)).stdout.trim();
  await rm(place.static, { recursive: true, force: true });
  // The module cache may be emptied, and is read-only.
  for (const name of STATIC) await cp(join(sources, name), join(place.static, name), { recursive: true, mode: 0 });
  await rename(partial, place.program);
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--if-there')) process.exitCode = (await isBuilt()) ? 0 : 1;
  else {
    try {
      if (!(await isBuilt())) console.log('building Gitea from its Go module: about ten CPU minutes, once');
      await buildGitea();
    } catch (error) {
      const isMissing = error.code === 'ENOENT';
      console.error(
        isMissing
          ? 'Gitea cannot be built: there is no Go here'
          : `Gitea could not be built: ${error.stderr || error.message}`,
      );
      process.exitCode = 1;
    }
  }
}
