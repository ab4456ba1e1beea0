import { describe, expect, test } from 'vitest';
import { failure } from '../../../src/core/errors.ts';
import { LineLog } from '../../../src/core/log.ts';
import type { CommitStatus, Merge, Merges } from '../../../src/forge/merges.ts';
import { readWait } from '../../../src/inputs/wait.ts';
import { awaitLanding, type Clock, type Target } from '../../../src/release/after-merge/landing.ts';

const OURS = 'a'.repeat(40);
const LATER = 'b'.repeat(40);
const START = Date.parse('2026-01-02T03:00:00Z');
const APPS = 'kustomization/apps/1a2b';
const PULL_REQUEST: Target = { number: 7, name: 'pull request #7' };

const timeOf = (seconds: number): string => new Date(START + seconds * 1000).toISOString().replace('.000', '');

/** What is true from a second on; the latest counts. */
type Course<Value> = readonly (readonly [second: number, value: Value])[];

interface World {
  readonly state?: Course<Merge['state']>;
  /** Statuses by commit, each from its second on. */
  readonly statuses?: Readonly<Record<string, Course<Pick<CommitStatus, 'state'> & Partial<CommitStatus>>>>;
  /** When the later commit is on the base; never unless given. */
  readonly later?: number;
  /** Requests of these seconds fail for the moment. */
  readonly failing?: (second: number) => boolean;
  /** Seconds that they ask to wait; none unless given. */
  readonly retryAfter?: number;
  /** Milliseconds that each pause ends before its time. */
  readonly early?: number;
}

/** Waits in a world whose time passes by its pauses alone. */
async function follow(inputs: Record<string, string>, world: World, target = PULL_REQUEST) {
  let now = START;
  const pauses: number[] = [];
  const asked: string[] = [];
  const logged: string[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: (milliseconds) => {
      pauses.push(milliseconds / 1000);
      now += milliseconds - (world.early ?? 0);
      return Promise.resolve();
    },
  };
  const second = (): number => (now - START) / 1000;
  const upTo = <Value>(course: Course<Value>) => course.filter(([from]) => from <= second());
  const look = <Answer>(what: string, answer: () => Answer): Promise<Answer> => {
    asked.push(what);
    const action = `${what} in acme/manifests`;
    if (world.failing?.(second())) {
      const { retryAfter } = world;
      return Promise.reject(failure('RATE_LIMITED', { action, reason: 'wait', ...(retryAfter && { retryAfter }) }));
    }
    return Promise.resolve(answer());
  };
  const merges: Merges = {
    hasAuthors: true,
    read: () =>
      look('read', () => {
        const [from, state] = upTo(world.state ?? [[0, 'merged' as const]]).at(-1) ?? [0, 'open' as const];
        return {
          state,
          base: 'main',
          commit: state === 'merged' ? OURS : '',
          time: state === 'merged' ? timeOf(from) : '',
        };
      }),
    since: () => look('since', () => (world.later !== undefined && second() >= world.later ? [LATER] : [])),
    statuses: (commit) =>
      look(`statuses of ${commit[0]}`, () =>
        upTo(world.statuses?.[commit] ?? [])
          .map(([from, status]) => ({
            context: APPS,
            description: 'said',
            url: '',
            author: 'flux-bot',
            time: timeOf(from),
            ...status,
          }))
          .toReversed(),
      ),
  };
  const log = new LineLog((line) => logged.push(line));
  const landing = await awaitLanding(
    merges,
    target,
    readWait({ verdict: 'flux', 'wait-timeout': '10m', ...inputs }),
    log,
    clock,
  );
  return { landing, pauses, asked, logged, seconds: second() };
}

const DEPLOYED = { wait: 'deployed' };
const SUCCESS = { state: 'success' } as const;
const FAILURE = { state: 'failure' } as const;

describe('waits for the merge', () => {
  test('that was made', async () => {
    const { landing, pauses, asked } = await follow({ wait: 'merge' }, {});
    expect(landing).toEqual({ mergedCommit: OURS, deployed: undefined, by: [], seconds: undefined });
    expect([pauses, asked]).toEqual([[], ['read']]);
  });

  test('with pauses that grow to a minute', async () => {
    const { landing, pauses } = await follow(
      { wait: 'merge' },
      {
        state: [
          [0, 'open'],
          [300, 'merged'],
        ],
      },
    );
    expect(landing.mergedCommit).toBe(OURS);
    expect(pauses.slice(0, 3)).toEqual([2, 3, 4.5]);
    expect([pauses.toSorted((one, other) => one - other), Math.max(...pauses)]).toEqual([pauses, 60]);
  });

  test('until the pull request is closed', async () => {
    const { landing, seconds } = await follow(DEPLOYED, {
      state: [
        [0, 'open'],
        [5, 'closed'],
      ],
    });
    expect(landing).toMatchObject({ mergedCommit: '', deployed: undefined, error: { code: 'CLOSED_UNMERGED' } });
    expect(seconds).toBe(5);
  });

  test('until the time is over, and looks once more at its end', async () => {
    const { landing, seconds, asked } = await follow({ wait: 'merge', 'wait-timeout': '6s' }, { state: [[0, 'open']] });
    expect(landing).toMatchObject({ mergedCommit: '', error: { code: 'NOT_MERGED', blame: 'again' } });
    expect([seconds, asked]).toEqual([6, ['read', 'read', 'read', 'read']]);
  });

  test('looks once at the end, also where the timers are early', async () => {
    const { landing, asked } = await follow(
      { wait: 'merge', 'wait-timeout': '6s' },
      { state: [[0, 'open']], early: 1 },
    );
    expect(landing).toMatchObject({ error: { code: 'NOT_MERGED' } });
    expect(asked).toEqual(['read', 'read', 'read', 'read']);
  });
});

