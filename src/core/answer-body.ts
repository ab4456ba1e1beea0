/** The body of an answer over HTTP, as text and as JSON. */

/** Without a byte order mark, which some servers begin with. */
export const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);

/** The JSON of a body; `undefined` where it has none. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(body));
  } catch {
    return undefined;
  }
}
