/**
 * Replays real version bumps: `node scripts/replay.mjs ../shared/corpus/replay`.
 *
 * Each folder holds `before/`, `after/` and `case.json` ({image, tag?, digest?}). `before/` becomes a bare repository,
 * the built command line releases the image into it, and the branch must hold exactly `after/`.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cli = join(import.meta.dirname, '../dist/cli.cjs');
const [corpus = '../shared/corpus/replay'] = process.argv.slice(2);

if (!existsSync(corpus)) {
  console.log(`skipped: ${corpus} is not there`);
  process.exit(0);
}

/** Why the case does not come out as its commit did; nothing when it does. */
async function replay(folder) {
  const { image, tag, digest } = JSON.parse(await readFile(join(folder, 'case.json'), 'utf8'));
  const work = await mkdtemp(join(tmpdir(), 'replay-'));
  const git = (...args) => run('git', ['-c', 'core.autocrlf=false', ...args], { cwd: work });
  try {
    await cp(join(folder, 'before'), work, { recursive: true });
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '--all', '--force');
    await git('-c', 'user.name=replay', '-c', 'user.email=replay@localhost', 'commit', '--quiet', '--message=before');
    const reference = image + (tag ? `:${tag}` : '') + (digest ? `@${digest}` : '');
    // What people merged may go back.
    const given = ['--repository', work, '--images', reference, '--branch', 'release', '--force'];
    await run(process.execPath, [cli, 'release', ...given]);
    await git('checkout', '--quiet', 'release');
    return await difference(join(folder, 'after'), work);
  } catch (error) {
    return error.stderr ?? String(error);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function difference(wanted, found) {
  const files = async (root) => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)));
    return paths.filter((path) => !path.startsWith('.git/')).sort();
  };
  const [names, foundNames] = [await files(wanted), await files(found)];
  if (names.join('\n') !== foundNames.join('\n')) return `files: ${foundNames} instead of ${names}`;
  for (const name of names) {
    const [a, b] = await Promise.all([readFile(join(wanted, name)), readFile(join(found, name))]);
    if (!a.equals(b)) return `${name} differs`;
  }
  return undefined;
}

const folders = (await readdir(corpus)).sort().map((name) => join(corpus, name));
const queue = [...folders];
const failures = [];
async function work() {
  for (let folder = queue.shift(); folder; folder = queue.shift()) {
    const reason = await replay(folder);
    if (reason) failures.push(`${folder}: ${reason}`);
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
for (const failure of failures.sort()) console.log(failure);
console.log(`${folders.length - failures.length} of ${folders.length} byte-identical`);
process.exitCode = failures.length > 0 ? 1 : 0;
