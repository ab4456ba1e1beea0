/** Failures of what follows a release: its merge, and the verdict of the agents. */
import { oneLine, quote } from '../escape.ts';
import { clause, define, listed } from './define.ts';

const GO_BACK = 'Correct the cause and release again, or roll back (mode rollback).';

interface Refusal {
  readonly context: string;
  readonly author: string;
  readonly commit: string;
  readonly description: string;
  /** Web page; empty for none. */
  readonly url: string;
  readonly timeout: string;
}

interface Rejection extends Pick<Refusal, 'context' | 'description' | 'url'> {
  readonly app: string;
  /** Where the versions were to come from. */
  readonly environment: string;
}

interface Missing {
  readonly commit: string;
  readonly base: string;
  readonly timeout: string;
  /** Lines of the setting `verdict` without any status. */
  readonly missing: readonly string[];
  /** The contexts of the statuses that were there. */
  readonly contexts: readonly string[];
}

const short = (commit: string): string => oneLine(commit).slice(0, 7);

export const waitingFailures = {
  DEPLOYMENT_REFUSED: define('yours', ({ context, author, commit, description, url, timeout }: Refusal) => ({
    message:
      `${quote(context)}${author === '' ? '' : ` (by ${oneLine(author)})`} reports a failure on ${short(commit)}: ` +
      `${description === '' ? 'no reason was given' : clause(description)}.`,
    hint: `No success followed within ${oneLine(timeout)}.${url === '' ? '' : ` See ${oneLine(url, 500)}`} ${GO_BACK}`,
  })),
  VERDICT_MISSING: define('again', ({ commit, base, timeout, missing, contexts }: Missing) => ({
    message:
      `No agent said within ${oneLine(timeout)} whether ${short(commit)} is deployed` +
      `${missing.length === 0 ? '; a status is pending' : `; there is no status of ${missing.map((one) => quote(one)).join(', ')}`}.`,
    hint:
      'Check the notifications of the agent (see docs/after-the-merge.md of manifest-release-pr) and the setting "verdict", or set a ' +
      `longer "wait-timeout". ${contexts.length === 0 ? `There is no status on this commit or a later one of ${quote(base)}.` : `The statuses there:${listed(contexts.slice(0, 20))}`}`,
  })),
  CLOSED_UNMERGED: define('yours', ({ name }: { name: string }) => ({
    message: `The ${oneLine(name)} was closed without merging.`,
    hint: 'Nothing was deployed. Reopen it and merge it, or release again with "force: true".',
  })),
  NOT_MERGED: define('again', ({ name, timeout }: { name: string; timeout: string }) => ({
    message: `The ${oneLine(name)} was not merged within ${oneLine(timeout)}.`,
    hint: 'It is open as before. Merge it, wait for it in a later job with the mode wait, or set a longer "wait-timeout".',
  })),
  PROMOTION_REFUSED: define('yours', ({ app, environment, context, description, url }: Rejection) => ({
    message:
      `${quote(context)} reports a failure of the versions of ${quote(app)} in ${quote(environment)}` +
      `${description === '' ? '' : `: ${clause(description)}`}.`,
    hint: `Nothing was promoted.${url === '' ? '' : ` See ${oneLine(url, 500)}`} Release a version that its agent deploys; to go on with this one all the same, release it by the input "version".`,
  })),
  WAIT_NEEDS_API: define('yours', ({ repository }: { repository: string }) => ({
    message: `Nothing can be waited for in ${quote(repository)}: there is no API with a token that tells merges and statuses.`,
    hint: 'Check the inputs "repository" and "token", or set "wait: none". The servers that have it are in docs/forges.md.',
  })),
};
