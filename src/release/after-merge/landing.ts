/** Waiting for a merge, and for the verdict of agents on it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { failure, ReleaseError } from '../../core/errors.ts';
import { oneLine } from '../../core/escape.ts';
import type { Log } from '../../core/log.ts';
import type { CommitStatus, Merge, Merges } from '../../forge/merges.ts';
import { asksFor, type Wait, type Watched } from '../../inputs/wait.ts';
import { verdictOf, type StatusOnCommit, type CommitStatuses, type Verdict } from './verdict.ts';

/** What is waited for: a pull request, or a commit of a base. */
export type Target =
  | { readonly number: number; /** For sentences: `pull request #7`. */ readonly name: string }
  | { readonly commit: string; readonly base: string };

/** How a release ended. */
export interface Landing {
  /** The commit that the base has; empty where it was not merged. */
  readonly mergedCommit: string;
  /** Whether the agents deployed it; `undefined` without a verdict. */
  readonly deployed: boolean | undefined;
  /** Contexts of the statuses that decided; none without a verdict. */
  readonly by: readonly string[];
  /** From the merge to the verdict; `undefined` where one of the two times is not known. */
  readonly seconds: number | undefined;
  /** Why the wait ended without what was waited for. */
  readonly error?: ReleaseError;
}

export interface Clock {
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const CLOCK: Clock = { now: Date.now, sleep };

/** Milliseconds of the first pause; each is longer by half than the one before, up to the longest. */
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60_000;
/** Of the commits on top of ours, so many of the latest are asked for their statuses each time. */
const MOST_LATER = 10;

export const NOTHING: Landing = { mergedCommit: '', deployed: undefined, by: [], seconds: undefined };

/** Waits for a target. A failure is in the result; only what is no ReleaseError is thrown. */
export async function awaitLanding(
  merges: Merges,
  target: Target,
  wait: Wait,
  log: Log,
  clock: Clock = CLOCK,
): Promise<Landing> {
  const watch = new Watch(merges, wait, log, clock);
  let landing = NOTHING;
  try {
    const merge = 'commit' in target ? target : await watch.merge(target);
    landing = { ...landing, mergedCommit: merge.commit };
    if (wait.until !== 'deployed') return landing;
    const by = await watch.deployment(merge);
    return { ...landing, deployed: true, by: by.map(({ context }) => context), ...secondsOf(merge, by) };
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    const refused = watch.refused;
    if (error.code !== 'DEPLOYMENT_REFUSED' || !refused) return { ...landing, error };
    return { ...landing, deployed: false, by: [refused.context], error };
  }
}

type Merged = Pick<Merge, 'commit' | 'base'> & Partial<Merge>;

class Watch {
  /** The latest refusal that no success followed. */
  refused: StatusOnCommit | undefined;
  readonly #merges: Merges;
  readonly #wait: Wait;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #end: number;

  constructor(merges: Merges, wait: Wait, log: Log, clock: Clock) {
    this.#merges = merges;
    this.#wait = wait;
    this.#log = log;
    this.#clock = clock;
    this.#end = clock.now() + wait.timeout;
  }

