/** What a pull request has besides its text: given one by one where GitHub refuses them together. */
import type { Attributes } from '../../core/objects.ts';
import type { PullRequest, Refused } from '../forge.ts';
import { autoMerge } from './auto-merge.ts';
import { CONVERT_TO_DRAFT, MILESTONE } from './graphql-documents.ts';
import type { GitHubRepository } from './repository.ts';

const ACTION = 'change the pull request';

type ListName = 'labels' | 'reviewers' | 'team-reviewers' | 'assignees';

/** How a refusal names one of a list. */
const NOUNS: Readonly<Record<ListName, string>> = {
  labels: 'label',
  reviewers: 'reviewer',
  'team-reviewers': 'team reviewer',
  assignees: 'assignee',
};

interface Item {
  readonly list: ListName;
  readonly name: string;
}

/** A request for some items; those that GitHub silently passed over come back with a reason. */
type Request = (items: readonly Item[]) => Promise<readonly Refused[] | void>;

const whatOf = ({ list, name }: Item): string => `${NOUNS[list]} ${name}`;

/** As `Forge.giveAttributes`. Throws NETWORK. */
export async function giveAttributes(
  repository: GitHubRepository,
  pullRequest: PullRequest,
  given: Attributes,
  wanted: Attributes,
  head: string,
): Promise<{ given: Attributes; refused: readonly Refused[] }> {
  const { number } = pullRequest;
  const missing = (list: ListName): Item[] =>
    wanted[list].filter((name) => !given[list].includes(name)).map((name) => ({ list, name }));
  const milestone = given.milestone === wanted.milestone ? '' : wanted.milestone;
  const method = given['auto-merge'] === '' ? wanted['auto-merge'] : '';
  const wrong = given.labels.filter((label) => !wanted.labels.includes(label));

  const refused = [...(wanted.draft && !given.draft ? await makeDraft(repository, pullRequest) : [])];
  const requests: readonly (readonly [items: readonly Item[], request: Request])[] = [
    [[...missing('reviewers'), ...missing('team-reviewers')], (items) => requestReviews(repository, number, items)],
    [missing('labels'), (items) => addLabels(repository, number, items)],
    [missing('assignees'), (items) => assign(repository, number, items)],
  ];
  for (const [items, request] of requests) refused.push(...(await addEach(repository, items, request)));
  for (const label of wrong) if (pullRequest.labels.includes(label)) await removeLabel(repository, number, label);
  if (milestone !== '') refused.push(...(await setMilestone(repository, number, milestone)));
  const reason = method === '' ? undefined : await autoMerge(repository, pullRequest, head, method);
  if (reason !== undefined) refused.push({ what: 'auto-merge', reason });

  const isRefused = (what: string): boolean => refused.some((one) => one.what === what);
  const nowIn = (list: ListName): string[] => [
    ...given[list].filter((name) => list !== 'labels' || !wrong.includes(name)),
    ...missing(list).flatMap((item) => (isRefused(whatOf(item)) ? [] : item.name)),
  ];
  const now: Attributes = {
    labels: nowIn('labels'),
    reviewers: nowIn('reviewers'),
    'team-reviewers': nowIn('team-reviewers'),
    assignees: nowIn('assignees'),
    milestone: milestone === '' || isRefused(`milestone ${milestone}`) ? given.milestone : milestone,
    'auto-merge': method === '' || isRefused('auto-merge') ? given['auto-merge'] : method,
    draft: given.draft || (wanted.draft && !isRefused('draft')),
  };
  return { given: now, refused };
}

async function requestReviews(repository: GitHubRepository, number: number, items: readonly Item[]): Promise<void> {
  const named = (list: ListName): string[] => items.filter((item) => item.list === list).map(({ name }) => name);
  await repository.rest.pulls.requestReviewers({
    ...repository.parameters,
    pull_number: number,
    reviewers: named('reviewers'),
    // A team is known here by its slug, without the organization.
    team_reviewers: named('team-reviewers').map((name) => name.replace(/^.*\//, '')),
  });
}

async function addLabels(repository: GitHubRepository, number: number, items: readonly Item[]): Promise<void> {
  const labels = items.map(({ name }) => name);
  await repository.rest.issues.addLabels({ ...repository.parameters, issue_number: number, labels });
}

async function assign(repository: GitHubRepository, number: number, items: readonly Item[]): Promise<Refused[]> {
  const assignees = items.map(({ name }) => name);
  const { data } = await repository.rest.issues.addAssignees({
    ...repository.parameters,
    issue_number: number,
    assignees,
  });
  const present = new Set((data.assignees ?? []).map(({ login }) => login.toLowerCase()));
  // GitHub silently leaves out those who may not be assigned.
  const left = items.filter(({ name }) => !present.has(name.toLowerCase()));
  return left.map((item) => ({ what: whatOf(item), reason: 'cannot be assigned in this repository' }));
}

/** A label that is gone already, or that may not be removed, is decoration: nothing is said. */
async function removeLabel(repository: GitHubRepository, number: number, name: string): Promise<void> {
  try {
    await repository.rest.issues.removeLabel({ ...repository.parameters, issue_number: number, name });
  } catch (error) {
    repository.refusalIn(ACTION, error);
  }
}

async function setMilestone(repository: GitHubRepository, number: number, title: string): Promise<readonly Refused[]> {
  const what = `milestone ${title}`;
  return tryTo(repository, what, async () => {
    const { milestones } = (
      await repository.query<{ repository: { milestones: { nodes: { number: number; title: string }[] } } }>(
        MILESTONE,
        { title },
      )
    ).repository;
    const milestone = milestones.nodes.find((one) => one.title === title);
    if (!milestone) return [{ what, reason: 'there is no open milestone of that title' }];
    const change = { issue_number: number, milestone: milestone.number };
    await repository.rest.issues.update({ ...repository.parameters, ...change });
    return [];
  });
}

async function makeDraft(repository: GitHubRepository, { id, draft }: PullRequest): Promise<readonly Refused[]> {
  if (draft) return [];
  return tryTo(repository, 'draft', async () => {
    await repository.graphql(CONVERT_TO_DRAFT, { id });
    return [];
  });
}

/** Requests all items at once; where that is refused, each alone, so that one refusal keeps nothing else back. */
async function addEach(
  repository: GitHubRepository,
  items: readonly Item[],
  request: Request,
): Promise<readonly Refused[]> {
  const [only, ...more] = items;
  if (!only) return [];
  if (more.length === 0) {
    return tryTo(repository, whatOf(only), async () => (await request(items)) ?? []);
  }
  try {
    return (await request(items)) ?? [];
  } catch (error) {
    repository.refusalIn(ACTION, error);
    const refused: Refused[] = [];
    for (const item of items) refused.push(...(await addEach(repository, [item], request)));
    return refused;
  }
}

/** What was refused in some work, or the work itself when GitHub refuses it. Throws NETWORK. */
async function tryTo(
  repository: GitHubRepository,
  what: string,
  work: () => Promise<readonly Refused[]>,
): Promise<readonly Refused[]> {
  try {
    return await work();
  } catch (error) {
    return [{ what, reason: repository.refusalIn(ACTION, error) }];
  }
}
