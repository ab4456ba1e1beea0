/** What a server answers while a push or an opening has not reached all of it: asked again before it is believed. */
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as `METHOD /path`, and its answer as `status reason`. */
export type NotYet = readonly [request: RegExp, answer: RegExp];

/** Milliseconds before each further try. */
export const PATIENCE: readonly number[] = [1000, 2000, 4000, 8000];

export interface Patience {
  /** The server's name, for sentences. */
  readonly name: string;
  readonly notYet: readonly NotYet[];
  readonly delays: readonly number[];
  readonly log: (text: string) => void;
}

/** A request, and how it is known again. */
export interface AskedAgain<Answer> {
  /** `METHOD /path`. */
  readonly request: string;
  /** The same for the same request. */
  readonly key: string;
  readonly send: () => Promise<Answer>;
  /** The refusal in an answer or an error; `undefined` where it is none. */
  readonly refusalIn: (sent: Sent<Answer>) => { readonly status: number; readonly reason: string } | undefined;
}

export type Sent<Answer> = { readonly answer: Answer } | { readonly error: unknown };

/**
 * Sends a request until its answer is none of `notYet`, or the delays are over. An answer that was believed once is not
 * waited for again.
 */
export function waiting({
  name,
  notYet,
  delays,
  log,
}: Patience): <Answer>(asked: AskedAgain<Answer>) => Promise<Answer> {
  const believed = new Set<string>();
  return async ({ request, key, send, refusalIn }) => {
    const left = believed.has(key) ? [] : [...delays];
    for (;;) {
      const sent = await settled(send());
      const refusal = refusalIn(sent);
      const text = `${refusal?.status} ${refusal?.reason}`;
      const isNotYet =
        refusal !== undefined && notYet.some(([asked, answer]) => asked.test(request) && answer.test(text));
      const delay = left.shift();
      if (isNotYet && delay === undefined) believed.add(key);
      if (!isNotYet || delay === undefined) {
        if ('error' in sent) throw sent.error;
        return sent.answer;
      }
      log(`${name} is not up to date yet (${refusal.reason}); trying again`);
      await sleep(delay);
    }
  };
}

async function settled<Answer>(answer: Promise<Answer>): Promise<Sent<Answer>> {
  try {
    return { answer: await answer };
  } catch (error) {
    return { error };
  }
}
