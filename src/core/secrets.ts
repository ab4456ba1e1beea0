/**
 * The secrets of this run. All that leaves the process is `SafeText`, which `safeText` alone makes; and what is cut is made
 * safe first, because half a secret would not be found any more.
 */

declare const safe: unique symbol;

/** A text without the secrets of this run. */
export type SafeText = string & { readonly [safe]: true };

const HIDDEN = '***';
/** A shorter text is part of too many others. */
const SHORTEST = 6;

/** All forms in which a secret could be seen, the longest first. */
let forms: readonly string[] = [];

/** From now on no text has this secret, in any form. An empty one is none. */
export function keepSecret(secret: string): void {
  const known = new Set([...forms, ...formsOf(secret)].filter((form) => form.length >= SHORTEST));
  forms = [...known].toSorted((one, other) => other.length - one.length);
}

/** For another run in the same process. */
export function forgetSecrets(): void {
  forms = [];
}

/**
 * What the variables of proxies have that nobody else may see. Where a password has a mark that ends a host, as `#`, curl takes what is
 * before the mark for the address, and names it in its error.
 */
export function proxySecrets(environment: Readonly<Record<string, string | undefined>>): string[] {
  const proxies = Object.entries(environment).filter(([name]) => /^(?:https?|all)_proxy$/i.test(name));
  return proxies.flatMap(([, proxy = '']) => {
    const [, user = '', password = ''] = /^([^:@]*):(.+)@/s.exec(proxy.replace(/^[a-z\d]+:\/\//i, '')) ?? [];
    const [beforeMark = ''] = password.split(/[/?#]/);
    return [password, decoded(password), ...(beforeMark === '' ? [] : [beforeMark, `${user}:${beforeMark}`])];
  });
}

/** As it is where it is not well percent-encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The text without the secrets. */
export function safeText(text: string): SafeText {
  return forms.reduce((shown, form) => shown.replaceAll(form, HIDDEN), text) as SafeText;
}

/** A value as JSON has it, with every text in it made safe. */
export function safeValue<Value>(value: Value): Value {
  if (typeof value === 'string') return safeText(value) as unknown as Value;
  if (Array.isArray(value)) return value.map((item: unknown) => safeValue(item)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, safeValue(item as unknown)])) as Value;
}

/**
 * As given, without white space around it, percent-encoded, as a form and JSON have it, in base64 whatever is before and behind it, and
 * each longer line of several, as a private key has them.
 */
function formsOf(secret: string): string[] {
  const trimmed = secret.trim();
  if (trimmed === '') return [];
  const whole = [...new Set([secret, trimmed])];
  return [...whole, ...keyLines(trimmed)].flatMap((text) => {
    const encoded = encodeURIComponent(text);
    const hex = encoded.replace(/%[\dA-F]{2}/g, (byte) => byte.toLowerCase());
    const inForm = new URLSearchParams([['', text]]).toString().slice(1);
    return [text, encoded, hex, inForm, JSON.stringify(text).slice(1, -1), ...inBase64(text)];
  });
}

/** The long lines of a secret of several, as a private key is; a log is searched line by line. */
export function keyLines(secret: string): string[] {
  const lines = secret.split(/\r?\n|\\n/).map((line) => line.trim());
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= 16 && !/^-----(?:BEGIN|END) /.test(line));
}

/** What of a text is the same in base64 whatever is before and behind it: for each of the three places of its first byte. */
export function inBase64(text: string): string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const core = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
