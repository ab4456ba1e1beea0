/** What a pull request of Azure DevOps has besides its text. Each has a request of its own, so that one keeps no other back. */
import * as z from 'zod/mini';
import type { Attributes } from '../../core/objects.ts';
import {
  CHANGING,
  givenAfter,
  missingIn,
  nameOf,
  tryTo,
  withoutLacking,
  wrongLabels,
  type ListName,
} from '../attributes.ts';
import type { Given, Merging, PullRequest, Refused } from '../forge.ts';
import { path } from '../http/address.ts';
import { LABELS } from './answers.ts';
import { autoMerge } from './auto-merge.ts';
import { findPerson, findTeam } from './identities.ts';
import type { PullRequests } from './pull-requests.ts';
import type { AzureRepository } from './repository.ts';

/** How each kind of reviewer is found by name. */
const FINDERS = { reviewers: findPerson, 'team-reviewers': findTeam } as const;

/** As `Forge.giveAttributes`. Throws NETWORK. */
export async function giveAttributes(
  repository: AzureRepository,
  pullRequests: PullRequests,
  pullRequest: PullRequest,
  given: Attributes,
  asked: Attributes,
  head: string,
  delays: readonly number[],
): Promise<Given> {
  const wanted = withoutLacking('azure-devops', asked, given);
  const { number } = pullRequest;
  const missing = missingIn(given, wanted);
  const refused: Refused[] = [];
  const attempt = async (what: string, work: () => Promise<string | undefined>): Promise<void> => {
    const reason = await work().catch((error: unknown) => repository.refusalIn(CHANGING, error));
    if (reason !== undefined) refused.push({ what, reason });
  };
  if (missing.draft && !pullRequest.draft) await attempt('draft', () => makeDraft(pullRequests, number));
  for (const list of ['reviewers', 'team-reviewers'] as const) {
    for (const name of missing[list]) await attempt(nameOf(list, name), () => askFor(repository, number, list, name));
  }
  for (const name of missing.labels) await attempt(nameOf('labels', name), () => addLabel(repository, number, name));
  await removeLabels(repository, number, wrongLabels(given, wanted));
  const method = missing['auto-merge'];
  let merging: Merging | undefined;
  if (method !== '') {
    await attempt('auto-merge', async () => {
      const done = await autoMerge(repository, pullRequests, { number, head, method }, delays);
      if (typeof done === 'object') return done.reason;
      merging = done;
      return undefined;
    });
  }
  return { given: givenAfter(given, wanted, refused), refused, ...(merging && { merging }) };
}

async function makeDraft(pullRequests: PullRequests, number: number): Promise<string | undefined> {
  const { isDraft } = await pullRequests.change(number, { isDraft: true });
  return isDraft === true ? undefined : 'Azure DevOps did not take it';
}

async function askFor(
  repository: AzureRepository,
  number: number,
  list: Extract<ListName, 'reviewers' | 'team-reviewers'>,
  name: string,
): Promise<string | undefined> {
  const found = await FINDERS[list](repository, name);
  if ('reason' in found) return found.reason;
  const reviewer = { id: found.id, vote: 0 };
  await repository.send(z.unknown(), 'PUT', path`/pullRequests/${number}/reviewers/${found.id}`, reviewer);
  return undefined;
}

/** One that the project does not have yet is made. */
async function addLabel(repository: AzureRepository, number: number, name: string): Promise<undefined> {
  await repository.send(z.unknown(), 'POST', path`/pullRequests/${number}/labels`, { name });
}

/** One that is gone already, or that may not be removed, is not reported. */
async function removeLabels(repository: AzureRepository, number: number, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await tryTo(repository, 'labels', async () => {
    const { value } = await repository.get(LABELS, path`/pullRequests/${number}/labels`);
    for (const { id } of value.filter(({ name }) => names.includes(name))) {
      await repository.send(z.unknown(), 'DELETE', path`/pullRequests/${number}/labels/${id}`);
    }
    return [];
  });
}
