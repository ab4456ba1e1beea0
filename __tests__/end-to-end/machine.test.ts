/** Nothing of the machine's user, and nothing that the repository says of itself, shapes what a run does or shows. */
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scenarios } from './harness.ts';

const FILES = { 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' };
const INPUTS = { images: 'ghcr.io/acme/web:1.4.2' };
const CHANGE = '-image: ghcr.io/acme/web:1.4.1\n+image: ghcr.io/acme/web:1.4.2';
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'home-'));
  await mkdir(join(home, '.config/git'), { recursive: true });
});

afterEach(() => rm(home, { recursive: true }));

scenarios('the files of the machine’s user', FILES, (current) => {
  test('are not read: netrc, configuration, helpers, attributes', async () => {
    const { action, sandbox } = current();
    const helper = join(home, 'helper');
    await writeFile(helper, `#!/bin/sh\ntouch '${home}/helped'\n`);
    await chmod(helper, 0o755);
    await writeFile(join(home, '.netrc'), 'machine 127.0.0.1 login ada password of-the-user\n', { mode: 0o600 });
    const settings = `[credential]\n\thelper = ${helper}\n[diff]\n\texternal = ${helper}\n[core]\n\tpager = ${helper}\n`;
    await writeFile(join(home, '.gitconfig'), settings);
    await writeFile(join(home, '.config/git/config'), settings);
    await writeFile(join(home, '.config/git/attributes'), '* -diff\n');
    const environment = { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), CURL_HOME: home };
    const anonymous = await action({ ...INPUTS, token: '', 'dry-run': 'true' }, environment);
    expect(sandbox.requests.flatMap(({ authorization }) => authorization ?? [])).toEqual([]);
    expect(anonymous.exitCode).toBe(1);
    const { exitCode, stdout, outputs } = await action(INPUTS, environment);
    expect(exitCode, stdout).toBe(0);
    expect(outputs['diff']).toContain(CHANGE);
    expect(await readdir(home)).not.toContain('helped');
    const used = new Set(sandbox.requests.map(({ authorization }) => authorization));
    expect([...used].join()).not.toContain(Buffer.from('ada:of-the-user').toString('base64'));
  });
});

scenarios(
  'the attributes of a repository',
  {
    ...FILES,
    '.gitattributes': '* -diff -text\n*.yaml binary diff=none filter=none working-tree-encoding=UTF-16\n',
  },
  (current) => {
    test.each(['', '*.yaml'])('hide no diff and no place, with paths "%s"', async (paths) => {
      const { action, repository } = current();
      const { exitCode, stdout, outputs } = await action({ ...INPUTS, paths });
      expect(exitCode, stdout).toBe(0);
      expect(outputs['diff']).toContain(CHANGE);
      expect(await repository.read('release/web', 'web.yaml')).toBe('image: ghcr.io/acme/web:1.4.2\n');
    });
  },
);

scenarios(
  'processes',
  FILES,
  (current) => {
    test.each([
      ['the whole repository', '', ['version', 'clone', 'cat-file', 'grep', 'fast-import', 'push']],
      ['a pattern', '*.yaml', ['version', 'clone', 'cat-file', 'diff-tree', 'fetch', 'fast-import', 'push']],
      ['a file', 'web.yaml', []],
    ])('a release of %s starts few', async (_, paths, expected) => {
      const { commands, outputs } = await current().action({ ...INPUTS, paths });
      expect(outputs['outcome']).toBe('created');
      const names = commands.map(({ args }) => args.find((arg) => expected.includes(arg)) ?? args.join(' '));
      expect(names.toSorted()).toEqual(expected.toSorted());
    });
  },
  { runs: 'processes' },
);
