/** GitLab's options of a push: the merge request that it opens or changes, and what git shows of it. */
import { Readable } from 'node:stream';
import type { Answer } from './exchange.ts';
import { isDraft } from './gitlab-objects.ts';
import type { PullRequest } from './pull-requests.ts';
import { pushedUpdates, shownBefore } from './push-refusal.ts';
import type { SandboxRepository } from './repository.ts';

/** The answer to a push, carried out first where an option asks for a merge request. */
export async function withMergeRequest(
  answer: Answer,
  body: Buffer,
  project: SandboxRepository,
  serverUrl: string,
  author: string,
): Promise<Answer> {
  const { updates, options } = pushedUpdates(body);
  if (!options.includes('merge_request.create') || !(answer.body instanceof Readable)) return answer;
  const carriedOut = Buffer.concat((await answer.body.toArray()) as Buffer[]);
  const values = (name: string): string[] =>
    options.flatMap((option) => {
      const start = `merge_request.${name}=`;
      return option.startsWith(start) ? [option.slice(start.length)] : [];
    });
  const base = values('target')[0] ?? project.defaultBranch;
  const heads = updates.map(({ ref }) => ref.replace('refs/heads/', '')).filter((head) => head !== base);
  const pages: string[] = [];
  for (const head of heads) {
    const one = await openOrChange(project, { head, base, author }, values, options.includes('merge_request.draft'));
    const page = `${serverUrl}/${project.fullName}/-/merge_requests/${one.number}`;
    pages.push(`\nView merge request for ${head}:\n  ${page}\n\n`);
  }
  return { ...answer, body: shownBefore(pages.join(''), carriedOut) };
}

async function openOrChange(
  project: SandboxRepository,
  { head, base, author }: { readonly head: string; readonly base: string; readonly author: string },
  values: (name: string) => string[],
  draft: boolean,
): Promise<PullRequest> {
  const [headSha = '', baseSha = ''] = [await project.tip(head), await project.tip(base)];
  const asked = values('title')[0] ?? '';
  const title = draft && !isDraft(asked) ? `Draft: ${asked}` : asked;
  const found = (await project.pullRequests.all()).find((one) => one.state === 'open' && one.head === head);
  const opening = { title: title || head, body: null, head, headSha, base, baseSha, draft, author };
  const one = found ?? project.pullRequests.open(opening);
  if (!one) throw new Error(`there is one for ${head} that was not found`);
  const milestone = project.milestones.find(({ title: name }) => values('milestone').includes(name));
  return project.pullRequests.update(one.number, {
    ...(title !== '' && { title }),
    labels: [...new Set([...one.labels, ...values('label')])],
    assignees: [...new Set([...one.assignees, ...values('assign').filter((name) => project.collaborators.has(name))])],
    ...(milestone && { milestone: milestone.number }),
  });
}
