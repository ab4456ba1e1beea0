import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { cut, forMarkdown, oneLine } from '../../src/core/escape.ts';
import { failure } from '../../src/core/errors.ts';
import { forgetSecrets, keepSecret, proxySecrets, safeText, safeValue } from '../../src/core/secrets.ts';

const TOKEN = 'ghp_top/Secret+123';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

afterEach(forgetSecrets);

describe('a secret is hidden', () => {
  test.each([
    ['as given', TOKEN],
    ['with what is around it', `a ${TOKEN}\n b`],
    ['in base64', base64(TOKEN)],
    ['in base64 with our user', base64(`x-access-token:${TOKEN}`)],
    ['in base64 with another user', base64(`oauth2:${TOKEN}`)],
    ['in base64 with a line break', base64(`x-access-token:${TOKEN}\n`)],
    ['in base64 inside of more', base64(`xy${TOKEN}, and more`)],
    ['in base64 of addresses', Buffer.from(`user:${TOKEN}`).toString('base64url')],
    ['percent-encoded', encodeURIComponent(TOKEN)],
    ['percent-encoded in small letters', encodeURIComponent(TOKEN).toLowerCase().replace('s', 'S')],
    ['in JSON', JSON.stringify({ token: TOKEN })],
  ])('%s', (_, text) => {
    for (const given of [TOKEN, `${TOKEN}\n`, `  ${TOKEN}\r\n`]) {
      forgetSecrets();
      keepSecret(given);
      const shown = safeText(text);
      expect(shown).toContain('***');
      for (const part of ['Secret', 'top', base64(TOKEN).slice(4, -4)]) expect(shown).not.toContain(part);
    }
  });

  test('line by line, where it is a key', () => {
    const lines = ['b3BlbnNzaC1rZXktdjEAAAAABG5vbmU', 'AAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz'];
    keepSecret(`-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\nAA==\n-----END OPENSSH PRIVATE KEY-----\n`);
    for (const line of lines) expect(safeText(`> ${line}`)).toBe('> ***');
  });

  test('in every text of a value', () => {
    keepSecret(TOKEN);
    expect(safeValue({ a: [TOKEN, 1, null, { b: `x ${TOKEN}` }], c: true })).toEqual({
      a: ['***', 1, null, { b: 'x ***' }],
      c: true,
    });
  });

  test('before anything is cut: at no length half of it is left', () => {
    keepSecret(TOKEN);
    for (let before = 180; before <= 220; before += 1) {
      const text = `${'x'.repeat(before)}${TOKEN} and more ${'y'.repeat(300)}`;
      expect(oneLine(text)).not.toMatch(/ghp_|top|Secret/);
      expect(cut(text, 250, '…')).not.toMatch(/ghp_|top|Secret/);
    }
    const long = `${'x'.repeat(490)}${TOKEN}`;
    expect(failure('NETWORK', { action: 'read', reason: long }).message).not.toMatch(/ghp_|top|Secret/);
    expect(forMarkdown(`${'x'.repeat(1990)}${TOKEN}`)).not.toMatch(/ghp|top|Secret/);
  });

  test('whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, unit: 'binary' }), fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(secret.trim().length >= 8);
        forgetSecrets();
        keepSecret(secret);
        expect(safeText(before + secret + after)).not.toContain(secret);
        expect(safeText(base64(before + secret.trim() + after))).toContain('***');
      }),
    );
  });
});

test('one in a form is hidden, as an identity token goes to the token server of a registry', () => {
  const token = "it's (a) ~token!";
  keepSecret(token);
  expect(safeText(new URLSearchParams({ refresh_token: token, scope: 'x' }).toString())).toBe(
    'refresh_token=***&scope=x',
  );
});

describe('the password of a proxy is one', () => {
  test.each([
    ['http://bob:s3cr3tpass@proxy:3128', 'Basic s3cr3tpass'],
    ['bob:s3cr3tpass@proxy:3128', 's3cr3tpass'],
    ['http://bob:s3cr3t%23pass@proxy:3128', 's3cr3t#pass and s3cr3t%23pass'],
    ['http://bob:s3cr3tpass#word@proxy:3128', "Unsupported proxy syntax in 'bob:s3cr3tpass'"],
    ['http://bob:s3/word-of-it@proxy:3128', "Unsupported proxy syntax in 'http://bob:s3'"],
    ['http://bob:s3cr3t%pass@proxy:3128', 's3cr3t%pass'],
  ])('%s', (proxy, text) => {
    for (const secret of proxySecrets({ https_proxy: proxy })) keepSecret(secret);
    expect(safeText(text)).not.toMatch(/s3/);
  });

  test.each(['', 'http://proxy:3128', 'proxy:3128', 'https://bob@proxy:3128', 'http://bob:@proxy:3128'])(
    'and where there is none nothing is hidden: %j',
    (proxy) => {
      for (const secret of proxySecrets({ HTTP_PROXY: proxy, no_proxy: 'a:bcdefgh@c' })) keepSecret(secret);
      expect(safeText('https://bob@proxy:3128 a:bcdefgh@c')).toBe('https://bob@proxy:3128 a:bcdefgh@c');
    },
  );
});

test('an empty secret, and one that is part of any text, hide nothing', () => {
  for (const secret of ['', ' \n', 'abc']) keepSecret(secret);
  expect(safeText('abc abc')).toBe('abc abc');
});
