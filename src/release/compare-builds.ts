/** Whether a release comes too late: something newer is there already. */
import { utcTime } from '../core/time.ts';
import type { Build } from './build.ts';
import { oneLine } from '../core/escape.ts';
import type { Comparison } from '../forge/forge.ts';
import { formatVersion, parseReference, repositoryOf } from '../core/image-reference.ts';
import { compareVersions, withoutDigest } from '../core/version.ts';

/** What a branch or the base carries already. */
export interface Present {
  /** Subject of a clause: `main`, `pull request #3`. */
  readonly where: string;
  readonly versions: readonly (readonly [present: string, next: string])[];
  readonly build: Build | undefined;
}

/** Compares two commits of the source repository. */
type Compare = (base: string, head: string) => Promise<Comparison>;

/** Settled one way or the other; `undefined` where nothing is told and the next criterion is asked. */
type Verdict = { readonly older: string } | 'not older' | undefined;

/**
 * Why the build is older than what is there, as a clause for a sentence ("main has 1.5.0, which is newer than 1.4.2");
 * `undefined` when it is not, or when nothing tells. The clause is one visible line; in Markdown it is text from outside.
 */
export async function whyOlder(present: Present, next: Build, compare: Compare): Promise<string | undefined> {
  const { versions, build } = present;
  const verdict =
    byVersions(versions) ??
    (build && ((await byCommits(build, next, compare)) ?? byTimes(build, next) ?? byNumbers(build, next)));
  return typeof verdict === 'object' ? `${shown(present.where)} ${verdict.older}` : undefined;
}

/** Pairs of versions (tag[@digest]) of the images that two builds have in common, by repository. */
export function versionPairs(present: Build, next: Build): [string, string][] {
  const there = versionsOf(present);
  return versionsOf(next).flatMap(([repository, version]) =>
    there
      .filter(([other]) => other === repository)
      .map(([, presentVersion]): [string, string] => [presentVersion, version]),
  );
}

function versionsOf({ images }: Build): [repository: string, version: string][] {
  return images.flatMap((image): [string, string][] => {
    const reference = parseReference(image);
    return reference ? [[repositoryOf(reference.name), formatVersion(reference)]] : [];
  });
}

/** One image that would go back is enough: nobody builds a release that is newer in part. */
function byVersions(pairs: Present['versions']): Verdict {
  const orders = pairs.map(([present, next]) => compareVersions(next, present));
  if (orders.includes(undefined)) return undefined;
  const [present, next] = pairs[orders.findIndex((order) => order !== undefined && order < 0)] ?? [];
  if (present !== undefined && next !== undefined) {
    return { older: `has ${tagOf(present)}, which is newer than ${tagOf(next)}` };
  }
  return orders.some((order) => order !== 0) ? 'not older' : undefined;
}

async function byCommits({ source: present }: Build, { source: next }: Build, compare: Compare): Promise<Verdict> {
  const isSameRepository = present.repository.toLowerCase() === next.repository.toLowerCase();
  // What a person wrote into a pull request does not become part of a request.
  if (next.repository === '' || !isSameRepository || ![present, next].every(isCommit)) return undefined;
  if (present.commit === next.commit) return 'not older';
  const comparison = await compare(present.commit, next.commit);
  if (comparison.status === 'unknown' || comparison.status === 'diverged') return undefined;
  if (comparison.status !== 'behind') return 'not older';
  const carried = `${shown(present.repository)}@${present.commit.slice(0, 7)}`;
  return { older: `carries ${carried}, and ${next.commit.slice(0, 7)} is behind it` };
}

function byTimes({ time: present }: Build, { time: next }: Build): Verdict {
  const [there, ours] = [utcTime(present), utcTime(next)];
  if (there === '' || ours === '' || there === ours) return undefined;
  if (there < ours) return 'not older';
  return { older: `carries a build of ${there}, which is later than ${ours}` };
}

function byNumbers({ number: present }: Build, { number: next }: Build): Verdict {
  const [there, ours] = [readNumber(present), readNumber(next)];
  if (!there || !ours || there.workflow !== ours.workflow || there.run <= ours.run) return undefined;
  return { older: `carries run ${there.run} of ${shown(there.workflow)}, which is later than run ${ours.run}` };
}

function readNumber(number: string): { workflow: string; run: number } | undefined {
  const [, workflow, run] = /^(.+)#(\d{1,15})$/s.exec(number) ?? [];
  return workflow === undefined ? undefined : { workflow, run: Number(run) };
}

const isCommit = ({ commit }: Build['source']): boolean => /^[\da-f]{7,64}$/i.test(commit);

const tagOf = (version: string): string => shown(withoutDigest(version));

const shown = (text: string): string => oneLine(text);
