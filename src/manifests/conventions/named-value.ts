/**
 * The one rule for the value of a named place, one that a marker, a Flux setter or an explicit target names: it is a
 * version or reference, it is empty, or it contains exactly one version. Anything else is refused.
 */
import {
  isDigest,
  parseReference,
  parseVersion,
  repositoryOf,
  type ImageReference,
  type ImageVersion,
} from '../../core/image-reference.ts';
import { isVersionLike } from '../../core/version.ts';
import type { ManifestScalar } from '../yaml/tree.ts';
import { fieldOf, isEmpty, type Field, type FieldRole } from './convention.ts';

/** What a place was named for. */
export type NamedPart = 'reference' | 'name' | 'tag' | 'digest';

export interface NamedPlace {
  readonly scalar: ManifestScalar;
  /** The characters of the scalar in its file. */
  readonly source: string;
  /** The image that it is named for. */
  readonly image: string;
  readonly part: NamedPart;
}

export interface NamedValue {
  /** The image as it is spelled there; absent where it is not. */
  readonly name?: string;
  readonly version: ImageVersion;
  readonly field: Field;
}

/** Why a value is not written, as the end of a sentence about it. */
export interface Refusal {
  readonly refused: string;
}

/** Reads the value of a named place. */
export function readNamedValue({ scalar, source, image, part }: NamedPlace): NamedValue | Refusal {
  const { text } = scalar;
  if (text.includes('\n')) return { refused: 'has several lines' };
  if (isEmpty(scalar)) return { version: {}, field: fieldOf(EMPTY_ROLES[part], scalar) };
  const whole = readWhole(text, part);
  if (whole) return { ...whole, field: fieldOf(whole.role, scalar) };
  const found = readInside(text, image, part);
  if ('refused' in found) return found;
  // With nothing but a sign around it, another version may be a number.
  if (/^[-+.]+$/.test(text.slice(0, found.start) + text.slice(found.end))) return { refused: 'is no version' };
  const quote = source === text ? 0 : source.slice(1, -1) === text ? 1 : undefined;
  if (quote === undefined) return { refused: 'is written over several lines or with escapes' };
  const start = scalar.start + quote + found.start;
  const written = text.slice(found.start, found.end);
  const field = { text: written, style: 'verbatim', scalar: scalar.start, start, end: start + written.length } as const;
  return { ...found.value, field: { ...field, role: found.value.role } };
}

/** What a place is named for that was not named for a part: its value says it, else its key, else `otherwise`. */
export function partOf({ text }: ManifestScalar, path: string, otherwise: NamedPart): NamedPart {
  if (isDigest(text)) return 'digest';
  if (/[/:]/.test(text.replace(/@.*/s, ''))) return 'reference';
  if (isVersionLike(text.replace(/@.*/s, ''))) return 'tag';
  return KEYS.find(([key]) => key.test(path))?.[1] ?? otherwise;
}

const KEYS: readonly (readonly [key: RegExp, part: NamedPart])[] = [
  [/image$/i, 'reference'],
  [/(?:tag|version)$/i, 'tag'],
  [/digest$/i, 'digest'],
];

const EMPTY_ROLES = { reference: 'reference', name: 'name', tag: 'bare-tag', digest: 'digest' } as const;

interface Value {
  readonly name?: string;
  readonly version: ImageVersion;
  readonly role: FieldRole;
}

/** The value of a text that is exactly what the place was named for. */
function readWhole(text: string, part: NamedPart): Value | undefined {
  const version = parseVersion(text);
  if (part === 'tag') return version && valueOf(version);
  if (part === 'digest' && isDigest(`sha256:${text}`)) return { version: { digest: `sha256:${text}` }, role: 'hex' };
  if (part === 'digest') return version && version.tag === undefined ? valueOf(version) : undefined;
  const reference = parseReference(text);
  if (part === 'name') {
    const isName = reference && reference.tag === undefined && reference.digest === undefined;
    return isName ? { name: reference.name, version: {}, role: 'name' } : undefined;
  }
  return reference && referenceValue(reference);
}

function referenceValue({ name, ...version }: ImageReference): Value {
  return { name, version, role: 'reference' };
}

/** A tag in a text of its own has no room for a digest, one with a digest has. */
function valueOf(version: ImageVersion): Value {
  const role = version.digest === undefined ? 'bare-tag' : version.tag === undefined ? 'digest' : 'tag';
  return { version, role };
}

interface Inside {
  readonly start: number;
  readonly end: number;
  readonly value: Value;
}

