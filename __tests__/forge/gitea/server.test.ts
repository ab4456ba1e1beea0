import { expect, test } from 'vitest';
import { readRemote } from '../../../src/core/remote.ts';
import { addressOf } from '../../../src/forge/gitea/server.ts';

const KNOWN = ['https://git.test:3000/forge/'];

test.each([
  ['https://gitea.com/acme/manifests.git', 'https://gitea.com'],
  ['https://git.test:3000/acme/manifests', 'https://git.test:3000'],
  ['https://git.test:3000/forge/acme/manifests.git', 'https://git.test:3000/forge'],
  ['http://127.0.0.1:3000/acme/manifests', 'http://127.0.0.1:3000'],
  ['git@gitea.com:acme/manifests.git', 'https://gitea.com'],
  ['ssh://git@gitea.com:2222/acme/manifests.git', 'https://gitea.com'],
  ['git@git.test:acme/manifests.git', 'https://git.test:3000/forge'],
])('%s is on %s', (repository, serverUrl) => {
  expect(addressOf(readRemote(repository, 'https://github.com'), KNOWN)).toEqual({
    serverUrl,
    owner: 'acme',
    name: 'manifests',
  });
});

test.each(['https://gitea.com/acme', '/'])('%s is no repository of such a server', (repository) => {
  expect(addressOf(readRemote(repository, 'https://github.com'), KNOWN)).toBeUndefined();
});
