/** What Bitbucket Data Center refused, by the exception that its answer names. */
import { finalRefusal, type RefusedAnswer } from '../http/refused-answer.ts';
import { REFUSAL } from './answers.ts';

type Exception =
  | 'DuplicatePullRequestException'
  | 'EmptyPullRequestException'
  | 'IllegalPullRequestStateException'
  | 'InvalidPullRequestReviewersException'
  | 'PullRequestOutOfDateException';

/** The refusal that is that exception; `undefined` for every other error. */
export function refusedBy(exception: Exception, error: unknown): RefusedAnswer | undefined {
  const refused = finalRefusal(error);
  return refused && errorsIn(refused).some(({ exceptionName }) => exceptionName?.endsWith(`.${exception}`))
    ? refused
    : undefined;
}

/** The reviewers that were not taken, with the reason of each; none where the refusal is not about them. */
export function wrongReviewers(error: unknown): readonly { readonly name: string; readonly reason: string }[] {
  const refused = refusedBy('InvalidPullRequestReviewersException', error);
  if (!refused) return [];
  const each = errorsIn(refused).flatMap(({ reviewerErrors }) => reviewerErrors ?? []);
  return each.map(({ context, message }) => ({ name: context ?? '', reason: message ?? refused.message }));
}

function errorsIn({ data }: RefusedAnswer) {
  const read = REFUSAL.safeParse(data);
  return read.success ? read.data.errors : [];
}
