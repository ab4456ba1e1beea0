import { describe, expect, test } from 'vitest';
import { ReleaseError, type FailureCode } from '../../src/core/errors.ts';
import { GitError } from '../../src/git/run-git.ts';
import {
  explainPush,
  explainRefusal,
  isPushAnswer,
  lastLine,
  readPushReport,
  type GitAction,
} from '../../src/git/explain-stderr.ts';
import { readRemote } from '../../src/core/remote.ts';

const ACTION: GitAction = {
  remote: readRemote('acme/manifests', 'https://github.com'),
  credential: 'token',
  action: 'read',
  base: 'staging',
};
const URL = 'https://github.com/acme/manifests.git/';

function explained(stderr: string, action: Partial<GitAction> = {}): ReleaseError {
  const error = new GitError('clone', { exitCode: 128, stdout: Buffer.alloc(0), stderr });
  const told = explainRefusal(error, { ...ACTION, ...action });
  if (!(told instanceof ReleaseError)) throw new Error('it was not explained');
  if (told.code !== 'PROGRAM_MISSING') expect(told.cause).toBe(error);
  return told;
}

/** What git of several versions, and several servers, say. */
const SAID: [stderr: string, code: FailureCode][] = [
  [
    'warning: Could not find remote branch staging to clone.\nfatal: Remote branch staging not found in upstream origin\n',
    'BASE_NOT_FOUND',
  ],
  ["fatal: couldn't find remote ref refs/heads/staging\n", 'BASE_NOT_FOUND'],
  [
    'Host key verification failed.\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\n',
    'HOST_KEY_UNKNOWN',
  ],
  [`fatal: unable to access '${URL}': error setting certificate file: /nowhere.pem\n`, 'CA_UNTRUSTED'],
  [
    `fatal: unable to access '${URL}': error setting certificate verify locations:  CAfile: /nowhere.pem CApath: none\n`,
    'CA_UNTRUSTED',
  ],
  [
    `fatal: unable to access '${URL}': error reading ca cert file /nowhere.pem (Error while reading file.)\n`,
    'CA_UNTRUSTED',
  ],
  [
    `fatal: unable to access '${URL}': SSL certificate problem: unable to get local issuer certificate\n`,
    'CA_UNTRUSTED',
  ],
  [
    `fatal: unable to access '${URL}': SSL certificate problem: self-signed certificate in certificate chain\n`,
    'CA_UNTRUSTED',
  ],
  [`fatal: unable to access '${URL}': SSL certificate problem: self signed certificate\n`, 'CA_UNTRUSTED'],
  [
    `fatal: unable to access '${URL}': server certificate verification failed. CAfile: none CRLfile: none\n`,
    'CA_UNTRUSTED',
  ],
  [`fatal: unable to access '${URL}': The requested URL returned error: 301\n`, 'REPOSITORY_MOVED'],
  [`fatal: unable to access '${URL}': The requested URL returned error: 308\n`, 'REPOSITORY_MOVED'],
  [`remote: Invalid username or token.\nfatal: Authentication failed for '${URL}'\n`, 'ACCESS_DENIED'],
  ["fatal: could not read Username for 'https://github.com': terminal prompts disabled\n", 'ACCESS_DENIED'],
  [
    `remote: Permission to acme/manifests.git denied to ada.\nfatal: unable to access '${URL}': The requested URL returned error: 403\n`,
    'ACCESS_DENIED',
  ],
  [
    'WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!\nHost key verification failed.\nfatal: Could not read from remote repository.\n',
    'HOST_KEY_UNKNOWN',
  ],
  [
    'Load key "/tmp/x/key": invalid format\ngit@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n',
    'SSH_KEY_INVALID',
  ],
  [
    'ssh -F "$MANIFEST_RELEASE_SSH_CONFIG": 1: ssh: not found\nfatal: Could not read from remote repository.\n',
    'PROGRAM_MISSING',
  ],
  ['bash: ssh: command not found\nfatal: Could not read from remote repository.\n', 'PROGRAM_MISSING'],
  ['error: cannot run ssh: No such file or directory\nfatal: unable to fork\n', 'PROGRAM_MISSING'],
  [
    'ERROR: The key you are authenticating with has been marked as read only.\nfatal: Could not read from remote repository.\n',
    'ACCESS_DENIED',
  ],
  [
    'ERROR: This repository was archived so it is read-only.\nfatal: Could not read from remote repository.\n',
    'REPOSITORY_READ_ONLY',
  ],
  [
    'remote: ERROR: This deploy key does not have write access to this project.\nfatal: Could not read from remote repository.\n',
    'ACCESS_DENIED',
  ],
  ['git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n', 'ACCESS_DENIED'],
  [
    'ERROR: Permission to acme/manifests.git denied to ada.\nfatal: Could not read from remote repository.\n',
    'ACCESS_DENIED',
  ],
  [`remote: Repository not found.\nfatal: repository '${URL}' not found\n`, 'REPOSITORY_NOT_FOUND'],
  ['ERROR: Repository not found.\nfatal: Could not read from remote repository.\n', 'REPOSITORY_NOT_FOUND'],
  [`fatal: unable to access '${URL}': The requested URL returned error: 404\n`, 'REPOSITORY_NOT_FOUND'],
  [
    "fatal: '/srv/none' does not appear to be a git repository\nfatal: Could not read from remote repository.\n",
    'REPOSITORY_NOT_FOUND',
  ],
  ["fatal: repository '/srv/none' does not exist\n", 'REPOSITORY_NOT_FOUND'],
  [`fatal: unable to access '${URL}': Could not resolve host: github.com\n`, 'NETWORK'],
  [`fatal: unable to access '${URL}': Unsupported proxy syntax in '127.0.0.1:none'\n`, 'NETWORK'],
  [
    `fatal: unable to access '${URL}': Failed to connect to github.com port 443 after 1 ms: Couldn't connect to server\n`,
    'NETWORK',
  ],
  [
    'ssh: connect to host github.com port 22: Connection refused\nfatal: Could not read from remote repository.\n',
    'NETWORK',
  ],
  [
    'ssh: Could not resolve hostname github.com: Name or service not known\nfatal: Could not read from remote repository.\n',
    'NETWORK',
  ],
  [`fatal: unable to access '${URL}': The requested URL returned error: 503\n`, 'SERVER_FAILED'],
  ['error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502\nfatal: early EOF\n', 'SERVER_FAILED'],
  ['remote: Internal Server Error\nfatal: the remote end hung up unexpectedly\n', 'SERVER_FAILED'],
  ['remote: fatal: write error: No space left on device\nfatal: early EOF\n', 'SERVER_FAILED'],
  [`fatal: unable to access '${URL}': The requested URL returned error: 429\n`, 'RATE_LIMITED'],
  [
    `remote: This request was rate-limited due to too many requests.\nfatal: unable to access '${URL}': The requested URL returned error: 403\n`,
    'RATE_LIMITED',
  ],
  [
    "error: RPC failed; HTTP 429 curl 22 The requested URL returned error: 429\nfatal: expected 'packfile'\n",
    'RATE_LIMITED',
  ],
  [
    'remote: fatal: unable to read 8f14e45fceea167a5a36dedd4bea2543f5a1b2c3\nremote: aborting due to possible repository corruption on the remote side.\nfatal: early EOF\nfatal: index-pack failed\n',
    'REPOSITORY_DAMAGED',
  ],
  [
    'remote: error: object file ./objects/8f/14 is empty\nremote: fatal: loose object 8f14 is corrupt\nfatal: the remote end hung up unexpectedly\n',
    'REPOSITORY_DAMAGED',
  ],
  [
    'remote: \u0000aborting due to possible repository corruption\u0000 on the remote side.\u0000\nfatal: protocol error: bad pack header\n',
    'REPOSITORY_DAMAGED',
  ],
  [
    "fatal: Unable to create temporary file '/tmp/x/objects/pack/tmp_pack_XXXXXX': No space left on device\nfatal: fetch-pack: invalid index-pack output\n",
    'DISK_FULL',
  ],
  ['remote: GitLab is under maintenance.\nfatal: Could not read from remote repository.\n', 'REPOSITORY_READ_ONLY'],
  [`fatal: unable to access '${URL}': Empty reply from server\n`, 'NETWORK'],
  [
    `fatal: unable to access '${URL}': gnutls_handshake() failed: The TLS connection was non-properly terminated.\n`,
    'NETWORK',
  ],
  ['error: RPC failed; curl 18 transfer closed with outstanding read data remaining\nfatal: early EOF\n', 'NETWORK'],
  ['fatal: the remote end hung up unexpectedly\n', 'NETWORK'],
  ['fatal: protocol error: bad pack header\n', 'GIT_FAILED'],
  ['', 'GIT_FAILED'],
];

