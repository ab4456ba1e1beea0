import { describe, expect, it, test } from 'vitest';
import type { Build } from '../../src/release/build.ts';
import type { Comparison } from '../../src/forge/forge.ts';
import { versionPairs, whyOlder, type Present } from '../../src/release/compare-builds.ts';

const [THERE, HERE] = ['a'.repeat(40), 'b'.repeat(40)];
const WORKFLOW = 'acme/web/.github/workflows/ci.yml';
const UNKNOWN: Build = {
  images: [],
  source: { repository: '', commit: '' },
  time: '',
  number: '',
  runUrl: '',
  rollsBack: [],
};

const build = (facts: Partial<Build>): Build => ({ ...UNKNOWN, ...facts });
const from = (commit: string, repository = 'acme/web'): Partial<Build> => ({ source: { repository, commit } });

type Status = Exclude<Comparison['status'], 'unknown'>;

/** Answers with one status, or a reason, and remembers what it was asked. */
function comparing(answer: Status | { reason: string }) {
  const asked: string[][] = [];
  const compare = (base: string, head: string): Promise<Comparison> => {
    asked.push([base, head]);
    return Promise.resolve(
      typeof answer === 'object'
        ? { status: 'unknown', reason: answer.reason }
        : { status: answer, commits: [], total: 0, url: '', baseTime: '2026-11-20T10:00:00Z' },
    );
  };
  return { asked, compare };
}

async function decide(
  present: Partial<Present>,
  next: Partial<Build>,
  answer: Parameters<typeof comparing>[0] = { reason: 'no token' },
) {
  const { asked, compare } = comparing(answer);
  const why = await whyOlder({ where: 'main', versions: [], build: undefined, ...present }, build(next), compare);
  return { why, asked };
}

describe('versions', () => {
  it.each<[what: string, versions: Present['versions'], why: string | undefined]>([
    ['a lower one', [['1.5.0', '1.4.2']], 'main has 1.5.0, which is newer than 1.4.2'],
    ['a higher one', [['1.4.2', '1.5.0']], undefined],
    ['a lower one among the same', [['2', '2'], ['1.5.0', '1.4.2']], 'main has 1.5.0, which is newer than 1.4.2'], // prettier-ignore
    ['a lower one beside a higher one', [['1.0.0', '1.1.0'], ['1.5.0', '1.4.2']], 'main has 1.5.0, which is newer than 1.4.2'], // prettier-ignore
    ['a lower one with a digest', [[`1.5.0@sha256:${'a'.repeat(64)}`, '1.4.2']], 'main has 1.5.0, which is newer than 1.4.2'], // prettier-ignore
  ])('%s decides before anything else', async (_, versions, why) => {
    const facts = { ...from(THERE), time: '2026-11-20T10:00:00Z', number: `${WORKFLOW}#41` };
    const opposite = why === undefined ? 'behind' : 'ahead';
    expect(await decide({ versions, build: build(facts) }, from(HERE), opposite)).toEqual({ why, asked: [] });
  });

  it.each<[what: string, versions: Present['versions']]>([
    ['no version at all', []],
    ['the same', [['1.4.2', '1.4.2']]],
    ['the same with another digest', [[`latest@sha256:${'a'.repeat(64)}`, `latest@sha256:${'b'.repeat(64)}`]]],
    ['no order', [['main-41', 'main-42']]],
    ['an order for one of two only', [['1.5.0', '1.4.2'], ['main-41', 'main-42']]], // prettier-ignore
    ['a digest against a version', [[`sha256:${'a'.repeat(64)}`, '1.4.2']]],
  ])('%s leaves it to the commits', async (_, versions) => {
    const present = { versions, build: build(from(THERE)) };
    expect((await decide(present, from(HERE), 'behind')).why).toBe(
      'main carries acme/web@aaaaaaa, and bbbbbbb is behind it',
    );
    expect((await decide(present, from(HERE), 'ahead')).why).toBeUndefined();
  });

  test('need no build', async () => {
    expect((await decide({ versions: [['1.5.0', '1.4.2']] }, {})).why).toBe(
      'main has 1.5.0, which is newer than 1.4.2',
    );
    expect((await decide({ versions: [['main-41', 'main-42']] }, {})).why).toBeUndefined();
  });
});

