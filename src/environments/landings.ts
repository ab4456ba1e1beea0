/** What follows releases: each result with its merge and the verdict of the agents, as far as its inputs ask for them. */
import { failure, ReleaseError } from '../core/errors.ts';
import { oneLine } from '../core/escape.ts';
import type { Log } from '../core/log.ts';
import { connectForge, explainRefusal } from '../forge/connect.ts';
import type { Forge } from '../forge/forge.ts';
import type { Ci } from '../inputs/ci.ts';
import type { Access } from '../inputs/access.ts';
import type { RawInputs } from '../inputs/raw-inputs.ts';
import { defaultOf, missingInput } from '../inputs/lookup.ts';
import { readChoice } from '../inputs/values.ts';
import { readWait, type Wait } from '../inputs/wait.ts';
import { awaitLanding, NOTHING, type Landing, type Target } from '../release/after-merge/landing.ts';
import { mergesFor } from '../release/after-merge/merges-for.ts';
import type { Outcome } from '../release/outcome.ts';
import { pullRequestName } from '../release/pull-request/name.ts';
import type { Result } from './result.ts';

/** Waits for each result, all of them at once. A failure of one is in its result. */
export async function withLandings(
  results: readonly Result[],
  access: Access,
  ci: Ci,
  log: Log,
): Promise<readonly Result[]> {
  const waiting = results.map((result) => {
    const { outcome } = result;
    if (!outcome?.wait || outcome.wait.until === 'none' || !isOnItsWay(outcome)) return undefined;
    return { wait: outcome.wait, target: targetOf(outcome) };
  });
  if (waiting.every((one) => !one)) return results;
  log.group('Wait for what follows');
  const asking = askingMerges(access, ci, log);
  return Promise.all(
    results.map(async (result, index) => {
      const asked = waiting[index];
      if (!asked) return result;
      const landing = await land(await asking, asked.target, asked.wait);
      return { ...result, landing, ...(landing.error && { error: landing.error }) };
    }),
  );
}

/** The mode `wait`: waits for what an earlier job left. Throws INPUT_MISSING, INPUT_INVALID and what connecting throws. */
export async function landingOf(raw: RawInputs, access: Access, ci: Ci, log: Log): Promise<Landing> {
  const given = raw['wait-for']?.trim() ?? '';
  const wait = readModeWait(raw);
  const read = readTarget(given, access.base);
  log.group(`Wait for ${oneLine(given)}`);
  const asking = await askingMerges(access, ci, log);
  const target = 'commit' in read ? read : { ...read, name: pullRequestName(asking.forge, read.number) };
  return land(asking, target, wait);
}

/** In the mode `wait` a verdict is waited for unless only the merge is asked for. Throws INPUT_MISSING, INPUT_INVALID. */
function readModeWait(raw: RawInputs): Wait {
  const isMerge = readChoice('wait', raw.wait?.trim() || defaultOf('wait')) === 'merge';
  if (!isMerge && (raw.verdict ?? '').trim() === '') {
    const where =
      'under "settings:" of the step, or as --verdict on the command line; or set "wait" to merge, which needs none';
    throw failure('INPUT_MISSING', { input: 'verdict', where });
  }
  return readWait({ ...raw, wait: isMerge ? 'merge' : 'deployed' });
}

function readTarget(value: string, base: string): { readonly number: number } | Extract<Target, { commit: string }> {
  const [, number] = /^[#!]?(\d{1,9})$/.exec(value) ?? [];
  if (number !== undefined) return { number: Number(number) };
  if (!/^(?:[\da-f]{40}|[\da-f]{64})$/.test(value)) {
    const reason = 'is neither the number of a pull request nor the whole id of a commit';
    throw failure('INPUT_INVALID', { input: 'wait-for', value, reason });
  }
  if (base === '') throw missingInput('base');
  return { commit: value, base };
}

/** Nothing is waited for where nothing was released, or where the base has the versions already. */
function isOnItsWay({ outcome, changes }: Outcome): boolean {
  return ['created', 'updated', 'unchanged', 'merged', 'pushed'].includes(outcome) && changes.length > 0;
}

/** `undefined` for a branch without a pull request. */
function targetOf(outcome: Outcome): Target | undefined {
  const { pullRequest, delivery, commit, base } = outcome;
  if (delivery === 'push') return { commit, base };
  return pullRequest && { number: pullRequest.number, name: pullRequestName(outcome, pullRequest.number) };
}

/** What merges are asked with. */
interface Asking {
  readonly forge: Forge | undefined;
  /** With the kind that the server says it is. */
  readonly access: Access;
  readonly ci: Ci;
  readonly log: Log;
}

async function askingMerges(access: Access, ci: Ci, log: Log): Promise<Asking> {
  const known = (await access.asked) ?? access;
  const listeners = { log: (text: string) => log.step(text), debug: (text: string) => log.debug(text) };
  return { forge: await connectForge(known, ci, listeners), access: known, ci, log };
}

async function land(asking: Asking, target: Target | undefined, wait: Wait): Promise<Landing> {
  const landing = await landingBy(asking, target, wait);
  if (!landing.error) return landing;
  const explained = await explainRefusal(landing.error, asking.access, asking.ci);
  return explained instanceof ReleaseError ? { ...landing, error: explained } : landing;
}

async function landingBy({ forge, access, log }: Asking, target: Target | undefined, wait: Wait): Promise<Landing> {
  const repository = access.remote.name;
  try {
    if (!target) throw failure('WAIT_NEEDS_API', { repository });
    return await awaitLanding(mergesFor(forge, wait.watched, repository), target, wait, log);
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return { ...NOTHING, error };
  }
}
