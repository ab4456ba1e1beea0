import { expect, it } from 'vitest';
import { areDifferentVersions, isMovingTag } from '../src/version.ts';

it.each([
  ['latest', true],
  ['1', true],
  ['v1', true],
  ['1.4', true],
  ['v1.4', true],
  ['2024', true],
  ['1.4.2', false],
  ['v1.4.2', false],
  ['sha-9ecf2d3', false],
  ['main-9ecf2d3', false],
  ['6801028', false],
  ['20240102', false],
  ['1.4-alpine', false],
])('%s moves: %s', (tag, moves) => {
  expect(isMovingTag(tag)).toBe(moves);
});

it.each([
  ['1.4.2', '1.4.3', true],
  ['v1.4.2', '1.5.2', true],
  ['1.4.2', 'v1.4.2', false],
  ['1.4.2', '1.4.2-alpine', false],
  ['1.4.2', 'sha-9ecf2d3', false],
  ['1.4.2', '1.4', false],
  ['', '', false],
])('%s and %s are different versions: %s', (one, other, different) => {
  expect(areDifferentVersions(one, other)).toBe(different);
  expect(areDifferentVersions(other, one)).toBe(different);
});
