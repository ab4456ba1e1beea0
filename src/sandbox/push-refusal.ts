/**
 * How GitHub refuses a push to a protected branch: by the result that it reports for that ref. Written here, since a
 * hook would need a shell, and a ref that git itself is told to hide looks to a client as if it did not exist.
 */

/** The answer to the body of a push when it touches a protected ref; undefined when it may pass. */
export function pushRefusal(body: Buffer, protectedRefs: ReadonlyMap<string, string>): Buffer | undefined {
  const refs = pushedRefs(body);
  const [refused] = refs.filter((ref) => protectedRefs.has(ref));
  if (refused === undefined) return undefined;
  // Nothing of such a push is taken, so the other refs fail with it.
  const results = refs.map((ref) => packet(`ng ${ref} ${protectedRefs.get(refused)}\n`));
  const advice =
    `error: GH006: Protected branch update failed for ${refused}.\n` +
    'error: Changes must be made through a pull request.\n';
  // In side bands, the report in the first and what is shown to the user in the second: every git of
  // the last fifteen years takes them.
  return Buffer.concat([packet('\x02', advice), packet('\x01', packet('unpack ok\n'), ...results, FLUSH), FLUSH]);
}

const FLUSH = Buffer.from('0000');

/** The refs that a push asks to change: its packets up to the first flush. What follows is the pack. */
function pushedRefs(body: Buffer): string[] {
  const length = parseInt(body.toString('latin1', 0, 4), 16);
  if (!(length > 4)) return [];
  const [, ref] = /^[0-9a-f]{40,64} [0-9a-f]{40,64} ([^\0\n]+)/.exec(body.toString('utf8', 4, length)) ?? [];
  return [...(ref === undefined ? [] : [ref]), ...pushedRefs(body.subarray(length))];
}

function packet(...parts: readonly (string | Buffer)[]): Buffer {
  const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
}
