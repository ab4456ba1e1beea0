import { describe, expect, test } from 'vitest';
import { eachWithVisitor, type ApiAnswer } from './visitor.ts';

const visitor = eachWithVisitor();
const DATABASE = '/repos/acme/manifests/git';

async function createTree(tree: object[], base?: string, token?: string): Promise<ApiAnswer> {
  const fields = { tree, ...(base !== undefined && { base_tree: base }) };
  return await visitor().ask('POST', `${DATABASE}/trees`, fields, token);
}

/** The tree of `main`. */
async function baseTree(): Promise<string> {
  return (await visitor().repository.text(['rev-parse', 'main^{tree}'])).trim();
}

function shaOf({ body }: ApiAnswer): string {
  return (body as { sha: string }).sha;
}

function file(path: string, content: string, mode = '100644'): object {
  return { path, mode, type: 'blob', content };
}

describe('a tree', () => {
  test('is made of another one and some files', async () => {
    const made = await createTree(
      [file('web.yaml', 'image: web:1.4.2\n'), file('apps/änder.sh', 'ä', '100755')],
      await baseTree(),
    );
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        truncated: false,
        tree: [
          { path: 'apps', type: 'tree', mode: '040000' },
          { path: 'web.yaml', type: 'blob' },
        ],
      },
    ]);
    const { repository } = visitor();
    expect(await repository.files(shaOf(made))).toEqual({ 'apps/änder.sh': '100755', 'web.yaml': '100644' });
    expect(await repository.read(shaOf(made), 'web.yaml')).toBe('image: web:1.4.2\n');
  });

  test('may lack a file of the other one, or have none', async () => {
    const { repository } = visitor();
    const gone = await createTree(
      [{ path: 'web.yaml', mode: '100644', type: 'blob', sha: null }, file('a', '')],
      await baseTree(),
    );
    expect(Object.keys(await repository.files(shaOf(gone)))).toEqual(['a']);
    expect(Object.keys(await repository.files(shaOf(await createTree([file('b', '')]))))).toEqual(['b']);
  });

  test('is not made on what is no tree', async () => {
    expect(await createTree([], '1'.repeat(40))).toMatchObject({
      status: 422,
      body: { message: 'base_tree is not a valid tree oid' },
    });
  });

  test('with a workflow needs a right of its own', async () => {
    const { sandbox } = visitor();
    const token = sandbox.createToken({ workflows: 'none' });
    const { status } = await createTree([file('.github/workflows/ci.yml', '')], await baseTree(), token);
    expect(status).toBe(403);
    expect((await createTree([file('.github/CODEOWNERS', '')], await baseTree(), token)).status).toBe(201);
  });
});

describe('a commit', () => {
  async function createCommit(fields: object = {}, token?: string): Promise<ApiAnswer> {
    const { ask, repository } = visitor();
    const tree = shaOf(await createTree([file('web.yaml', 'image: web:1.4.2\n')], await baseTree()));
    const parents = [await repository.tip('main')];
    return await ask('POST', `${DATABASE}/commits`, { message: 'Release web', tree, parents, ...fields }, token);
  }

  test('is signed by GitHub for a bot', async () => {
    const { ask, repository } = visitor();
    const made = await createCommit();
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        message: 'Release web',
        author: { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' },
        committer: { name: 'GitHub', email: 'noreply@github.com' },
        parents: [{ sha: await repository.tip('main') }],
        verification: { verified: true, reason: 'valid', signature: expect.stringContaining('BEGIN PGP SIGNATURE') },
      },
    ]);
    const read = await ask('GET', `${DATABASE}/commits/${shaOf(made)}`);
    expect(read.body).toEqual(made.body);
    expect(await repository.text(['cat-file', 'commit', shaOf(made)])).toContain('\ngpgsig -----BEGIN PGP SIGNATURE');
    expect(await repository.text(['fsck', '--no-dangling'])).toBe('');
  });

  test('is not signed when it says who made it, or for a person', async () => {
    const author = { name: 'Release', email: 'release@example.com', date: '2026-03-14T09:26:53Z' };
    const unsigned = { verified: false, reason: 'unsigned', signature: null };
    expect((await createCommit({ author })).body).toMatchObject({ author, committer: author, verification: unsigned });
    const person = visitor().sandbox.createToken({ kind: 'classic', login: 'ada' });
    expect((await createCommit({}, person)).body).toMatchObject({ author: { name: 'ada' }, verification: unsigned });
  });

  test.each([
    [{ tree: '1'.repeat(40) }, 'Tree SHA does not exist'],
    [{ parents: ['1'.repeat(40)] }, 'Parent SHA does not exist or is not a commit object'],
  ])('is not made of what is not there: %o', async (fields, message) => {
    expect(await createCommit(fields)).toMatchObject({ status: 422, body: { message } });
  });

  test('that is not there is not found', async () => {
    expect((await visitor().ask('GET', `${DATABASE}/commits/${'1'.repeat(40)}`)).status).toBe(404);
  });

  test('with a signature that GitHub does not know is not verified', async () => {
    const { ask, repository } = visitor();
    const raw = await repository.text(['cat-file', 'commit', 'main']);
    const input = raw.replace('\n\n', '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n other\n\n');
    const sha = (await repository.text(['hash-object', '-t', 'commit', '-w', '--stdin'], { input })).trim();
    expect((await ask('GET', `${DATABASE}/commits/${sha}`)).body).toMatchObject({
      verification: { verified: false, reason: 'unknown_key', payload: raw },
    });
  });
});
