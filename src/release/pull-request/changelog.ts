/** What is in a release: the commits of its source repository between the version that is deployed and the new one. */
import { asReleaseError } from '../../core/errors.ts';
import { counted, type Change } from '../../core/objects.ts';
import { withoutDigest } from '../../core/version.ts';
import type { Comparison, SourceCommit } from '../../forge/forge.ts';
import type { Build } from '../build.ts';
import { pullOf } from '../commit-trailers.ts';
import type { Variables } from './template-variables.ts';

type KnownComparison = Exclude<Comparison, { status: 'unknown' }>;
export type Contents = Pick<Variables, 'contents' | 'commits'>;
type ShownCommit = Contents['commits'][number];
interface Asked {
  readonly compare: (repository: string, base: string, head: string) => Promise<Comparison>;
  /** Why the commits of a repository are not shown, as a clause; absent where all are. */
  readonly hiddenBy?: ((repository: string) => Promise<string>) | undefined;
}

export const UNKNOWN_CONTENTS: Contents = { contents: { summary: '', url: '' }, commits: [] };

/** A tag that names a commit: `sha-8f14e45`, `8f14e45`, `main-8f14e45`. */
const COMMIT_TAG = /^(?:[\w.-]*-)?g?([0-9a-f]{7,40})$/;

/**
 * The revision of the source repository that a deployed version was built from: the commit that the last release noted, the
 * commit that the tag names, or the tag that the version was built from. `ref` is the git tag that this run was started
 * by, if it was. `undefined` where none of these is known.
 */
export function revisionOf(
  { from, to }: Pick<Change, 'from' | 'to'>,
  deployed: Build | undefined,
  next: Build,
  ref: string,
): string | undefined {
  if (deployed && deployed.source.commit !== '' && deployed.source.repository === next.source.repository) {
    return deployed.source.commit;
  }
  const [present, wanted] = [withoutDigest(from), withoutDigest(to)];
  const [, commit] = COMMIT_TAG.exec(present) ?? [];
  // Seven digits may be a date or a number as well.
  if (commit !== undefined && /[a-f]/.test(commit)) return commit;
  if (!/^v?\d+\.\d+/.test(present)) return undefined;
  // How tags are written here: `web/v1.4.2` for version 1.4.2.
  if (wanted !== '' && ref.includes(wanted)) return ref.replace(wanted, () => present);
  return `v${present.replace(/^v/, '')}`;
}

/**
 * Asks for the commits between that revision and the build's own. A forge that cannot be asked now is a reason in the
 * text: what a release contains does not decide whether it is written.
 */
export async function readContents(
  revision: string | undefined,
  next: Build,
  { compare, hiddenBy }: Asked,
): Promise<Contents> {
  const { repository, commit } = next.source;
  if (repository === '' || commit === '' || revision === undefined) return UNKNOWN_CONTENTS;
  const ask = (base: string, head: string): Promise<Comparison> =>
    compare(repository, base, head).catch((error: unknown) => unanswered(error));
  const unread = (error: unknown): string => `who may read ${repository} is not known: ${unanswered(error).reason}`;
  const [found, hidden = ''] = await Promise.all([ask(revision, commit), hiddenBy?.(repository).catch(unread)]);
  if (hidden !== '') return { contents: { summary: `not shown, because ${hidden}`, url: '' }, commits: [] };
  if (found.status === 'behind') return takenBack(found, await ask(commit, revision), repository);
  if (found.status !== 'unknown') return toContents(found, repository);
  const missing = /not found/i.test(found.reason);
  const reason = missing
    ? `it has no ${revision} or ${commit.slice(0, 7)}, or the token may not read it`
    : found.reason;
  const summary = `not shown, because the commits of ${repository} could not be read: ${reason}`;
  return { contents: { summary, url: '' }, commits: [] };
}

/** Of a step back: the commits that go away, which only the comparison the other way round has. */
function takenBack(found: KnownComparison, back: Comparison, repository: string): Contents {
  if (back.status !== 'ahead') return toContents(found, repository);
  const { contents, commits } = toContents(back, repository);
  return { contents: { summary: `it takes back ${contents.summary}`, url: found.url }, commits };
}

function unanswered(error: unknown): Extract<Comparison, { status: 'unknown' }> {
  const explained = asReleaseError(error);
  if (explained.blame !== 'again') throw explained;
  return { status: 'unknown', reason: explained.message };
}

function toContents({ status, total, commits, url, pulls }: KnownComparison, repository: string): Contents {
  const pages = pulls ?? `${url.split('/compare/', 1)[0]}/pull/`;
  const shown = `${counted(total, 'commit')} of ${repository}`;
  const summaries = {
    ahead: shown,
    identical: `no other commit of ${repository}`,
    behind: `it goes back to an earlier commit of ${repository}`,
    diverged: `${shown}, and it lacks some of the deployed version`,
  };
  return {
    contents: { summary: summaries[status], url },
    // The latest first, but for those that a reviewer must see.
    commits: commits
      .toReversed()
      .map((commit) => shownCommit(commit, pages))
      .toSorted((one, other) => rankOf(one) - rankOf(other)),
  };
}

function shownCommit({ id, author, subject, url }: SourceCommit, pages: string): ShownCommit {
  const number = pages === '' ? '' : pullOf(subject);
  return {
    commit: id,
    shortCommit: id.slice(0, 7),
    author,
    subject: pages === '' ? subject : subject.replace(/ \(#\d+\)$/, ''),
    mark: MARKS.find(([, pattern]) => pattern.test(subject))?.[0] ?? '',
    url,
    pull: number,
    pullUrl: number === '' ? '' : `${pages}${number}`,
  };
}

/** What a reviewer must see: `feat(api)!: …` of Conventional Commits 1.0.0, and reverts as git, GitHub and that page write them. */
const MARKS: readonly (readonly [mark: string, subject: RegExp])[] = [
  ['Breaking change', /^\w+(?:\([^()]*\))?!:|\bBREAKING[ -]CHANGE\b/],
  ['Revert', /^(?:revert|reapply)\b(?=[ :("])/i],
];

const rankOf = ({ mark }: ShownCommit): number => (mark === '' ? 1 : 0);
