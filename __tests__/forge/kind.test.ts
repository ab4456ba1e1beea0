import { describe, expect, test } from 'vitest';
import { readRemote } from '../../src/core/remote.ts';
import { kindOf, type ForgeKind, type Server } from '../../src/forge/kind.ts';

const GITHUB: Server = { kind: 'github', url: 'https://github.com' };
const kind = (address: string, servers: readonly Server[] = [GITHUB]): ForgeKind =>
  kindOf(readRemote(address, 'https://github.com'), servers);

test.each<[ForgeKind, string]>([
  ['github', 'acme/manifests'],
  ['github', 'https://www.github.com/acme/manifests'],
  ['github', 'git@github.com:acme/manifests.git'],
  ['github', 'git@GitHub.com:acme/manifests.git'],
  ['github', 'ssh://git@ssh.github.com:443/acme/manifests.git'],
  ['github', 'https://acme.ghe.com/acme/manifests'],
  ['github', 'ssh://git@ssh.acme.ghe.com/acme/manifests'],
  ['gitlab', 'https://gitlab.com/acme/shop/manifests.git'],
  ['gitlab', 'git@gitlab.com:acme/manifests.git'],
  ['gitlab', 'ssh://git@altssh.gitlab.com:443/acme/manifests.git'],
  ['gitlab', 'https://gitlab.example.com:8443/acme/manifests.git'],
  ['gitea', 'https://gitea.com/acme/manifests.git'],
  ['gitea', 'git@gitea.example.com:acme/manifests.git'],
  ['forgejo', 'https://codeberg.org/acme/manifests.git'],
  ['forgejo', 'https://forgejo.example.com/acme/manifests.git'],
  ['bitbucket-cloud', 'https://ada@bitbucket.org/acme/manifests.git'],
  ['bitbucket-cloud', 'git@bitbucket.org:acme/manifests.git'],
  ['bitbucket-cloud', 'ssh://git@altssh.bitbucket.org:443/acme/manifests.git'],
  ['bitbucket-data-center', 'https://git.example.com/scm/ops/manifests.git'],
  ['bitbucket-data-center', 'https://example.com/bitbucket/scm/~ada/manifests.git'],
  ['bitbucket-data-center', 'ssh://git@bitbucket.example.com:7999/ops/manifests.git'],
  ['azure-devops', 'https://fabrikam@dev.azure.com/fabrikam/ops/_git/manifests'],
  ['azure-devops', 'git@ssh.dev.azure.com:v3/fabrikam/ops/manifests'],
  ['azure-devops', 'https://fabrikam.visualstudio.com/ops/_git/manifests'],
  ['azure-devops', 'fabrikam@vs-ssh.visualstudio.com:v3/fabrikam/ops/manifests'],
  ['azure-devops', 'https://tfs.example.com/tfs/Main/ops/_git/manifests'],
  ['azure-devops', 'https://tfs.example.com/tfs/Main/_git/manifests'],
  ['azure-devops', 'ssh://tfs.example.com:22/tfs/Main/ops/_ssh/manifests'],
  ['codecommit', 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/manifests'],
  ['codecommit', 'https://git-codecommit-fips.us-gov-west-1.amazonaws.com/v1/repos/manifests'],
  ['codecommit', 'https://git-codecommit.cn-north-1.amazonaws.com.cn/v1/repos/manifests'],
  ['codecommit', 'ssh://APKAEIBAERJR2EXAMPLE@git-codecommit.eu-west-1.amazonaws.com/v1/repos/manifests'],
  ['git', 'https://git.example.com/acme/manifests.git'],
  ['git', 'ssh://git@git.example.com/srv/git/manifests.git'],
  ['git', '/'],
])('%s has %s', (expected, address) => {
  expect(kind(address)).toBe(expected);
});

test.each([
  'https://github.com:8443/acme/manifests',
  'https://github.com.evil.test/acme/manifests',
  'https://evilgithub.com/acme/manifests',
  'https://ghe.com/acme/manifests',
  'https://evil-ghe.com/acme/manifests',
  'https://my-gitlab.evil.test/acme/manifests',
  'https://notgitlab.com/acme/manifests',
  'https://dev.azure.com.evil.test/acme/manifests',
  'https://evilvisualstudio.com/acme/manifests',
  'https://git-codecommit.eu-west-1.amazonaws.com.evil.test/v1/repos/manifests',
  'https://git.example.com/_git',
  'https://git.example.com/scm/manifests',
])('of %s nothing is known', (address) => {
  expect(kind(address)).toBe('git');
});

describe('a server that the CI names', () => {
  const named: readonly Server[] = [
    { kind: 'gitlab', url: 'https://git.example.com:8443/gitlab' },
    { kind: 'github', url: 'https://gitea.example.com' },
  ];

  test.each<[ForgeKind, string]>([
    ['gitlab', 'https://git.example.com:8443/gitlab/acme/manifests.git'],
    ['gitlab', 'ssh://git@git.example.com:2222/acme/manifests.git'],
    ['git', 'https://git.example.com/acme/manifests.git'],
    ['github', 'https://gitea.example.com/acme/manifests.git'],
    ['github', 'https://gitea.example.com/scm/acme/manifests.git'],
    ['git', 'https://gitea-example.com/acme/manifests.git'],
    ['bitbucket-cloud', 'https://bitbucket.org/acme/manifests.git'],
  ])('goes before its names: %s has %s', (expected, address) => {
    expect(kind(address, named)).toBe(expected);
  });
});
