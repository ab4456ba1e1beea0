/** Reviewers of a pull request of Bitbucket Cloud: found by name, and added to those that are there. */
import { path } from '../http/address.ts';
import { finalRefusal, type RefusedAnswer } from '../http/refused-answer.ts';
import {
  DEFAULT_REVIEWER,
  MEMBER,
  pageOf,
  partOf,
  PULL_REQUEST,
  type Account,
  type PullRequestFacts,
} from './answers.ts';
import { nameOf } from './pull-request.ts';
import type { Repository } from './repository.ts';

/** An account in a request; Bitbucket takes no name. */
export type Asked = { readonly uuid: string } | { readonly account_id: string };

export interface RefusedReviewer {
  readonly reviewer: Asked;
  readonly reason: string;
}

const UUID = /^\{[\da-f-]+\}$/i;
/** `557058:11111111-2222-3333-4444-555555555555`, or 24 digits of older accounts. */
const ACCOUNT_ID = /^(?:\d+:[\da-f-]{36}|[\da-f]{24})$/i;

/** The account that a name is of: its UUID, its account id or the nickname of a member of the workspace; else the reason why none. */
export async function findReviewer({ client, workspace }: Repository, name: string): Promise<Asked | string> {
  if (UUID.test(name)) return { uuid: name };
  if (ACCOUNT_ID.test(name)) return { account_id: name };
  try {
    const query = { q: `user.nickname = "${name.replace(/["\\]/g, '\\$&')}"`, pagelen: 2 };
    const { values } = await client.get(pageOf(MEMBER), path`/workspaces/${workspace}/members`, query);
    const [found, ...others] = values;
    if (found && others.length === 0) return { uuid: found.user.uuid };
    return found
      ? `several members of the workspace ${workspace} have that nickname; give the UUID of the account, {…}`
      : `no member of the workspace ${workspace} has that nickname`;
  } catch (error) {
    const refused = finalRefusal(error);
    if (!refused) throw error;
    return `a nickname is looked up among the members of the workspace, which this token may not read (${refused.message}); give the UUID of the account, {…}, or its account id`;
  }
}

/** Those of the repository and of its project; none where the token may not read them. */
export async function defaultReviewers({ client, at, log }: Repository): Promise<Asked[]> {
  try {
    const found = await client.listIn(pageOf(DEFAULT_REVIEWER), partOf, `${at}/effective-default-reviewers`, {
      pagelen: 100,
    });
    return found.map(({ user: { uuid } }) => ({ uuid }));
  } catch (error) {
    const refused = finalRefusal(error);
    if (!refused) throw error;
    log(`the default reviewers are not asked, since they could not be read: ${refused.message}`);
    return [];
  }
}

/** The pull request with these reviewers beside its own: all at once and, where Bitbucket refuses that, each alone. */
export async function reviewersWith(
  repository: Repository,
  before: PullRequestFacts,
  added: readonly Asked[],
): Promise<{ readonly facts: PullRequestFacts; readonly refused: readonly RefusedReviewer[] }> {
  const present = before.reviewers ?? [];
  const missing = added.filter((one) => !present.some((account) => isOf(account, one)));
  if (missing.length === 0) return { facts: before, refused: [] };
  const reviewers = [...present.map(({ uuid }) => ({ uuid })), ...missing];
  try {
    const address = repository.at + path`/pullrequests/${before.id}`;
    return { facts: await repository.client.send(PULL_REQUEST, 'PUT', address, { reviewers }), refused: [] };
  } catch (error) {
    const refusal = finalRefusal(error);
    if (!refusal) throw error;
    if (missing.length === 1) {
      return { facts: before, refused: missing.map((reviewer) => ({ reviewer, reason: reasonOf(refusal) })) };
    }
    let facts = before;
    const refused: RefusedReviewer[] = [];
    for (const one of missing) {
      const given = await reviewersWith(repository, facts, [one]);
      facts = given.facts;
      refused.push(...given.refused);
    }
    return { facts, refused };
  }
}

/** Whether an account has that name, in whatever form. */
export function isNamed(account: Account, name: string): boolean {
  const forms = [account.uuid, account.account_id ?? '', nameOf(account)];
  return forms.some((form) => form.toLowerCase() === name.toLowerCase());
}

/** Bitbucket has the same words for a list that is none and for an account that it does not know. */
const reasonOf = ({ message }: RefusedAnswer): string =>
  /malformed reviewers list/i.test(message) ? 'there is no such account, or it may not see the repository' : message;

/** One who is the author, has left the workspace or has no access. */
export function isAboutReviewers(refused: RefusedAnswer | undefined): boolean {
  return refused?.status === 400 && /reviewer/i.test(refused.message);
}

const isOf = (account: Account, asked: Asked): boolean =>
  isNamed(account, 'uuid' in asked ? asked.uuid : asked.account_id);
