/**
 * What a release can have on each kind of server: one row for a feature, one word for a kind. The table of the docs is made
 * from it, and a run says once what it was asked for and its server has not.
 */
import type { Attributes } from '../core/objects.ts';
import type { ForgeKind } from './kind.ts';

/** All features, in the order of the docs. */
export const FEATURES = {
  'pull request': 'pull request, opened and brought up to date',
  draft: 'draft',
  labels: 'labels',
  reviewers: 'reviewers',
  'team reviewers': 'team reviewers',
  assignees: 'assignees',
  milestone: 'milestone',
  'auto-merge': 'auto-merge',
  'source changes': 'commits of the source in the text',
  'commits by the API': 'commits signed by the server (`sign-commits` without a key)',
  'verified signature': 'output `verified`',
  'no clone': 'release without a clone',
  wait: 'wait for the merge and the verdict (`wait`)',
} as const;

export type Feature = keyof typeof FEATURES;

/** Whether a server has it: `yes`, or how far, or why not, as the end of a sentence about it. */
export type Capability = 'yes' | { readonly has: 'partly' | 'no'; readonly note: string };

const no = (note: string): Capability => ({ has: 'no', note });
const partly = (note: string): Capability => ({ has: 'partly', note });

type Row = Readonly<Record<Feature, Capability>>;

const all = <Value>(value: Value): Record<Feature, Value> =>
  Object.fromEntries(Object.keys(FEATURES).map((feature) => [feature, value])) as Record<Feature, Value>;

/** A kind without a client in connect.ts. */
const pushed = (name: string): Row =>
  all(no(`not given on ${name}: the branch is pushed, and the text for a pull request is in the log`));

/** Gitea and its relatives. */
const ofGitea = (name: string): Row => ({
  ...all<Capability>('yes'),
  draft: partly('the beginning "WIP:" of the title'),
  'commits by the API': no(`not made on ${name}`),
  'no clone': no(`not done on ${name}`),
});

/** What neither Bitbucket has. */
const ofBitbucket = (name: string): Row => ({
  ...all<Capability>('yes'),
  labels: no(`not given on ${name}, whose pull requests have no labels`),
  'team reviewers': no(`not given on ${name}, where reviewers are persons`),
  assignees: no(`not given on ${name}, whose pull requests have no assignees`),
  milestone: no(`not given on ${name}, which has no milestones`),
  'commits by the API': no(`not made on ${name}`),
  'verified signature': no(`not said by the API of ${name}`),
  'no clone': no(`not done on ${name}`),
  wait: partly('but for `by <login>`, since a build status has no author'),
});

export const CAPABILITIES: Readonly<Record<ForgeKind, Row>> = {
  github: all<Capability>('yes'),
  gitlab: {
    ...all<Capability>('yes'),
    draft: partly('the beginning "Draft:" of the title'),
    reviewers: partly('one alone on GitLab Free'),
    assignees: partly('one alone on GitLab Free'),
    'team reviewers': no('not given on GitLab, where approval rules name groups'),
    'auto-merge': partly('squash, or else as the settings of the project say'),
    'commits by the API': no('not made on GitLab'),
    'no clone': no('not done on GitLab'),
  },
  gitea: ofGitea('Gitea'),
  forgejo: ofGitea('Forgejo'),
  'bitbucket-cloud': {
    ...ofBitbucket('Bitbucket Cloud'),
    'auto-merge': no('not enabled on Bitbucket Cloud, whose API cannot do that'),
  },
  'bitbucket-data-center': {
    ...ofBitbucket('Bitbucket Data Center'),
    draft: partly('from version 8.18'),
    'auto-merge': partly('from version 8.15'),
  },
  'azure-devops': {
    ...all<Capability>('yes'),
    assignees: no('not there on Azure DevOps'),
    milestone: no('not there on Azure DevOps'),
    'commits by the API': no('not made on Azure DevOps'),
    'verified signature': no('not given by Azure DevOps'),
    'no clone': no('not done on Azure DevOps'),
  },
  codecommit: pushed('CodeCommit'),
  git: pushed('a server whose kind is not known'),
};

/** The attributes of a pull request, as far as a server may lack them. */
type Wanted = Omit<Attributes, 'draft'> & { readonly draft: boolean };

/** The features that attributes ask for, and the words for them. */
const ASKED: readonly (readonly [feature: Feature, asked: (wanted: Wanted) => string])[] = [
  ['draft', ({ draft }) => (draft ? 'draft' : '')],
  ['labels', ({ labels }) => (labels.length > 0 ? 'labels' : '')],
  ['reviewers', ({ reviewers }) => (reviewers.length > 0 ? 'reviewers' : '')],
  ['team reviewers', (wanted) => (wanted['team-reviewers'].length > 0 ? 'team reviewers' : '')],
  ['assignees', ({ assignees }) => (assignees.length > 0 ? 'assignees' : '')],
  ['milestone', ({ milestone }) => (milestone === '' ? '' : 'milestone')],
  ['auto-merge', (wanted) => (wanted['auto-merge'] === '' ? '' : 'auto-merge')],
];

/** The features whose absence a run logs; the others cannot be asked for, or asking for them is an error. */
export const REPORTED: ReadonlySet<Feature> = new Set(['pull request', ...ASKED.map(([feature]) => feature)]);

/** How a run reaches a server: with a token for its API, by options of a push, or by git alone. */
export type Reach = 'api' | 'push' | 'git';

/** What options of a push can ask for, beside the pull request itself. */
const GIVEN_BY_PUSH: ReadonlySet<Feature> = new Set(['draft', 'labels', 'assignees', 'milestone']);

/** What `wanted` asks for and a server of that kind has not, one sentence for each reason, without an end. */
export function lackingNotes(kind: ForgeKind, wanted: Wanted, reach: Reach): string[] {
  const reasons = new Map<string, string[]>();
  for (const [feature, asked] of ASKED) {
    const reason = lackOf(kind, feature, reach);
    const words = asked(wanted);
    if (words !== '' && reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), words]);
  }
  return [...reasons].map(([reason, words]) => `${words.join(', ')}: ${reason}`);
}

/** Why it is not had; `undefined` where it is. */
function lackOf(kind: ForgeKind, feature: Feature, reach: Reach): string | undefined {
  const capability = CAPABILITIES[kind][feature];
  if (capability !== 'yes' && capability.has === 'no') return capability.note;
  if (reach === 'api' || (reach === 'push' && GIVEN_BY_PUSH.has(feature))) return undefined;
  return 'not given, because there is no token for the API of this server';
}

/** Whether servers of that kind do not have it at all. */
export function isLacking(kind: ForgeKind, feature: Feature): boolean {
  const capability = CAPABILITIES[kind][feature];
  return capability !== 'yes' && capability.has === 'no';
}

/** Whether a repository on a server of that kind may be read without a clone. */
export const isReadByApi = (kind: ForgeKind): boolean => CAPABILITIES[kind]['no clone'] === 'yes';
