import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { cut, forMarkdown, oneLine } from '../../src/core/escape.ts';
import { failure } from '../../src/core/errors.ts';
import { forgetSecrets, keepSecret, safeText, safeValue } from '../../src/core/secrets.ts';

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

test('an empty secret, and one that is part of any text, hide nothing', () => {
  for (const secret of ['', ' \n', 'abc']) keepSecret(secret);
  expect(safeText('abc abc')).toBe('abc abc');
});
