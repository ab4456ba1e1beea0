/** The release's commit: its trailers, and how it is known again. */
import { utcTime } from '../core/time.ts';
import type { Build } from './build.ts';
import { oneLine } from '../core/escape.ts';
import { readMemory } from './pull-request/metadata.ts';
import type { Commit } from '../core/objects.ts';

/** The committer of what GitHub's API and web pages write. */
const GITHUB_COMMITTER = 'noreply@github.com';

/** The message with the trailers that say what was released, from where, on what. */
export function withTrailers(message: string, name: string, build: Build, base: string | undefined): string {
  const { repository, commit } = build.source;
  const trailers: [key: string, value: string][] = [
    ['Release-Name', name],
    ...build.images.map((image): [string, string] => ['Release-Image', image]),
    ...build.rollsBack.map((image): [string, string] => ['Release-Rolls-Back', image]),
    ['Release-Source', repository !== '' && commit !== '' ? `${repository}@${commit}` : ''],
    ['Release-Time', build.time],
    ['Release-Build', build.number],
    ['Release-Run', build.runUrl],
    ['Release-Base', base ?? ''],
  ];
  const lines = trailers
    .map(([key, value]) => [key, asValue(value)] as const)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}`);
  // Without a subject the trailers would be the subject.
  return `${message.trim() || `Release ${asValue(name)}`}\n\n${lines.join('\n')}\n`;
}

/**
 * What the trailers of a message say; `undefined` where it has none of ours. Read is the last paragraph with a
 * `Release-Name`, so that nothing in the text above our trailers is taken for them. After it may stand only what GitHub
 * adds when it squashes: other trailers, and the texts of further commits. Never throws. The texts are
 * untrusted: they have one line each and are not made safe for any other place.
 */
export function readTrailers(message: string): { name: string; base: string; build: Build } | undefined {
  const [, ...paragraphs] = paragraphsOf(message);
  const index = paragraphs.findLastIndex((lines) => lines.some((line) => line.startsWith('Release-Name: ')));
  const trailers = paragraphs[index];
  if (!trailers?.every(isTrailer)) return undefined;
  const next = paragraphs.slice(index + 1).find((lines) => !lines.every((line) => isTrailer(line) || isRule(line)));
  if (next?.[0]?.startsWith('* ') === false) return undefined;

  const valuesOf = (key: string): string[] =>
    trailers.filter((line) => line.startsWith(`${key}: `)).map((line) => asValue(line.slice(key.length + 2)));
  // Ours come first: others add theirs at the end.
  const valueOf = (key: string): string => valuesOf(key)[0] ?? '';
  const [, repository = '', commit = ''] = /^([\w./-]+)@([0-9a-f]{4,64})$/i.exec(valueOf('Release-Source')) ?? [];
  return {
    name: valueOf('Release-Name'),
    base: valueOf('Release-Base'),
    build: {
      images: valuesOf('Release-Image'),
      source: { repository, commit },
      time: utcTime(valueOf('Release-Time')),
      number: valueOf('Release-Build'),
      runUrl: valueOf('Release-Run'),
      rollsBack: valuesOf('Release-Rolls-Back'),
    },
  };
}

/**
 * The build that a commit brought as the release of that name; `undefined` where it tells of none. Where a squash took
 * the text of the pull request for its message, that has our memory in place of our trailers.
 */
export function buildIn({ message }: Commit, name: string): Build | undefined {
  const trailers = readTrailers(message);
  return trailers?.name === asValue(name) ? trailers.build : readMemory(message, { name })?.build;
}

/**
 * True when the branch holds nothing but one commit of ours: written by our author or by the forge for us, for this
 * release, and on the very base that it names. Anything else may be a person's work.
 */
export function isOwnCommit({ parents, committerEmail, message }: Commit, name: string, authorEmail: string): boolean {
  const trailers = readTrailers(message);
  const [parent, ...more] = parents;
  return (
    (committerEmail === authorEmail || committerEmail === GITHUB_COMMITTER) &&
    parent !== undefined &&
    more.length === 0 &&
    trailers?.name === asValue(name) &&
    trailers.base === parent
  );
}

/** The number of the pull request that a commit says it merges; empty where it says none. */
export function pullOf(message: string): string {
  const [subject = ''] = message.split('\n');
  const [, merged, squashed = ''] = /^Merge pull request #(\d+)|\(#(\d+)\)\s*$/.exec(subject) ?? [];
  return merged ?? squashed;
}

const asValue = (text: string): string => oneLine(text, 1000).trim();

/** As git knows it, with the note that `git cherry-pick -x` puts among trailers. */
const isTrailer = (line: string): boolean => /^[a-z\d][a-z\d-]*: .|^\(cherry picked from commit /i.test(line);

/** Between the squashed messages and their authors. */
const isRule = (line: string): boolean => /^-{3,}$/.test(line);

/** Lines between empty lines. */
function paragraphsOf(message: string): string[][] {
  const paragraphs: string[][] = [[]];
  for (const line of message.trim().split('\n')) {
    const text = line.trimEnd();
    if (text !== '') paragraphs.at(-1)?.push(text);
    else if (paragraphs.at(-1)?.length !== 0) paragraphs.push([]);
  }
  return paragraphs;
}
