import { expect, test } from 'vitest';
import { withoutProgress } from '../../src/git/progress.ts';

test.each([
  [
    'Receiving objects:  1%\rReceiving objects: 100%\rReceiving objects: 100%, done.\nfatal: x\n',
    'Receiving objects: 100%, done.\nfatal: x\n',
  ],
  ['remote: a\r\nremote: b\r\n', 'remote: a\r\nremote: b\r\n'],
  ['a\r\r\nb\r', '\r\n'],
])('%j without the lines that were written over is %j', (output, rest) => {
  expect(withoutProgress(output)).toBe(rest);
});

test('a server that sends one line without an end takes no time', () => {
  const line = 'x'.repeat(5_000_000);
  expect(withoutProgress(line)).toBe(line);
});
