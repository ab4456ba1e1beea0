/** Runs of the characters of names in a text, with the version behind them: what may be an image. One pass, whatever the names. */

export interface TextName {
  /** Without the backslashes that JSON may have before slashes. */
  readonly name: string;
  /** Offset and length as written. */
  readonly offset: number;
  readonly length: number;
  /** Offset of what may be its version. */
  readonly end: number;
  readonly tag: string | undefined;
  /** What has the form of a digest, of any length. */
  readonly digest: string | undefined;
}

const RUN = /(?:[\w.-]|\\?\/)+/g;
const VERSION =
  /(?::(?<tag>\w(?:[\w.-]{0,126}\w)?)(?!\w|[\w.-]*\\?\/))?(?:@(?<digest>[a-z][a-z0-9]*:[0-9a-f]{32,}))?(?!\w)/y;
/**
 * A tag that is a default: `name:${TAG:-1.4.1}`, `name:v${VERSION:-1.4.1}-alpine`, `name:{{ .tag | default "1.4.1" }}`,
 * `name:{{ default "1.4.1" .tag }}`.
 */
const DEFAULT =
  /:(?<before>[\w.-]{0,126})(?:\$\{\w+:?[-=]|\{\{-?(?:[^{}\n]{0,120}\|)?\s*default\s*["'`]?)(?<tag>\w[\w.-]{0,126})(?=["'`\s}])(?:["'`]?\s?\}{1,2}(?<after>[\w.-]{0,125}\w)?)?/y;
/** A name with a slash that is a key, and a version as its value. */
const VALUE = /(?:["']?:[ \t]+["']?|["']:["'])(?<tag>v?\d[\w.-]{0,126})(?=["']?[ \t]*(?:[,}\r\n#]|$))/y;
/** The next of several texts: `print "name:" "1.4.1"`, `'name:' + '1.4.1'`, `printf "%s:%s" "name" "1.4.1"`. */
const NEXT = /(?::["'`][ \t]*[+.~]?|["'`])[ \t]*["'`](?<tag>v?\d[\w.-]{0,126})["'`]/y;
/** The end of a name that is a default itself: `${IMAGE:-name}:1.4.1`, `{{ .image | default "name" }}:1.4.1`. */
const NAME_END = /(?:\}|["'`][^{}\n]{0,120}\}\})(?=:)/y;
/** A tag of which a variable is the rest. */
const PREFIX = /:[A-Za-z_.-]+(?=[$\\{%]|["'`][ \t]?\+)/y;
/** A host with the colon before its port. */
const HOST = /(?:^|[^\w./-])(\w[\w.-]*:)$/;
const LONGEST_HOST = 255;

/** The text, as long as before, with the lines and quotes that are escaped in it: YAML in a string of JSON is read as lines too. */
export function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/(?<!\\)\\+[nrt"']/g, (escape) => (escape.endsWith('n') ? '\n' : ' ').padStart(escape.length));
}

/** The runs whose last component, behind the last slash, is known. */
export function* namesIn(text: string, isKnown: (component: string) => boolean): Generator<TextName> {
  // One of its own: the caller may look for others before this goes on.
  const runs = new RegExp(RUN);
  for (let match = runs.exec(text); match; match = runs.exec(text)) {
    const found = nameIn(text, match[0], match.index, isKnown);
    if (!found) continue;
    runs.lastIndex = Math.max(runs.lastIndex, found.next);
    yield found.name;
  }
}

function nameIn(text: string, run: string, at: number, isKnown: (component: string) => boolean) {
  // Most runs are other words.
  const written = /\w$/.test(run) ? run : run.replace(/(?<![.-])[.-]+$/, '');
  if (!isKnown(written.slice(written.lastIndexOf('/') + 1))) return undefined;
  const dashes = /^-*/.exec(written)?.[0].length ?? 0;
  const host = /^\d+\\?\//.test(written) ? (HOST.exec(text.slice(Math.max(at - LONGEST_HOST, 0), at))?.[1] ?? '') : '';
  const whole = host + written.slice(dashes);
  if (whole.startsWith('.')) return undefined;
  NAME_END.lastIndex = at + written.length;
  const end = NAME_END.test(text) ? NAME_END.lastIndex : at + written.length;
  const { tag, digest } = (written.length === run.length && versionAt(text, end, whole)) || {};
  const offset = at + dashes - host.length;
  const name: TextName = { name: whole.replaceAll('\\', ''), offset, length: whole.length, end, tag, digest };
  const version = (tag === undefined ? 0 : tag.length + 1) + (digest === undefined ? 0 : digest.length + 1);
  return { name, next: end + version };
}

/** The tag and digest behind a name. */
function versionAt(text: string, offset: number, name: string): Partial<Record<'tag' | 'digest', string>> {
  for (const pattern of [DEFAULT, VERSION, ...(name.includes('/') ? [VALUE, NEXT] : [])]) {
    pattern.lastIndex = PREFIX.lastIndex = offset;
    if (pattern === VERSION && PREFIX.test(text)) return {};
    const { before = '', tag, after = '', digest } = pattern.exec(text)?.groups ?? {};
    if (tag !== undefined || digest !== undefined) {
      return { ...(tag !== undefined && { tag: before + tag + after }), ...(digest !== undefined && { digest }) };
    }
  }
  return {};
}

/** A tag with the dots and dashes behind it, where they are those of the released one: else they may be the end of a sentence. */
export function wholeTag(tag: string, released: string, text: string, end: number): string {
  return text.startsWith(released, end + 1) && released.replace(/[.-]+$/, '') === tag ? released : tag;
}
