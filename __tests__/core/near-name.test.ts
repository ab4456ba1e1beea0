import { expect, test } from 'vitest';
import { nearName } from '../../src/core/near-name.ts';

const NAMES = ['app', 'environment', 'delivery', 'Production', 'pr-title'];

test.each([
  ['a letter too few', 'delivry', 'delivery'],
  ['a beginning', 'prod', 'Production'],
  ['another case', 'DELIVERY', 'delivery'],
  ['half of the letters', 'apxx', 'app'],
  ['more than half of them', 'axxx', undefined],
  ['a far word', 'constructor', undefined],
  ['nothing', '', undefined],
])('%s', (_, written, near) => {
  expect(nearName(written, NAMES)).toBe(near);
});

test('none is near where there is none', () => {
  expect(nearName('app', [])).toBeUndefined();
});
