import { describe, expect, test } from 'vitest';
import { readRemote } from '../../../src/core/remote.ts';
import { identitiesOf, pageOf, placeIn, placeOf } from '../../../src/forge/azure-devops/server.ts';

const SERVICES = 'https://dev.azure.com/fabrikam';

test.each([
  ['https://dev.azure.com/fabrikam/ops/_git/manifests', SERVICES, 'ops', 'manifests'],
  ['https://fabrikam@dev.azure.com/fabrikam/My%20Ops/_git/the%20manifests', SERVICES, 'My Ops', 'the manifests'],
  ['https://dev.azure.com/fabrikam/_git/manifests', SERVICES, 'manifests', 'manifests'],
  ['https://fabrikam.visualstudio.com/ops/_git/manifests', 'https://fabrikam.visualstudio.com', 'ops', 'manifests'],
  ['https://fabrikam.visualstudio.com/_git/manifests', 'https://fabrikam.visualstudio.com', 'manifests', 'manifests'],
  [
    'https://fabrikam.visualstudio.com/DefaultCollection/ops/_git/manifests',
    'https://fabrikam.visualstudio.com/DefaultCollection',
    'ops',
    'manifests',
  ],
  ['git@ssh.dev.azure.com:v3/fabrikam/My%20Ops/manifests', SERVICES, 'My Ops', 'manifests'],
  ['fabrikam@vs-ssh.visualstudio.com:v3/fabrikam/ops/manifests', SERVICES, 'ops', 'manifests'],
  ['https://tfs.example.com/tfs/Main/ops/_git/manifests', 'https://tfs.example.com/tfs/Main', 'ops', 'manifests'],
  ['https://tfs.example.com/tfs/Main/_git/manifests', 'https://tfs.example.com/tfs/Main', 'manifests', 'manifests'],
  ['https://tfs.example.com:8443/Main/ops/_git/m', 'https://tfs.example.com:8443/Main', 'ops', 'm'],
  ['ssh://tfs.example.com:22/tfs/Main/ops/_ssh/m', 'https://tfs.example.com/tfs/Main', 'ops', 'm'],
])('%s is a repository of %s', (address, collection, project, repository) => {
  expect(placeOf(readRemote(address, ''), [])).toEqual({ collection, project, repository });
});

test('a collection that the CI names is in any folder', () => {
  const servers = [{ kind: 'azure-devops', url: 'https://git.example.com/a/b/Main' }] as const;
  const place = { collection: 'https://git.example.com/a/b/Main', repository: 'm' };
  expect(placeOf(readRemote('https://git.example.com/a/b/Main/ops/_git/m', ''), servers)).toEqual({
    ...place,
    project: 'ops',
  });
  expect(placeOf(readRemote('https://git.example.com/a/b/Main/_git/m', ''), servers)).toEqual({
    ...place,
    project: 'm',
  });
  const other = placeOf(readRemote('https://git.example.com/Other/ops/_git/m', ''), servers);
  expect(other?.collection).toBe('https://git.example.com/Other');
});

test.each([
  'https://dev.azure.com/fabrikam/ops/manifests',
  'https://dev.azure.com/fabrikam/ops/more/_git/manifests',
  'https://dev.azure.com/fabrikam/ops/_git/manifests/more',
  'https://dev.azure.com/_git/manifests',
  'git@ssh.dev.azure.com:v3/fabrikam/ops',
  'git@ssh.dev.azure.com:v3/fabrikam/ops/manifests/more',
])('%s is none', (address) => {
  expect(placeOf(readRemote(address, ''), [])).toBeUndefined();
});

describe('below a collection', () => {
  test.each([
    ['My%20Ops/_git/web', 'My Ops', 'web'],
    ['ops/web', 'ops', 'web'],
    ['_git/web', 'web', 'web'],
  ])('%s is a repository', (name, project, repository) => {
    expect(placeIn(SERVICES, name)).toEqual({ collection: SERVICES, project, repository });
  });

  test.each(['', 'a/b/_git/c', '%'])('%j is none', (name) => {
    expect(placeIn(SERVICES, name)).toBeUndefined();
  });
});

test('the page of a repository has its names encoded', () => {
  const place = { collection: SERVICES, project: 'My Ops', repository: 'a#b' };
  expect(pageOf(place)).toBe(`${SERVICES}/My%20Ops/_git/a%23b`);
});

test.each([
  [SERVICES, 'https://vssps.dev.azure.com/fabrikam'],
  ['https://fabrikam.visualstudio.com', 'https://vssps.dev.azure.com/fabrikam'],
  ['https://fabrikam.visualstudio.com/DefaultCollection', 'https://vssps.dev.azure.com/fabrikam'],
  ['https://tfs.example.com/tfs/Main', 'https://tfs.example.com/tfs/Main'],
  ['https://dev.azure.com.evil.test/fabrikam', 'https://dev.azure.com.evil.test/fabrikam'],
  ['https://evil.test/x.visualstudio.com', 'https://evil.test/x.visualstudio.com'],
])('identities of %s are at %s', (collection, expected) => {
  expect(identitiesOf(collection)).toBe(expected);
});
