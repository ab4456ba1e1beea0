import { expect, test } from 'vitest';
import { commitPage, pullRequestPage } from '../../src/forge/web-pages.ts';

test.each([
  ['github', 'https://github.com/acme/web', 'https://github.com/acme/web/commit/8f14e45'],
  ['gitlab', 'https://gitlab.com/acme/shop/web.git', 'https://gitlab.com/acme/shop/web/-/commit/8f14e45'],
  ['gitea', 'https://gitea.com/acme/web.git', 'https://gitea.com/acme/web/commit/8f14e45'],
  ['forgejo', 'https://codeberg.org/acme/web', 'https://codeberg.org/acme/web/commit/8f14e45'],
  ['bitbucket-cloud', 'https://bitbucket.org/acme/web', 'https://bitbucket.org/acme/web/commits/8f14e45'],
  ['azure-devops', 'https://dev.azure.com/f/s/_git/w', 'https://dev.azure.com/f/s/_git/w/commit/8f14e45'],
  [
    'bitbucket-data-center',
    'https://git.example.com/scm/ops/web.git',
    'https://git.example.com/projects/ops/repos/web/commits/8f14e45',
  ],
  [
    'bitbucket-data-center',
    'https://example.com/bitbucket/scm/~ada/web',
    'https://example.com/bitbucket/users/ada/repos/web/commits/8f14e45',
  ],
  ['bitbucket-data-center', 'https://git.example.com/ops/web.git', ''],
  ['codecommit', 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web', ''],
  ['git', 'https://git.example.com/web.git', ''],
] as const)('a commit on %s in %s has the page %s', (kind, repository, page) => {
  expect(commitPage(kind, repository, '8f14e45')).toBe(page);
  expect(commitPage(kind, repository, '')).toBe('');
});

test.each([
  ['github', 'https://github.com/acme/web.git', 'https://github.com/acme/web/pull/7'],
  ['gitlab', 'https://gitlab.com/acme/shop/web', 'https://gitlab.com/acme/shop/web/-/merge_requests/7'],
  ['gitea', 'https://gitea.com/acme/web', 'https://gitea.com/acme/web/pulls/7'],
  ['bitbucket-cloud', 'https://bitbucket.org/acme/web', 'https://bitbucket.org/acme/web/pull-requests/7'],
  [
    'bitbucket-data-center',
    'https://git.example.com/scm/ops/web.git',
    'https://git.example.com/projects/ops/repos/web/pull-requests/7',
  ],
  ['azure-devops', 'https://dev.azure.com/f/s/_git/w', 'https://dev.azure.com/f/s/_git/w/pullrequest/7'],
  ['git', 'https://git.example.com/web.git', ''],
  ['github', 'git@github.com:acme/web.git', ''],
] as const)('a pull request on %s in %s has the page %s', (kind, repository, page) => {
  expect(pullRequestPage(kind, repository, '7')).toBe(page);
  expect(pullRequestPage(kind, repository, '')).toBe('');
});