describe('source commits', () => {
  const later = { time: '2026-11-20T10:00:00Z', number: `${WORKFLOW}#41` };
  const earlier = { time: '2026-11-20T09:00:00Z', number: `${WORKFLOW}#40` };

  it.each(['ahead', 'identical'] as const)('%s: not older, whatever times and numbers say', async (status) => {
    const { why, asked } = await decide(
      { build: build({ ...from(THERE), ...later }) },
      { ...from(HERE), ...earlier },
      status,
    );
    expect(why).toBeUndefined();
    expect(asked).toEqual([[THERE, HERE]]);
  });

  test('behind: older, whatever times and numbers say', async () => {
    const present = { where: 'pull request #3', build: build({ ...from(THERE, 'Acme/Web'), ...earlier }) };
    const { why, asked } = await decide(present, { ...from(HERE), ...later }, 'behind');
    expect(why).toBe('pull request #3 carries Acme/Web@aaaaaaa, and bbbbbbb is behind it');
    expect(asked).toEqual([[THERE, HERE]]);
  });

  test('the same one is not older, and nobody is asked', async () => {
    const { why, asked } = await decide(
      { build: build({ ...from(HERE), ...later }) },
      { ...from(HERE), ...earlier },
      'behind',
    );
    expect(why).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each<[what: string, answer: Status | { reason: string }]>([
    ['diverged', 'diverged'],
    ['not to be compared', { reason: 'acme/web: not found' }],
  ])('%s: the times decide, after one question', async (_, answer) => {
    const { why, asked } = await decide(
      { build: build({ ...from(THERE), ...later }) },
      { ...from(HERE), ...earlier },
      answer,
    );
    expect(why).toBe('main carries a build of 2026-11-20T10:00:00Z, which is later than 2026-11-20T09:00:00Z');
    expect(asked).toHaveLength(1);
  });

  it.each<[what: string, present: Partial<Build>, next: Partial<Build>]>([
    ['of two repositories', from(THERE, 'acme/api'), from(HERE)],
    ['of no known repository', from(THERE, ''), from(HERE, '')],
    ['one of which is not known', from(''), from(HERE)],
    ['one of which is no commit', from('../../user'), from(HERE)],
    ['one of which is a branch', from(THERE), from('main')],
  ])('%s are not compared', async (_, present, next) => {
    const { why, asked } = await decide({ build: build(present) }, next, 'behind');
    expect(why).toBeUndefined();
    expect(asked).toEqual([]);
  });
});

describe('times and run numbers', () => {
  it.each<[what: string, present: Partial<Build>, next: Partial<Build>, why: string | undefined]>([
    [
      'a later time there',
      { time: '2026-11-20T10:00:00Z' },
      { time: '2026-11-20T10:30:00+01:00' },
      'main carries a build of 2026-11-20T10:00:00Z, which is later than 2026-11-20T09:30:00Z',
    ],
    [
      'an earlier time there, with a later run',
      { time: '2026-11-20T09:00:00Z', number: `${WORKFLOW}#41` },
      { time: '2026-11-20T10:00:00Z', number: `${WORKFLOW}#40` },
      undefined,
    ],
    [
      'the same time, a later run there',
      { time: '2026-11-20T09:00:00Z', number: `${WORKFLOW}#41` },
      { time: '2026-11-20T09:00:00Z', number: `${WORKFLOW}#40` },
      `main carries run 41 of ${WORKFLOW}, which is later than run 40`,
    ],
    [
      'a time that is none',
      { time: 'tomorrow', number: `${WORKFLOW}#41` },
      { time: '2026-11-20T09:00:00Z', number: `${WORKFLOW}#40` },
      `main carries run 41 of ${WORKFLOW}, which is later than run 40`,
    ],
    ['numbers, not texts', { number: `${WORKFLOW}#9` }, { number: `${WORKFLOW}#10` }, undefined],
    ['the same run', { number: `${WORKFLOW}#41` }, { number: `${WORKFLOW}#41` }, undefined],
    ['runs of two workflows', { number: `${WORKFLOW}#41` }, { number: 'acme/web#40' }, undefined],
    ['a run without a number', { number: WORKFLOW }, { number: `${WORKFLOW}#40` }, undefined],
    ['nothing known', {}, {}, undefined],
  ])('%s', async (_, present, next, why) => {
    expect((await decide({ build: build(present) }, next)).why).toBe(why);
  });
});

test('the clause is one visible line, whatever is in the way', async () => {
  const number = (run: number): string => `ci\r::error::\u001b[31m#${run}`;
  const presents: Partial<Present>[] = [
    { versions: [['9.0.0-x\u202e', '8.0.0-x\u202e']] },
    { build: build({ number: number(2) }) },
  ];
  for (const present of presents) {
    const { why } = await decide({ where: 'release/\u200bweb\n', ...present }, { number: number(1) });
    expect(why).toMatch(/^release\/\\u\{200b\}web\\u\{a\} (?:has 9|carries run 2)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
  }
});

test('the versions of the images that two builds have in common', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const present = build({ images: ['nginx:1.25.1', `ghcr.io/acme/web:1.4.1@${digest}`, 'acme/gone:1', 'NOT::one'] });
  const next = build({ images: ['ghcr.io/acme/web:1.4.2', `docker.io/library/nginx@${digest}`, 'acme/new:1', ''] });
  expect(versionPairs(present, next)).toEqual([
    [`1.4.1@${digest}`, '1.4.2'],
    ['1.25.1', digest],
  ]);
  expect(versionPairs(UNKNOWN, next)).toEqual([]);
});
