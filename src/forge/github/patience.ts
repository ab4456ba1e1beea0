/** What GitHub answers while a push or an opening has not reached all of its servers. */
import { waiting, type NotYet, type Sent } from '../http/patience.ts';
import { reasonOf } from './error-message.ts';

/** By the template of the request's path. GraphQL answers 200. */
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

interface Asked {
  readonly method?: string;
  readonly url?: string;
  readonly request?: object;
  /** The number of a pull request, by either name. */
  readonly pull_number?: unknown;
  readonly issue_number?: unknown;
}

/** A hook of Octokit that sends a request until its answer is none of those, or the delays are over. */
export function waitingForGitHub(
  delays: readonly number[],
  log: (text: string) => void,
): <Answer>(request: (asked: Asked) => Promise<Answer>, asked: Asked) => Promise<Answer> {
  const patiently = waiting({ name: 'GitHub', notYet: NOT_YET, delays, log });
  return (request, asked) => {
    const { method = 'GET', url = '', pull_number: pull, issue_number: issue } = asked;
    return patiently({
      request: `${method} ${url}`,
      key: JSON.stringify([method, url, pull ?? issue]),
      // Octokit counts its own retries in what it was given.
      send: () => request({ ...asked, request: { ...asked.request } }),
      refusalIn,
    });
  };
}

function refusalIn(sent: Sent<unknown>): { status: number; reason: string } | undefined {
  const failed = 'error' in sent ? sent.error : graphqlErrorsOf(sent.answer);
  if (failed === undefined) return undefined;
  const { status = 200 } = failed as { status?: number };
  return { status, reason: reasonOf(failed) };
}

/** GraphQL refuses with status 200. */
function graphqlErrorsOf(answer: unknown): object | undefined {
  const { data } = answer as { data?: { errors?: unknown } | null };
  return Array.isArray(data?.errors) ? { errors: data.errors } : undefined;
}
