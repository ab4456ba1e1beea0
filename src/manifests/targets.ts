/** The setting `targets`: places in files, one per line, that no convention explains. */
import { failure } from '../core/errors.ts';
import { parseReference } from '../core/image-reference.ts';
import type { ReleasedImage } from '../core/objects.ts';
import type { Target } from './conventions/convention.ts';

const LINE = /^(?<file>[^#]+)#(?:(?<document>[^#]+)#)?(?<path>[^#]+?)(?:=(?<image>[^="\]]+))?$/;
/** One step of a dotted path: `key`, `[0]`, `["a key"]`. */
const STEP = /\.?([^.[\]"]+)|\[(\d+)\]|\.?\[?("(?:[^"\\]|\\.)*")\]?/y;

/**
 * Reads the input. Without `=image` the only released image is meant. Paths are JSON pointers (RFC 6901), when they begin
 * with a slash, or dotted: `spec.containers[0]["a key"]`. Throws INPUT_INVALID.
 */
export function readTargets(lines: readonly string[], images: readonly ReleasedImage[]): Target[] {
  return lines.map((text) => {
    const { file, document, path = '', image } = LINE.exec(text)?.groups ?? {};
    const invalid = (reason: string): Error => failure('INPUT_INVALID', { input: 'targets', value: text, reason });
    if (file === undefined) throw invalid('is not of the form file#path or file#path=image');
    const [only, ...more] = images;
    const name = image?.trim() ?? (more.length === 0 ? only?.reference.name : undefined);
    if (name === undefined) throw invalid('does not say which of the released images it is of; write file#path=image');
    if (!parseReference(name)) throw invalid('names no image behind the "="');
    const segments = path.startsWith('/') ? readPointer(path) : readDotted(path);
    if (!segments) throw invalid('has a path that is neither a JSON pointer nor dotted keys');
    return { text, file, path: segments, image: name, ...(document !== undefined && { document }) };
  });
}

/** The keys of a JSON pointer, which begins with a slash. */
export function readPointer(path: string): string[] {
  return path
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A key in the double quotes of JSON; `undefined` when JSON does not read it. */
function readQuoted(text = ''): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

function readDotted(path: string): string[] | undefined {
  const segments: string[] = [];
  STEP.lastIndex = 0;
  for (let position = 0; position < path.length; position = STEP.lastIndex) {
    const [, key, index, quoted] = STEP.exec(path) ?? [];
    const segment = key ?? index ?? readQuoted(quoted);
    if (segment === undefined) return undefined;
    segments.push(segment);
  }
  return segments;
}
