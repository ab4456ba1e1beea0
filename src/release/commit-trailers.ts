/** The trailers of a release's commit: written, read, and what they prove. */
import { forCommit, fromCommit, oneLine } from '../core/escape.ts';
import { memoized, type Commit } from '../core/objects.ts';
import { parseReference } from '../core/image-reference.ts';
import { utcTime } from '../core/time.ts';
import { identityKey, identityOf, type ReleaseIdentity } from '../inputs/identity.ts';
import type { Operation } from '../inputs/operation.ts';
import type { Build } from './build.ts';
import { hasMetadata } from './pull-request/metadata.ts';

/** The trailer that every commit of ours has, and the first of them. */
const FIRST = 'Release-Name';

export interface Trailers {
  readonly name: string;
  readonly identity: ReleaseIdentity;
  /** The commit that the release was planned on; empty on top of commits by others. */
  readonly base: string;
  /** The branch that it is to reach, where the input `base` names one. */
  readonly into?: string;
  readonly build: Build;
}

/** The message with the trailers that say what was released, for which app or paths, from which source, on what base. */
export function withTrailers(message: string, { name, identity, base, into = '', build }: Trailers): string {
  const { source, operation, run } = build;
  const { environment, since, pull } = operation.origin;
  const trailers: [key: string, value: string][] = [
    [FIRST, name],
    ['Release-App', identity.app],
    ['Release-Environment', identity.environment],
    ...identity.paths.map((path): [string, string] => ['Release-Path', path]),
    ...build.images.map((image): [string, string] => ['Release-Image', image]),
    ...(build.digests ?? []).map((image): [string, string] => ['Release-Digest', image]),
    ...operation.rollsBack.map((image): [string, string] => ['Release-Rolls-Back', image]),
    ['Release-Reason', operation.reason],
    ['Release-Origin', since === '' ? '' : [environment || '-', since, pull].join(' ').trim()],
    ['Release-Source', source.repository !== '' && source.commit !== '' ? `${source.repository}@${source.commit}` : ''],
    ['Release-Time', source.time],
    ['Release-Build', source.build],
    ['Release-Run', run.url],
    ['Release-Into', into],
    ['Release-Base', base],
  ];
  const lines = trailers
    .map(([key, value]) => [key, forCommit(value).trim()] as const)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}`);
  // Without a subject the trailers would be the subject.
  return `${message.trim() || `Release ${forCommit(name)}`}\n\n${lines.join('\n')}\n`;
}

/**
 * The trailers of a message; `undefined` where it has none of ours. Read is the last paragraph with a
 * `Release-Name`, so that no text above our trailers is taken for them. After it may follow only what GitHub
 * adds when it squashes: other trailers, and the messages of further commits. Never throws. The texts are
 * untrusted: they have one line each and are not made safe for any other place.
 */
export function readTrailers(message: string): Trailers | undefined {
  // A squash may take the text of a pull request for its message, and others can write that.
  if (hasMetadata(message)) return undefined;
  const [, ...paragraphs] = paragraphsOf(message);
  const index = paragraphs.findLastIndex((lines) => lines.some((line) => line.startsWith(`${FIRST}: `)));
  const trailers = paragraphs[index];
  if (!trailers?.every(isTrailer)) return undefined;
  const next = paragraphs.slice(index + 1).find((lines) => !lines.every((line) => isTrailer(line) || isRule(line)));
  if (next?.[0]?.startsWith('* ') === false) return undefined;

  const valuesOf = (key: string): string[] =>
    trailers.filter((line) => line.startsWith(`${key}: `)).map((line) => asValue(line.slice(key.length + 2)));
  // Ours come first: others add theirs at the end.
  const valueOf = (key: string): string => valuesOf(key)[0] ?? '';
  const [, repository = '', commit = ''] = /^([\w./-]+)@([0-9a-f]{4,64})$/i.exec(valueOf('Release-Source')) ?? [];
  const images = valuesOf('Release-Image');
  const digests = valuesOf('Release-Digest');
  const into = valueOf('Release-Into');
  const references = images.flatMap((image) => parseReference(image) ?? []);
  return {
    name: valueOf(FIRST),
    identity: identityOf(
      { app: valueOf('Release-App'), environment: valueOf('Release-Environment') },
      references.map((reference) => ({ reference })),
      valuesOf('Release-Path'),
    ),
    base: valueOf('Release-Base'),
    ...(into !== '' && { into }),
    build: {
      images,
      ...(digests.length > 0 && { digests }),
      source: { repository, commit, time: utcTime(valueOf('Release-Time')), build: valueOf('Release-Build') },
      operation: operationOf(valueOf('Release-Reason'), valueOf('Release-Origin'), valuesOf('Release-Rolls-Back')),
      run: { url: valueOf('Release-Run'), actor: '' },
    },
  };
}

function operationOf(reason: string, origin: string, rollsBack: readonly string[]): Operation {
  const [, environment = '', since = '', pull = ''] = /^(\S+) (\S+)(?: (\d+))?$/.exec(origin) ?? [];
  const isRollback = rollsBack.length > 0;
  return {
    action: isRollback ? 'Roll back' : environment === '' || environment === '-' ? 'Release' : 'Promote',
    reason,
    origin: { environment: environment === '-' ? '' : environment, since: utcTime(since), pull },
    rollsBack,
  };
}

/** The build of the release with that identity key that a commit brought; `undefined` where its trailers say none. */
export function buildIn({ message }: Pick<Commit, 'message'>, key: string): Build | undefined {
  const found = keyAndBuildIn(message);
  return found?.key === key ? found.build : undefined;
}

/** Once for each message: one commit may be in the history of thousands of environments. */
const keyAndBuildIn = memoized((message: string) => {
  const trailers = readTrailers(message);
  return trailers && { key: identityKey(trailers.identity), build: trailers.build };
});

/** Whether a commit is on the very base that it names: no squash of a pull request is, whatever text it has. */
export function isDirect({ message, parents }: Pick<Commit, 'message' | 'parents'>): boolean {
  const base = readTrailers(message)?.base;
  return base !== undefined && base === parents[0];
}

/** Subjects of merges as the forges write them, and of squashes; GitLab says it in the last line. */
const MERGES = [
  /^Merge pull request #(\d+)/,
  /^Merge pull request '.*' \(#(\d+)\) from /,
  /^[^\n]*\(#(\d+)\)[^\S\n]*(?:\n|$)/,
  /^Merged in [^\n]* \(pull request #(\d+)\)/,
  /^Pull request #(\d+): /,
  /^Merged PR (\d+): /,
  /^See merge request [\w./-]*!(\d+)\s*$/m,
];

/** The number of the pull request that a commit says it merges; empty where it says none. */
export function pullOf(message: string): string {
  const [found] = MERGES.flatMap((pattern) => pattern.exec(message)?.[1] ?? []);
  return found ?? '';
}

/** As it was given to `forCommit`. */
const asValue = (text: string): string => oneLine(fromCommit(text), 1000).trim();

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
