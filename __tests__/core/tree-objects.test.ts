import { expect, test } from 'vitest';
import { idOf, readTree, writeTree } from '../../src/core/tree-objects.ts';

const [A, B] = ['a', 'b'].map((digit) => digit.repeat(40)) as [string, string];

test('reads a tree object, and writes it again, whatever the bytes of its names', () => {
  const entry = (mode: string, name: Uint8Array | string, id: string): Buffer =>
    Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.from([0]), Buffer.from(id, 'hex')]);
  for (const [one, other] of [
    [A, B],
    ['c'.repeat(64), 'd'.repeat(64)],
  ] as const) {
    const content = Buffer.concat([
      entry('100644', 'a.yaml', one),
      entry('40000', 'a', other),
      entry('160000', 'a0', other),
      entry('120000', 'größe', one),
      entry('100755', Buffer.from([0x78, 0xff]), one),
    ]);
    expect([...readTree(content, one.length)]).toEqual([
      ['a.yaml', { mode: '100644', id: one }],
      ['a', { mode: '40000', id: other }],
      ['a0', { mode: '160000', id: other }],
      ['größe', { mode: '120000', id: one }],
      ['x\ufffd', { mode: '100755', id: one }],
    ]);
    const nodes = readTree(content, one.length, 'latin1');
    expect(writeTree(new Map([...nodes].toReversed())).equals(content)).toBe(true);
  }
});

test('gives the ids that git gives', () => {
  expect(idOf('blob', Buffer.from('test content\n'), 40)).toBe('d670460b4b4aece5915caf5c68d12f560a9fe3e4');
  expect(idOf('tree', Buffer.alloc(0), 40)).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
  expect(idOf('tree', Buffer.alloc(0), 64)).toBe('6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321');
});
