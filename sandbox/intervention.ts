/** What a test does to requests to come: let them fail, or act before they are answered. */
import type { Answer, Asked } from './exchange.ts';

/**
 * Which requests: a pattern on `METHOD /path?query`, for GraphQL followed by a space and the operation's name, and how
 * many of them (1 unless given).
 */
export interface Selection {
  readonly match: RegExp;
  readonly times?: number;
}

/** An answer in place of the true one. Status 0 drops the connection. */
export interface Fault extends Selection, Answer {
  /** Whether the request is carried out all the same, so that only its answer is lost; false unless given. */
  readonly carryOut?: boolean;
  /** Whether GitHub never answers so, but something in its place; false unless given. */
  readonly foreign?: boolean;
}

export interface Interruption extends Selection {
  /** Runs after the request came in and before it is answered, e.g. to lose a race. */
  readonly run: () => unknown;
}

/** Interventions that wait for their requests, in the order they were given. */
export class Waiting<Kind extends Selection> {
  #entries: { readonly intervention: Kind; left: number }[] = [];

  add(intervention: Kind): void {
    this.#entries.push({ intervention, left: intervention.times ?? 1 });
  }

  /** The first one for this request, used up by one; undefined when there is none. */
  take({ method, path, operation }: Pick<Asked, 'method' | 'path' | 'operation'>): Kind | undefined {
    const text = [method, path, operation].filter(Boolean).join(' ');
    // `search` because `test` of a pattern with the flag g remembers where it was.
    const entry = this.#entries.find(({ intervention }) => text.search(intervention.match) >= 0);
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#entries = this.#entries.filter((other) => other !== entry);
    return entry.intervention;
  }
}
