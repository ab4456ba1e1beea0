/**
 * The metadata of a release in the body of its pull request: hidden marks around the text that we write there.
 * Others can write the body, so that no branch is chosen, written or deleted by it, and no version read from it decides.
 */
import { cut } from '../../core/escape.ts';
import { parseVersion } from '../../core/image-reference.ts';
import type { Attributes } from '../../core/objects.ts';
import type { Forge } from '../../forge/forge.ts';

/** What neither git nor the forge knows. */
export interface Metadata {
  /** The key of the release's identity. */
  readonly key: string;
  /** The tree of the commit that the text describes: it is known before the commit is made. */
  readonly tree: string;
  /** The title that we wrote; a different one is a person's. */
  readonly title: string;
  readonly version: string;
  /** Versions that the pull request had before, the oldest first. */
  readonly skipped: readonly string[];
  /** What we gave the pull request; what is missing there now was removed by a person. */
  readonly given: Attributes;
  /** Why we closed it; empty where we did not. */
  readonly closed: string;
}

export const NO_ATTRIBUTES: Attributes = {
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  milestone: '',
  'auto-merge': '',
  draft: false,
};

type HiddenText = Forge['hiddenText'];

/** The marks around our text. JSON escapes in it what could end a mark: there it means the same. */
const MARKS: Readonly<Record<HiddenText, { start: (json: string) => string; end: string; unsafe: RegExp }>> = {
  'html-comment': {
    start: (json) => `<!-- manifest-release-pr: ${json} -->\n`,
    end: '\n<!-- /manifest-release-pr -->',
    unsafe: /[<>-]/g,
  },
  // Between empty lines, since it is none inside a paragraph.
  'link-definition': {
    start: (json) => `[manifest-release-pr]: # (${json})\n\n`,
    end: '\n\n[/manifest-release-pr]: # (end)',
    unsafe: /[<>()]/g,
  },
};

/** Either of any form. */
const MARK = String.raw`(?:<!-- \/?manifest-release-pr|\[\/?manifest-release-pr\]:)`;
/** No block reaches over another mark of ours, so that what people wrote between two halves is never taken for our text. */
const BETWEEN = String.raw`(?:\r?\n){0,2}((?:(?!${MARK})[\s\S])*?)(?:\r?\n){0,2}`;
const BLOCKS = [
  String.raw`<!-- manifest-release-pr: (\{[^<>\n]*\}) -->${BETWEEN}<!-- \/manifest-release-pr -->`,
  String.raw`\[manifest-release-pr\]: # \((\{[^<>()\n]*\})\)${BETWEEN}\[\/manifest-release-pr\]: # \(end\)`,
].map((block) => new RegExp(block, 'g'));
const CUT_NOTE = '\n_This text was shortened; the diff has every change._';

/** The metadata of the release with that key; `undefined` where the body has none. */
export function readMetadata(body: string, key: string): Metadata | undefined {
  return findBlock(body, key)?.metadata;
}

/** Whether the body may have the text of a release, of whatever identity. */
export function hasMetadata(body: string): boolean {
  return /<!-- manifest-release-pr: \{|\[manifest-release-pr\]: # \(\{/.test(body);
}

/** Whether the body has the text of another release, and none of the one with that key. */
export function isOfAnother(body: string, key: string): boolean {
  const keys = blocksIn(body).flatMap(([, json = '']) => asMetadata(json)?.key ?? []);
  return keys.length > 0 && !keys.includes(key);
}

/** The text before and behind our block, which others wrote; all of it where there is no block. */
export function readNotes(body: string, key: string): { readonly before: string; readonly after: string } {
  const block = findBlock(body, key);
  if (!block) return { before: body.trim(), after: '' };
  return { before: body.slice(0, block.start).trim(), after: body.slice(block.end).trim() };
}

/**
 * The body with our block rewritten, or added at its end where there is none, in at most `limit` characters (UTF-16 code
 * units). The text around the block stays; our text is shortened; where the rest leaves no room for us, the body comes
 * back as it is.
 */
export function writeMetadata(
  body: string,
  metadata: Metadata,
  text: string,
  limit: number,
  hiddenText: HiddenText,
): string {
  const block = findBlock(body, metadata.key);
  const [before, after] = block ? [body.slice(0, block.start), body.slice(block.end)] : [body.trimEnd(), ''];
  const gap = before === '' || endsInEmptyLine(before) ? '' : '\n\n';
  const room = limit - before.length - gap.length - after.length;
  const written = before + gap + asBlock(metadata, text, room, hiddenText) + after;
  return written.length > limit ? body : written;
}

/** A body may have a million line breaks: an expression would try each of them as the first. */
function endsInEmptyLine(text: string): boolean {
  const blanks = text.slice(text.trimEnd().length);
  return blanks.endsWith('\n') && blanks.indexOf('\n') < blanks.length - 1;
}

/** The text of our block. */
export function readText(body: string, key: string): string {
  return findBlock(body, key)?.text ?? '';
}

function findBlock(body: string, key: string) {
  for (const match of blocksIn(body)) {
    const metadata = asMetadata(match[1] ?? '');
    if (metadata?.key !== key) continue;
    const text = (match[2] ?? '').replaceAll('\r\n', '\n');
    return { metadata, text, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

const blocksIn = (body: string): RegExpExecArray[] => BLOCKS.flatMap((block) => [...body.matchAll(block)]);

function asBlock(metadata: Metadata, text: string, room: number, hiddenText: HiddenText): string {
  const { end } = MARKS[hiddenText];
  const start = startOf(metadata, room / 3, hiddenText);
  // A template may have such a mark too.
  const shown = text.replace(new RegExp(MARK, 'g'), (mark) => mark.replace(/^<!--|^\[/, '$& '));
  return start + cut(shown, Math.max(room - start.length - end.length, CUT_NOTE.length + 1), CUT_NOTE) + end;
}

/** The mark with the metadata. Where it has more than `most` characters, older versions are left out. */
function startOf(metadata: Metadata, most: number, hiddenText: HiddenText): string {
  const { start, unsafe } = MARKS[hiddenText];
  for (let { skipped } = metadata; ; skipped = skipped.slice(1)) {
    const mark = start(JSON.stringify({ ...metadata, skipped }).replace(unsafe, asEscape));
    if (mark.length <= most || skipped.length === 0) return mark;
  }
}

const asEscape = (sign: string): string => `\\u00${sign.charCodeAt(0).toString(16)}`;

/** A person may have changed any of it: each value is taken for what it is, or left out. */
function asMetadata(json: string): Metadata | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const metadata = recordOf(value);
  const given = recordOf(metadata['given']);
  return {
    key: textOf(metadata['key']),
    tree: textOf(metadata['tree']),
    title: textOf(metadata['title']),
    version: versionsOf([metadata['version']])[0] ?? '',
    skipped: versionsOf(metadata['skipped']),
    given: {
      labels: textsOf(given['labels']),
      reviewers: textsOf(given['reviewers']),
      'team-reviewers': textsOf(given['team-reviewers']),
      assignees: textsOf(given['assignees']),
      milestone: textOf(given['milestone']),
      'auto-merge': oneOf(['merge', 'squash', 'rebase'], given['auto-merge']) ?? '',
      draft: given['draft'] === true,
    },
    closed: textOf(metadata['closed']),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function oneOf<Text extends string>(known: readonly Text[], value: unknown): Text | undefined {
  return known.find((one) => one === value);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Those that are a tag, a digest or both. */
function versionsOf(value: unknown): string[] {
  return textsOf(value).filter((text) => parseVersion(text) !== undefined);
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
