/** What people gave and wrote to pull requests that a new one supersedes. Pure. */
import type { Attributes } from '../../core/objects.ts';
import type { ListName } from '../../forge/attributes.ts';
import { readNotes } from './metadata.ts';
import type { ReleasePullRequest } from './select.ts';

export type Lists = Pick<Attributes, ListName>;

export interface CarryOver {
  /** What people added. */
  readonly added: Lists;
  /** What we gave and people took away. A reviewer is not in it: one who has reviewed is not asked any more either. */
  readonly removed: Lists;
  /** The texts around ours. */
  readonly notes: { readonly before: string; readonly after: string };
}

const LISTS = ['labels', 'reviewers', 'team-reviewers', 'assignees'] as const;
const NO_LISTS: Lists = { labels: [], reviewers: [], 'team-reviewers': [], assignees: [] };
export const NOTHING_OVER: CarryOver = { added: NO_LISTS, removed: NO_LISTS, notes: { before: '', after: '' } };

/** `wanted` is taken for what we gave where a text is unreadable, and labels are that `isTemplated` is true for. */
export function carryOver(
  superseded: readonly ReleasePullRequest[],
  wanted: Lists,
  isTemplated: (label: string) => boolean,
  key: string,
): CarryOver {
  const each = superseded.map(({ pullRequest, metadata }) => ({
    pullRequest,
    given: metadata?.given ?? { ...wanted, labels: pullRequest.labels.filter(isTemplated) },
  }));
  const added = (list: ListName): string[] => {
    const all = each.flatMap(({ pullRequest, given }) => without(list, pullRequest[list], given[list]));
    return [...new Set(all)];
  };
  const removed = (list: ListName): string[] =>
    list.endsWith('reviewers')
      ? []
      : each.flatMap(({ pullRequest, given }) => without(list, given[list], pullRequest[list]));
  const notes = superseded.map(({ pullRequest }) => readNotes(pullRequest.body, key));
  return {
    added: listsOf(added),
    removed: listsOf(removed),
    notes: { before: joined(notes.map(({ before }) => before)), after: joined(notes.map(({ after }) => after)) },
  };
}

/** The lists of a new pull request. */
export function withCarryOver(wanted: Lists, { added, removed }: Pick<CarryOver, 'added' | 'removed'>): Lists {
  return listsOf((list) => [...new Set([...without(list, wanted[list], removed[list]), ...added[list]])]);
}

const listsOf = (make: (list: ListName) => readonly string[]): Lists => {
  const [labels = [], reviewers = [], teams = [], assignees = []] = LISTS.map(make);
  return { labels, reviewers, 'team-reviewers': teams, assignees };
};

function without(list: ListName, names: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others.map((name) => asCompared(list, name)));
  return names.filter((name) => !known.has(asCompared(list, name)));
}

/** A team may be given with its organization. */
const asCompared = (list: ListName, name: string): string =>
  (list === 'team-reviewers' ? name.replace(/^.*\//, '') : name).toLowerCase();

const joined = (texts: readonly string[]): string => [...new Set(texts)].filter(Boolean).join('\n\n');
