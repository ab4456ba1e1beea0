/** Our memory in a pull request: a hidden line around our block of its body. */
import type { Build } from '../build.ts';
import { cut } from '../../core/escape.ts';
import { MAX_BODY } from '../../forge/forge.ts';
import type { Attributes, MergeMethod } from '../../core/objects.ts';

export interface Memory {
  readonly name: string;
  /** The parts of the repository that the release is limited to: two of one name in different parts are two releases. */
  readonly paths: readonly string[];
  /** The head that the block describes. */
  readonly commit: string;
  /** The title that we gave; a different one is a person's. */
  readonly title: string;
  readonly version: string;
  readonly build: Build;
  /** Versions that the pull request carried before, the oldest first. */
  readonly skipped: readonly string[];
  /** What we gave it; what is missing there now was taken away by a person. */
  readonly given: Attributes;
  /** Why we closed it; empty where we did not. */
  readonly closed: string;
}

/** No block reaches over another mark of ours, so that what people wrote between two halves is never taken for our text. */
const BLOCKS =
  /<!-- manifest-release-pr: (\{[^<>\n]*\}) -->\r?\n?((?:(?!<!-- \/?manifest-release-pr)[\s\S])*?)\r?\n?<!-- \/manifest-release-pr -->/g;
const METHODS: readonly MergeMethod[] = ['merge', 'squash', 'rebase'];
const END = '\n<!-- /manifest-release-pr -->';
const CUT_NOTE = '\n_This text was cut: GitHub takes 65,536 characters. The diff has every change._';

/** Whose memory is looked for; without paths, that of any release of the name. */
export type Key = Pick<Memory, 'name'> & Partial<Pick<Memory, 'paths'>>;

/** What a body remembers of a release; `undefined` where it has no block of that release. */
export function readMemory(body: string, key: Key): Memory | undefined {
  return findBlock(body, key)?.memory;
}

/**
 * The body with our block rewritten, or added at its end where there is none. What stands around it stays; where it
 * leaves no room for us, the body comes back as it is.
 */
export function writeMemory(body: string, memory: Memory, text: string): string {
  const block = findBlock(body, memory) ?? findBlock(body, { name: memory.name });
  const around = block ? [body.slice(0, block.start), body.slice(block.end)] : [body.trimEnd(), ''];
  const [before = '', after = ''] = around;
  const gap = !block && before !== '' ? '\n\n' : '';
  const room = MAX_BODY - before.length - gap.length - after.length;
  const written = before + gap + asBlock(memory, text, room) + after;
  return written.length > MAX_BODY ? body : written;
}

/** The text of our block. */
export function readText(body: string, key: Key): string {
  return findBlock(body, key)?.text ?? '';
}

function findBlock(body: string, { name, paths }: Key) {
  for (const match of body.matchAll(BLOCKS)) {
    const memory = asMemory(match[1] ?? '');
    if (memory?.name !== name || (paths && memory.paths.join('\n') !== paths.join('\n'))) continue;
    const text = (match[2] ?? '').replaceAll('\r\n', '\n');
    return { memory, text, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

function asBlock(memory: Memory, text: string, room: number): string {
  // Inside a comment nothing may end it; as JSON escapes the characters mean the same.
  const json = JSON.stringify(memory).replace(/[<>-]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const start = `<!-- manifest-release-pr: ${json} -->\n`;
  // A template may hold such a mark too.
  const shown = text.replace(/<!--(?= \/?manifest-release-pr)/g, '<!-- ');
  return start + cut(shown, Math.max(room - start.length - END.length, CUT_NOTE.length + 1), CUT_NOTE) + END;
}

/** Whatever stands there, a person may have changed it: each value is taken for what it is, or left out. */
function asMemory(json: string): Memory | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const memory = recordOf(value);
  const { build: rawBuild, given: rawGiven } = memory;
  const [build, given] = [recordOf(rawBuild), recordOf(rawGiven)];
  const source = recordOf(build['source']);
  return {
    name: textOf(memory['name']),
    paths: textsOf(memory['paths']),
    commit: textOf(memory['commit']),
    title: textOf(memory['title']),
    version: textOf(memory['version']),
    build: {
      images: textsOf(build['images']),
      source: { repository: textOf(source['repository']), commit: textOf(source['commit']) },
      time: textOf(build['time']),
      number: textOf(build['number']),
      runUrl: textOf(build['runUrl']),
      rollsBack: textsOf(build['rollsBack']),
    },
    skipped: textsOf(memory['skipped']),
    given: {
      labels: textsOf(given['labels']),
      reviewers: textsOf(given['reviewers']),
      'team-reviewers': textsOf(given['team-reviewers']),
      assignees: textsOf(given['assignees']),
      milestone: textOf(given['milestone']),
      'auto-merge': METHODS.find((method) => method === given['auto-merge']) ?? '',
      draft: given['draft'] === true,
    },
    closed: textOf(memory['closed']),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
