/** Objects of GitHub's API are taken for what their ids prove, and for nothing else. */
import { describe, expect, test } from 'vitest';
import { idOf, writeTree } from '../../../src/core/tree-objects.ts';
import type { GitHubRepository } from '../../../src/forge/github/repository.ts';
import { PullRequestReader } from '../../../src/forge/github/pull-requests.ts';
import { RepositoryFiles } from '../../../src/forge/github/repository-files.ts';

const blob = (text: string): string => idOf('blob', Buffer.from(text), 40);

/** A reader of a repository that gives one object, whatever it is asked for. */
async function objectOf(facts: object) {
  const stub = {
    call: (_: string, request: () => Promise<unknown>) => request(),
    graphqlOf: () => Promise.resolve({ repository: { object0: facts } }),
  };
  const repository = stub as unknown as GitHubRepository;
  const files = new RepositoryFiles(repository, new PullRequestReader(repository));
  const [object] = await files.objects([(facts as { oid: string }).oid]);
  return object;
}

const whole = { isBinary: false, isTruncated: false };

describe('a file', () => {
  test.each(['', 'a: 1\n', 'a: 1\r\n', '\ufeffa: größe 🚀', 'no line break'])(
    'with the text %j is proven',
    async (text) => {
      const facts = { oid: blob(text), text, byteSize: Buffer.byteLength(text), ...whole };
      expect((await objectOf(facts))?.content?.toString()).toBe(text);
    },
  );

  test.each<[what: string, facts: object, reason: string]>([
    ['another text', { text: 'a: 2\n', byteSize: 5 }, 'is not UTF-8'],
    ['a byte order mark that was taken away', { text: 'a: 1', byteSize: 7 }, 'is not UTF-8'],
    ['other line breaks', { text: 'a: 1\n\n', byteSize: 5 }, 'is not UTF-8'],
    ['a text that was cut', { text: 'a:', byteSize: 5, isTruncated: true }, 'is cut short by the API'],
    ['no text', { text: null, byteSize: 5, isBinary: true }, 'is no text'],
    ['no text, and no reason', { text: null, byteSize: 5 }, 'is not UTF-8'],
  ])('with %s is not', async (_, facts, unreadable) => {
    expect(await objectOf({ oid: blob('a: 1\n'), ...whole, ...facts })).toMatchObject({ unreadable });
  });
});

describe('a folder', () => {
  const entries = [
    { name: 'b', mode: 0o100644, oid: blob('b') },
    { name: 'b.d', mode: 0o100755, oid: blob('d') },
    { name: 'b', mode: 0o40000, oid: blob('x') },
  ];
  const [file, , folder] = entries;
  const nodes = new Map(
    [
      ['a', { mode: '100644', id: blob('b') }],
      ['größe', { mode: '40000', id: blob('x') }],
    ].map(([name, node]) => [Buffer.from(name as string).toString('latin1'), node as { mode: string; id: string }]),
  );
  const oid = idOf('tree', writeTree(nodes), 40);

  test('is proven by the names, modes and ids in it, in whatever order they come', async () => {
    const given = [
      { ...folder, name: 'größe' },
      { ...file, name: 'a' },
    ];
    expect((await objectOf({ oid, entries: given }))?.content?.equals(writeTree(nodes))).toBe(true);
  });

  test.each([
    ['another name', { name: 'gro\ufffde' }],
    ['another mode', { name: 'größe', mode: 0o100644 }],
    ['another id', { name: 'größe', oid: blob('y') }],
  ])('is not with %s', async (_, change) => {
    const given = [
      { ...file, name: 'a' },
      { ...folder, ...change },
    ];
    const object = await objectOf({ oid, entries: given });
    expect(object).toMatchObject({ type: 'tree', unreadable: expect.stringContaining('names') });
    expect(object?.content).toBeUndefined();
  });
});
