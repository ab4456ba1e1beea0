import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readRemote, type Remote } from '../../src/core/remote.ts';

const SERVER = 'https://github.com';
const folder = mkdtempSync(join(tmpdir(), 'remote test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HTTPS: Remote = {
  name: 'acme/manifests',
  url: 'https://github.com/acme/manifests.git',
  transport: 'https',
  host: 'github.com',
};

test.each([
  ['acme/manifests', SERVER, HTTPS],
  ['acme/manifests.git', SERVER, HTTPS],
  ['acme/manifests', `${SERVER}/`, HTTPS],
  [
    'Acme-1/my.manifests_2',
    SERVER,
    { ...HTTPS, name: 'Acme-1/my.manifests_2', url: `${SERVER}/Acme-1/my.manifests_2.git` },
  ],
  [
    'acme/manifests',
    'https://git.test:8443',
    { ...HTTPS, url: 'https://git.test:8443/acme/manifests.git', host: 'git.test:8443' },
  ],
])('reads owner and name %s on %s', (repository, server, expected) => {
  expect(readRemote(repository, server)).toEqual(expected);
});

test.each([
  ['https://github.com/acme/manifests.git', HTTPS],
  ['https://github.com/acme/manifests', { ...HTTPS, url: 'https://github.com/acme/manifests' }],
  ['https://github.com/acme/manifests/', { ...HTTPS, url: 'https://github.com/acme/manifests/' }],
  ['https://github.com/acme/manifests.git/', { ...HTTPS, url: 'https://github.com/acme/manifests.git/' }],
  ['HTTPS://GitHub.com:443/acme/manifests.git', HTTPS],
  [
    'https://gitlab.com/acme/shop/manifests.git',
    { ...HTTPS, name: 'acme/shop/manifests', url: 'https://gitlab.com/acme/shop/manifests.git', host: 'gitlab.com' },
  ],
  [
    'http://127.0.0.1:8080/acme/manifests.git',
    { ...HTTPS, url: 'http://127.0.0.1:8080/acme/manifests.git', transport: 'http', host: '127.0.0.1:8080' },
  ],
  ['http://localhost/a/b', { name: 'a/b', url: 'http://localhost/a/b', transport: 'http', host: 'localhost' }],
  ['http://[::1]:80/a/b', { name: 'a/b', url: 'http://[::1]/a/b', transport: 'http', host: '[::1]' }],
] as [string, Remote][])('reads the URL %s', (repository, expected) => {
  expect(readRemote(repository, SERVER)).toEqual(expected);
});

test.each([
  ['git@github.com:acme/manifests.git', 'acme/manifests', 'github.com'],
  ['github.com:acme/manifests', 'acme/manifests', 'github.com'],
  ['org-123@GitHub.com:acme/manifests', 'acme/manifests', 'github.com'],
  ['git@gitlab.com:acme/shop/manifests.git', 'acme/shop/manifests', 'gitlab.com'],
  ['git@host:/srv/git/manifests.git', 'srv/git/manifests', 'host'],
  ['git@host:~ada/manifests.git', 'ada/manifests', 'host'],
  ['ssh://git@github.com/acme/manifests.git', 'acme/manifests', 'github.com'],
  ['ssh://git@github.com:22/acme/manifests.git', 'acme/manifests', 'github.com'],
  ['ssh://git.test:2222/acme/manifests.git', 'acme/manifests', 'git.test'],
])('reads the ssh address %s', (repository, name, host) => {
  expect(readRemote(repository, SERVER)).toEqual({ name, url: repository, transport: 'ssh', host });
});

describe('over ssh', () => {
  const SSH: Remote = {
    name: 'acme/manifests',
    url: 'ssh://git@github.com/acme/manifests.git',
    transport: 'ssh',
    host: 'github.com',
  };

  test.each([
    ['acme/manifests', SERVER, SSH],
    ['acme/manifests.git', SERVER, SSH],
    ['https://github.com/acme/manifests', SERVER, SSH],
    ['https://github.com/acme/manifests.git/', SERVER, SSH],
    [
      'acme/manifests',
      'https://git.test:8443',
      { ...SSH, url: 'ssh://git@git.test/acme/manifests.git', host: 'git.test' },
    ],
    [
      'https://gitlab.com/acme/shop/manifests.git',
      SERVER,
      {
        ...SSH,
        name: 'acme/shop/manifests',
        url: 'ssh://git@gitlab.com/acme/shop/manifests.git',
        host: 'gitlab.com',
      },
    ],
  ])('is reached what would be by http: %s on %s', (repository, server, expected) => {
    expect(readRemote(repository, server, true)).toEqual(expected);
  });

  test.each(['git@github.com:acme/manifests.git', 'ssh://ada@git.test:2222/acme/manifests.git', folder])(
    'stays as it is %s',
    (repository) => {
      expect(readRemote(repository, SERVER, true)).toEqual(readRemote(repository, SERVER));
    },
  );

  test.each(['manifests', 'https://ada:secret@github.com/acme/manifests'])('refuses %s too', (repository) => {
    expect(() => readRemote(repository, SERVER, true)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});

describe('reads a folder that exists', () => {
  test.each([folder, `${folder}/`, relative(process.cwd(), folder)])('%s', (path) => {
    const expected = { name: path, url: pathToFileURL(folder).href, transport: 'file', host: '' };
    const { url, ...remote } = readRemote(path, SERVER);
    expect({ ...remote, url: url.replace(/\/$/, '') }).toEqual(expected);
  });

  test('given as a URL', () => {
    const url = pathToFileURL(folder).href;
    expect(readRemote(url, SERVER)).toEqual({ name: new URL(url).pathname, url, transport: 'file', host: '' });
  });
});

test.each([
  ['manifests', 'is no repository'],
  ['acme/shop/manifests', 'is no repository'],
  ['github.com/acme/manifests', 'is no repository'],
  ['./no/such', 'is no repository'],
  ['-oProxyCommand=x', 'is no repository'],
  ['--upload-pack=id', 'is no repository'],
  ['acme/mani fests', 'is no repository'],
  ['acme/manifests\nx', 'is no repository'],
  ['https://', 'is not a valid URL'],
  ['https://git.test:port/a/b', 'is not a valid URL'],
  ['http://github.com/acme/manifests', 'would send the token unencrypted; use https'],
  ['http://127.0.0.1.example.com/a/b', 'would send the token unencrypted'],
  ['http://localhost.example.com/a/b', 'would send the token unencrypted'],
  ['git://github.com/acme/manifests', 'uses a transport other than'],
  ['ftp://github.com/acme/manifests', 'uses a transport other than'],
  ['ext::sh -c id', 'uses a transport other than'],
  ['javascript:alert(1)', 'uses a transport other than'],
  ['https://ada@github.com/acme/manifests', 'contains what may be a credential; give it in the input "token"'],
  ['https://ada:secret@github.com/acme/manifests', 'contains what may be a credential'],
  ['ssh://git:secret@github.com/acme/manifests', 'contains what may be a credential'],
])('refuses %j: it %s', (repository, reason) => {
  const refused = (): Remote => readRemote(repository, SERVER);
  expect(refused).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining(reason) }));
  expect(refused).not.toThrow(/secret/);
});

describe('paths of Windows', () => {
  const PATHS = [String.raw`C:\manifests`, 'C:/manifests', 'd:/srv/git', String.raw`\\server\share`, '//server/share'];

  test.each(PATHS)('readRemote refuses %s by name on another system', (path) => {
    for (const overSsh of [false, true]) {
      expect(() => readRemote(path, SERVER, overSsh, 'linux')).toThrow(
        expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('is a path of Windows') }),
      );
    }
  });

  test.each(PATHS)('readRemote takes %s for a local path on Windows, which must exist', (path) => {
    expect(() => readRemote(path, SERVER, false, 'win32')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('nor a folder that exists') }),
    );
  });

  test('readRemote reads one that exists', () => {
    // A path with two slashes in front is that of a local folder here too.
    const path = `/${folder}`;
    const expected = { name: path, url: pathToFileURL(folder).href, transport: 'file', host: '' };
    expect(readRemote(path, SERVER, false, 'win32')).toEqual(expected);
  });

  test.each(['//ada:secret@server/share', String.raw`\\ada:secret@server\share`])(
    'readRemote refuses %s without its credential',
    (path) => {
      expect(() => readRemote(path, SERVER, false, 'linux')).toThrow(/…@server/);
      expect(() => readRemote(path, SERVER, false, 'linux')).not.toThrow(/secret/);
      expect(() => readRemote(path, SERVER, false, 'win32')).not.toThrow(/secret/);
    },
  );
});

test.each([
  'https://user:s3cret@git.test/a/b',
  'https://user:s3cret%40git.test/a/b',
  'https://user%3As3cret%40git.test/a/b',
  'https://git.test/oauth2:s3cret@x/a/b',
  'https://git.test/oauth2%3As3cret/a/b',
  'https://git.test/a/b?private_token=s3cret',
  'https://git.test/a/b%3Fprivate_token=s3cret',
  'https://git.test/a/b#s3cret',
  'https://s3cret@git.test/a/b',
  'HTTPS:git.test/s3cret@x',
  'ssh://git:s3cret@git.test/a/b',
  'ssh://git%3As3cret@git.test/a/b',
  'ssh://git@git.test/a/b?s3cret',
  'git:s3cret@git.test:a/b',
  'user:s3cret@git.test/a',
])('a credential in %s is refused before anything runs, and never shown', (repository) => {
  let message = '';
  try {
    readRemote(repository, 'https://github.com');
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain('Input "repository" is ');
  expect(message).not.toContain('s3cret');
});
