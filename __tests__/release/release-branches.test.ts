import { describe, expect, test } from 'vitest';
import {
  ANY_VERSION,
  branchesOf,
  isLongLived,
  isPerVersion,
  isReleaseBranch,
} from '../../src/release/release-branches.ts';

const named = { names: ['web', 'shop-web-3f2a1c'], otherNames: ['api', 'web'] };
const of = (template: string) =>
  branchesOf(named, (name, isAny) => template.replace('N', name).replace('V', isAny ? ANY_VERSION : '1.4.2'));

describe('the branches of a template', () => {
  test('without a version are its names alone', () => {
    const branches = of('release/N');
    expect(branches.names.map(({ branch }) => branch)).toEqual(['release/web', 'release/shop-web-3f2a1c']);
    expect(branches.otherNames.map(({ branch }) => branch)).toEqual(['release/api']);
    expect(isPerVersion(branches)).toBe(false);
    expect(['release/web', 'release/api', 'release/web2', 'main'].map((one) => isReleaseBranch(branches, one))).toEqual(
      [true, true, false, false],
    );
  });

  test('with a version are those of any version', () => {
    const branches = of('release/N-V');
    expect(isPerVersion(branches)).toBe(true);
    const asked = ['release/web-1.4.1', 'release/web-', 'release/web', 'release/web-api-1', 'xrelease/web-1'];
    expect(asked.map((one) => isReleaseBranch(branches, one))).toEqual([true, false, false, true, false]);
  });
});

test.each([
  ['main', true],
  ['production', true],
  ['staging', true],
  ['release/web', false],
])('%s is long-lived: %s', (branch, isIt) => {
  expect(isLongLived(branch, ['staging', 'dev'])).toBe(isIt);
});
