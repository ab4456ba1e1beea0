/** What a tag says about the build that it names, by its text alone. */

/** From what says most to what says least: the order in which one of several tags of an image is taken. */
export const TAG_KINDS = ['version', 'build', 'word', 'part', 'moving'] as const;

/**
 * - `version`: has a whole version (`1.4.2`, `agent-v1.4.2-rc.1`);
 * - `build`: names one commit, time or run (`sha-8f14e45`, `20240102153000`, `main-42`);
 * - `word`: nothing is known of it (`bookworm`, `feature-x`);
 * - `part`: part of a version, a version of two parts, or a run number (`1.4`, `v2-alpine`, `42`);
 * - `moving`: is given to the next build too (`latest`, `main`, `pr-12`, `1.4.2-SNAPSHOT`).
 */
export type TagKind = (typeof TAG_KINDS)[number];

/** Branches, channels and stages. */
export const MOVING_WORDS: ReadonlySet<string> = new Set(
  (
    'latest newest current head tip main master trunk default mainline develop development dev devel integration next ' +
    'edge nightly daily weekly canary snapshot unstable experimental preview alpha beta rc stable lts release releases ' +
    'test testing qa uat stage staging preprod prod production live'
  ).split(' '),
);

/** The first that matches names the kind; a tag that none matches is a word. */
const PATTERNS: readonly (readonly [TagKind, RegExp])[] = [
  ['moving', /-snapshot$/i],
  ['moving', /^v?\d+(?:\.\d+)*\.x$/i],
  ['version', /(?<![\d.])\d+\.\d+\.\d+/],
  // A commit, a time, or git describe's `-g8f14`.
  ['build', /(?:^|[^a-z\d])g?[\da-f]{7,64}(?![a-z\d])|(?:^|[-_.])sha[-_.]?[\da-f]{7,64}(?![a-z\d])|-g[\da-f]{4,}/i],
  ['build', /(?<!\d)\d{4}[-_.]\d{1,2}[-_.]\d{1,2}(?!\d)|(?<!\d)\d{8}t\d{4}/i],
  ['moving', /^(?:pr|pull|mr|merge|merge-request)[-_.]?\d+(?:[-_.](?:head|merge))?$|^\d+[-_.](?:head|merge)$/i],
  ['part', /^(?:release[-_.]?)?v?\d{1,6}(?:\.\d+)?(?:[-_.]?[a-z].*)?$/i],
  ['moving', /^latest(?![a-z])/i],
  ['build', /^[a-z][\w.-]*[-_.]\d+$|^(?:b|build|ci|job|pipeline|r|rev|run)\d+$/i],
];

/** The kind of a tag; `branch` is the one that was built, empty where there is none. */
export function kindOfTag(tag: string, branch = ''): TagKind {
  if (branch !== '' && slugsOf(branch).includes(slugOf(tag))) return 'moving';
  const known = PATTERNS.find(([, pattern]) => pattern.test(tag));
  if (known) return known[0];
  const words = tag.toLowerCase().split(/[-_.]/);
  return [words.at(0), words.at(-1)].some((word) => MOVING_WORDS.has(word ?? '')) ? 'moving' : 'word';
}

/** Whether one of two tags is a part of the other, as `1` is of `1.4`. */
export function areParts(one: string, other: string): boolean {
  const [shorter = '', longer = ''] = [one, other].toSorted((a, b) => a.length - b.length);
  return shorter !== longer && longer.startsWith(`${shorter}.`);
}

/** A branch as docker/metadata-action and GitLab (`CI_COMMIT_REF_SLUG`, cut to 63 characters) write it into a tag. */
const slugsOf = (branch: string): string[] => [slugOf(branch), slugOf(slugOf(branch).slice(0, 63))];

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '');
