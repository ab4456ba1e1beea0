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

/** `key: value`, `key = "value"`, `"key": "value",`, `export KEY=value`. */
const ENTRY =
  /^(?<indentation>[ \t]*(?:- +)?)(?:(?:export|readonly|set|ARG|ENV) +)?["']?(?<key>[\w.-]{1,100})["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"',{}#]*)["']?,?$/;
const ENTRIES = /["']?(?<key>[\w.-]{1,100})["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"',{}]+)/g;
/** A map with more keys than this in front of or behind a name is not read to its end. */
const MOST_LINES = 20;
/** In a text that is broken the indentation has no meaning. */
const NEAR_LINES = 3;
/** Of more keys not all pairs are tried. */
const MOST_JOINED = 4;
/** A longer line is no key and value. */
const LONGEST_LINE = 1000;

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
    const { start, line } = lineAround(this.#text, offset);
    const isOwn = (entry: KeyAndValue): boolean => entry.offset === offset && entry.value.length === length;
    const inside = inBraces(line, start, offset);
    const own = inside ? inside.find(isOwn) : this.#lineAt(start).entry;
    if (!own || !isOwn(own)) return undefined;
    const entries = inside ?? this.#onLines(start);
    return { key: own.key, others: entries.filter((entry) => !isOwn(entry)) };
  }

  #onLines(start: number): KeyAndValue[] {
    const [text, isBroken] = [this.#text, this.#isBroken];
    const own = this.#lineAt(start).entry;
    if (!own) return [];
    const most = isBroken ? NEAR_LINES : MOST_LINES;
    const entries = [own];
    /** Adds the entry of a line; false where the map ends. */
    const take = (at: number): boolean => {
      const { entry, column } = this.#lineAt(at);
      if (entry && (isBroken || column === own.column)) entries.push(entry);
      return column >= (isBroken ? 0 : own.column);
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
export function stemOf(key: string): string {
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  return plain.replace(/(?:new|image|img|repository|repo|registry|name|tag|version|digest|sha(?:256)?)+$/, '');
}

/** The values of keys, and what two of them make together: a registry, and a repository without the last part of the name. */
export function joinedValues(folders: readonly KeyAndValue[]): string[] {
  const values = folders.map(({ value }) => value.replace(/\/$/, ''));
  const some = values.slice(0, MOST_JOINED);
  return [...values, ...some.flatMap((first) => some.map((second) => `${first}/${second}`))];
}

function inBraces(line: string, start: number, offset: number): KeyAndValue[] | undefined {
  const open = line.lastIndexOf('{', offset - start);
  const close = line.indexOf('}', offset - start);
  if (open < 0 || close < 0 || line.slice(open, offset - start).includes('}')) return undefined;
  return [...line.slice(open, close).matchAll(ENTRIES)].map((match) => entryOf(match, start + open));
}

/** A line, as far as it is a key and a value; `column` is that of its first character behind `- `, -1 of an empty line. */
interface Line {
  readonly entry?: KeyAndValue & { readonly column: number };
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
