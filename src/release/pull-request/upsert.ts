/** The pull request made to say what its branch carries: opened, brought up to date, left alone or closed. */
import type { Forge, MergeMethod, PullRequest } from '../../forge/forge.ts';
import { readText, writeMemory, type Memory } from './metadata.ts';
import type { ReleaseTexts } from './variables.ts';
import type { Remembered } from './select.ts';
import type { Attributes } from '../../core/objects.ts';

type Given = Memory['given'];

const NOTHING: Given = {
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  milestone: '',
  'auto-merge': '',
};

export interface Publication {
  /** What is remembered of it; what it was given comes later. */
  readonly memory: Omit<Memory, 'title' | 'given' | 'closed'>;
  readonly branch: string;
  readonly base: string;
  /** Asked for only when there is something to write. */
  readonly texts: () => Promise<ReleaseTexts>;
  /** What it is to be given beside its text. */
  readonly attributes: Attributes;
  readonly milestone: string;
  readonly draft: 'false' | 'true' | 'always';
  readonly autoMerge: 'none' | MergeMethod;
}

/**
 * Opens the pull request, or rewrites our block of its body when it describes another commit. What people wrote around
 * the block, a title that they changed, and what they added or took away stay: only what was never given is given. The
 * body is written last, so that a run that was cut short is finished by the next. `find` looks again, for when somebody
 * else was faster; `tell` is told what GitHub refused.
 */
export async function publish(
  forge: Forge,
  present: Remembered | undefined,
  release: Publication,
  find: () => Promise<Remembered | undefined>,
  tell: (warning: string) => void,
): Promise<{ pullRequest: PullRequest; outcome: 'created' | 'updated' | 'unchanged' }> {
  const { memory: facts, branch, base, draft } = release;
  const wanted: Given = {
    ...release.attributes,
    milestone: release.milestone,
    'auto-merge': release.autoMerge === 'none' ? '' : release.autoMerge,
  };
  const remembering = (given: Given, title: string): Memory => ({ ...facts, title, given, closed: '' });
  const open = async (): Promise<Remembered | undefined> => {
    const { title, body } = await release.texts();
    const memory = remembering(NOTHING, title);
    const wantsDraft = draft !== 'false';
    const text = writeMemory('', memory, body);
    const created = await forge.create({ branch, base, title, draft: wantsDraft, body: text });
    if (created && wantsDraft && !created.draft) tell('draft was refused: this repository has no draft pull requests');
    return created && { pullRequest: created, memory };
  };
  const created = present ? undefined : await open();
  const current = present ?? created ?? (await find());
  if (!current) throw new Error(`a pull request from ${branch} is open and is not listed`);

  const { pullRequest, memory } = current;
  const isCurrent = memory?.commit === facts.commit;
  if (draft === 'always' && !created && !isCurrent && !pullRequest.draft) {
    const refused = await forge.convertToDraft(pullRequest);
    if (refused) tell(`draft was refused: ${refused.reason}`);
  }
  const given = await give(forge, pullRequest, memory?.given ?? NOTHING, wanted, facts.commit, tell);
  // Not there at first and yet about this commit: opened just now, and only the answer was lost.
  if (isCurrent && isSame(given, memory.given)) return { pullRequest, outcome: present ? 'unchanged' : 'created' };
  const texts = await release.texts();
  // Written even where it is right already: a slower run may be about to write its own.
  const titleIsOurs = memory?.title === pullRequest.title;
  const updated = await forge.update(pullRequest.number, {
    body: writeMemory(pullRequest.body, remembering(given, texts.title), texts.body),
    ...(titleIsOurs && { title: texts.title }),
  });
  return { pullRequest: updated, outcome: created ? 'created' : 'updated' };
}

/** Writes on top of our block why a pull request of ours has ended, and closes it, unless its branch is about to go. */
export async function close(
  forge: Forge,
  { pullRequest, memory }: Remembered,
  reason: string,
  now: boolean,
): Promise<PullRequest> {
  const { number, body } = pullRequest;
  const text = memory && `**${reason}**\n\n${readText(body, memory)}`;
  return forge.update(number, {
    ...(now && { state: 'closed' }),
    ...(memory && { body: writeMemory(body, { ...memory, closed: reason }, text ?? '') }),
  });
}

/** Gives what was never given, takes away the labels that were ours and are wrong now; answers what is given now. */
async function give(
  forge: Forge,
  pullRequest: PullRequest,
  before: Given,
  wanted: Given,
  commit: string,
  tell: (warning: string) => void,
): Promise<Given> {
  const { number } = pullRequest;
  const missing = (key: keyof Attributes): string[] => wanted[key].filter((name) => !before[key].includes(name));
  const refused = [
    ...(await forge.add(number, {
      labels: missing('labels'),
      reviewers: missing('reviewers'),
      'team-reviewers': missing('team-reviewers'),
      assignees: missing('assignees'),
    })),
  ];
  const wrong = before.labels.filter((label) => !wanted.labels.includes(label));
  for (const label of wrong) {
    if (pullRequest.labels.includes(label)) await forge.removeLabel(number, label);
  }
  const milestone = wanted.milestone !== '' && before.milestone !== wanted.milestone;
  const noMilestone = milestone ? await forge.setMilestone(number, wanted.milestone) : undefined;
  if (noMilestone) refused.push(noMilestone);
  const method = before['auto-merge'] === '' ? wanted['auto-merge'] : '';
  const merging = method === '' ? undefined : await forge.autoMerge(pullRequest, commit, method as MergeMethod);
  if (merging && 'refused' in merging) refused.push({ what: 'auto-merge', reason: merging.refused });
  for (const { what, reason } of refused) tell(`${what} was refused: ${reason}`);

  const isGiven = (what: string): boolean => !refused.some((one) => one.what === what);
  const kept = (key: keyof Attributes, noun: string): string[] => [
    ...before[key].filter((name) => key !== 'labels' || !wrong.includes(name)),
    ...missing(key).filter((name) => isGiven(`${noun} ${name}`)),
  ];
  return {
    labels: kept('labels', 'label'),
    reviewers: kept('reviewers', 'reviewer'),
    'team-reviewers': kept('team-reviewers', 'team reviewer'),
    assignees: kept('assignees', 'assignee'),
    milestone: milestone && !noMilestone ? wanted.milestone : before.milestone,
    'auto-merge': method !== '' && isGiven('auto-merge') ? method : before['auto-merge'],
  };
}

const isSame = (one: Given, other: Given): boolean => JSON.stringify(one) === JSON.stringify(other);
