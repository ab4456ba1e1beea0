/** The metadata of a release in the body of its pull request: a hidden comment around the text that we write there. */
import { createHash } from 'node:crypto';
import { cut } from '../../core/escape.ts';
import type { Attributes } from '../../core/objects.ts';
import { utcTime } from '../../core/time.ts';
import { canonical, type Build } from '../build.ts';

export interface Metadata {
  /** The key of the release's identity. */
  readonly key: string;
  /** The identity in words, for the error that names it. */
  readonly release: string;
  /** The head that the text describes. */
  readonly commit: string;
  /** The title that we wrote; a different one is a person's. */
  readonly title: string;
  readonly version: string;
  /** The same for two builds with the same images. */
  readonly imageSet: string;
  /** Without a reason, and without lists of images where these are long: the commit's trailers have them. */
  readonly build: Build;
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

/** No block reaches over another mark of ours, so that what people wrote between two halves is never taken for our text. */
const BLOCKS =
  /<!-- manifest-release-pr: (\{[^<>\n]*\}) -->\r?\n?((?:(?!<!-- \/?manifest-release-pr)[\s\S])*?)\r?\n?<!-- \/manifest-release-pr -->/g;
const END = '\n<!-- /manifest-release-pr -->';
const CUT_NOTE = '\n_This text was shortened; the diff has every change._';
/** What the lists of images may take of the body, in characters: about a hundred pinned images. */
const MAX_IMAGES = 16_000;

/** The metadata of the release with that key; `undefined` where the body has none. */
export function readMetadata(body: string, key: string): Metadata | undefined {
  return findBlock(body, key)?.metadata;
}

/** The metadata of every release that the body has. */
export function readAllMetadata(body: string): readonly Metadata[] {
  return [...body.matchAll(BLOCKS)].flatMap(([, json = '']) => asMetadata(json) ?? []);
}

/**
 * The body with our block rewritten, or added at its end where there is none, in at most `limit` characters (UTF-16 code
 * units). The text around the block stays; our text is shortened; where the rest leaves no room for us, the body comes
 * back as it is.
 */
export function writeMetadata(body: string, metadata: Metadata, text: string, limit: number): string {
  const block = findBlock(body, metadata.key);
  const [before, after] = block ? [body.slice(0, block.start), body.slice(block.end)] : [body.trimEnd(), ''];
  const gap = !block && before !== '' ? '\n\n' : '';
  const room = limit - before.length - gap.length - after.length;
  const written = before + gap + asBlock(metadata, text, room) + after;
  return written.length > limit ? body : written;
}

/** The text of our block. */
export function readText(body: string, key: string): string {
  return findBlock(body, key)?.text ?? '';
}

/** A short text that is the same for the same images in any order. */
export function imageSetOf({ images }: Pick<Build, 'images'>): string {
  const sorted = [...new Set(images.map(canonical))].toSorted();
  return createHash('sha256').update(sorted.join('\n')).digest('hex').slice(0, 32);
}

/** Whether a pull request has the very images of a build. */
export function hasImagesOf({ imageSet }: Metadata, build: Pick<Build, 'images'>): boolean {
  return imageSet === imageSetOf(build);
}

function findBlock(body: string, key: string) {
  for (const match of body.matchAll(BLOCKS)) {
    const metadata = asMetadata(match[1] ?? '');
    if (metadata?.key !== key) continue;
    const text = (match[2] ?? '').replaceAll('\r\n', '\n');
    return { metadata, text, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

function asBlock(metadata: Metadata, text: string, room: number): string {
  // Inside a comment nothing may end it; as JSON escapes the characters mean the same.
  const json = JSON.stringify(shortened(metadata)).replace(
    /[<>-]/g,
    (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`,
  );
  const start = `<!-- manifest-release-pr: ${json} -->\n`;
  // A template may have such a mark too.
  const shown = text.replace(/<!--(?= \/?manifest-release-pr)/g, '<!-- ');
  return start + cut(shown, Math.max(room - start.length - END.length, CUT_NOTE.length + 1), CUT_NOTE) + END;
}

/** Without what the commit's trailers have too and what is not compared: a reason, and long lists of images. */
function shortened(metadata: Metadata): Metadata {
  const { build } = metadata;
  const { operation } = build;
  const isLong = [...build.images, ...operation.rollsBack].join('\n').length > MAX_IMAGES;
  const lists = isLong ? { images: [], operation: { ...operation, rollsBack: [] } } : build;
  return { ...metadata, build: { ...build, ...lists, operation: { ...lists.operation, reason: '' } } };
}

/** A person may have changed any of it: each value is taken for what it is, or left out. */
function asMetadata(json: string): Metadata | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const metadata = recordOf(value);
  const build = recordOf(metadata['build']);
  const [source, operation, run] = [recordOf(build['source']), recordOf(build['operation']), recordOf(build['run'])];
  const [origin, given] = [recordOf(operation['origin']), recordOf(metadata['given'])];
  return {
    key: textOf(metadata['key']),
    release: textOf(metadata['release']),
    commit: textOf(metadata['commit']),
    title: textOf(metadata['title']),
    version: textOf(metadata['version']),
    imageSet: textOf(metadata['imageSet']),
    build: {
      images: textsOf(build['images']),
      source: {
        repository: textOf(source['repository']),
        commit: textOf(source['commit']),
        time: utcTime(textOf(source['time'])),
        build: textOf(source['build']),
      },
      operation: {
        action: oneOf(['Release', 'Promote', 'Roll back'], operation['action']) ?? 'Release',
        reason: textOf(operation['reason']),
        origin: {
          environment: textOf(origin['environment']),
          since: utcTime(textOf(origin['since'])),
          pull: textOf(origin['pull']),
        },
        rollsBack: textsOf(operation['rollsBack']),
      },
      run: { url: textOf(run['url']), actor: textOf(run['actor']) },
    },
    skipped: textsOf(metadata['skipped']),
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

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
