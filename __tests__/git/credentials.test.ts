import { describe, expect, test } from 'vitest';
import { maskedForms, remoteConfig } from '../../src/git/credentials.ts';
import { readRemote, type Login } from '../../src/core/remote.ts';

const TOKEN = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a';
const BASIC = 'eC1hY2Nlc3MtdG9rZW46Z2hzXzE2QzdlNDJGMjkyYzY5MTJFNzcxMGM4MzgzNDdBZTE3OEI0YQ==';

describe('a command is configured', () => {
  test.each([
    ['acme/manifests', 'https', 'http.https://github.com/.extraHeader'],
    ['https://git.test:8443/acme/manifests.git', 'https', 'http.https://git.test:8443/.extraHeader'],
    ['http://127.0.0.1:8080/a/b', 'http', 'http.http://127.0.0.1:8080/.extraHeader'],
  ])('for %s with the token for its server alone', (repository, transport, key) => {
    expect(remoteConfig(readRemote(repository, 'https://github.com'), TOKEN)).toEqual({
      [`protocol.${transport}.allow`]: 'always',
      [key]: `Authorization: Basic ${BASIC}`,
    });
  });

  test.each([
    ['git@github.com:acme/manifests.git', 'ssh'],
    ['ssh://git@github.com/acme/manifests.git', 'ssh'],
    ['/', 'file'],
  ])('for %s without the token', (repository, transport) => {
    const config = remoteConfig(readRemote(repository, 'https://github.com'), TOKEN);
    expect(config).toEqual({ [`protocol.${transport}.allow`]: 'always' });
  });

  test('without a header where there is no token', () => {
    expect(remoteConfig(readRemote('a/b', 'https://github.com'), '')).toEqual({ 'protocol.https.allow': 'always' });
  });
});

const LOGINS: readonly Login[] = [
  ...[
    '',
    'x-access-token',
    'oauth2',
    'gitlab-ci-token',
    'x-token-auth',
    'x-bitbucket-api-token-auth',
    'ada',
    'ä@b.c',
  ].map((user) => ({ user })),
  'bearer',
];

describe.each(LOGINS)('with the login %j', (login) => {
  const remote = { ...readRemote('a/b', 'https://github.com'), login };

  test('git is given the token for the server alone', () => {
    const { 'protocol.https.allow': allowed, ...header } = remoteConfig(remote, TOKEN);
    const credentials =
      login === 'bearer' ? `Bearer ${TOKEN}` : `Basic ${Buffer.from(`${login.user}:${TOKEN}`).toString('base64')}`;
    expect([allowed, header]).toEqual([
      'always',
      { 'http.https://github.com/.extraHeader': `Authorization: ${credentials}` },
    ]);
    expect(remoteConfig(remote, '')).toEqual({ 'protocol.https.allow': 'always' });
  });

  test.each([TOKEN, 'p4ss+word/of=CodeCommit', '1234567'])('the runner hides %s in the header', (token) => {
    const [, header = ''] = Object.values(remoteConfig(remote, token));
    const shown = maskedForms(token).reduce((text, form) => text.replaceAll(form, '***'), header);
    expect(shown).toContain('***');
    // A character at each end belongs to the user or the padding too.
    const [, encoded = ''] = /^Authorization: (?:Basic|Bearer) (.*)$/.exec(shown) ?? [];
    const [before = '', behind = ''] = encoded.split('***');
    const left = Buffer.from(before, 'base64').toString();
    expect(login === 'bearer' || `${login.user}:`.startsWith(left) || left === '', left).toBe(true);
    expect(behind.replaceAll('=', '').length).toBeLessThanOrEqual(1);
  });
});

test('the user of an address is the one that git sends', () => {
  const config = remoteConfig(readRemote('https://ada@bitbucket.org/acme/m.git', 'https://github.com'), TOKEN);
  const basic = Buffer.from(`ada:${TOKEN}`).toString('base64');
  expect(config['http.https://bitbucket.org/.extraHeader']).toBe(`Authorization: Basic ${basic}`);
});

test('the runner hides the token, and its form in the header', () => {
  for (const given of [TOKEN, `${TOKEN}\n`, ` ${TOKEN}`]) {
    expect(maskedForms(given).slice(0, 2)).toEqual([TOKEN, BASIC]);
  }
  expect(['', '\n'].map(maskedForms)).toEqual([[], []]);
  expect(maskedForms('x'), 'nothing that is part of many other texts').toEqual([
    'x',
    expect.stringMatching(/^.{20,}$/),
  ]);
});

test('the runner hides each line of a key that tells something', () => {
  const lines = ['b3BlbnNzaC1rZXktdjEAAAAABG5vbmU', 'AAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz'];
  const key = `-----BEGIN OPENSSH PRIVATE KEY-----\r\n${lines.join('\r\n')}\r\nAAAA=\r\n-----END OPENSSH PRIVATE KEY-----`;
  expect(maskedForms(`${key}\r\n`)).toEqual(lines);
  expect(maskedForms(key.replaceAll('\r\n', '\\n'))).toEqual(lines);
});
