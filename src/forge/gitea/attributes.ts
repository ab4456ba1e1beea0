/** What a pull request of Gitea has besides its text: given one by one where Gitea refuses them together. */
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
import { LABELS, MILESTONE, MILESTONES, USERS } from './answers.ts';
import { autoMerge } from './auto-merge.ts';
import { asDraft } from './draft.ts';
import { patch, readPullRequest } from './pull-requests.ts';
import type { GiteaRepository } from './repository.ts';

/** Gitea's pages take no more; its API does not look. */
export const LABEL_LENGTH = 50;
/** Of labels that are made: the grey of GitHub's. */
const COLOR = '#ededed';

/** As `Forge.giveAttributes`. Throws NETWORK. */
export async function giveAttributes(
  repository: GiteaRepository,
  pullRequest: PullRequest,
  given: Attributes,
  wanted: Attributes,
  head: string,
): Promise<Given> {
  const { number, labels } = pullRequest;
  const missing = missingIn(given, wanted);
  const refused: Refused[] = [];
  if (missing.draft && !pullRequest.draft) refused.push(...(await makeDraft(repository, number)));
  for (const list of ['reviewers', 'team-reviewers'] as const) {
    refused.push(...(await requestReviews(repository, number, list, missing[list])));
  }
  refused.push(...(await addLabels(repository, number, missing.labels)));
  refused.push(...(await assign(repository, pullRequest, missing.assignees)));
  const wrong = wrongLabels(given, wanted).filter((label) => labels.includes(label));
  await removeLabels(repository, number, wrong);
  if (missing.milestone !== '') refused.push(...(await setMilestone(repository, number, missing.milestone)));
  const method = missing['auto-merge'];
  const merging = method === '' ? undefined : await autoMerge(repository, number, head, method);
  if (typeof merging === 'object') refused.push({ what: 'auto-merge', reason: merging.reason });
  return { given: givenAfter(given, wanted, refused), refused, ...(typeof merging === 'string' && { merging }) };
}

async function makeDraft(repository: GiteaRepository, number: number): Promise<readonly Refused[]> {
  return tryTo(repository, 'draft', async () => {
    const { title } = await readPullRequest(repository, number);
    const changed = await patch(repository, number, { title: asDraft(title) });
    if (changed.draft === true) return [];
    await patch(repository, number, { title });
    return [{ what: 'draft', reason: 'titles with “WIP:” are no drafts on this server' }];
  });
}

/** All at once; where that is refused, each alone, so that one refusal keeps nothing else back. */
async function requestReviews(
  repository: GiteaRepository,
  number: number,
  list: 'reviewers' | 'team-reviewers',
  names: readonly string[],
): Promise<readonly Refused[]> {
  if (names.length === 0) return [];
  const field = list === 'reviewers' ? 'reviewers' : 'team_reviewers';
  // A team is known here by its name, without the organisation.
  const asked = names.map((name) => (list === 'reviewers' ? name : name.replace(/^.*\//, '')));
  try {
    await repository.send('POST', `/pulls/${number}/requested_reviewers`, { [field]: asked });
    return [];
  } catch (error) {
    const reason = repository.refusalIn(CHANGING, error);
    if (names.length === 1) return [{ what: nameOf(list, names[0] ?? ''), reason }];
    const refused: Refused[] = [];
    for (const name of names) refused.push(...(await requestReviews(repository, number, list, [name])));
    return refused;
  }
}

/** Gitea leaves out names that it does not know: these labels are made in the repository first. */
async function addLabels(
  repository: GiteaRepository,
  number: number,
  labels: readonly string[],
): Promise<readonly Refused[]> {
  const isLong = (name: string): boolean => name.length > LABEL_LENGTH;
  const refused: Refused[] = labels
    .filter(isLong)
    .map((name) => ({ what: nameOf('labels', name), reason: `a label has at most ${LABEL_LENGTH} characters` }));
  const names = labels.filter((name) => !isLong(name));
  if (names.length === 0) return refused;
  const left = await give(names);
  if (left === undefined) return refused;
  const made: string[] = [];
  for (const name of left) {
    const refusals = await tryTo(repository, nameOf('labels', name), async () => {
      await repository.send('POST', '/labels', { name, color: COLOR });
      return [];
    });
    refused.push(...refusals);
    if (refusals.length === 0) made.push(name);
  }
  if (made.length > 0) await give(made);
  return refused;

  /** Those that are not there then; `undefined` where all of them were refused. */
  async function give(some: readonly string[]): Promise<readonly string[] | undefined> {
    try {
      const there = await repository.send('POST', `/issues/${number}/labels`, { labels: some }, LABELS);
      return some.filter((name) => !there.some((label) => label.name === name));
    } catch (error) {
      const reason = repository.refusalIn(CHANGING, error);
      refused.push(...some.map((name) => ({ what: nameOf('labels', name), reason })));
      return undefined;
    }
  }
}

/** One that is gone already, or that may not be removed, is not reported. */
async function removeLabels(repository: GiteaRepository, number: number, labels: readonly string[]): Promise<void> {
  if (labels.length === 0) return;
  await tryTo(repository, 'labels', async () => {
    const there = await repository.get(`/issues/${number}/labels`, LABELS);
    for (const { id } of there.filter(({ name }) => labels.includes(name))) {
      await repository.send('DELETE', `/issues/${number}/labels/${id}`);
    }
    return [];
  });
}

/** Gitea takes the whole list, and answers 500 where one of it has no access: these are found before. */
async function assign(
  repository: GiteaRepository,
  { number, assignees }: PullRequest,
  names: readonly string[],
): Promise<readonly Refused[]> {
  if (names.length === 0) return [];
  const whatOf = (list: ListName, reason: string) => (name: string) => ({ what: nameOf(list, name), reason });
  try {
    const possible = new Set((await repository.get('/assignees', USERS)).map(({ login }) => login.toLowerCase()));
    const isPossible = (name: string): boolean => possible.has(name.toLowerCase());
    const added = names.filter(isPossible);
    if (added.length > 0) await patch(repository, number, { assignees: [...new Set([...assignees, ...added])] });
    return names.filter((name) => !isPossible(name)).map(whatOf('assignees', 'cannot be assigned in this repository'));
  } catch (error) {
    return names.map(whatOf('assignees', repository.refusalIn(CHANGING, error)));
  }
}

async function setMilestone(repository: GiteaRepository, number: number, wanted: string): Promise<readonly Refused[]> {
  const what = `milestone ${wanted}`;
  return tryTo(repository, what, async () => {
    const named = await repository.get('/milestones', MILESTONES, { state: 'open', name: wanted, limit: 50 });
    const asked = milestoneNumber(wanted);
    const found =
      named.find(({ title }) => title === wanted) ??
      (asked === undefined ? undefined : await repository.get(`/milestones/${asked}`, MILESTONE));
    if (found?.state !== 'open') return [{ what, reason: NO_MILESTONE }];
    await patch(repository, number, { milestone: found.id });
    return [];
  });
}
