/**
 * Writes a string as a YAML scalar so that every reader takes it for that string: YAML 1.1 (PyYAML, Ruby), YAML 1.2
 * core, and Go's yaml.v2 and yaml.v3, which kubectl, Helm, Kustomize, Argo CD and Flux use.
 */
import { isScalar, parseDocument } from 'yaml';

/** How a scalar is written. JSON strings are `double`. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'verbatim';

/** Words that some reader takes for null or a boolean (YAML 1.1 type repository; compared in lower case). */
const WORDS = new Set([
  '',
  '~',
  'null',
  'true',
  'false',
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  '.nan',
  '.inf',
  '=',
  '<<',
]);

/**
 * Numbers and dates, on the text without underscores, which YAML 1.1 and Go allow between digits. Go takes a sign also
 * behind `0b` and `0o`; PyYAML fails on a `0x_` without digits; `yaml` reads `e5` as a
 * YAML 1.1 number.
 */
const NOT_STRINGS = [
  /^[-+]?0[bB][-+]?[01]*$/,
  /^[-+]?0(?:[oO][-+]?)?[0-7]*$/,
  /^[-+]?0[xX][0-9a-fA-F]*$/,
  /^[-+]?\d*(?:\.\d*)?(?:[eE][-+]?\d+)?$/,
  /^[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?$/,
  /^[-+]?\.inf$/i,
  /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt\s])/,
];

/** Characters that are plain everywhere: at the start, before a colon, and in flow collections. */
const PLAIN_CHARACTERS = /^[\w./][\w.\-/:@+]*$/;

/** True when every YAML reader takes `text` without quotes for this very string. */
export function isPlainString(text: string): boolean {
  const withoutUnderscores = text.replaceAll('_', '');
  return (
    PLAIN_CHARACTERS.test(text) &&
    !text.endsWith(':') &&
    !WORDS.has(text.toLowerCase()) &&
    !WORDS.has(withoutUnderscores.toLowerCase()) &&
    !NOT_STRINGS.some((pattern) => pattern.test(withoutUnderscores))
  );
}

/**
 * True for a text that `helm --set` does not take for a string: a word, or a whole number of 64 bits without zeros in front
 * (https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set).
 */
export function isTypedBySet(text: string): boolean {
  if (/^(?:true|false|null|0)$/i.test(text)) return true;
  return /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= MAX_INTEGER;
}

const MAX_INTEGER = 2n ** 63n - 1n;

/** What is in front of the tag or digest of a reference. */
const NAME = /^[^@]*?(?=:[\w.-]*(?:@|$)|@|$)/;

/**
 * A scalar whose reference changes, where `written` is how it is written so far. The name that both begin with stays as it is
 * written, as the slashes of `"ghcr.io\/acme\/web:1.4.1"` in JSON.
 */
export function rewriteScalar(written: string, from: string, to: string, style: ScalarStyle): string {
  if (style !== 'double' || !written.includes('\\')) return writeScalar(to, style);
  const [name = ''] = NAME.exec(from) ?? [];
  const kept = written.slice(0, written.length - 1 - (from.length - name.length));
  const isWritten = written === `${kept}${from.slice(name.length)}"` && textOf(`${kept}"`) === name;
  if (!isWritten || !to.startsWith(name)) return writeScalar(to, style);
  return kept + writeScalar(to.slice(name.length), style).slice(1);
}

/** The text of a scalar in double quotes; `undefined` where an escape in it is cut in two. */
function textOf(quoted: string): unknown {
  const { errors, contents } = parseDocument(quoted);
  return errors.length === 0 && isScalar(contents) ? contents.value : undefined;
}

/** `text` in the given style; a plain scalar gains double quotes when some reader would not take it for a string. */
export function writeScalar(text: string, style: ScalarStyle): string {
  if (style === 'single') return `'${text.replaceAll("'", "''")}'`;
  if (style === 'verbatim' || (style === 'plain' && isPlainString(text))) return text;
  return JSON.stringify(text);
}
