/** Whether a release is older than what is there already. Pure. */
import { oneLine } from '../core/escape.ts';
import { utcTime } from '../core/time.ts';
import { compareVersions, withoutDigest } from '../core/version.ts';
import type { Comparison } from '../forge/forge.ts';
import type { Build } from './build.ts';

/** What the base, a branch or a pull request has already. */
export interface Present {
  /** Subject of a clause: `main`, `pull request #3`. */
  readonly where: string;
  readonly versions: readonly (readonly [present: string, next: string])[];
  readonly build: Build | undefined;
  /** How the next build's source commit is related to that of `build`; absent where it was not asked for. */
  readonly comparison?: Comparison['status'];
}

/** Settled one way or the other; `undefined` where nothing is known and the next criterion decides. */
type Verdict = { readonly older: string } | 'not older' | undefined;

/**
 * Why the build is older than what is there, as a clause for a sentence ("main has 1.5.0, which is newer than 1.4.2");
 * `undefined` when it is not, or when nothing is known. The clause is one visible line; in Markdown it is text from outside.
 */
export function whyOlder(present: Present, next: Build): string | undefined {
  const { versions, build } = present;
  const verdict =
    byVersions(versions) ??
    (build && (byCommits(build, next, present.comparison) ?? byTimes(build, next) ?? byNumbers(build, next)));
  return typeof verdict === 'object' ? `${oneLine(present.where)} ${verdict.older}` : undefined;
}

/** The two source commits whose relation decides, base first; `undefined` where versions decide or the commits are not known. */
export function commitsToCompare({ versions, build }: Present, next: Build): readonly [string, string] | undefined {
  if (!build || byVersions(versions) !== undefined) return undefined;
  const [one, other] = [build.source, next.source];
  const isSameRepository = one.repository.toLowerCase() === other.repository.toLowerCase();
  // What a person wrote into a pull request does not become part of a request.
  const isKnown = other.repository !== '' && isSameRepository && [one, other].every(isCommit);
  return isKnown && one.commit !== other.commit ? [one.commit, other.commit] : undefined;
}

/** One image that would go back is enough: no release is newer in part. */
function byVersions(pairs: Present['versions']): Verdict {
  const orders = pairs.map(([present, next]) => compareVersions(next, present));
  if (orders.includes(undefined)) return undefined;
  const [present, next] = pairs[orders.findIndex((order) => order !== undefined && order < 0)] ?? [];
  if (present !== undefined && next !== undefined) {
    return { older: `has ${tagOf(present)}, which is newer than ${tagOf(next)}` };
  }
  return orders.some((order) => order !== 0) ? 'not older' : undefined;
}

function byCommits({ source: present }: Build, { source: next }: Build, comparison: Present['comparison']): Verdict {
  const isSame = next.commit !== '' && isCommit(next) && present.commit === next.commit;
  if (isSame && present.repository.toLowerCase() === next.repository.toLowerCase()) return 'not older';
  if (comparison === 'ahead' || comparison === 'identical') return 'not older';
  if (comparison !== 'behind') return undefined;
  const commit = `${oneLine(present.repository)}@${present.commit.slice(0, 7)}`;
  return { older: `has the build of ${commit}, and ${next.commit.slice(0, 7)} is behind it` };
}

function byTimes({ source: present }: Build, { source: next }: Build): Verdict {
  const [there, ours] = [utcTime(present.time), utcTime(next.time)];
  if (there === '' || ours === '' || there === ours) return undefined;
  if (there < ours) return 'not older';
  return { older: `has a build of ${there}, which is later than ${ours}` };
}

function byNumbers({ source: present }: Build, { source: next }: Build): Verdict {
  const [there, ours] = [readNumber(present.build), readNumber(next.build)];
  if (!there || !ours || there.workflow !== ours.workflow || there.run <= ours.run) return undefined;
  return { older: `has run ${there.run} of ${oneLine(there.workflow)}, which is later than run ${ours.run}` };
}

function readNumber(number: string): { workflow: string; run: number } | undefined {
  const [, workflow, run] = /^(.+)#(\d{1,15})$/s.exec(number) ?? [];
  return workflow === undefined ? undefined : { workflow, run: Number(run) };
}

const isCommit = ({ commit }: Build['source']): boolean => /^[\da-f]{7,64}$/i.test(commit);

const tagOf = (version: string): string => oneLine(withoutDigest(version));
