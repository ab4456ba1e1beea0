import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readRemote, type Login } from '../../src/core/remote.ts';
import { withLogin } from '../../src/forge/git-login.ts';
import { FORGE_KINDS, type ForgeKind } from '../../src/forge/kind.ts';

const ADDRESS = 'https://git.example.com/acme/manifests.git';
const login = (kind: ForgeKind, token: string, isOfJob = false, address = ADDRESS): Login | undefined =>
  withLogin(readRemote(address, ''), kind, { token, isOfJob }).login;

const SHOWN: readonly [ForgeKind, string, Login][] = [
  ['github', 'ghs_x', { user: 'x-access-token' }],
  ['gitlab', 'glpat-x', { user: 'oauth2' }],
  ['gitlab', 'glcbt-64_x', { user: 'gitlab-ci-token' }],
  ['gitlab', 'acme-glcbt-64_x', { user: 'gitlab-ci-token' }],
  ['gitea', '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3', { user: 'x-access-token' }],
  ['forgejo', '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3', { user: 'x-access-token' }],
  ['bitbucket-cloud', 'ATATT3xFfGF0x', { user: 'x-bitbucket-api-token-auth' }],
  ['bitbucket-cloud', 'ATCTT3xFfGN0x', { user: 'x-token-auth' }],
  ['bitbucket-cloud', 'an-oauth-token', { user: 'x-token-auth' }],
  ['bitbucket-data-center', 'BBDC-x', 'bearer'],
  ['azure-devops', 'y7x2q5wz', { user: '' }],
  ['azure-devops', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.x-_', 'bearer'],
  ['git', 'x', { user: 'x-access-token' }],
];

test.each(SHOWN)('a server of the kind %s is shown %s with %j', (kind, token, expected) => {
  expect(login(kind, token)).toEqual(expected);
});

test('the token of a job of GitLab has a user of its own, whatever its prefix', () => {
  expect(login('gitlab', '64_x', true)).toEqual({ user: 'gitlab-ci-token' });
});

describe.each(FORGE_KINDS)('with the kind %s', (kind) => {
  test('the user of the address comes first', () => {
    const named = ADDRESS.replace('//', '//ada-at-123456789012@');
    expect(login(kind, 'x', true, named)).toEqual({ user: 'ada-at-123456789012' });
  });

  test.each([
    ['without a token', ADDRESS, ''],
    ['over ssh', 'git@git.example.com:acme/manifests.git', 'x'],
    ['in a folder', '/', 'x'],
  ])('there is none %s', (_, address, token) => {
    expect(login(kind, token, false, address)).toBeUndefined();
  });
});

test.each<[user: string, token: string, expected: Login]>([
  ['ada', 'ATCTT3xFfGN0x', { user: 'x-token-auth' }],
  ['ada', 'ATATT3xFfGF0x', { user: 'ada' }],
  ['ada%40example.com', 'ATATT3xFfGF0x', { user: 'x-bitbucket-api-token-auth', email: 'ada@example.com' }],
])('Bitbucket Cloud: with %s in the address and the token %s it is %j', (user, token, expected) => {
  const address = `https://${user}@bitbucket.org/acme/manifests.git`;
  expect(login('bitbucket-cloud', token, false, address)).toEqual(expected);
});

test('CodeCommit: a password without its user is an error that says where to write it', () => {
  const address = 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/manifests';
  expect(() => login('codecommit', 'password', false, address)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message:
        `Input "repository" is "${address}", which names no user, and a password is no good without one; write it before ` +
        'the host: https://<user>@git-codecommit.eu-west-1.amazonaws.com/….',
    }),
  );
});

test('docs/other-ci.md says for each kind how it is', () => {
  const [, section = ''] = readFileSync('docs/other-ci.md', 'utf8').split('\n## The token\n');
  const rows = [...section.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(
    ([, kind = '', text = '']) => [kind, text] as const,
  );
  expect(rows.map(([kind]) => kind)).toEqual(FORGE_KINDS);
  const told = new Map<string, string>(rows);
  for (const [kind, , form] of SHOWN) {
    const words = form === 'bearer' ? 'Bearer' : form.user === '' ? 'no user' : `\`${form.user}\``;
    expect(told.get(kind), kind).toContain(words);
  }
});
