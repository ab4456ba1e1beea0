/** The keys beside a value of a text that is read as lines: of the same indentation, or in the same braces. */
import { kept } from '../../core/objects.ts';
import { lineAround } from '../yaml/lines.ts';

export interface KeyAndValue {
  readonly key: string;
  readonly value: string;
  readonly offset: number;
}

/** The key of a value, and the keys beside it. */
export interface KeysBeside {
  readonly key: string;
  readonly others: readonly KeyAndValue[];
}

/** `key: value`, `key = "value"`, `"key": "value",`, `export KEY=value`, `const key = 'value';`. */
const ENTRY =
  /^(?<indentation>[ \t]*(?:- +)?)(?:(?:export|readonly|set|const|let|var|local|ARG|ENV) +)?["']?(?<key>[\w.-]{1,100})["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"',;{}#]*)["']?[,;]?$/;
const ENTRIES = /["']?(?<key>[\w.-]{1,100})["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"',{}()]+)/g;
/** `--set image.tag=1.4.1`, `--set a.tag=1.4.1,b.tag=1.4.1`. */
const ARGUMENTS = /(?<=[\s,"'])(?<key>[\w.-]{1,100})=["']?(?<value>[^\s"',\\]+)/g;
/** Of an image whose keys have no word of their own. */
const LONE_KEY = /^(?:tag|digest)$/i;
const IMAGE_KEY = /^(?:image|repository|repo)(?:name)?$/i;
/** Keys of a version. */
export const VERSION_KEY = /(?:tag|version|digest|sha(?:256)?)$/i;
/** A map with more keys than this in front of or behind a name is not read to its end. */
const MOST_LINES = 20;
/** In a text that is broken the indentation has no meaning. */
const NEAR_LINES = 3;
/** Of more keys not all pairs are tried. */
const MOST_JOINED = 4;
/** A longer line is no key and value. */
const LONGEST_LINE = 1000;
const END_OF_COMMAND = /(?<!\\\r?)\n/;
/** How far from its name a line with more than one key is read. */
const NEAR = 500;

/** The keys of one text. In a text that is broken, those near by are beside. */
export class TextKeys {
  readonly #text: string;
  readonly #isBroken: boolean;
  /** By where they begin: the lines around one name are around the next one too. */
  readonly #lines = new Map<number, Line>();

  constructor(text: string, isBroken: boolean) {
    this.#text = text;
    this.#isBroken = isBroken;
  }

  /** The key of the value at an offset and the keys beside it; `undefined` where it is no whole value of a key. */
  beside(offset: number, length: number): KeysBeside | undefined {
    const text = this.#text;
    const { start } = lineAround(text, offset);
    const { entry } = this.#lineAt(start);
    const entries = inBraces(text, start, offset) ?? (entry ? this.#onLines(start, entry) : inArguments(text, offset));
    const own = entries.find((one) => one.offset === offset && one.value.length === length);
    return own && { key: own.key, others: entries.filter((other) => other !== own) };
  }

  #onLines(start: number, own: Entry): KeyAndValue[] {
    const [text, isBroken] = [this.#text, this.#isBroken];
    const most = isBroken ? NEAR_LINES : MOST_LINES;
    const entries = [own];
    /** Adds the entry of a line; false where the map ends. An empty line, or one of a comment, does not end it. */
    const take = (at: number): boolean => {
      const { entry, column } = this.#lineAt(at);
      if (entry && (isBroken || column === own.column)) entries.push(entry);
      return isBroken || column < 0 || column >= own.column;
    };
    const isItem = (at: number): boolean => /^[ \t]*- /.test(text.slice(at, at + own.column + 2));
    for (let at = start, lines = 0; at > 0 && lines < most && !isItem(at); lines += 1) {
      at = text.lastIndexOf('\n', at - 2) + 1;
      if (!take(at)) break;
    }
    for (let at = endOfLine(text, start) + 1, lines = 0; at < text.length && lines < most; lines += 1) {
      if (isItem(at) || !take(at)) break;
      at = endOfLine(text, at) + 1;
    }
    return entries;
  }

  #lineAt(start: number): Line {
    return kept(this.#lines, start, () => readLine(this.#text, start));
  }
}

/** A key without the words that say which part of an image it has: `web` of `webImageTag`. */
function stemOf(key: string): string {
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  return plain.replace(/(?:new|image|img|repository|repo|registry|name|tag|version|digest|sha(?:256)?)+$/, '');
}

/** The keys of the same words; where none of them has a version, `tag` and `digest` that no other image has beside them. */
export function partsBeside(key: string, others: readonly KeyAndValue[]): readonly KeyAndValue[] {
  const ofSame = others.filter((other) => stemOf(other.key) === stemOf(key));
  if (ofSame.some((other) => VERSION_KEY.test(other.key)) || others.some((other) => IMAGE_KEY.test(other.key)))
    return ofSame;
  return [...ofSame, ...others.filter((other) => LONE_KEY.test(other.key))];
}

/** The values of keys, and what two of them make together: a registry, and a repository without the last part of the name. */
export function joinedValues(folders: readonly KeyAndValue[]): string[] {
  const values = folders.map(({ value }) => value.replace(/\/$/, ''));
  const some = values.slice(0, MOST_JOINED);
  return [...values, ...some.flatMap((first) => some.map((second) => `${first}/${second}`))];
}

/** `{repository: …, tag: …}`, `pull(image = "…", tag = "…")`. */
function inBraces(text: string, start: number, offset: number): KeyAndValue[] | undefined {
  const from = Math.max(offset - NEAR, start);
  const [line = ''] = text.slice(from, offset + NEAR).split('\n', 1);
  const at = offset - from;
  const open = Math.max(line.lastIndexOf('{', at), line.lastIndexOf('(', at));
  const close = line[open] === '(' ? ')' : '}';
  const end = line.indexOf(close, at);
  if (open < 0 || end < 0 || line.slice(open, at).includes(close)) return undefined;
  return [...line.slice(open, end).matchAll(ENTRIES)].map((match) => entryOf(match, from + open));
}

/** The arguments of a command, also on lines that a backslash continues. */
function inArguments(text: string, offset: number): KeyAndValue[] {
  const lines = text.slice(Math.max(offset - NEAR, 0), offset).split(END_OF_COMMAND);
  const before = lines.at(-1) ?? '';
  const [after = ''] = text.slice(offset, offset + NEAR).split(END_OF_COMMAND, 1);
  return [...(before + after).matchAll(ARGUMENTS)].map((match) => entryOf(match, offset - before.length));
}

interface Entry extends KeyAndValue {
  readonly column: number;
}

/** A line, as far as it is a key and a value; `column` is that of its first character behind `- `, -1 of an empty line. */
interface Line {
  readonly entry?: Entry;
  readonly column: number;
}

function readLine(text: string, start: number): Line {
  const line = startOfLine(text, start);
  const match = line.length > LONGEST_LINE ? null : ENTRY.exec(line.trimEnd());
  const column = match?.groups?.['indentation']?.length ?? line.search(/[^\s-]|-(?! )/);
  return { column, ...(match && { entry: { ...entryOf(match, start), column } }) };
}

function entryOf(match: RegExpExecArray | RegExpMatchArray, start: number): KeyAndValue {
  const { key = '', value = '' } = match.groups ?? {};
  const offset = start + (match.index ?? 0) + match[0].indexOf(value, match[0].indexOf(key) + key.length);
  return { key, value, offset };
}

/** A line without its end; of one that is too long one character more than the longest. */
function startOfLine(text: string, start: number): string {
  const [line = ''] = text.slice(start, start + LONGEST_LINE + 1).split('\n', 1);
  return line;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
