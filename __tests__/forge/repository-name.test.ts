import { expect, test } from 'vitest';
import type { Server } from '../../src/forge/kind.ts';
import { addressOf } from '../../src/forge/repository-name.ts';

const GITHUB: Server = { kind: 'github', url: 'https://github.com' };
const GITLAB: Server = { kind: 'gitlab', url: 'https://example.com/gitlab' };
const GITEA: Server = { kind: 'gitea', url: 'https://gitea.example.com/' };
const AZURE: Server = { kind: 'azure-devops', url: 'https://dev.azure.com/fabrikam' };

test.each([
  [GITHUB, 'acme/manifests', 'https://github.com/acme/manifests.git'],
  [GITHUB, 'acme/manifests.git', 'https://github.com/acme/manifests.git'],
  [GITEA, 'acme/manifests', 'https://gitea.example.com/acme/manifests.git'],
  [GITLAB, 'acme/manifests', 'https://example.com/gitlab/acme/manifests.git'],
  [GITLAB, 'acme/shop/ops/manifests.git', 'https://example.com/gitlab/acme/shop/ops/manifests.git'],
  [AZURE, 'ops/manifests', 'https://dev.azure.com/fabrikam/ops/_git/manifests'],
  [AZURE, 'My Ops/the manifests', 'https://dev.azure.com/fabrikam/My%20Ops/_git/the%20manifests'],
])('on %j the name %s is %s', (server, name, address) => {
  expect(addressOf(name, server, 'x')).toBe(address);
});

test.each([
  [GITHUB, 'acme/shop/manifests'],
  [GITEA, 'acme/shop/manifests'],
  [AZURE, 'fabrikam/ops/manifests'],
  [AZURE, ' /manifests'],
  [GITLAB, 'example.com/acme/ops/manifests'],
  ...[GITHUB, GITEA, GITLAB, AZURE].flatMap((server): [Server, string][] =>
    [
      'manifests',
      './charts/web',
      '../charts',
      '/srv/git',
      'git@gitlab.com:acme/manifests.git',
      'https://gitlab.com/acme/manifests.git',
      'ada@host/x',
      'acme//manifests',
      'acme/manifests/',
      'acme/manifests?x',
    ].map((text) => [server, text]),
  ),
])('on %j %s is no name', (server, text) => {
  expect(addressOf(text, server, 'ghp_x')).toBe(text);
});

test.each(['ghp_x', 'ghs_x', 'github_pat_x'])('a name on a server that is no GitHub, with the token %s', (token) => {
  expect(addressOf('acme/manifests', GITHUB, token)).toBe('https://github.com/acme/manifests.git');
  for (const server of [GITLAB, GITEA, AZURE]) {
    expect(() => addressOf('acme/manifests', server, token)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message:
          `Input "repository" is "acme/manifests", which is on ${server.url} for this CI, and the token is one of GitHub; ` +
          'write the whole address, as https://github.com/acme/manifests.',
      }),
    );
    expect(() => addressOf('acme/manifests', server, token)).not.toThrow(token);
  }
});
