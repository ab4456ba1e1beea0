import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fastImportStream } from '../../src/git/fast-import.ts';
import type { NewCommit } from '../../src/git/manifest-store.ts';
import { git } from '../../src/git/run-git.ts';
import { BareRepository } from '../../sandbox/bare-repository.ts';

const REF = 'refs/manifest-release/commit';
let repository: BareRepository;
let parent: string;

beforeEach(async () => {
  repository = new BareRepository(await mkdtemp(join(tmpdir(), 'fast-import-test-')), 'main');
  await repository.initialize();
  parent = await repository.commit('main', {
    'web.yaml': 'image: web:1\n',
    'run.sh': { mode: '100755', content: 'x' },
    'apps/link': { mode: '120000', content: '../web.yaml' },
  });
});

afterEach(async () => {
  await rm(repository.gitDir, { recursive: true });
});

/** Writes a commit, and gives the id that git answered. */
async function write(commit: Partial<NewCommit>): Promise<string> {
  const author = { name: 'Zoë "Z" O’Neil', email: 'z@example.com' };
  const whole = { parent, message: 'Release web\n', author, time: 1_700_000_000, files: [], ...commit };
  const input = fastImportStream(REF, whole);
  const { stdout } = await git(['fast-import', '--quiet', '--force'], { gitDir: repository.gitDir, input });
  const [id = '', tree] = stdout.toString().split('\n');
  expect(tree).toMatch(/^040000 tree \w{40}\t$/);
  return id;
}

function file(path: string, text: string | Uint8Array = 'new', mode = '100644') {
  return { path, mode, bytes: Buffer.from(text) };
}

test('writes a commit on its parent, by its author, at its time, and answers its id', async () => {
  const id = await write({ files: [file('web.yaml')] });
  expect(await repository.refs()).toMatchObject({ [REF]: id });
  const { stdout } = await git(['cat-file', 'commit', id], { gitDir: repository.gitDir });
  const person = 'Zoë "Z" O’Neil <z@example.com> 1700000000 +0000';
  const [tree, ...lines] = stdout.toString().split('\n');
  expect(tree).toMatch(/^tree \w{40}$/);
  expect(lines).toEqual([`parent ${parent}`, `author ${person}`, `committer ${person}`, '', 'Release web', '']);
});

test('changes nothing but the files given, and their modes not at all', async () => {
  const id = await write({ files: [file('web.yaml', 'image: web:2\n'), file('run.sh', 'y', '100755')] });
  expect(await repository.files(id)).toEqual({ 'apps/link': '120000', 'run.sh': '100755', 'web.yaml': '100644' });
  expect(await repository.read(id, 'web.yaml')).toBe('image: web:2\n');
  expect(await repository.read(id, 'run.sh')).toBe('y');
});

test.each([
  'a b.yaml',
  ' lead/trail .yaml',
  'quo"te.yaml',
  '"quoted".yaml',
  'back\\slash\\n.yaml',
  'new\nline.yaml',
  'tab\there.yaml',
  'größe/ß.yaml',
  '🚀.yaml',
  '-dash.yaml',
  ':(glob)*.yaml',
  'done',
])('writes to the path %j', async (path) => {
  const id = await write({ files: [file(path, 'there')] });
  expect(Object.keys(await repository.files(id))).toContain(path);
  expect(Object.keys(await repository.files(id))).toHaveLength(4);
  expect(await repository.read(id, path)).toBe('there');
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['every byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
  ['what looks like a command', Buffer.from('x\ndone\ncommit refs/heads/main\n')],
  ['no line end', Buffer.from('a')],
])('writes the bytes as they are: %s', async (_, bytes) => {
  const id = await write({ files: [file('web.yaml', bytes)] });
  const { stdout } = await git(['cat-file', 'blob', `${id}:web.yaml`], { gitDir: repository.gitDir });
  expect(stdout.equals(bytes)).toBe(true);
});

test.each(['', '\n', 'one line', 'größe 🚀\n\nfrom x\ndone\n', '# no comment\n'])(
  'writes the message as it is: %j',
  async (message) => {
    const id = await write({ message });
    const { stdout } = await git(['cat-file', 'commit', id], { gitDir: repository.gitDir });
    expect(stdout.toString().split('\n\n').slice(1).join('\n\n')).toBe(message);
  },
);

test('writes a second commit over the first', async () => {
  const first = await write({ files: [file('web.yaml', 'one')] });
  const second = await write({ files: [file('run.sh', 'two', '100755')] });
  expect(second).not.toBe(first);
  expect(await repository.read(second, 'web.yaml')).toBe('image: web:1\n');
});
