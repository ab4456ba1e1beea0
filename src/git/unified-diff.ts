/** What changes in files, as `git diff` shows it. */
import { structuredPatch } from 'diff';
import type { ManifestFile } from '../core/objects.ts';
import { idOf } from '../core/tree-objects.ts';
import { lineHunks } from './line-hunks.ts';

const CONTEXT = 3;
/** Lines that are added or removed. The shortest diff, which git has too, takes time in their square. */
const MOST_EDITS = 1000;
/** Digits of an id in a header. */
const SHORT = 7;
/** A line that names what is below it, and the bytes of it that are shown, as git has them for files of no known kind. */
const HEADING = /^[a-z_$]/i;
const LONGEST_HEADING = 80;

/** A file before it changed; without bytes where they are not known. */
interface FileBefore {
  readonly path: string;
  readonly bytes: Uint8Array | undefined;
}

/** The unified diff from files to what they become, all of it UTF-8; one that is not among those before is new. */
export function unifiedDiff(before: readonly FileBefore[], after: readonly ManifestFile[]): string {
  const known = new Map(before.map((file) => [file.path, file]));
  return after.map((file) => diffOf(known.get(file.path), file)).join('');
}

function diffOf(before: FileBefore | undefined, { path, mode, bytes }: ManifestFile): string {
  const [old, now] = [textOf(before?.bytes), textOf(bytes)];
  if (before && old === now) return '';
  const shortest = structuredPatch(path, path, old, now, '', '', { context: CONTEXT, maxEditLength: MOST_EDITS });
  const hunks = shortest?.hunks ?? lineHunks(old, now, CONTEXT);
  const [oldId, newId] = [before?.bytes, bytes].map((content) => shortId(content));
  const header = [
    `diff --git ${quoted('a/', path)} ${quoted('b/', path)}`,
    ...(before ? [`index ${oldId}..${newId} ${mode}`] : [`new file mode ${mode}`, `index ${oldId}..${newId}`]),
    ...(hunks.length > 0 ? [`--- ${before ? named('a/', path) : '/dev/null'}`, `+++ ${named('b/', path)}`] : []),
  ];
  const lines = old.split('\n');
  const shown = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed }) => {
    const heading = headingBefore(lines, oldStart - 1);
    const ranges = `-${range(oldStart, oldLines)} +${range(newStart, newLines)}`;
    return [`@@ ${ranges} @@${heading && ` ${heading}`}`, ...changed];
  });
  return `${[...header, ...shown].join('\n')}\n`;
}

const textOf = (bytes: Uint8Array | undefined): string => (bytes ? Buffer.from(bytes).toString() : '');

const shortId = (content: Uint8Array | undefined): string =>
  content ? idOf('blob', content, 40).slice(0, SHORT) : '0'.repeat(SHORT);

/** Where nothing is in a range, git names the line before it. */
function range(start: number, lines: number): string {
  return lines === 1 ? String(start) : `${lines === 0 && start > 0 ? start - 1 : start},${lines}`;
}

/** The last line above a hunk that begins with a letter. */
function headingBefore(lines: readonly string[], start: number): string {
  const heading = lines.slice(0, Math.max(start, 0)).findLast((line) => HEADING.test(line)) ?? '';
  return Buffer.from(heading).subarray(0, LONGEST_HEADING).toString().trimEnd();
}

/** A name behind which a space would be taken for its end has a tab there. */
const named = (prefix: string, path: string): string => `${quoted(prefix, path)}${path.includes(' ') ? '\t' : ''}`;

/** As git quotes a name with `core.quotePath=false`. */
function quoted(prefix: string, path: string): string {
  if (!/["\\\p{Cc}]/u.test(path)) return prefix + path;
  const escaped = path.replace(/["\\\p{Cc}]/gu, (character) => {
    const known = NAMED[character];
    return `\\${known ?? character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `"${prefix}${escaped}"`;
}

const NAMED: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '\u0007': 'a',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '\v': 'v',
};
