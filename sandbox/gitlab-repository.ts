/** The operations of GitLab's REST API on commits and milestones. */
import type { Answer } from './exchange.ts';
import { commitObject, milestoneObject, userObject } from './gitlab-objects.ts';
import { NOT_FOUND, pageOf, refusal, type GitLabCall, type GitLabOperation } from './gitlab-operation.ts';
import { resolved } from './revisions.ts';
import { isGood, readCommits } from './stored-commit.ts';

export const repositoryOperations: readonly GitLabOperation[] = [
  {
    method: 'GET',
    path: /^$/,
    answer: ({ project: { id, fullName, visibility } }) =>
      Promise.resolve({ status: 200, body: { id, path_with_namespace: fullName, visibility } }),
  },
  { method: 'GET', path: /^\/repository\/commits$/, answer: commits },
  { method: 'GET', path: /^\/repository\/commits\/([^/]+)$/, answer: commit },
  { method: 'GET', path: /^\/repository\/commits\/([^/]+)\/signature$/, answer: signature },
  { method: 'GET', path: /^\/repository\/commits\/([^/]+)\/statuses$/, answer: statuses },
  { method: 'GET', path: /^\/repository\/merge_base$/, answer: mergeBase },
  { method: 'GET', path: /^\/milestones$/, answer: milestones },
];

async function commit(call: GitLabCall, revision: string): Promise<Answer> {
  const id = await resolved(call.project, revision);
  return id === undefined ? NOT_FOUND('Commit') : { status: 200, body: await described(call, id) };
}

/** Those of a branch, or of a range of two. */
async function commits(call: GitLabCall): Promise<Answer> {
  const { project, url, serverUrl } = call;
  const range = url.searchParams.get('ref_name') ?? project.defaultBranch;
  const list = await project.text(['rev-list', '--topo-order', range], { answers: [0, 128] });
  const ids = list.split('\n').filter(Boolean);
  const known = await readCommits(project, ids);
  return pageOf(
    url,
    ids.flatMap((id) => known.get(id) ?? []),
    (one) => commitObject(serverUrl, project, one),
  );
}

async function signature({ project }: GitLabCall, revision: string): Promise<Answer> {
  const id = await resolved(project, revision);
  const found = id === undefined ? undefined : (await readCommits(project, [id])).get(id);
  if (found?.signature === undefined) return NOT_FOUND('Signature');
  const status = isGood(found.signature) ? 'verified' : 'unverified';
  return { status: 200, body: { signature_type: 'SSH', verification_status: status, commit_source: 'gitaly' } };
}

/** Without `all` the latest of each name. */
async function statuses({ serverUrl, users, project, url }: GitLabCall, revision: string): Promise<Answer> {
  const id = await resolved(project, revision);
  if (id === undefined) return NOT_FOUND('Commit');
  const { statuses: all } = project;
  const found = url.searchParams.get('all') === 'true' ? all.of(id) : all.latestOf(id);
  return pageOf(url, found, (one) => ({
    id: one.id,
    sha: id,
    ref: project.defaultBranch,
    status: one.state === 'failure' ? 'failed' : one.state,
    name: one.context,
    description: one.description === '' ? null : one.description,
    target_url: one.url === '' ? null : one.url,
    author: userObject(serverUrl, users, one.author),
    created_at: one.time,
    started_at: null,
    finished_at: one.state === 'pending' ? null : one.time,
    allow_failure: false,
  }));
}

async function mergeBase(call: GitLabCall): Promise<Answer> {
  const refs = call.url.searchParams.getAll('refs[]');
  const ids = await Promise.all(refs.map((ref) => resolved(call.project, ref)));
  const [one, other] = ids;
  if (one === undefined || other === undefined)
    return refusal(400, `Could not find ref: ${refs[ids.indexOf(undefined)]}`);
  const shared = (await call.project.text(['merge-base', one, other], { answers: [0, 1] })).trim();
  return shared === '' ? NOT_FOUND('Merge Base') : { status: 200, body: await described(call, shared) };
}

function milestones({ project, url }: GitLabCall): Answer {
  const [title, state] = [url.searchParams.get('title'), url.searchParams.get('state')];
  const numbers = url.searchParams.getAll('iids[]').map(Number);
  const found = project.milestones
    .filter((one) => (title ?? one.title) === one.title)
    .filter((one) => state === null || (state === 'active') === (one.state === 'open'))
    .filter((one) => numbers.length === 0 || numbers.includes(one.number));
  return pageOf(url, found, (one) => milestoneObject(project, one));
}

async function described({ serverUrl, project }: GitLabCall, id: string): Promise<object | undefined> {
  const found = (await readCommits(project, [id])).get(id);
  return found && commitObject(serverUrl, project, found);
}
