/** What a pull request of Bitbucket Data Center has besides its text: reviewers, whether it is a draft, auto-merge. */
import type { Attributes } from '../../core/objects.ts';
import { CHANGING, givenAfter, missingIn, nameOf, withoutLacking } from '../attributes.ts';
import type { Given, PullRequest, Refused } from '../forge.ts';
import { finalRefusal } from '../http/refused-answer.ts';
import { autoMerge } from './auto-merge.ts';
import { isSameName, type PullRequestReader } from './pull-requests.ts';
import type { Repository } from './repository.ts';

/** As `Forge.giveAttributes`. Throws API_DENIED and NETWORK. */
export async function giveAttributes(
  repository: Repository,
  pullRequests: PullRequestReader,
  { number, draft, reviewers: present }: PullRequest,
  given: Attributes,
  asked: Attributes,
  head: string,
): Promise<Given> {
  const wanted = withoutLacking('bitbucket-data-center', asked, given);
  const missing = missingIn(given, wanted);
  const isDraft = missing.draft && !draft;
  const names = missing.reviewers.filter((name) => !present.some((one) => isSameName(one, name)));
  return repository.call(CHANGING, async () => {
    const refused: Refused[] = [];
    if (isDraft || names.length > 0) refused.push(...(await change(pullRequests, number, isDraft, names)));
    const method = missing['auto-merge'];
    const merging = method === '' ? undefined : await autoMerge(repository, pullRequests, { number, head, method });
    if (typeof merging === 'object') refused.push({ what: 'auto-merge', reason: merging.reason });
    return { given: givenAfter(given, wanted, refused), refused, ...(typeof merging === 'string' && { merging }) };
  });
}

async function change(
  pullRequests: PullRequestReader,
  number: number,
  isDraft: boolean,
  names: readonly string[],
): Promise<readonly Refused[]> {
  try {
    const { facts, refused } = await pullRequests.change(number, isDraft ? { draft: true } : {}, names);
    const wrong = names.flatMap((name) => {
      const one = refused.find((reviewer) => isSameName(reviewer.name, name));
      return one ? [{ what: nameOf('reviewers', name), reason: one.reason }] : [];
    });
    const isLeft = isDraft && facts.draft !== true;
    return isLeft ? [...wrong, { what: 'draft', reason: 'this server has no drafts; they came with 8.18' }] : wrong;
  } catch (error) {
    const refusal = finalRefusal(error);
    if (!refusal) throw error;
    const all = [...(isDraft ? ['draft'] : []), ...names.map((name) => nameOf('reviewers', name))];
    return all.map((what) => ({ what, reason: refusal.message }));
  }
}
