/** Attributes of a pull request: which are missing, and which it has in the end. The same for every forge. */
import type { ApiAction } from '../core/errors.ts';
import type { Attributes } from '../core/objects.ts';
import { isLacking, type Feature } from './capabilities.ts';
import type { Refused } from './forge.ts';
import type { ForgeKind } from './kind.ts';

export type ListName = 'labels' | 'reviewers' | 'team-reviewers' | 'assignees';

const NOUNS: Readonly<Record<ListName, string>> = {
  labels: 'label',
  reviewers: 'reviewer',
  'team-reviewers': 'team reviewer',
  assignees: 'assignee',
};

/** How a refusal names one of a list: `label urgent`. */
export function nameOf(list: ListName, name: string): string {
  return `${NOUNS[list]} ${name}`;
}

/** The number that a milestone is given by in place of its title; `undefined` where the text is none. */
export function milestoneNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** Why an open milestone was not given. */
export const NO_MILESTONE = 'there is no open milestone of that title or number';

/** What is done where attributes are given, for failures. */
export const CHANGING: ApiAction = 'change the pull request';

/** What was refused in some work; `what` alone where the server refuses the work itself. Throws what `refusalIn` throws. */
export async function tryTo(
  repository: { readonly refusalIn: (action: ApiAction, error: unknown) => string },
  what: string,
  work: () => Promise<readonly Refused[]>,
): Promise<readonly Refused[]> {
  try {
    return await work();
  } catch (error) {
    return [{ what, reason: repository.refusalIn(CHANGING, error) }];
  }
}

/** What `wanted` has and `given` lacks; of auto-merge the first method stays. */
export function missingIn(given: Attributes, wanted: Attributes): Attributes {
  const missing = (list: ListName): string[] => wanted[list].filter((name) => !given[list].includes(name));
  return {
    labels: missing('labels'),
    reviewers: missing('reviewers'),
    'team-reviewers': missing('team-reviewers'),
    assignees: missing('assignees'),
    milestone: given.milestone === wanted.milestone ? '' : wanted.milestone,
    'auto-merge': given['auto-merge'] === '' ? wanted['auto-merge'] : '',
    draft: wanted.draft && !given.draft,
  };
}

/** Labels that were given and are not wanted any more. */
export function wrongLabels(given: Attributes, wanted: Attributes): readonly string[] {
  return given.labels.filter((label) => !wanted.labels.includes(label));
}

/** What is given after all of `wanted` but `refused` was. */
export function givenAfter(given: Attributes, wanted: Attributes, refused: readonly Refused[]): Attributes {
  const missing = missingIn(given, wanted);
  const isDone = (what: string): boolean => !refused.some((one) => one.what === what);
  const added = (list: ListName): string[] => missing[list].filter((name) => isDone(nameOf(list, name)));
  const wrong = wrongLabels(given, wanted);
  return {
    labels: [...given.labels.filter((label) => !wrong.includes(label)), ...added('labels')],
    reviewers: [...given.reviewers, ...added('reviewers')],
    'team-reviewers': [...given['team-reviewers'], ...added('team-reviewers')],
    assignees: [...given.assignees, ...added('assignees')],
    milestone: (isDone(`milestone ${missing.milestone}`) && missing.milestone) || given.milestone,
    'auto-merge': (isDone('auto-merge') && missing['auto-merge']) || given['auto-merge'],
    draft: given.draft || (isDone('draft') && missing.draft),
  };
}

/** The features that a server may lack altogether, and the attributes that they are. */
const OF_FEATURES: readonly (readonly [feature: Feature, name: keyof Attributes])[] = [
  ['labels', 'labels'],
  ['reviewers', 'reviewers'],
  ['team reviewers', 'team-reviewers'],
  ['assignees', 'assignees'],
  ['milestone', 'milestone'],
  ['auto-merge', 'auto-merge'],
  ['draft', 'draft'],
];

/** What is wanted without what servers of that kind do not have, which is as it was given. */
export function withoutLacking(kind: ForgeKind, wanted: Attributes, given: Attributes): Attributes {
  const lacking = OF_FEATURES.filter(([feature]) => isLacking(kind, feature)).map(([, name]) => [name, given[name]]);
  return { ...wanted, ...(Object.fromEntries(lacking) as Partial<Attributes>) };
}
