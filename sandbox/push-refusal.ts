/**
 * How GitHub refuses a push: by the result that it reports for each ref. Written here, since a hook would need a shell,
 * and a ref that git itself is told to hide looks to a client as if it did not exist.
 */

export interface PushedUpdate {
  readonly ref: string;
  /** Commit id, zeros for a ref that is to go. */
  readonly after: string;
}

/** Why a ref may not be pushed to; `advice` is shown to the user, GitHub's for a protected branch unless it is given. */
export interface Protection {
  readonly reason: string;
  readonly advice: string | undefined;
}

/** The answer to the body of a push when it touches a protected ref; undefined when it may pass. */
export function protectionRefusal(body: Buffer, protectedRefs: ReadonlyMap<string, Protection>): Buffer | undefined {
  const [refused] = pushedUpdates(body).updates.filter(({ ref }) => protectedRefs.has(ref));
  const protection = protectedRefs.get(refused?.ref ?? '');
  if (!refused || !protection) return undefined;
  const advice =
    `error: GH006: Protected branch update failed for ${refused.ref}.\n` +
    'error: Changes must be made through a pull request.\n';
  return refusalReport(body, protection.reason, protection.advice ?? advice);
}

/** The answer to the body of a push when nothing of it is taken, for a reason and with advice for the user. */
export function refusalReport(body: Buffer, reason: string, advice = ''): Buffer {
  const results = pushedUpdates(body).updates.map(({ ref }) => packet(`ng ${ref} ${reason}\n`));
  // In side bands, the report in the first and what is shown to the user in the second: every git of
  // the last fifteen years takes them.
  const shown = advice === '' ? [] : [packet('\x02', advice)];
  return Buffer.concat([...shown, packet('\x01', packet('unpack ok\n'), ...results, FLUSH), FLUSH]);
}

const FLUSH = Buffer.from('0000');

/** What a push asks for, its options, and the pack that follows. */
export interface Pushed {
  readonly updates: readonly PushedUpdate[];
  /** Those of `git push -o`. */
  readonly options: readonly string[];
  readonly pack: Buffer;
}

export function pushedUpdates(body: Buffer): Pushed {
  const asked = packetsOf(body);
  const updates = asked.packets.flatMap((packet): PushedUpdate[] => {
    const [, after, ref] = /^[0-9a-f]{40,64} ([0-9a-f]{40,64}) ([^\0\n]+)/.exec(packet) ?? [];
    return ref === undefined || after === undefined ? [] : [{ ref, after }];
  });
  // A shallow clone says so in packets before the first update, which has the abilities.
  const hasOptions = asked.packets.some((packet) => /\0.*\bpush-options\b/.test(packet));
  const given = hasOptions ? packetsOf(asked.rest) : { packets: [], rest: asked.rest };
  return { updates, options: given.packets, pack: given.rest };
}

/** The packets up to the first flush, and what follows. */
function packetsOf(body: Buffer): { readonly packets: string[]; readonly rest: Buffer } {
  const length = parseInt(body.toString('latin1', 0, 4), 16);
  if (!(length > 4)) return { packets: [], rest: body.subarray(4) };
  const { packets, rest } = packetsOf(body.subarray(length));
  return { packets: [body.toString('utf8', 4, length), ...packets], rest };
}

/** A text that git shows to the user, before the answer to a push. */
export function shownBefore(text: string, answer: Buffer): Buffer {
  return Buffer.concat([packet('\x02', text), answer]);
}

export function isDeletion({ after }: PushedUpdate): boolean {
  return /^0+$/.test(after);
}

function packet(...parts: readonly (string | Buffer)[]): Buffer {
  const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
}
