/** The operation of GitLab's REST API that merges, or has GitLab merge once the checks pass. */
import type { Answer } from './exchange.ts';
import { shown, withOne } from './gitlab-merge-requests.ts';
import { isDraft } from './gitlab-objects.ts';
import { refusal, type GitLabCall, type GitLabOperation } from './gitlab-operation.ts';
import type { PullRequest } from './pull-requests.ts';

export const mergingOperations: readonly GitLabOperation[] = [
  {
    method: 'PUT',
    path: /^\/merge_requests\/(\d+)\/merge$/,
    answer: (call, number) => withOne(call, number, (one) => merge(call, one)),
  },
];

const NOT_ALLOWED = refusal(405, '405 Method Not Allowed');

async function merge(call: GitLabCall, one: PullRequest): Promise<Answer> {
  const { project, body } = call;
  const { number, head, base, headSha, title, state } = one;
  const waits = project.waitsForChecks(base);
  const isAuto = body['auto_merge'] === true || body['merge_when_pipeline_succeeds'] === true;
  // Without a pipeline there is nothing to wait for, and then GitLab does not take it.
  if (state !== 'open' || isDraft(title) || isAuto !== waits) return NOT_ALLOWED;
  if (body['sha'] !== undefined && body['sha'] !== headSha) {
    return refusal(409, `SHA does not match HEAD of source branch: ${headSha}`);
  }
  const method = body['squash'] === true ? 'squash' : 'merge';
  if (isAuto) return shown(call, await project.pullRequests.update(number, { autoMerge: { method, head: headSha } }));
  const merged = await project.pullRequests
    .merge(number, method, {
      title: method === 'squash' ? title : `Merge branch '${head}' into '${base}'`,
      text: `${method === 'squash' ? '' : `${title}\n\n`}See merge request ${project.fullName}!${number}`,
    })
    .catch(() => undefined);
  return merged ? shown(call, merged) : refusal(422, 'Branch cannot be merged');
}