/** `KEY=…`, `--flag=…`, `${NAME:-…}`, and quotes around what they have. */
const WRAPPERS = [
  /^(?:export\s+)?[\w.-]+=(?<inner>.*)$/d,
  /^\$\{\w+:?[-=](?<inner>.*)\}$/d,
  /^"(?<inner>[^"]*)"$/d,
  /^'(?<inner>[^']*)'$/d,
];
/** Wrappers in wrappers: more than any value has. */
const MAX_WRAPPERS = 10;

/** The one version inside of a longer text. */
function readInside(text: string, image: string, part: NamedPart): Inside | Refusal {
  if (part === 'name') return { refused: 'is not the name of an image' };
  const [start, end] = unwrap(text);
  const inner = text.slice(start, end);
  if (inner !== text) {
    if (inner === '') return { start, end, value: { version: {}, role: EMPTY_ROLES[part] } };
    const whole = readWhole(inner, part);
    if (whole && (whole.name === undefined || isSame(whole.name, image))) return { start, end, value: whole };
  }
  const all = [...versionsIn(text, image)];
  const versions = all.filter(({ value: { version } }) => version.tag !== undefined || version.digest !== undefined);
  const [only, ...more] = versions.length > 0 || part !== 'reference' ? versions : all;
  if (more.length > 0) return { refused: `has ${more.length + 1} versions` };
  if (!only) return { refused: PLACEHOLDER.test(text) ? 'has a placeholder of another tool' : 'has no version' };
  return asPart(only, part);
}

/** Of a reference in a text, a place that was named for a part is only the version. */
function asPart(inside: Inside, part: NamedPart): Inside | Refusal {
  const { name, version } = inside.value;
  if (part === 'reference') return inside;
  if (version[part === 'digest' ? 'digest' : 'tag'] === undefined) return { refused: `has no ${part}` };
  return name === undefined ? inside : { ...inside, start: inside.start + name.length + 1, value: valueOf(version) };
}

/** Where the text inside of all wrappers is. */
function unwrap(text: string): [start: number, end: number] {
  let [start, end] = [0, text.length];
  for (let depth = 0; depth < MAX_WRAPPERS; depth += 1) {
    const inner = text.slice(start, end);
    const match = WRAPPERS.map((wrapper) => wrapper.exec(inner)).find((one) => one);
    const [from, to] = match?.indices?.groups?.['inner'] ?? [];
    if (from === undefined || to === undefined) break;
    [start, end] = [start + from, start + to];
  }
  return [start, end];
}

const isSame = (name: string, image: string): boolean => repositoryOf(name) === repositoryOf(image);

/** What another tool fills in. */
const PLACEHOLDER = /\$?\{\{.{0,200}?\}\}|\$\{\w+\}|\$\(.{0,200}?\)|\$\w+|\{%.{0,200}?%\}|<%.{0,200}?%>|<\w+>/;
const BLANK = '\0';

/** A run of characters of which references are made; `:-` and `://` end one. */
const PIECE = /(?:(?!:-|:\/\/)[\w./:@+-])+/g;

/**
 * The references to the image, and the versions that are not part of another reference. A word or a number alone is no
 * version there, and neither is what touches a placeholder.
 */
function* versionsIn(text: string, image: string): Generator<Inside> {
  const clear = text.replace(new RegExp(PLACEHOLDER, 'g'), (placeholder) => BLANK.repeat(placeholder.length));
  for (const { 0: run, index } of clear.matchAll(PIECE)) {
    const piece = run.replace(/^\W+|(?<!\W)\W+$/g, '');
    const start = index + run.indexOf(piece);
    if (piece === '' || clear[index - 1] === BLANK || clear[index + run.length] === BLANK) continue;
    const reference = parseReference(piece);
    if (reference && isSame(reference.name, image)) {
      yield { start, end: start + piece.length, value: referenceValue(reference) };
    } else {
      yield* segmentsOf(piece, start, reference);
    }
  }
}

/** The versions between the slashes of an address or path; a reference to another image has none. */
function* segmentsOf(piece: string, start: number, reference: ImageReference | undefined): Generator<Inside> {
  const isOther = reference?.tag !== undefined || reference?.digest !== undefined;
  let at = start;
  for (const segment of piece.split('/')) {
    const version = parseVersion(segment);
    const isVersion = version && (version.tag === undefined || isVersionLike(version.tag));
    if (isVersion && (!isOther || segment === piece)) {
      yield { start: at, end: at + segment.length, value: valueOf(version) };
    }
    at += segment.length + 1;
  }
}
