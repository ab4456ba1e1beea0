import { describe, expect, it } from 'vitest';
import { isSelected, readTagSelection } from '../../src/core/tag-selection.ts';

describe('readTagSelection', () => {
  it.each([
    ['main', 'main', true],
    ['main', 'main-42', false],
    ['1.4.1-alpine', '1.4.1-alpine', true],
    ['1.x', '1.4.2', true],
    ['1.x', '1.4.2-alpine', false],
    ['1.4', '1.4', true],
    ['1.4', '1.4.9', true],
    ['v1.4.1', '1.4.1', true],
    ['1', '1', true],
    ['sha-abc1234', '1.4.1', false],
    ['agent-*', 'agent-0.0.1', true],
    ['agent-*', 'client-0.0.1', false],
    ['agent-*', 'my-agent-0.0.1', false],
    ['*-alpine', '1.4.1-alpine', true],
    ['*-alpine', '1.4.1-alpine3.19', false],
    ['1.4.?-alpine', '1.4.1-alpine', true],
    ['1.4.?-alpine', '1x4.1-alpine', false],
    ['1.*-alpine', '1.4.1-alpine', true],
    ['1.4.1-a*', '1.4.1-alpine', true],
    ['1.*', '1.4.1', true],
    ['1.*', '1.4.1-alpine', false],
    ['*', 'latest', true],
    ['*', '1.4.1-alpine', true],
    ['*', '', true],
  ])('%s selects %s: %s', (text, given, expected) => {
    const selection = readTagSelection(text);
    expect(selection && isSelected(given, selection)).toBe(expected);
  });

  it.each(['', '>=1.0 <oops', 'a b', 'a,b', '-x', 'agent-*,client-*', 'agent-[0-9]', '>=1.4.1-a*', 'a/*'])(
    'refuses %j',
    (text) => {
      expect(readTagSelection(text)).toBeUndefined();
    },
  );
});
