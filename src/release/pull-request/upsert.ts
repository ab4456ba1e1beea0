/** The pull request made to say what its branch carries: opened, brought up to date, left alone or closed. */
import type { Forge, MergeMethod, PullRequest } from '../../forge/forge.ts';
import { readText, writeMemory, type Memory } from './metadata.ts';
import type { ReleaseTexts } from './variables.ts';
import type { Remembered } from './select.ts';
import type { Attributes } from '../../core/objects.ts';
import type { Inputs } from '../../inputs/inputs.ts';

type Given = Attributes;

const NOTHING: Given = {
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  milestone: '',
  'auto-merge': '',
  draft: false,
};

export interface Publication {
  /** What is remembered of it; what it was given comes later. */
  readonly memory: Omit<Memory, 'title' | 'given' | 'closed'>;
  readonly branch: string;
  readonly base: string;
  /** Asked for only when there is something to write. */
  readonly texts: () => Promise<ReleaseTexts>;
  /** What it is to be given beside its text. */
  readonly attributes: Inputs['attributes'];
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
  const remembering = (given: Given, title: string): Memory => ({ ...facts, title, given, closed: '' });
  const open = async (): Promise<Remembered | undefined> => {
    const { title, body } = await release.texts();
    const memory = remembering(NOTHING, title);
    const wantsDraft = draft !== 'false';
    const text = writeMemory('', memory, body);
    const created = await forge.open({ branch, base, title, draft: wantsDraft, body: text });
    if (created && wantsDraft && !created.draft) tell('draft was refused: this repository has no draft pull requests');
    return created && { pullRequest: created, memory };
  };
  const created = present ? undefined : await open();
  const current = present ?? created ?? (await find());
  if (!current) throw new Error(`a pull request from ${branch} is open and is not listed`);

  const { pullRequest, memory } = current;
  const isCurrent = memory?.commit === facts.commit;
  const { given: after, refused } = await forge.giveAttributes(
    pullRequest,
    memory?.given ?? NOTHING,
    {
      ...release.attributes,
      milestone: release.milestone,
      'auto-merge': release.autoMerge === 'none' ? '' : release.autoMerge,
      draft: draft === 'always' && !created && !isCurrent,
    },
    facts.commit,
  );
  for (const { what, reason } of refused) tell(`${what} was refused: ${reason}`);
  // It is made a draft again with the next commit.
  const given = { ...after, draft: false };
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

const isSame = (one: Given, other: Given): boolean => JSON.stringify(one) === JSON.stringify(other);
