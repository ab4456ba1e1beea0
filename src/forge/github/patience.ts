/** What GitHub answers while a push or an opening has not reached all of its servers: asked again before it is believed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from './error-message.ts';

/** A request as `METHOD /template`, and its answer as `status reason`; GraphQL answers 200. */
type NotYet = readonly [request: RegExp, answer: RegExp];

const NOT_YET: readonly NotYet[] = [
  // The branch is not known, or not the commit that was pushed to it.
  [/^POST .*\/pulls$/, /^422 .*\bno commits between\b/i],
  [/^POST .*\/pulls$/, /^422 .*\b(?:head|base)[ _](?:sha|ref|repository)\b.*(?:blank|missing|must be)/i],
  [/^POST .*\/pulls$/, /^422 .*\bhead\b.*\b(?:invalid|exist)/i],
  [/^POST .*\/pulls$/, /^422 .*(?:invalid value for .?head|not all refs are readable)/i],
  // The pull request is not known, or a node that is named by its id.
  [/^(?:POST|PATCH|PUT) .*\/(?:issues|pulls)\/\{/, /^404 Not Found/i],
  [/./, /^(?:422|200) .*could not resolve to a node/i],
  // GitHub has not worked out whether it can be merged, or into what.
  [/^PUT .*\/merge$/, /^40[59] .*(?:branch was modified|not mergeable|mergeab)/i],
  [/^POST \/graphql$/, /^200 .*(?:in unknown status|branch was modified|head sha (?:didn't|did not|does not) match)/i],
  // A commit or a tree that was made a moment ago.
  [/^POST .*\/git\/commits$/, /^422 .*(?:tree|parent|object).*does(?:n't| not) exist/i],
  [/^GET .*\/git\/commits\/\{/, /^404 /],
];

/** Milliseconds before each further try. */
export const PATIENCE: readonly number[] = [1000, 2000, 4000, 8000];

interface Asked {
  readonly method?: string;
  readonly url?: string;
  readonly request?: object;
  /** The number of a pull request, by either name. */
  readonly pull_number?: unknown;
  readonly issue_number?: unknown;
}

/**
 * Sends a request until its answer is none of those, or the delays are over. An answer that was believed once is not
 * waited for again.
 */
export function waitingForGitHub(
  delays: readonly number[],
  log: (text: string) => void,
): <Answer>(request: (asked: Asked) => Promise<Answer>, asked: Asked) => Promise<Answer> {
  const believed = new Set<string>();
  return async (request, asked) => {
    const { method, url, pull_number: pull, issue_number: issue } = asked;
    const key = JSON.stringify([method, url, pull ?? issue]);
    const left = believed.has(key) ? [] : [...delays];
    for (;;) {
      // Octokit counts its own retries in what it was given.
      const sent = await settled(request({ ...asked, request: { ...asked.request } }));
      const reason = notYet(asked, sent);
      const delay = left.shift();
      if (reason !== undefined && delay === undefined) believed.add(key);
      if (reason === undefined || delay === undefined) {
        if ('error' in sent) throw sent.error;
        return sent.answer;
      }
      log(`GitHub is not up to date yet (${reason}); trying again`);
      await sleep(delay);
    }
  };
}

type Sent<Answer> = { readonly answer: Answer } | { readonly error: unknown };

async function settled<Answer>(answer: Promise<Answer>): Promise<Sent<Answer>> {
  try {
    return { answer: await answer };
  } catch (error) {
    return { error };
  }
}

/** GitHub's reason where it is one of those. */
function notYet({ method = 'GET', url = '' }: Asked, sent: Sent<unknown>): string | undefined {
  const failed = 'error' in sent ? sent.error : graphqlErrorsOf(sent.answer);
  if (failed === undefined) return undefined;
  const { status = 200 } = failed as { status?: number };
  const reason = reasonOf(failed);
  const request = `${method} ${url}`;
  const isKnown = NOT_YET.some(([asked, answer]) => asked.test(request) && answer.test(`${status} ${reason}`));
  return isKnown ? reason : undefined;
}

/** GraphQL refuses with status 200. */
function graphqlErrorsOf(answer: unknown): object | undefined {
  const { data } = answer as { data?: { errors?: unknown } | null };
  return Array.isArray(data?.errors) ? { errors: data.errors } : undefined;
}
