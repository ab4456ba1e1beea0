/** Addresses of an API with what is asked in their query, and that of the next page of a list. */
import { UnreadableAnswer } from './unreadable.ts';

/** Values by name; of a list each is one of its own. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A path of the API: what is put in is percent-encoded, slashes too. */
export function path(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)));
}

/** An address with these values in its query, in place of those that it has. */
export function withQuery(address: string, query: Query): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.delete(name);
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value]) {
      if (one !== undefined) url.searchParams.append(name, String(one));
    }
  }
  return url.href;
}

/** Throws UnreadableAnswer for an address elsewhere, which would get the token. */
export function nextPage(from: string, next: string | Query | undefined): string | undefined {
  if (next === undefined) return undefined;
  if (typeof next === 'object') return withQuery(from, next);
  const [url, { origin, host }] = [URL.canParse(next, from) ? new URL(next, from) : undefined, new URL(from)];
  if (url?.origin === origin) return url.href;
  throw new UnreadableAnswer(`${host} says that its list goes on at ${url?.host ?? 'no address'}, another server`, {
    isFinal: true,
  });
}