test.each(SAID)('%j is %s', (stderr, code) => {
  expect(explained(stderr).code).toBe(code);
});

test('a folder of this machine that is no repository needs no token', () => {
  const remote = readRemote('.', 'https://github.com');
  const told = explained("fatal: '/srv/none' does not appear to be a git repository\n", { remote });
  expect([told.code, told.message]).toEqual([
    'INPUT_INVALID',
    'Input "repository" is ".", which is no git repository; give the top folder of one.',
  ]);
});

test('asks for another turn only when the network or the server failed', () => {
  const passing: FailureCode[] = ['NETWORK', 'SERVER_FAILED', 'RATE_LIMITED'];
  expect(SAID.filter(([stderr]) => explained(stderr).blame === 'again').map(([, code]) => code)).toEqual(
    SAID.map(([, code]) => code).filter((code) => passing.includes(code)),
  );
});

test('colours and control characters of a server or a hook are not shown', () => {
  const corrupt = explained(
    'remote: \u0000aborting due to repository corruption\u0000 here.\u0000\r\nfatal: early EOF\n',
  );
  expect(corrupt.message).toContain('"acme/manifests": aborting due to repository corruption here.');
  expect(corrupt.message).not.toContain('\\u{');
  const result = {
    exitCode: 1,
    stdout: Buffer.from('!\tabc:refs/heads/a\t[remote rejected] (pre-receive hook declined)\nDone\n'),
    stderr: 'remote: \u001b[1;31mCommit message\u001b[0m needs an issue.\u0007\r\n',
  };
  const refused = explainPush(result);
  expect(refused?.message).toBe('The server refused the push to "a": Commit message needs an issue.');
  expect(refused?.hint).toContain('"commit-message"');
});

