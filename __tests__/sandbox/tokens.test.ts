import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { git } from '../../src/git/run-git.ts';
import type { TokenOptions } from '../../sandbox/sandbox.ts';
import { eachWithVisitor } from './visitor.ts';

const visitor = eachWithVisitor();
const REPOSITORY = '/repos/acme/manifests';
const OPENING = { title: 'Release web', head: 'release/web', base: 'main' };

describe('a token', () => {
  test.each([
    [{}, /^ghs_/],
    [{ kind: 'classic' }, /^ghp_/],
    [{ kind: 'fine-grained' }, /^github_pat_/],
  ] as const)('shows its kind: %o', async (options, prefix) => {
    const { ask, sandbox } = visitor();
    const token = sandbox.createToken(options);
    expect(token).toMatch(prefix);
    expect((await ask('GET', REPOSITORY, undefined, token)).status).toBe(200);
  });

  test('that has expired is as good as none', async () => {
    const { ask, sandbox } = visitor();
    const { status, body } = await ask('GET', REPOSITORY, undefined, sandbox.createToken({ expired: true }));
    expect([status, body]).toMatchObject([401, { message: 'Bad credentials' }]);
  });

  test('that has not signed on is told where to', async () => {
    const { ask, sandbox } = visitor();
    const token = sandbox.createToken({ kind: 'classic', sso: true });
    const { status, headers, body } = await ask('GET', REPOSITORY, undefined, token);
    expect([status, body]).toMatchObject([
      403,
      { message: expect.stringMatching(/^Resource protected by organization SAML enforcement\. You must grant your/) },
    ]);
    expect(headers.get('x-github-sso')).toMatch(/^required; url=http.*\/orgs\/acme\/sso/);
  });
});

describe('a token without a permission', () => {
  const lacking: [string, string, TokenOptions, string, string, object | undefined][] = [
    ['pull requests', 'pull_requests=write', { pullRequests: 'read' }, 'POST', '/pulls', OPENING],
    ['contents', 'contents=write', { contents: 'read' }, 'POST', '/git/trees', { tree: [] }],
    ['contents at all', 'contents=read', { contents: 'none' }, 'GET', '/compare/main...main', undefined],
    [
      'issues and pull requests',
      'issues=write; pull_requests=write',
      { issues: 'none', pullRequests: 'read' },
      'POST',
      '/issues/1/labels',
      { labels: ['a'] },
    ],
  ];

  test.each(lacking)('for %s is told what would be accepted: %s', async (_, accepted, options, method, path, body) => {
    const { ask, sandbox } = visitor();
    const messages = [];
    for (const kind of ['installation', 'fine-grained'] as const) {
      const token = sandbox.createToken({ kind, ...options });
      const refused = await ask(method, `${REPOSITORY}${path}`, body, token);
      expect([refused.status, refused.headers.get('x-accepted-github-permissions')]).toEqual([403, accepted]);
      messages.push((refused.body as { message: string }).message);
    }
    expect(messages).toEqual([
      'Resource not accessible by integration',
      'Resource not accessible by personal access token',
    ]);
  });

  test('may have another one that is enough', async () => {
    const { ask, sandbox, open } = visitor();
    await open();
    const token = sandbox.createToken({ issues: 'none', pullRequests: 'write' });
    expect((await ask('POST', `${REPOSITORY}/issues/1/labels`, { labels: ['a'] }, token)).status).toBe(200);
  });

  test('has scopes when it is a classic one', async () => {
    const { ask, sandbox } = visitor();
    const narrow = sandbox.createToken({ kind: 'classic', permission: 'read' });
    const refused = await ask('POST', `${REPOSITORY}/pulls`, OPENING, narrow);
    const scopes = (headers: Headers) => [headers.get('x-oauth-scopes'), headers.get('x-accepted-oauth-scopes')];
    expect([refused.status, ...scopes(refused.headers)]).toEqual([404, '', 'repo']);
    const wide = await ask('GET', REPOSITORY, undefined, sandbox.createToken({ kind: 'classic' }));
    expect(scopes(wide.headers)).toEqual(['repo, workflow', 'repo']);
  });
});

describe('git', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tokens-test-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** Clones, commits these files to a new branch, pushes it; gives what git says. */
  async function push(options: TokenOptions, ...paths: string[]): Promise<string> {
    const { sandbox, repository } = visitor();
    const url = `${sandbox.serverUrl}/acme/manifests.git`;
    const gitDir = join(folder, 'clone');
    const config = (token: string) => ({
      'protocol.http.allow': 'always',
      [`http.${sandbox.serverUrl}/.extraHeader`]: `Authorization: Basic ${Buffer.from(`x:${token}`).toString('base64')}`,
    });
    await git(['clone', '--quiet', '--bare', url, gitDir], { config: config(sandbox.token) });
    const files = paths.map((path) => `M 100644 inline ${path}\ndata 2\na\n`);
    const input = `commit refs/heads/new\ncommitter A <a@b> 1700000000 +0000\ndata 1\na\nfrom ${await repository.tip('main')}\n${files.join('')}`;
    await git(['fast-import', '--quiet'], { gitDir, input });
    const pushed = await git(['push', '--porcelain', url, 'new:new'], {
      gitDir,
      config: config(sandbox.createToken(options)),
      answers: [0, 1, 128],
    });
    return `${pushed.stdout.toString()}${pushed.stderr}`;
  }

  test('may not change a workflow without a right of its own', async () => {
    const { repository } = visitor();
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('sandbox-quarantine-'));
    const said = await push({ workflows: 'none' }, 'web.yaml', '.github/workflows/ci.yml');
    expect(said).toContain(
      '[remote rejected] (refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` ' +
        'without `workflows` permission)',
    );
    expect(await repository.tip('new')).toBeUndefined();
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith('sandbox-quarantine-'));
    expect(after).toEqual(before);
  });

  test('names the scope to a personal token', async () => {
    const said = await push({ kind: 'classic', workflows: 'none' }, '.github/workflows/ci.yml');
    expect(said).toContain('refusing to allow a Personal Access Token to create or update workflow');
    expect(said).toContain('without `workflow` scope');
  });

  test('may change all else without that right', async () => {
    await push({ workflows: 'none' }, 'web.yaml', '.github/CODEOWNERS');
    expect(await visitor().repository.tip('new')).toMatch(/^[0-9a-f]{40}$/);
  });

  test('may not push without contents', async () => {
    expect(await push({ contents: 'read', login: 'release-app[bot]' }, 'web.yaml')).toContain(
      'Permission to acme/manifests.git denied to release-app[bot].',
    );
    await rm(join(folder, 'clone'), { recursive: true });
    expect(await push({ contents: 'none' }, 'web.yaml')).toContain('Write access to repository not granted.');
  });

  test('is told where to sign on', async () => {
    const said = await push({ kind: 'classic', sso: true }, 'web.yaml');
    expect(said).toContain("The 'acme' organization has enabled or enforced SAML SSO.");
    expect(said).toContain('/orgs/acme/sso');
  });
});
