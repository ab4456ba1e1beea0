import { describe, expect, test } from 'vitest';
import { remoteConfig, secretsOf, secretsOfKey } from '../../src/git/credentials.ts';
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

test('the secrets are the token and its form in the header', () => {
  expect(secretsOf(TOKEN)).toEqual([TOKEN, BASIC]);
  expect(secretsOf('')).toEqual([]);
});

test('the secrets of a key are the whole of it, and each line that tells something', () => {
  const lines = ['b3BlbnNzaC1rZXktdjEAAAAABG5vbmU', 'AAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz'];
  const key = `-----BEGIN OPENSSH PRIVATE KEY-----\r\n${lines.join('\r\n')}\r\nAAAA=\r\n-----END OPENSSH PRIVATE KEY-----`;
  expect(secretsOfKey(`${key}\r\n`)).toEqual([key, ...lines]);
  expect(secretsOfKey('\n')).toEqual([]);
  expect(secretsOfKey('a single line')).toEqual(['a single line']);
});