  /** Throws CLOSED_UNMERGED, NOT_MERGED and what the forge throws. */
  async merge({ number, name }: Extract<Target, { readonly number: number }>): Promise<Merge> {
    this.#log.step(`waiting up to ${this.#wait.timeoutText} until ${name} is merged`);
    const merge = await this.#until(async () => {
      const found = await this.#merges.read(number);
      return found.state === 'open' || (found.state === 'merged' && found.commit === '') ? undefined : found;
    });
    if (!merge) throw failure('NOT_MERGED', { name, timeout: this.#wait.timeoutText });
    if (merge.state === 'closed') throw failure('CLOSED_UNMERGED', { name });
    this.#log.step(`${name} was merged into ${merge.base} as ${merge.commit.slice(0, 7)}`);
    return merge;
  }

  /** The statuses that say it is deployed. Throws DEPLOYMENT_REFUSED, VERDICT_MISSING and what the forge throws. */
  async deployment({ commit, base }: Merged): Promise<readonly StatusOnCommit[]> {
    const { watched, timeoutText: timeout } = this.#wait;
    const texts = watched.map(({ text }) => text);
    this.#log.step(`waiting until ${texts.join(', ')} says whether ${commit.slice(0, 7)} is deployed`);
    const known = new Map<string, readonly CommitStatus[]>();
    let last: Verdict = { kind: 'pending', missing: texts };
    const by = await this.#until(async () => {
      const isFirst = known.size === 0;
      const { onCommits, isOnBase } = await readStatuses(this.#merges, watched, { commit, base }, undefined, known);
      if (isFirst && !isOnBase) {
        this.#log.step(
          `${base} is not on top of ${commit.slice(0, 7)}, or cannot be compared: only its own statuses count`,
        );
      }
      last = verdictOf(watched, onCommits);
      if (last.kind === 'deployed') return last.by;
      this.#tell(last);
      return undefined;
    });
    if (by) return by;
    if (this.refused) throw failure('DEPLOYMENT_REFUSED', { ...this.refused, timeout });
    const contexts = [...new Set([...known.values()].flat().map(({ context }) => context))];
    const { missing } = last as Extract<Verdict, { kind: 'pending' }>;
    throw failure('VERDICT_MISSING', { commit, base, timeout, missing, contexts });
  }

  #tell(verdict: Exclude<Verdict, { kind: 'deployed' }>): void {
    const refused = verdict.kind === 'refused' ? verdict.by : undefined;
    const isNew = refused && (refused.commit !== this.refused?.commit || refused.time !== this.refused.time);
    if (isNew) {
      const { context, description, commit } = refused;
      this.#log.warn(
        `${context} reports a failure on ${commit.slice(0, 7)}: ${description}; it counts if no success follows`,
      );
    }
    this.refused = refused;
  }

  /** A pause that is over when the time is. */
  #within(pause: number): number {
    return Math.max(0, Math.min(pause, this.#end - this.#clock.now()));
  }

  /**
   * Looks again and again; `undefined` when the time is over. What fails for the moment is asked again after the longest pause, or
   * a longer one that the server asks for. Throws it where that ends after the time.
   */
  async #until<Found>(look: () => Promise<Found | undefined>): Promise<Found | undefined> {
    let isLast = this.#clock.now() >= this.#end;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
      try {
        const found = await look();
        if (found !== undefined) return found;
      } catch (error) {
        if (!(error instanceof ReleaseError) || error.blame !== 'again' || isLast) throw error;
        const asked = (error.retryAfter ?? 0) * 1000;
        if (this.#clock.now() + asked > this.#end) throw error;
        pause = Math.max(LONGEST_PAUSE, asked);
        this.#log.step(`${oneLine(error.message, 300)} Asking again in ${Math.ceil(this.#within(pause) / 1000)} s.`);
      }
      if (isLast) return undefined;
      const left = this.#within(pause);
      await this.#clock.sleep(left);
      // Not by the clock: a timer may end a millisecond early.
      isLast = left < pause;
    }
  }
}

/**
 * The statuses of a commit of a base and of those on top of it, below `next` where that is given. `known` are those that were read
 * before, by commit: they are added to. Throws what the forge throws.
 */
export async function readStatuses(
  merges: Merges,
  watched: readonly Watched[],
  { commit, base }: Pick<Merge, 'commit' | 'base'>,
  next?: string,
  known = new Map<string, readonly CommitStatus[]>(),
): Promise<{ readonly onCommits: readonly CommitStatuses[]; readonly isOnBase: boolean }> {
  const onTop = await merges.since(commit, base);
  const later = next === undefined ? onTop : onTop?.slice(0, Math.max(0, onTop.indexOf(next)));
  const beside = Object.entries(merges.beside ?? {}).filter(([kind]) => watched.some((one) => asksFor(one, kind)));
  for (const one of [commit, ...(later ?? []).slice(-MOST_LATER)]) {
    const statuses = [await merges.statuses(one)];
    for (const [, read] of beside) statuses.push(await read(one));
    known.set(one, statuses.flat());
  }
  const onCommits = [commit, ...(later ?? [])].flatMap((one) => {
    const statuses = known.get(one);
    return statuses ? [{ commit: one, statuses }] : [];
  });
  return { onCommits, isOnBase: later !== undefined };
}

/** From the merge to the last of the statuses that decided. */
function secondsOf({ time = '' }: Merged, by: readonly StatusOnCommit[]): Pick<Landing, 'seconds'> {
  const latest = Math.max(...by.map((one) => Date.parse(one.time)));
  const seconds = Math.round((latest - Date.parse(time)) / 1000);
  return { seconds: Number.isNaN(seconds) ? undefined : Math.max(0, seconds) };
}
