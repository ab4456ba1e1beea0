/** What a GitHub pull request has besides its text: given one by one where GitHub refuses them together. */
import type { Attributes } from '../../core/objects.ts';
import {
  CHANGING,
  givenAfter,
  milestoneNumber,
  missingIn,
  nameOf,
  NO_MILESTONE,
  tryTo,
  wrongLabels,
  type ListName,
} from '../attributes.ts';
import type { Given, PullRequest, Refused } from '../forge.ts';
import { readAnswer } from '../http/unreadable.ts';
import { MILESTONES } from './graphql-answers.ts';
import { ISSUE } from './rest-answers.ts';
import { autoMerge } from './auto-merge.ts';
import { CONVERT_TO_DRAFT, MILESTONE } from './graphql-documents.ts';
import type { GitHubRepository } from './repository.ts';

/** GitHub refuses all labels of a request that would give more. */
const MAX_LABELS = 100;
const LABELS_FULL = `a pull request has at most ${MAX_LABELS} labels`;

interface Item {
  readonly list: ListName;
  readonly name: string;
}

/** A request for some items; those that GitHub silently left out come back with a reason. */
type Request = (items: readonly Item[]) => Promise<readonly Refused[] | void>;

const whatOf = ({ list, name }: Item): string => nameOf(list, name);

/** As `Forge.giveAttributes`. Throws NETWORK. */
export async function giveAttributes(
  repository: GitHubRepository,
  pullRequest: PullRequest,
  given: Attributes,
  wanted: Attributes,
  head: string,
): Promise<Given> {
  const { number, labels } = pullRequest;
  const missing = missingIn(given, wanted);
  const items = (list: ListName): Item[] => missing[list].map((name) => ({ list, name }));
  const room = Math.max(MAX_LABELS - labels.length, 0);
  const full = items('labels')
    .filter(({ name }) => !labels.includes(name))
    .slice(room);
  const withoutRoom = new Set(full.map(({ name }) => name));
  const requests: readonly (readonly [items: readonly Item[], request: Request])[] = [
    [[...items('reviewers'), ...items('team-reviewers')], (some) => requestReviews(repository, number, some)],
    [items('labels').filter(({ name }) => !withoutRoom.has(name)), (some) => addLabels(repository, number, some)],
    [items('assignees'), (some) => assign(repository, number, some)],
  ];

  const refused: Refused[] = full.map((item) => ({ what: whatOf(item), reason: LABELS_FULL }));
  if (missing.draft && !pullRequest.draft) refused.push(...(await makeDraft(repository, pullRequest)));
  for (const [all, request] of requests) refused.push(...(await addEach(repository, all, request)));
  const wrong = wrongLabels(given, wanted)
    .filter((label) => labels.includes(label))
    .slice(0, MAX_LABELS);
  for (const label of wrong) await removeLabel(repository, number, label);
  if (missing.milestone !== '') refused.push(...(await setMilestone(repository, number, missing.milestone)));
  const method = missing['auto-merge'];
  const merging = method === '' ? undefined : await autoMerge(repository, pullRequest, head, method);
  if (typeof merging === 'object') refused.push({ what: 'auto-merge', reason: merging.reason });
  return { given: givenAfter(given, wanted, refused), refused, ...(typeof merging === 'string' && { merging }) };
}

async function requestReviews(repository: GitHubRepository, number: number, items: readonly Item[]): Promise<void> {
  const named = (list: ListName): string[] => items.filter((item) => item.list === list).map(({ name }) => name);
  await repository.rest(({ pulls }) =>
    pulls.requestReviewers({
      ...repository.parameters,
      pull_number: number,
      reviewers: named('reviewers'),
      // A team is known here by its slug, without the organization.
      team_reviewers: named('team-reviewers').map((name) => name.replace(/^.*\//, '')),
    }),
  );
}

async function addLabels(repository: GitHubRepository, number: number, items: readonly Item[]): Promise<void> {
  const labels = items.map(({ name }) => name);
  await repository.rest(({ issues }) => issues.addLabels({ ...repository.parameters, issue_number: number, labels }));
}

async function assign(repository: GitHubRepository, number: number, items: readonly Item[]): Promise<Refused[]> {
  const assignees = items.map(({ name }) => name);
  const { data } = await repository.rest(({ issues }) =>
    issues.addAssignees({
      ...repository.parameters,
      issue_number: number,
      assignees,
    }),
  );
  const present = new Set((readAnswer(ISSUE, data).assignees ?? []).map(({ login }) => login.toLowerCase()));
  // GitHub silently leaves out those who may not be assigned.
  const left = items.filter(({ name }) => !present.has(name.toLowerCase()));
  return left.map((item) => ({ what: whatOf(item), reason: 'cannot be assigned in this repository' }));
}

/** A label that is gone already, or that may not be removed, is not reported. */
async function removeLabel(repository: GitHubRepository, number: number, name: string): Promise<void> {
  await tryTo(repository, nameOf('labels', name), async () => {
    await repository.rest(({ issues }) => issues.removeLabel({ ...repository.parameters, issue_number: number, name }));
    return [];
  });
}

async function setMilestone(repository: GitHubRepository, number: number, wanted: string): Promise<readonly Refused[]> {
  const what = `milestone ${wanted}`;
  return tryTo(repository, what, async () => {
    const asked = milestoneNumber(wanted);
    const variables = { title: wanted, number: asked ?? 0, isNumber: asked !== undefined };
    const { milestones, milestone } = (await repository.query(MILESTONE, MILESTONES, variables)).repository;
    const found =
      milestones.nodes.find(({ title }) => title === wanted) ?? (milestone?.state === 'OPEN' ? milestone : undefined);
    if (!found) return [{ what, reason: NO_MILESTONE }];
    const change = { issue_number: number, milestone: found.number };
    await repository.rest(({ issues }) => issues.update({ ...repository.parameters, ...change }));
    return [];
  });
}

async function makeDraft(repository: GitHubRepository, { id }: Pick<PullRequest, 'id'>): Promise<readonly Refused[]> {
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
    // Throws what is no refusal.
    repository.refusalIn(CHANGING, error);
    const refused: Refused[] = [];
    for (const item of items) refused.push(...(await addEach(repository, [item], request)));
    return refused;
  }
}
