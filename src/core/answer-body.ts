/** The body of an answer over HTTP, read whole and within a limit. */

/** A request as `fetch` sends it: redirects are left to the caller where it asks for that. */
export type Fetch = (url: string, request: RequestInit) => Promise<Response>;

/** The bytes after decompression; `undefined` where there are more than `limit`, and the connection is ended then. */
export async function readWhole({ body }: Response, limit: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop ends the connection.
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** The JSON of a body; `undefined` where it has none. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
