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
  ...['acme/tree', 'acme/ops/_git/tree', 'srv/tree/web.git'].map((path): [string, Remote] => {
    const url = `https://github.com/${path}`;
    return [url, { ...HTTPS, name: path.replace(/\.git$/, ''), url }];
  }),
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

/** Clone addresses as the pages of each forge show them. */
describe('an address as its forge shows it', () => {
  test.each([
    ['GitHub', 'https://github.com/acme/manifests.git', undefined, 'acme/manifests'],
    ['GitLab', 'https://gitlab.example.com/acme/shop/manifests.git', undefined, 'acme/shop/manifests'],
    ['Gitea', 'https://gitea.example.com/acme/manifests.git', undefined, 'acme/manifests'],
    ['Codeberg', 'https://codeberg.org/acme/manifests.git', undefined, 'acme/manifests'],
    ['Bitbucket Cloud', 'https://ada@bitbucket.org/acme/manifests.git', 'ada', 'acme/manifests'],
    ['Bitbucket Data Center', 'https://git.example.com/scm/ops/manifests.git', undefined, 'scm/ops/manifests'],
    [
      'one of its users',
      'https://ada.lovelace@git.example.com/scm/ops/manifests.git',
      'ada.lovelace',
      'scm/ops/manifests',
    ],
    ['one by e-mail', 'https://ada%40example.com@git.example.com/scm/ops/m.git', 'ada@example.com', 'scm/ops/m'],
    ['Azure', 'https://fabrikam@dev.azure.com/fabrikam/ops/_git/manifests', 'fabrikam', 'fabrikam/ops/_git/manifests'],
    [
      'Azure without a user',
      'https://dev.azure.com/fabrikam/ops/_git/manifests',
      undefined,
      'fabrikam/ops/_git/manifests',
    ],
    ['a project with a space', 'https://dev.azure.com/fabrikam/My%20Ops/_git/m', undefined, 'fabrikam/My%20Ops/_git/m'],
    ['Azure’s older address', 'https://fabrikam.visualstudio.com/ops/_git/manifests', undefined, 'ops/_git/manifests'],
    ['Azure DevOps Server', 'https://tfs.example.com/tfs/Main/ops/_git/m', undefined, 'tfs/Main/ops/_git/m'],
    ['CodeCommit', 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/m', undefined, 'v1/repos/m'],
    [
      'CodeCommit with the user of its git credentials',
      'https://ada%2B1-at-123456789012@git-codecommit.eu-west-1.amazonaws.com/v1/repos/m',
      'ada+1-at-123456789012',
      'v1/repos/m',
    ],
    [
      'a deploy token of GitLab',
      'https://gitlab+deploy-token-12@gitlab.com/a/b/c.git',
      'gitlab+deploy-token-12',
      'a/b/c',
    ],
  ])('%s', (_, address, user, name) => {
    const { login, ...remote } = readRemote(address, SERVER);
    expect(login).toEqual(user === undefined ? undefined : { user });
    const { host } = new URL(address);
    expect(remote).toEqual({ name, url: address.replace(/\/\/.*@/, '//'), transport: 'https', host });
  });

  test.each([
    ['Azure', 'git@ssh.dev.azure.com:v3/fabrikam/ops/manifests', 'v3/fabrikam/ops/manifests', 'ssh.dev.azure.com'],
    ['a project with a space', 'git@ssh.dev.azure.com:v3/f/My%20Ops/m', 'v3/f/My%20Ops/m', 'ssh.dev.azure.com'],
    [
      'its older one',
      'fabrikam@vs-ssh.visualstudio.com:v3/fabrikam/ops/m',
      'v3/fabrikam/ops/m',
      'vs-ssh.visualstudio.com',
    ],
    ['Bitbucket Data Center', 'ssh://git@git.example.com:7999/ops/manifests.git', 'ops/manifests', 'git.example.com'],
    [
      'CodeCommit with the id of a key',
      'ssh://APKAEIBAERJR2EXAMPLE@git-codecommit.eu-west-1.amazonaws.com/v1/repos/m',
      'v1/repos/m',
      'git-codecommit.eu-west-1.amazonaws.com',
    ],
  ])('over ssh: %s', (_, address, name, host) => {
    expect(readRemote(address, SERVER)).toEqual({ name, url: address, transport: 'ssh', host });
  });

  test.each([
    'https://fabrikam@dev.azure.com/fabrikam/ops/_git/manifests',
    'https://git.example.com/scm/ops/manifests.git',
    'https://git.example.com/bitbucket/scm/ops/manifests.git',
    'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/m',
  ])('%s has another form over ssh, which is to be given', (address) => {
    expect(() => readRemote(address, SERVER, true)).toThrow(/has another form over ssh; give its ssh address/);
  });

  test('the user of an https address is in nothing but its login, and not in a failure', () => {
    const { login, ...rest } = readRemote('https://lovelace@bitbucket.org/acme/manifests.git', SERVER);
    expect(login).toEqual({ user: 'lovelace' });
    expect(JSON.stringify(rest)).not.toContain('lovelace');
    expect(readRemote('https://lovelace@bitbucket.org/acme/m.git', SERVER, true).url).not.toContain('lovelace');
    for (const address of [
      'http://lovelace@git.test/a/b',
      'ftp://lovelace@git.test/a/b',
      'https://lovelace@git.test:x/a',
    ]) {
      expect(() => readRemote(address, SERVER)).toThrow(/Input "repository" is /);
      expect(() => readRemote(address, SERVER)).not.toThrow(/lovelace/);
    }
  });
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
  ['github.com/acme/manifests', 'has no scheme; write https://github.com/acme/manifests.'],
  ['acme/manifests/', 'ends with a slash; write acme/manifests.'],
  ['${{ github.repository_owner }}/manifests', 'has a variable that was not replaced'],
  ['$OWNER/manifests', 'has a variable that was not replaced'],
  [
    'https://github.com/acme/manifests/tree/main/apps',
    'is the address of a page; write https://github.com/acme/manifests.',
  ],
  [
    'https://github.com/acme/manifests/blob/main/a.yaml',
    'is the address of a page; write https://github.com/acme/manifests.',
  ],
  ['https://gitlab.com/a/b/c/-/tree/main', 'is the address of a page; write https://gitlab.com/a/b/c.'],
  ['https://codeberg.org/a/b/src/branch/main', 'is the address of a page; write https://codeberg.org/a/b.'],
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
  ['https://ada:secret@github.com/acme/manifests', 'contains what may be a credential; give it in the input "token"'],
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

/** Made up, in the form that each has. */
const SECRETS = {
  'of GitHub': 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  'of GitHub, fine-grained': 'github_pat_11AAAAAAA0',
  'of an App': 'ghs_short',
  'of GitHub, old, or of Gitea': '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
  'of GitLab': 'glpat-onlyletters',
  'of a job of GitLab': 'glcbt-64_onlyletters',
  'of a GitLab with a prefix of its own': 'acme-glpat-onlyletters',
  'of Bitbucket': 'ATATT3xFfGF0onlyletters',
  'of a Bitbucket repository': 'ATCTT3xFfGN0onlyletters',
  'of Bitbucket Data Center': 'BBDC-onlyletters',
  'of Azure': 'y7x2q5wz4kfj3mp6nbvh2ctr7ld4gyx5qwz3kfj6mp2nbvhaq3dk',
  'a JSON web token': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N',
  'a UUID': '0f8fad5b-d9cb-469f-a165-70867728950e',
};

describe.each(Object.entries(SECRETS))('a secret %s', (_, secret) => {
  const encoded = Buffer.from(secret).toString('hex').replace(/../g, '%$&');
  test.each([
    `https://${secret}@git.test/a/b`,
    `https://${encoded}@git.test/a/b`,
    `HTTPS://${secret}@git.test/a/b`,
    `https:${secret}@git.test/a/b`,
    `https:/${secret}@git.test/a/b`,
    `https:///${secret}@git.test/a/b`,
    String.raw`https:\\${secret}@git.test/a/b`,
    `https://${secret}:x-oauth-basic@git.test/a/b`,
    `https://x-access-token:${secret}@git.test/a/b`,
    `https://${secret}@ada@git.test/a/b`,
    `https://ada@${secret}@git.test/a/b`,
    `https://ada%40${secret}@git.test/a/b`,
    `https://ada-${secret}@git.test/a/b`,
    `https://git.test/${secret}@x`,
    `https://git.test/a/b?${secret}`,
    `ssh://${secret}@git.test/a/b`,
    `${secret}@git.test:a/b`,
    `git@git.test:a/b%40${secret}`,
  ])('is refused before anything runs, and never shown: %s', (repository) => {
    let message = '';
    try {
      readRemote(repository, 'https://github.com');
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('Input "repository" is ');
    for (const part of [secret, secret.slice(0, 12), encoded, encoded.slice(0, 36)])
      expect(message).not.toContain(part);
  });
});

test.each([
  'https://user:s3cret@git.test/a/b',
  'https://user:s3cret%40git.test/a/b',
  'https://user%3As3cret%40git.test/a/b',
  'https://user%3As3cret@git.test/a/b',
  'https://user:@git.test/s3cret',
  'https://git.test/oauth2:s3cret@x/a/b',
  'https://git.test/oauth2%3As3cret/a/b',
  'https://git.test/a/b?private_token=s3cret',
  'https://git.test/a/b%3Fprivate_token=s3cret',
  'https://git.test/a/b#s3cret',
  'https://s3cret%@git.test/a/b',
  'https://s3cret%2540x@git.test/a/b',
  'https://s3cret$@git.test/a/b',
  'https://s3cret/x@git.test/a/b',
  'https://s3\ncret@git.test/a/b',
  'https://s3cret#@git.test/a/b',
  'https://ünser-s3cret@git.test/a/b',
  'HTTPS:git.test/s3cret@x',
  'ssh://git:s3cret@git.test/a/b',
  'ssh://git%3As3cret@git.test/a/b',
  'ssh://git@git.test/a/b?s3cret',
  'git:s3cret@git.test:a/b',
  'user:s3cret@git.test/a',
])('a credential in %j is refused before anything runs, and never shown', (repository) => {
  let message = '';
  try {
    readRemote(repository, 'https://github.com');
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain('Input "repository" is ');
  expect(message).not.toMatch(/s3\s?cret/);
});
