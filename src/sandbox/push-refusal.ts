/**
 * How GitHub refuses a push to a protected branch: by the result that it reports for that ref. Written here, since a
 * hook would need a shell, and a ref that git itself is told to hide looks to a client as if it did not exist.
 */

/** The refs that a push asks to change, and whether it takes the answer in side bands. */
interface Push {
  readonly refs: readonly string[];
  readonly sideBand: boolean;
}

/** The answer to the body of a push when it touches a protected ref; undefined when it may pass. */
export function pushRefusal(body: Buffer, protectedRefs: ReadonlyMap<string, string>): Buffer | undefined {
  const { refs, sideBand } = asPush(body);
  const [refused] = refs.filter((ref) => protectedRefs.has(ref));
  if (refused === undefined) return undefined;
  // Nothing of such a push is taken, so the other refs fail with it.
  const results = refs.map((ref) => packet(`ng ${ref} ${protectedRefs.get(refused)}\n`));
  const report = Buffer.concat([packet('unpack ok\n'), ...results, FLUSH]);
  if (!sideBand) return report;
  const advice =
    `error: GH006: Protected branch update failed for ${refused}.\n` +
    'error: Changes must be made through a pull request.\n';
  return Buffer.concat([packet(`\x02${advice}`), packet(Buffer.concat([Buffer.from('\x01'), report])), FLUSH]);
}

const FLUSH = Buffer.from('0000');

function asPush(body: Buffer): Push {
  const lines = commandLines(body);
  const commands = lines.map((line) => /^[0-9a-f]{40,64} [0-9a-f]{40,64} ([^\0\n]+)/.exec(line)?.[1] ?? '');
  return { refs: commands.filter(Boolean), sideBand: lines.some((line) => /\0.*\bside-band-64k\b/.test(line)) };
}

/** The packets up to the first flush: the commands. What follows is the pack. */
function commandLines(body: Buffer): string[] {
  const length = parseInt(body.toString('latin1', 0, 4), 16);
  return length > 4 ? [body.toString('utf8', 4, length), ...commandLines(body.subarray(length))] : [];
}

function packet(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
}
