/** What a run waits for after its release, and the agents whose statuses say whether it is deployed. */
import { failure } from '../core/errors.ts';
import { matchesParts } from '../core/wildcard.ts';
import type { CommitStatus } from '../forge/merges.ts';
import { defaultOf, missingInput } from './lookup.ts';
import type { ChoiceOf } from './table.ts';
import { readChoice, readLines } from './values.ts';

export interface Wait {
  readonly until: ChoiceOf<'wait'>;
  /** Milliseconds. */
  readonly timeout: number;
  /** The setting `wait-timeout`, for sentences. */
  readonly timeoutText: string;
  /** Each must have a verdict; none unless `until` is `deployed`. */
  readonly watched: readonly Watched[];
}

/** One line of the setting `verdict`: statuses of one agent. */
export interface Watched {
  /** As it was given. */
  readonly text: string;
  /** Contexts, with `*` for any characters; those below one belong to it. */
  readonly contexts: readonly string[];
  /** Who must have written the status; empty for anyone. */
  readonly author: string;
}

/**
 * The contexts of agents. Flux's notification-controller writes `<kind>/<name>/<part of the provider's uid>`; Argo CD's
 * notifications write what their template says, in its documentation `continuous-delivery/<application>`.
 */
const AGENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['flux', ['kustomization', 'helmrelease']],
  ['argo-cd', ['continuous-delivery']],
]);

/** Milliseconds of each unit. */
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** Texts as given; an absent one is empty. */
type Given = Readonly<Partial<Record<'wait' | 'wait-timeout' | 'verdict', string>>>;

/** Throws INPUT_INVALID, and INPUT_MISSING where nothing says whose verdict counts. */
export function readWait(raw: Given): Wait {
  const until = readChoice('wait', raw.wait?.trim() || defaultOf('wait'));
  const timeoutText = raw['wait-timeout']?.trim() || defaultOf('wait-timeout');
  const watched = until === 'deployed' ? readVerdict(raw.verdict) : [];
  if (until === 'deployed' && watched.length === 0) throw missingInput('verdict');
  return { until, timeout: readTimeout(timeoutText), timeoutText, watched };
}

/** The lines of the setting `verdict`. */
export const readVerdict = (text = ''): readonly Watched[] => readLines(text).map(readWatched);

function readTimeout(value: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})\s*([smh])$/.exec(value) ?? [];
  const milliseconds = Number(count) * (UNITS[unit] ?? 0);
  if (milliseconds > 0) return milliseconds;
  throw failure('INPUT_INVALID', { input: 'wait-timeout', value, reason: 'is no time such as 90s, 30m or 2h' });
}

function readWatched(text: string): Watched {
  const [, context = '', author = ''] = /^(\S.*?)(?:\s+by\s+(\S+))?$/.exec(text) ?? [];
  return { text, contexts: AGENTS.get(context) ?? [context], author };
}

/** Whether a status is one of those that are watched. */
export function isWatched({ contexts, author }: Watched, status: CommitStatus): boolean {
  const isAuthor = author === '' || status.author.toLowerCase() === author.toLowerCase();
  return isAuthor && contexts.some((context) => [context, `${context}/*`].some((one) => matches(one, status.context)));
}

/** Whether a line asks for what is read apart from statuses, each kind with a permission of its own: `deployment/production`. */
export const asksFor = ({ contexts }: Watched, kind: string): boolean =>
  contexts.some((one) => one.startsWith(`${kind}/`));

const matches = (pattern: string, context: string): boolean => matchesParts(context, pattern.split('*'));