describe('waits for the verdict', () => {
  test('that is there', async () => {
    const { landing, pauses } = await follow(DEPLOYED, { statuses: { [OURS]: [[0, SUCCESS]] } });
    expect(landing).toEqual({ mergedCommit: OURS, deployed: true, by: [APPS], seconds: 0 });
    expect(pauses).toEqual([]);
  });

  test('on a later commit, and counts the seconds from the merge', async () => {
    const world: World = {
      state: [
        [0, 'open'],
        [10, 'merged'],
      ],
      later: 20,
      statuses: { [LATER]: [[52, SUCCESS]] },
    };
    const { landing } = await follow(DEPLOYED, world);
    expect(landing).toEqual({ mergedCommit: OURS, deployed: true, by: [APPS], seconds: 42 });
  });

  test('that is a success after a failure', async () => {
    const { landing, logged } = await follow(DEPLOYED, {
      statuses: {
        [OURS]: [
          [5, FAILURE],
          [100, SUCCESS],
        ],
      },
    });
    expect(landing).toMatchObject({ deployed: true, seconds: 100 });
    const warnings = logged.filter((line) => line.includes('reports a failure'));
    expect(warnings).toEqual([
      `- warning: ${APPS} reports a failure on aaaaaaa: said; it counts if no success follows`,
    ]);
  });

  test('that is a failure for good', async () => {
    const refusal = { ...FAILURE, description: 'health check failed', url: 'https://ci.test/1' };
    const { landing, seconds } = await follow(DEPLOYED, { statuses: { [OURS]: [[5, refusal]] } });
    expect(landing).toMatchObject({ mergedCommit: OURS, deployed: false, by: [APPS] });
    expect(landing.error).toMatchObject({
      code: 'DEPLOYMENT_REFUSED',
      message: `"${APPS}" (by flux-bot) reports a failure on aaaaaaa: health check failed.`,
      hint: expect.stringContaining('https://ci.test/1'),
    });
    expect(seconds).toBe(600);
  });

  test('that is pending for ever', async () => {
    const { landing } = await follow(DEPLOYED, { statuses: { [OURS]: [[0, { state: 'pending' }]] } });
    expect(landing).toMatchObject({ mergedCommit: OURS, deployed: undefined, error: { code: 'VERDICT_MISSING' } });
  });

  test('that is pending after a failure, and then there is none', async () => {
    const { landing } = await follow(DEPLOYED, {
      statuses: {
        [OURS]: [
          [0, FAILURE],
          [9, { state: 'pending' }],
        ],
      },
    });
    expect(landing).toMatchObject({ deployed: undefined, by: [], error: { code: 'VERDICT_MISSING' } });
  });

  test('and names what was there in its place', async () => {
    const { landing } = await follow(DEPLOYED, { statuses: { [OURS]: [[0, { ...SUCCESS, context: 'ci/build' }]] } });
    expect(landing.error?.hint).toContain('The statuses there:\n  ci/build');
  });

  test('of a commit, whose time is not known', async () => {
    const { landing, asked } = await follow(
      DEPLOYED,
      { statuses: { [OURS]: [[0, SUCCESS]] } },
      { commit: OURS, base: 'main' },
    );
    expect(landing).toEqual({ mergedCommit: OURS, deployed: true, by: [APPS], seconds: undefined });
    expect(asked).toEqual(['since', 'statuses of a']);
  });
});

describe('what fails for the moment', () => {
  test('is asked again after a longer pause', async () => {
    const world: World = { failing: (second) => second === 2, statuses: { [OURS]: [[3, SUCCESS]] } };
    const { landing, pauses, logged } = await follow(DEPLOYED, world);
    expect(landing.deployed).toBe(true);
    expect(pauses).toEqual([2, 60]);
    expect(logged.filter((line) => line.endsWith('Asking again in 60 s.'))).toHaveLength(1);
  });

  test.each([
    [7, [2, 60]],
    [300, [2, 300]],
  ])('is not asked again before the %i seconds that the server asks for', async (retryAfter, expected) => {
    const world: World = { failing: (second) => second === 2, retryAfter, statuses: { [OURS]: [[3, SUCCESS]] } };
    const { landing, pauses } = await follow(DEPLOYED, world);
    expect([landing.deployed, pauses]).toEqual([true, expected]);
  });

  test('is the error at once where the server may not be asked again in time', async () => {
    const { landing, seconds, pauses } = await follow(DEPLOYED, { failing: (second) => second === 2, retryAfter: 599 });
    expect(landing).toMatchObject({ mergedCommit: OURS, deployed: undefined, error: { code: 'RATE_LIMITED' } });
    expect([seconds, pauses]).toEqual([2, [2]]);
  });

  test('is the error where it fails to the end', async () => {
    const { landing } = await follow(DEPLOYED, { failing: (second) => second > 0 });
    expect(landing).toMatchObject({ mergedCommit: OURS, deployed: undefined, error: { code: 'RATE_LIMITED' } });
  });
});