describe('the sentence', () => {
  test('names the repository and the branch', () => {
    expect(explained(SAID[0]?.[0] ?? '').message).toBe('Repository "acme/manifests" has no branch "staging".');
  });

  test('says whether there was a token, and what for', () => {
    const stderr = `remote: The organization has SAML SSO.\nfatal: Authentication failed for '${URL}'`;
    expect(explained(stderr, { action: 'push to' }).message).toBe(
      'The token was refused when it tried to push to "acme/manifests": The organization has SAML SSO.',
    );
    expect(explained(stderr, { credential: 'none' }).message).toBe(
      'No token was given, and one is needed to read "acme/manifests".',
    );
    expect(explained('fatal: repository not found', { credential: 'none' }).message).toContain(
      'private and no token was given',
    );
  });

  test('speaks of the ssh key where one was shown', () => {
    const credential = 'ssh key';
    const denied = explained(
      'git@host: Permission denied (publickey).\nfatal: Could not read from remote repository.\n',
      {
        credential,
      },
    );
    expect(denied.message).toBe(
      'The ssh key was refused when it tried to read "acme/manifests": git@host: Permission denied (publickey).',
    );
    expect(denied.hint).toContain('deploy keys');
    const readOnly = explained(
      'ERROR: The key is marked as read only.\nfatal: Could not read from remote repository.\n',
      {
        credential,
      },
    );
    expect(readOnly.message).toContain('"acme/manifests": The key is marked as read only.');
    const missing = explained('ERROR: Repository not found.\n', { credential });
    expect(missing.message).toBe('Repository "acme/manifests" does not exist, or the ssh key may not see it.');
  });

  test('says what is wrong with a host’s key, and with ours', () => {
    expect(explained('Host key verification failed.\n')).toMatchObject({
      message: 'The ssh host key of "acme/manifests" is not known.',
      hint: expect.stringContaining('"ssh-known-hosts"'),
    });
    const changed = 'WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!\nHost key verification failed.\n';
    expect(explained(changed).message).toContain('another server answers');
    expect(explained('Load key "/tmp/x": error in libcrypto\nPermission denied\n').message).toBe(
      'MANIFEST_RELEASE_SSH_KEY is not a key that ssh can use: error in libcrypto.',
    );
  });

  test('gives git’s own reason', () => {
    expect(explained('ssh: x\nfatal: the remote end hung up unexpectedly\n').message).toBe(
      'The network failed when trying to read acme/manifests: the remote end hung up unexpectedly.',
    );
    expect(explained('fatal: protocol error: bad pack header\n').message).toBe(
      'git clone failed: protocol error: bad pack header.',
    );
  });
});

test('leaves other errors as they are', () => {
  const error = new Error('x');
  expect(explainRefusal(error, ACTION)).toBe(error);
});

