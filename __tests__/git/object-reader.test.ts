import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ObjectReader } from '../../src/git/object-reader.ts';
import { git, GitError, GitTimeout, startGit } from '../../src/git/run-git.ts';

const LARGEST = 100_000;
const LONG = 60_000;

let gitDir: string;
let child: ReturnType<typeof startGit>;
let reader: ObjectReader;

beforeEach(async () => {
  gitDir = await mkdtemp(join(tmpdir(), 'reader-'));
  await git(['init', '--quiet', '--bare', gitDir]);
  child = startGit(['cat-file', '--batch'], { gitDir });
  reader = new ObjectReader(child, LARGEST);
});

afterEach(async () => {
  await reader.close();
  await rm(gitDir, { recursive: true });
});

async function write(content: Buffer): Promise<string> {
  const { stdout } = await git(['hash-object', '-w', '--stdin'], { gitDir, input: content });
  return stdout.toString().trim();
}

test('reads objects of any size in the order asked, the same one again, and what is not there', async () => {
  const contents = [0, 1, 2, 65_535, 65_536, LARGEST - 1].map((size) => Buffer.alloc(size, '\n0123 blob 5\n'));
  const ids = await Promise.all(contents.map(write));
  const none = 'f'.repeat(40);
  const names = [...ids, none, ...ids.toReversed(), 'refs/heads/none'];
  const read = await reader.read(names, LONG);
  const expected = [...contents, undefined, ...contents.toReversed(), undefined];
  expect(read.map((object) => object?.content)).toEqual(expected);
  expect(read.map((object) => object?.id)).toEqual(names.map((name) => (ids.includes(name) ? name : undefined)));
});

test('tells the size of a blob that is too large, and goes on behind it', async () => {
  const [large, small] = await Promise.all([write(Buffer.alloc(3_000_000, 'x')), write(Buffer.from('small\n'))]);
  expect(await reader.read([large, small, large], LONG)).toEqual([
    { id: large, type: 'blob', size: 3_000_000 },
    { id: small, type: 'blob', size: 6, content: Buffer.from('small\n') },
    { id: large, type: 'blob', size: 3_000_000 },
  ]);
});

test('answers several who ask at once, and finds what was written since', async () => {
  const early = await write(Buffer.from('early'));
  const [[one], [missing], [two]] = await Promise.all([
    reader.read([early], LONG),
    reader.read(['e'.repeat(40)], LONG),
    reader.read([early], LONG),
  ]);
  expect([one?.content?.toString(), missing, two?.id]).toEqual(['early', undefined, early]);
  const late = await write(Buffer.from('late'));
  expect((await reader.read([late], LONG))[0]?.content?.toString()).toBe('late');
  expect(await reader.read([], LONG)).toEqual([]);
});

test('ends a command that takes too long, or that ends by itself, in an error for all who wait and all who come', async () => {
  child.kill('SIGSTOP');
  const waiting = [reader.read(['a'], LONG), reader.read(['b'], 10)].map((one) => one.catch((error: unknown) => error));
  expect(await Promise.all(waiting)).toEqual([expect.any(GitTimeout), expect.any(GitTimeout)]);
  await expect(reader.read(['c'], LONG)).rejects.toThrow(GitError);
  await reader.close();
  await expect(reader.read(['d'], LONG)).rejects.toThrow(GitError);
});
