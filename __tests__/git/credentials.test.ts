import { describe, expect, test } from 'vitest';
import { maskedForms, remoteConfig } from '../../src/git/credentials.ts';
import { readRemote } from '../../src/core/remote.ts';

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

test('the runner hides the token, and its form in the header', () => {
  for (const given of [TOKEN, `${TOKEN}\n`, ` ${TOKEN}`]) expect(maskedForms(given)).toEqual([TOKEN, BASIC]);
  expect(['', '\n'].map(maskedForms)).toEqual([[], []]);
});

test('the runner hides each line of a key that tells something', () => {
  const lines = ['b3BlbnNzaC1rZXktdjEAAAAABG5vbmU', 'AAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz'];
  const key = `-----BEGIN OPENSSH PRIVATE KEY-----\r\n${lines.join('\r\n')}\r\nAAAA=\r\n-----END OPENSSH PRIVATE KEY-----`;
  expect(maskedForms(`${key}\r\n`)).toEqual(lines);
  expect(maskedForms(key.replaceAll('\r\n', '\\n'))).toEqual(lines);
});
