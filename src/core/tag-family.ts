/** Families of tags: one repository has several programs or variants, told apart by the text around the version. */
import { MOVING_WORDS } from './tag-kind.ts';

/** `latest-alpine` may be any version or commit. */
const LATEST = /(?<![a-z\d])latest(?![a-z\d])/i;

/** Where the version is, the surest first; `latest` is one where something is around it. */
const VERSIONS = [
  /(?:(?<![a-z\d.])v?\d+\.\d+(?:\.\d+)*[-_])?(?<!\d)\d{4}([-_.])\d{2}\1\d{2}(?:(?:[-_.]\d+)*|t\d{2}(?:[-_.]?\d{2}){1,2}z?)(?![a-z\d])/i,
  /(?<![a-z\d.])v?\d+\.\d+\.\d+(?:\.\d+)*/i,
  /(?<![a-z\d.])v?\d+\.\d+(?!\d)/i,
  /^v?\d{1,6}(?![a-z\d])/i,
  /\d+(?:\.\d+)+/,
  LATEST,
];

/** A day and a commit in front are the version: what is behind them is the variant, of whatever form (`v20240102-8f14e45-1.30`). */
const BUILT = /^(?:v\d{8}-g?[\da-f]{7,40}|latest(?=-\d+\.\d+$))(?![a-z\d])/i;

/** A whole word of a text in which `-` parts words. */
const word = (pattern: string): RegExp => new RegExp(`(?<![a-z\\d])(?:${pattern})(?![a-z\\d])`, 'g');

const COMMIT_OR_TIME = word(
  String.raw`(?:\d+-)?g[\da-f]{4,40}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?:(?:sha|git|commit)-?)?[\da-f]{7,64}|\d{8}t\d{4,6}z?|v\d{8,14}`,
);
/** The number of a pull request is not that of a run: each has previews of its own. */
const RUN = word(String.raw`(?<!(?:^|-)(?:pr|pull|mr|merge-request)-)\d+`);

/** What else changes from build to build, and what of it stays. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [COMMIT_OR_TIME, ''],
  [
    word(
      String.raw`(?:alpha|beta|preview|pre|rc|snapshot|milestone|cr|post|patch|hotfix|fix|sp|dirty|final|ga|(?:dev|[bmpr])(?=-?\d))(?:-?\d+)*`,
    ),
    '',
  ],
  [word(String.raw`(?:release|rel|version|build|run|ci|rev|ls)(?:-?\d+)*`), ''],
  [word(String.raw`(${[...MOVING_WORDS].join('|')})(?:-\d+)+`), '$1'],
];

/**
 * The family of a tag: the text around its version (`agent-#`, `#-alpine`), or else around the commit, time or number of
 * its run (`api-@`). What changes with each build is no part of it: `v`, pre-releases, revisions, commits, times.
 * `undefined` for a tag that has none of these.
 */
export function familyOf(tag: string): string | undefined {
  const built = BUILT.exec(tag)?.[0];
  if (built !== undefined) return ['@', lasting(tag.slice(built.length))].filter(Boolean).join('-');
  const version = VERSIONS.map((pattern) => pattern.exec(tag)).find((match) => match);
  if (version) {
    if (version[0] === tag && /^latest$/i.test(tag)) return undefined;
    const after = tag.slice(version.index + version[0].length);
    return [lasting(tag.slice(0, version.index)), '#', lasting(after.replace(REVISION, ''))].filter(Boolean).join('-');
  }
  const words = dashed(tag);
  const stays = words.replace(COMMIT_OR_TIME, '').replace(RUN, '');
  return stays === words ? undefined : ['@', lasting(stays)].filter(Boolean).join('-');
}

/** Whether two tags are of two families, so that neither replaces the other; versions and commits are not compared. */
export function areOfTwoFamilies(one: string, other: string): boolean {
  const [a, b] = [familyOf(one), familyOf(other)];
  if (a === undefined || b === undefined) return false;
  if (a.includes('#') === b.includes('#')) return a !== b;
  return [one, other].some((tag) => LATEST.test(tag)) && textAround(a) !== textAround(b);
}

const textAround = (family: string): string => family.replace(/-?[#@]-?/, '-').replace(/^-|-$/g, '');

/** Numbers right behind a version: `1.4.1-3`, `1.4.1_3`, `2024-01-02`. */
const REVISION = /^(?:[-_.]\d+)+(?![a-z\d])(?!-g[\da-f]{4})/i;

/** The words of a part of a tag that the next build has too. */
function lasting(part: string): string {
  const words = CHANGING.reduce((text, [pattern, stays]) => text.replace(pattern, stays), dashed(part));
  return words.replace(/-{2,}/g, '-').replace(/^-|-$/g, '');
}

const dashed = (text: string): string => text.toLowerCase().replace(/[_.]/g, '-');
