import { describe, expect, test } from 'vitest';
import { failure } from '../../src/core/errors.ts';
import { readRemote } from '../../src/core/remote.ts';
import type { KnownAccess } from '../../src/forge/access.ts';
import { explainRefusal } from '../../src/forge/connect.ts';
import { FORGE_KINDS, type ForgeKind } from '../../src/forge/kind.ts';
import { detectCi } from '../../src/inputs/ci.ts';

const ADDRESS = 'https://git.example.com/acme/manifests.git';
const DENIED = { repository: 'acme/manifests', credential: 'none', action: 'push to', reason: 'no user' } as const;

/** The hint of a failure at a server of that kind. */
async function hint(kind: ForgeKind, error: unknown, address = ADDRESS): Promise<string> {
  const access: KnownAccess = { kind, remote: readRemote(address, ''), token: '', sourceToken: '' };
  const explained = (await explainRefusal(error, access, detectCi({}))) as { readonly hint: string };
  return explained.hint;
}

test.each<[ForgeKind, RegExp]>([
  ['github', /GITHUB_TOKEN is never enough/],
  ['gitlab', /project access token .* the role Developer and the scopes api and write_repository/],
  ['gitea', /the scopes write:repository .* and write:issue/],
  ['forgejo', /the scopes write:repository .* and write:issue/],
  ['bitbucket-cloud', /Repositories: Write/],
  ['bitbucket-data-center', /HTTP access token/],
  ['azure-devops', /scope Code: Read & write/],
  ['codecommit', /codecommit:GitPush/],
  ['git', /may read this repository and write to it\.$/],
])('%s: says which token to make, in its own words', async (kind, words) => {
  expect(await hint(kind, failure('ACCESS_DENIED', DENIED))).toMatch(words);
  expect(await hint(kind, failure('REPOSITORY_NOT_FOUND', DENIED))).toMatch(words);
});

describe.each(FORGE_KINDS.filter((kind) => kind !== 'github'))('%s', (kind) => {
  test('has no word of GitHub', async () => {
    for (const credential of ['none', 'token', 'ssh key'] as const) {
      const denied = { ...DENIED, credential };
      for (const error of [failure('ACCESS_DENIED', denied), failure('REPOSITORY_NOT_FOUND', denied)]) {
        expect(await hint(kind, error)).not.toMatch(/GitHub|GITHUB|Contents: write|Pull requests: write/);
      }
    }
  });

  test('leaves other failures, and those of a key, as they are', async () => {
    const network = failure('NETWORK', { action: 'clone', reason: 'lost' });
    expect(await hint(kind, network)).toBe(network.hint);
    const key = failure('ACCESS_DENIED', { ...DENIED, credential: 'ssh key' });
    expect(await hint(kind, key, 'git@git.example.com:acme/manifests.git')).not.toContain('Make ');
  });
});
