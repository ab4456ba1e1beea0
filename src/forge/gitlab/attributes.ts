/** What a merge request has besides its text: given in one request, and part by part where GitLab refuses that. */
import type { Attributes } from '../../core/objects.ts';
import {
  CHANGING,
  givenAfter,
  milestoneNumber,
  missingIn,
  nameOf,
  NO_MILESTONE,
  withoutLacking,
  wrongLabels,
} from '../attributes.ts';
import type { Given, PullRequest, Refused } from '../forge.ts';
import type { Query } from '../http/address.ts';
import { finalRefusal } from '../http/refused-answer.ts';
import { MILESTONES, USERS, type MergeRequest, type User } from './answers.ts';
import { autoMerge } from './auto-merge.ts';
import { withSign } from './draft-title.ts';
import { namesOf } from './merge-request.ts';
import type { MergeRequests } from './merge-requests.ts';
import type { Project } from './project.ts';

/** One thing of a change; GitLab leaves out in silence what it does not take. */
interface Item {
  readonly what: string;
  readonly isThere: (changed: MergeRequest) => boolean;
  /** Why it may not be there. */
  readonly otherwise: string;
}

/** Fields of a request that belong together. */
interface Part {
  readonly change: Readonly<Record<string, unknown>>;
  readonly items: readonly Item[];
}

interface Parts {
  readonly parts: readonly Part[];
  readonly refused: readonly Refused[];
}

/** As `Forge.giveAttributes`; GitLab has no teams. Throws API_DENIED and NETWORK. */
export async function giveAttributes(
  project: Project,
  mergeRequests: MergeRequests,
  pullRequest: PullRequest,
  given: Attributes,
  asked: Attributes,
  head: string,
  delays: readonly number[],
): Promise<Given> {
  const wanted = withoutLacking('gitlab', asked, given);
  return project.call(CHANGING, async () => {
    const { number } = pullRequest;
    const missing = missingIn(given, wanted);
    const wrong = wrongLabels(given, wanted).filter((label) => pullRequest.labels.includes(label));
    const isDraft = missing.draft && !pullRequest.draft;
    const hasPeople = missing.reviewers.length + missing.assignees.length > 0;
    const now = isDraft || hasPeople ? await mergeRequests.get(number) : undefined;
    const all: readonly Parts[] = [
      labelParts(missing.labels, wrong),
      ...(now ? [await peopleParts(project, 'reviewers', now.reviewers, missing.reviewers)] : []),
      ...(now ? [await peopleParts(project, 'assignees', now.assignees, missing.assignees)] : []),
      await milestoneParts(project, missing.milestone),
      ...(now && isDraft ? [draftParts(now)] : []),
    ];
    const refused = [
      ...all.flatMap((one) => one.refused),
      ...(await changeAll(
        mergeRequests,
        number,
        all.flatMap(({ parts }) => parts),
      )),
    ];
    const method = missing['auto-merge'];
    const merging =
      method === '' ? undefined : await autoMerge(project, mergeRequests, { number, head, method }, delays);
    if (typeof merging === 'object') refused.push({ what: 'auto-merge', reason: merging.reason });
    return { given: givenAfter(given, wanted, refused), refused, ...(typeof merging === 'string' && { merging }) };
  });
}

/** All parts in one request; where GitLab refuses that, each alone, so that one keeps no other back. */
async function changeAll(mergeRequests: MergeRequests, number: number, parts: readonly Part[]): Promise<Refused[]> {
  if (parts.length === 0) return [];
  try {
    const changed = await mergeRequests.change(number, Object.assign({}, ...parts.map(({ change }) => change)));
    const left = parts.flatMap(({ items }) => items).filter(({ isThere }) => !isThere(changed));
    return left.map(({ what, otherwise: reason }) => ({ what, reason }));
  } catch (error) {
    const refused = finalRefusal(error);
    if (!refused) throw error;
    if (parts.length === 1) {
      return parts.flatMap(({ items }) => items.map(({ what }) => ({ what, reason: refused.message })));
    }
    const each: Refused[] = [];
    for (const part of parts) each.push(...(await changeAll(mergeRequests, number, [part])));
    return each;
  }
}

