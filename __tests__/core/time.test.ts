import { describe, expect, it } from 'vitest';
import { utcTime } from '../../src/core/time.ts';

describe('utcTime', () => {
  it.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z'],
    ['2026-11-20T10:00:00+02:00', '2026-11-20T08:00:00Z'],
    ['2026-11-20T23:30:00-01:30', '2026-11-21T01:00:00Z'],
    ['2026-11-20T10:00:00.999Z', '2026-11-20T10:00:00Z'],
  ])('%s is %s', (text, utc) => {
    expect(utcTime(text)).toBe(utc);
    expect(utcTime(utc)).toBe(utc);
  });

  it.each([
    '',
    '2026-11-20',
    '2026-11-20T10:00:00',
    '2026-13-20T10:00:00Z',
    '2026-11-20T25:00:00Z',
    '9999-12-31T23:59:59-23:00',
    'Fri, 20 Nov 2026 10:00:00 GMT',
    '1763632800',
    '2026-11-20T10:00:00Z\n',
    '2026-11-20T10:00:00Z, says Ada',
  ])('%j is none', (text) => {
    expect(utcTime(text)).toBe('');
  });
});