test.each([
  ['fatal: a\nremote: b\nhint: c\n', 'b'],
  ['error: a\n\n  \n', 'a'],
  ['something\nelse\n', 'else'],
  ['remote:   spaced  \n', 'spaced'],
  ['remote: ERROR: both\n', 'both'],
  ['', 'no reason given'],
])('the line of %j that says most is %j', (stderr, expected) => {
  expect(lastLine(stderr)).toBe(expected);
});

test('a message without end is read from its end, in linear time', () => {
  const endless = (text: string): string => `remote: ${text.repeat(500_000)}\n`;
  expect(explained(`${endless('Permission to ')}fatal: repository not found\n`).code).toBe('REPOSITORY_NOT_FOUND');
  const stdout = Buffer.from('!\tabc:refs/heads/a\t[remote rejected] (pre-receive hook declined)\n');
  const refused = explainPush({ exitCode: 1, stdout, stderr: `${endless('refusing to allow ')}remote: no quota\n` });
  expect(refused?.hint).toContain('quota');
});

describe('the report of a push', () => {
  const said = (exitCode: number, ...lines: string[]) => ({
    exitCode,
    stdout: Buffer.from(['To https://github.com/acme/manifests.git', ...lines, 'Done', ''].join('\n')),
    stderr: '',
  });

  test('tells of each branch', () => {
    const result = said(
      1,
      '*\tabc:refs/heads/new\t[new branch]',
      '+\tabc:refs/heads/forced\tabc...def (forced update)',
      ' \tabc:refs/heads/moved on\tabc..def',
      '=\tabc:refs/heads/same\t[up to date]',
      '-\t:refs/heads/gone\t[deleted]',
      '!\t(delete):refs/heads/other\t[rejected] (stale info)',
      "!\tabc:refs/heads/race\t[remote rejected] (cannot lock ref 'refs/heads/race': is at abc but expected def)",
      '!\tabc:refs/heads/race-2.50\t[remote rejected] (incorrect old value provided)',
      '!\t(delete):refs/heads/gone-2.50\t[remote rejected] (reference does not exist)',
      '!\tabc:refs/heads/main\t[remote rejected] (protected branch hook declined)',
    );
    const report = readPushReport(result).map(({ branch, state, reason }) => `${branch}: ${state}, ${reason}`);
    expect(report).toEqual([
      'new: done, [new branch]',
      'forced: done, abc...def (forced update)',
      'moved on: done, abc..def',
      'same: done, [up to date]',
      'gone: done, [deleted]',
      'other: moved, stale info',
      "race: moved, cannot lock ref 'refs/heads/race': is at abc but expected def",
      'race-2.50: moved, incorrect old value provided',
      'gone-2.50: moved, reference does not exist',
      'main: refused, protected branch hook declined',
    ]);
    expect(isPushAnswer(result)).toBe(true);
  });

  test.each([
    ['that ended well', said(0), true],
    ['in which git gave up before it asked', said(1), false],
    [
      'whose answer never came',
      said(1, '!\tabc:refs/heads/a\t[remote failure] (remote failed to report status)'),
      false,
    ],
    ['that died', said(128, '*\tabc:refs/heads/a\t[new branch]'), false],
  ])('%s is an answer: %s', (_, result, expected) => {
    expect(isPushAnswer(result)).toBe(expected);
  });

  test('explains what was refused, not what came too late', () => {
    expect(explainPush(said(0, '*\tabc:refs/heads/a\t[new branch]'))).toBeUndefined();
    expect(explainPush(said(1, '!\tabc:refs/heads/a\t[rejected] (stale info)'))).toBeUndefined();
    const refused = said(1, '!\tabc:refs/heads/a\t[remote rejected] (protected branch hook declined)');
    expect(explainPush(refused)?.message).toBe('The server refused the push to "a": protected branch hook declined.');
    const blocked = said(1, '!\tabc:refs/heads/a/b\t[remote rejected] (refname conflict)');
    expect(explainPush(blocked)).toMatchObject({ code: 'BRANCH_BLOCKED' });
    const full = said(1, '!\tabc:refs/heads/a\t[remote rejected] (unpacker error)');
    const stderr = 'error: remote unpack failed: unable to create temporary object directory\n';
    expect(explainPush({ ...full, stderr })).toMatchObject({
      message: 'The server refused the push to "a": remote unpack failed: unable to create temporary object directory.',
      hint: expect.stringContaining('no room'),
    });
  });
});
