import { describe, expect, it, test } from 'vitest';
import type { Comparison } from '../../src/forge/forge.ts';
import { PLAIN_RELEASE } from '../../src/inputs/operation.ts';
import type { Build } from '../../src/release/build.ts';
import { commitsToCompare, whyOlder, type Present } from '../../src/release/compare-builds.ts';

const [THERE, HERE] = ['a'.repeat(40), 'b'.repeat(40)];
const WORKFLOW = 'acme/web/.github/workflows/ci.yml';
const UNKNOWN: Build = {
  images: [],
  source: { repository: '', commit: '', time: '', build: '' },
  operation: PLAIN_RELEASE,
  run: { url: '', actor: '' },
};

type Source = Partial<Build['source']>;

const build = (source: Source): Build => ({
  ...UNKNOWN,
  source: { ...UNKNOWN.source, ...source },
});
const from = (commit: string, repository = 'acme/web'): Source => ({ repository, commit });

/** Why it is older, with the comparison that a forge would answer; and what that was asked for. */
function decide(present: Partial<Present>, next: Source, answer: Comparison['status'] = 'unknown') {
  const there: Present = { where: 'main', versions: [], build: undefined, ...present };
  const commits = commitsToCompare(there, build(next));
  const compared = commits && answer !== 'unknown' ? { ...there, comparison: answer } : there;
  return { why: whyOlder(compared, build(next)), asked: commits ? [[...commits]] : [] };
}

describe('versions', () => {
  it.each<[what: string, versions: Present['versions'], why: string | undefined]>([
    ['a lower one', [['1.5.0', '1.4.2']], 'main has 1.5.0, which is newer than 1.4.2'],
    ['a higher one', [['1.4.2', '1.5.0']], undefined],
    ['a lower one among the same', [['2', '2'], ['1.5.0', '1.4.2']], 'main has 1.5.0, which is newer than 1.4.2'], // prettier-ignore
    ['a lower one beside a higher one', [['1.0.0', '1.1.0'], ['1.5.0', '1.4.2']], 'main has 1.5.0, which is newer than 1.4.2'], // prettier-ignore
    ['a lower one with a digest', [[`1.5.0@sha256:${'a'.repeat(64)}`, '1.4.2']], 'main has 1.5.0, which is newer than 1.4.2'], // prettier-ignore
  ])('%s decides before anything else', (_, versions, why) => {
    const facts = { ...from(THERE), time: '2026-11-20T10:00:00Z', build: `${WORKFLOW}#41` };
    const opposite = why === undefined ? 'behind' : 'ahead';
    expect(decide({ versions, build: build(facts) }, from(HERE), opposite)).toEqual({ why, asked: [] });
  });

  it.each<[what: string, versions: Present['versions']]>([
    ['no version at all', []],
    ['the same', [['1.4.2', '1.4.2']]],
    ['the same with another digest', [[`latest@sha256:${'a'.repeat(64)}`, `latest@sha256:${'b'.repeat(64)}`]]],
    ['no order', [['main-41', 'main-42']]],
    ['an order for one of two only', [['1.5.0', '1.4.2'], ['main-41', 'main-42']]], // prettier-ignore
    ['a digest against a version', [[`sha256:${'a'.repeat(64)}`, '1.4.2']]],
  ])('%s leaves it to the commits', (_, versions) => {
    const present = { versions, build: build(from(THERE)) };
    expect(decide(present, from(HERE), 'behind').why).toBe(
      'main has the build of acme/web@aaaaaaa, and bbbbbbb is behind it',
    );
    expect(decide(present, from(HERE), 'ahead').why).toBeUndefined();
  });

  test('need no build', () => {
    expect(decide({ versions: [['1.5.0', '1.4.2']] }, {}).why).toBe('main has 1.5.0, which is newer than 1.4.2');
    expect(decide({ versions: [['main-41', 'main-42']] }, {}).why).toBeUndefined();
  });
});

