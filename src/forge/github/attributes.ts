/** What a pull request has beside its text: labels, reviewers, assignees, milestone, draft, auto-merge. */
import type { Attributes, MergeMethod } from '../../core/objects.ts';
import type { PullRequest, Refused } from '../forge.ts';
import { reasonOf, settingFor } from './error-message.ts';
import { CONVERT_TO_DRAFT, ENABLE_AUTO_MERGE, ENQUEUE, MILESTONE } from './graphql-documents.ts';
import type { Requests } from './requests.ts';

type Names = 'labels' | 'reviewers' | 'team-reviewers' | 'assignees';
/** One thing to give: how it is called in a refusal, and its name. */
interface Item {
  readonly what: string;
  readonly key: Names;
  readonly name: string;
}

const NOUNS: Readonly<Record<Names, string>> = {
  labels: 'label',
  reviewers: 'reviewer',
  'team-reviewers': 'team reviewer',
  assignees: 'assignee',
};

/** As `Forge.giveAttributes`. */
export async function giveAttributes(
  requests: Requests,
  pullRequest: PullRequest,
  given: Attributes,
  wanted: Attributes,
  head: string,
): Promise<{ given: Attributes; refused: readonly Refused[] }> {
  const missing = (key: Names): Item[] =>
    wanted[key]
      .filter((name) => !given[key].includes(name))
      .map((name) => ({ what: `${NOUNS[key]} ${name}`, key, name }));
  const wrong = given.labels.filter((label) => !wanted.labels.includes(label));
  const milestone = wanted.milestone !== '' && wanted.milestone !== given.milestone ? wanted.milestone : '';
  const method = given['auto-merge'] === '' ? wanted['auto-merge'] : '';
  const isDraft = wanted.draft && !given.draft && !pullRequest.draft;

  const refused: Refused[] = [];
  if (isDraft) refused.push(...(await convertToDraft(requests, pullRequest)));
  refused.push(
    ...(await requestReviews(requests, pullRequest, [...missing('reviewers'), ...missing('team-reviewers')])),
  );
  refused.push(...(await addLabels(requests, pullRequest, missing('labels'))));
  refused.push(...(await assign(requests, pullRequest, missing('assignees'))));
  for (const label of wrong) if (pullRequest.labels.includes(label)) await removeLabel(requests, pullRequest, label);
  if (milestone !== '') refused.push(...(await setMilestone(requests, pullRequest, milestone)));
  if (method !== '') refused.push(...(await enableAutoMerge(requests, pullRequest, head, method)));

  const isGiven = (what: string): boolean => !refused.some((one) => one.what === what);
  const now = (key: Names): string[] => [
    ...given[key].filter((name) => key !== 'labels' || !wrong.includes(name)),
    ...missing(key).flatMap(({ what, name }) => (isGiven(what) ? name : [])),
  ];
  return {
    given: {
      labels: now('labels'),
      reviewers: now('reviewers'),
      'team-reviewers': now('team-reviewers'),
      assignees: now('assignees'),
      milestone: milestone !== '' && isGiven(`milestone ${milestone}`) ? milestone : given.milestone,
      'auto-merge': method !== '' && isGiven('auto-merge') ? method : given['auto-merge'],
      draft: given.draft || (isDraft && isGiven('draft')),
    },
    refused,
  };
}

const namesOf = (items: readonly Item[], key: Names): string[] =>
  items.flatMap((item) => (item.key === key ? item.name : []));

function requestReviews(requests: Requests, { number }: PullRequest, reviewers: readonly Item[]) {
  return requests.callForEach(reviewers, async (some) => {
    await requests.client.rest.pulls.requestReviewers({
      ...requests.repository,
      pull_number: number,
      reviewers: namesOf(some, 'reviewers'),
      team_reviewers: namesOf(some, 'team-reviewers').map((name) => name.replace(/^.*\//, '')),
    });
  });
}

function addLabels(requests: Requests, { number }: PullRequest, labels: readonly Item[]) {
  return requests.callForEach(labels, async (some) => {
    const onIssue = { ...requests.repository, issue_number: number };
    await requests.client.rest.issues.addLabels({ ...onIssue, labels: namesOf(some, 'labels') });
  });
}

function assign(requests: Requests, { number }: PullRequest, assignees: readonly Item[]) {
  return requests.callForEach(assignees, async (some) => {
    const onIssue = { ...requests.repository, issue_number: number };
    const names = namesOf(some, 'assignees');
    const { data } = await requests.client.rest.issues.addAssignees({ ...onIssue, assignees: names });
    const present = new Set((data.assignees ?? []).map(({ login }) => login.toLowerCase()));
    // GitHub leaves out without an error whom it does not take.
    const left = some.filter(({ name }) => !present.has(name.toLowerCase()));
    return left.map(({ what }) => ({ what, reason: 'cannot be assigned in this repository' }));
  });
}

async function removeLabel(requests: Requests, { number }: PullRequest, label: string): Promise<void> {
  try {
    await requests.client.rest.issues.removeLabel({ ...requests.repository, issue_number: number, name: label });
  } catch (error) {
    // Gone already, or not ours to remove: a label is decoration.
    requests.throwFailure('remove a label', error);
  }
}

function setMilestone(requests: Requests, { number }: PullRequest, title: string) {
  const what = `milestone ${title}`;
  return requests.callForEach([{ what }], async () => {
    const answer = await requests.client.graphql<{
      repository: { milestones: { nodes: { number: number; title: string }[] } };
    }>(MILESTONE, { ...requests.names, title });
    const milestone = answer.repository.milestones.nodes.find((one) => one.title === title);
    if (!milestone) return [{ what, reason: 'there is no open milestone of that title' }];
    const onIssue = { ...requests.repository, issue_number: number };
    await requests.client.rest.issues.update({ ...onIssue, milestone: milestone.number });
  });
}

function convertToDraft(requests: Requests, { id }: PullRequest) {
  return requests.callForEach([{ what: 'draft' }], async () => {
    await requests.client.graphql(CONVERT_TO_DRAFT, { id });
  });
}

/** Enables auto-merge; where nothing is left to wait for, merges; where the base has a merge queue, enters it. */
async function enableAutoMerge(
  requests: Requests,
  { id, number }: PullRequest,
  head: string,
  method: MergeMethod,
): Promise<readonly Refused[]> {
  const { client, repository } = requests;
  const refusedBy = (error: unknown): Refused[] => [{ what: 'auto-merge', reason: settingFor(reasonOf(error)) }];
  const enqueue = async (): Promise<readonly Refused[]> => {
    await client.graphql(ENQUEUE, { id, head });
    return [];
  };
  try {
    await client.graphql(ENABLE_AUTO_MERGE, { id, head, mergeMethod: method.toUpperCase() });
    return [];
  } catch (enabling) {
    requests.throwFailure('enable auto-merge', enabling);
    // Nothing is left to wait for, and then GitHub wants a merge.
    const isReady = /\b(?:clean|unstable|has_hooks) status\b/i.test(reasonOf(enabling));
    try {
      if (!isReady) return await enqueue();
      await client.rest.pulls.merge({ ...repository, pull_number: number, sha: head, merge_method: method });
      return [];
    } catch (merging) {
      requests.throwFailure('merge the pull request', merging);
      if (!isReady) return refusedBy(enabling);
      if (!/merge queue/i.test(reasonOf(merging))) return refusedBy(merging);
      return await enqueue().catch((error: unknown) => {
        requests.throwFailure('queue the pull request', error);
        return refusedBy(error);
      });
    }
  }
}
