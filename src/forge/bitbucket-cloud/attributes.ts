/** What a pull request of Bitbucket Cloud has besides its text: reviewers, and whether it is a draft. */
import type { Attributes } from '../../core/objects.ts';
import { CHANGING, givenAfter, missingIn, nameOf, withoutLacking } from '../attributes.ts';
import type { Given, PullRequest, Refused } from '../forge.ts';
import { finalRefusal } from '../http/refused-answer.ts';
import type { PullRequestReader } from './pull-requests.ts';
import type { Repository } from './repository.ts';
import { findReviewer, isNamed, reviewersWith, type Asked } from './reviewers.ts';

/** As `Forge.giveAttributes`. Throws API_DENIED and NETWORK. */
export async function giveAttributes(
  repository: Repository,
  pullRequests: PullRequestReader,
  { number, draft }: PullRequest,
  given: Attributes,
  asked: Attributes,
): Promise<Given> {
  const wanted = withoutLacking('bitbucket-cloud', asked, given);
  const missing = missingIn(given, wanted);
  return repository.call(CHANGING, async () => {
    const refused: Refused[] = [];
    if (missing.draft && !draft) refused.push(...(await makeDraft(pullRequests, number)));
    if (missing.reviewers.length > 0) {
      refused.push(...(await addReviewers(repository, pullRequests, number, missing.reviewers)));
    }
    return { given: givenAfter(given, wanted, refused), refused };
  });
}

async function makeDraft(pullRequests: PullRequestReader, number: number): Promise<readonly Refused[]> {
  const refusedFor = (reason: string): readonly Refused[] => [{ what: 'draft', reason }];
  try {
    const { draft } = await pullRequests.change(number, { draft: true });
    return draft === true ? [] : refusedFor('Bitbucket did not take it');
  } catch (error) {
    const refusal = finalRefusal(error);
    if (!refusal) throw error;
    return refusedFor(refusal.message);
  }
}

async function addReviewers(
  repository: Repository,
  pullRequests: PullRequestReader,
  number: number,
  names: readonly string[],
): Promise<readonly Refused[]> {
  const before = await pullRequests.get(number);
  const absent = names.filter((name) => !before.reviewers?.some((account) => isNamed(account, name)));
  const found = await Promise.all(absent.map(async (name) => ({ name, asked: await findReviewer(repository, name) })));
  const nameByAccount = new Map<Asked, string>();
  const refused: Refused[] = [];
  for (const { name, asked } of found) {
    if (typeof asked === 'string') refused.push({ what: nameOf('reviewers', name), reason: asked });
    else nameByAccount.set(asked, name);
  }
  const added = await reviewersWith(repository, before, [...nameByAccount.keys()]);
  return [
    ...refused,
    ...added.refused.map(({ reviewer, reason }) => ({
      what: nameOf('reviewers', nameByAccount.get(reviewer) ?? ''),
      reason,
    })),
  ];
}