/** GitLab makes labels that are not there yet, and takes a comma for the end of one. */
function labelParts(labels: readonly string[], wrong: readonly string[]): Parts {
  const whole = labels.filter((label) => !label.includes(','));
  const refused = labels
    .filter((label) => label.includes(','))
    .map((label) => ({
      what: nameOf('labels', label),
      reason: 'has a comma, which GitLab takes for the end of a label',
    }));
  if (whole.length + wrong.length === 0) return { parts: [], refused };
  const items = whole.map((label) => ({
    what: nameOf('labels', label),
    isThere: (changed: MergeRequest) => changed.labels.some((one) => isSameName(one, label.trim())),
    otherwise: 'GitLab did not take it: it is longer than 255 characters, or the token may not make labels',
  }));
  const change = {
    ...(whole.length > 0 && { add_labels: whole.join(',') }),
    ...(wrong.length > 0 && { remove_labels: wrong.join(',') }),
  };
  return { parts: [{ change, items }], refused };
}

/** The users by their ids, beside those that are there: GitLab takes the whole list. */
async function peopleParts(
  project: Project,
  list: 'reviewers' | 'assignees',
  present: readonly User[] | null | undefined,
  names: readonly string[],
): Promise<Parts> {
  const there = new Set(namesOf(present).map((name) => name.toLowerCase()));
  const missing = names.filter((name) => !there.has(name.toLowerCase()));
  const found = await Promise.all(missing.map(async (name) => ({ name, user: await userOf(project, name) })));
  const known = found.flatMap(({ user }) => user ?? []);
  const refused = found
    .filter(({ user }) => user === undefined)
    .map(({ name }) => ({ what: nameOf(list, name), reason: 'there is no user of that name' }));
  if (known.length === 0) return { parts: [], refused };
  const items = found
    .filter(({ user }) => user !== undefined)
    .map(({ name }) => ({
      what: nameOf(list, name),
      isThere: (changed: MergeRequest) => namesOf(changed[list]).some((one) => isSameName(one, name)),
      otherwise: `GitLab did not take this user, who may not see the project; and GitLab Free has one ${list === 'reviewers' ? 'reviewer' : 'assignee'} at most`,
    }));
  const ids = [...(present ?? []), ...known].map(({ id }) => id);
  return { parts: [{ change: { [list === 'reviewers' ? 'reviewer_ids' : 'assignee_ids']: ids }, items }], refused };
}

async function userOf({ client }: Project, name: string): Promise<User | undefined> {
  const found = await client.get(USERS, '/users', { username: name });
  return found.find(({ username }) => isSameName(username, name));
}

/** By its whole title, also of the groups above the project; by its number, of the project alone. */
async function milestoneParts({ client, at }: Project, wanted: string): Promise<Parts> {
  if (wanted === '') return { parts: [], refused: [] };
  const what = `milestone ${wanted}`;
  const active = (query: Query) => client.get(MILESTONES, `${at}/milestones`, { state: 'active', ...query });
  const asked = milestoneNumber(wanted);
  const milestone =
    (await active({ title: wanted, include_ancestors: true })).find(({ title }) => title === wanted) ??
    (asked === undefined ? undefined : (await active({ 'iids[]': [String(asked)] })).find(({ iid }) => iid === asked));
  if (milestone?.state !== 'active') return { parts: [], refused: [{ what, reason: NO_MILESTONE }] };
  const isThere = (changed: MergeRequest): boolean => changed.milestone?.title === milestone.title;
  const items = [{ what, isThere, otherwise: 'GitLab did not take it' }];
  return { parts: [{ change: { milestone_id: milestone.id }, items }], refused: [] };
}

function draftParts({ title }: MergeRequest): Parts {
  const isThere = ({ draft }: MergeRequest): boolean => draft;
  const items = [{ what: 'draft', isThere, otherwise: 'GitLab did not take it' }];
  return { parts: [{ change: { title: withSign(title) }, items }], refused: [] };
}

const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