describe('source commits', () => {
  const later = { time: '2026-11-20T10:00:00Z', build: `${WORKFLOW}#41` };
  const earlier = { time: '2026-11-20T09:00:00Z', build: `${WORKFLOW}#40` };

  it.each(['ahead', 'identical'] as const)('%s: not older, whatever times and numbers say', (status) => {
    const { why, asked } = decide(
      { build: build({ ...from(THERE), ...later }) },
      { ...from(HERE), ...earlier },
      status,
    );
    expect(why).toBeUndefined();
    expect(asked).toEqual([[THERE, HERE]]);
  });

  test('behind: older, whatever times and numbers say', () => {
    const present = { where: 'pull request #3', build: build({ ...from(THERE, 'Acme/Web'), ...earlier }) };
    const { why, asked } = decide(present, { ...from(HERE), ...later }, 'behind');
    expect(why).toBe('pull request #3 has the build of Acme/Web@aaaaaaa, and bbbbbbb is behind it');
    expect(asked).toEqual([[THERE, HERE]]);
  });

  test('the same one is not older, and nobody is asked', () => {
    const { why, asked } = decide(
      { build: build({ ...from(HERE), ...later }) },
      { ...from(HERE), ...earlier },
      'behind',
    );
    expect(why).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each<[what: string, answer: Comparison['status']]>([
    ['diverged', 'diverged'],
    ['not to be compared', 'unknown'],
  ])('%s: the times decide, after one question', (_, answer) => {
    const { why, asked } = decide(
      { build: build({ ...from(THERE), ...later }) },
      { ...from(HERE), ...earlier },
      answer,
    );
    expect(why).toBe('main has a build of 2026-11-20T10:00:00Z, which is later than 2026-11-20T09:00:00Z');
    expect(asked).toHaveLength(1);
  });

  it.each<[what: string, present: Source, next: Source]>([
    ['of two repositories', from(THERE, 'acme/api'), from(HERE)],
    ['of no known repository', from(THERE, ''), from(HERE, '')],
    ['one of which is not known', from(''), from(HERE)],
    ['one of which is no commit', from('../../user'), from(HERE)],
    ['one of which is a branch', from(THERE), from('main')],
  ])('%s are not compared', (_, present, next) => {
    const { why, asked } = decide({ build: build(present) }, next, 'behind');
    expect(why).toBeUndefined();
    expect(asked).toEqual([]);
  });
});

describe('times and run numbers', () => {
  it.each<[what: string, present: Source, next: Source, why: string | undefined]>([
    [
      'a later time there',
      { time: '2026-11-20T10:00:00Z' },
      { time: '2026-11-20T10:30:00+01:00' },
      'main has a build of 2026-11-20T10:00:00Z, which is later than 2026-11-20T09:30:00Z',
    ],
    [
      'an earlier time there, with a later run',
      { time: '2026-11-20T09:00:00Z', build: `${WORKFLOW}#41` },
      { time: '2026-11-20T10:00:00Z', build: `${WORKFLOW}#40` },
      undefined,
    ],
    [
      'the same time, a later run there',
      { time: '2026-11-20T09:00:00Z', build: `${WORKFLOW}#41` },
      { time: '2026-11-20T09:00:00Z', build: `${WORKFLOW}#40` },
      `main has run 41 of ${WORKFLOW}, which is later than run 40`,
    ],
    [
      'a time that is none',
      { time: 'tomorrow', build: `${WORKFLOW}#41` },
      { time: '2026-11-20T09:00:00Z', build: `${WORKFLOW}#40` },
      `main has run 41 of ${WORKFLOW}, which is later than run 40`,
    ],
    ['numbers, not texts', { build: `${WORKFLOW}#9` }, { build: `${WORKFLOW}#10` }, undefined],
    ['the same run', { build: `${WORKFLOW}#41` }, { build: `${WORKFLOW}#41` }, undefined],
    ['runs of two workflows', { build: `${WORKFLOW}#41` }, { build: 'acme/web#40' }, undefined],
    ['a run without a number', { build: WORKFLOW }, { build: `${WORKFLOW}#40` }, undefined],
    ['nothing known', {}, {}, undefined],
  ])('%s', (_, present, next, why) => {
    expect(decide({ build: build(present) }, next).why).toBe(why);
  });
});

test('the clause is one visible line, whatever is in the way', () => {
  const number = (run: number): string => `ci\r::error::\u001b[31m#${run}`;
  const presents: Partial<Present>[] = [
    { versions: [['9.0.0-x\u202e', '8.0.0-x\u202e']] },
    { build: build({ build: number(2) }) },
  ];
  for (const present of presents) {
    const { why } = decide({ where: 'release/\u200bweb\n', ...present }, { build: number(1) });
    expect(why).toMatch(/^release\/\\u\{200b\}web\\u\{a\} (?:has 9|has run 2)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
  }
});
