/** The operations of GitHub's REST API on commit statuses, deployments and check runs. */
import type { CommitStatus } from './commit-statuses.ts';
import type { Answer } from './exchange.ts';
import { resolved } from './github-comparison.ts';
import { problem, type Call, type Operation } from './github-operation.ts';
import { nodeId, repositoryUrl, userObject, type Json } from './github-repository.ts';

const READ = [{ contents: 'read' }] as const;

export const statusOperations: readonly Operation[] = [
  { method: 'GET', path: /^\/commits\/([^/]+)\/statuses$/, needs: READ, answer: statuses },
  { method: 'GET', path: /^\/commits\/([^/]+)\/check-runs$/, needs: READ, answer: checkRuns },
  { method: 'GET', path: /^\/deployments$/, needs: READ, answer: deployments },
  { method: 'GET', path: /^\/deployments\/(\d+)\/statuses$/, needs: READ, answer: deploymentStatuses },
];

async function statuses(call: Call, ref: string): Promise<Answer> {
  const { repository, addresses } = call;
  const id = await resolved(repository, ref);
  if (id === undefined) return problem(422, `No commit found for SHA: ${ref}`);
  const body = firstPage(call, repository.statuses.of(id)).map((one) => ({
    ...written(call, one),
    url: `${repositoryUrl(addresses, repository)}/statuses/${id}`,
    avatar_url: null,
    context: one.context,
    target_url: one.url === '' ? null : one.url,
  }));
  return { status: 200, body };
}

/** The newest first; of each name the latest alone, unless all are asked for. */
async function checkRuns(call: Call, ref: string): Promise<Answer> {
  const { repository, addresses, url } = call;
  const id = await resolved(repository, ref);
  if (id === undefined) return problem(422, `No commit found for SHA: ${ref}`);
  const { checkRuns: all } = repository;
  const found = url.searchParams.get('filter') === 'all' ? all.of(id) : all.latestOf(id);
  const api = `${repositoryUrl(addresses, repository)}/check-runs`;
  const body = firstPage(call, found).map((one) => ({
    id: one.id,
    node_id: nodeId('CheckRun', one.id),
    head_sha: id,
    external_id: '',
    name: one.context,
    url: `${api}/${one.id}`,
    html_url: `${addresses.serverUrl}/${repository.fullName}/runs/${one.id}`,
    details_url: one.url === '' ? null : one.url,
    status: one.state === 'pending' ? 'in_progress' : 'completed',
    conclusion: one.state === 'pending' ? null : one.state,
    started_at: one.time,
    completed_at: one.state === 'pending' ? null : one.time,
    output: {
      title: one.description,
      summary: null,
      text: null,
      annotations_count: 0,
      annotations_url: `${api}/${one.id}/annotations`,
    },
    check_suite: { id: 1 },
    app: appObject(call, one.author),
    pull_requests: [],
  }));
  return { status: 200, body: { total_count: found.length, check_runs: body } };
}

const appObject = ({ addresses, repository }: Call, slug: string): Json => ({
  id: 1,
  slug,
  node_id: nodeId('App', 1),
  owner: userObject(addresses, repository.owner, 'Organization'),
  name: slug,
  description: null,
  external_url: addresses.serverUrl,
  html_url: `${addresses.serverUrl}/apps/${slug}`,
  created_at: '2026-01-02T03:04:05Z',
  updated_at: '2026-01-02T03:04:05Z',
  permissions: { checks: 'write' },
  events: [],
});

function deployments(call: Call): Answer {
  const { repository, addresses, url } = call;
  const api = repositoryUrl(addresses, repository);
  const found = repository.deployments.of(url.searchParams.get('sha') ?? '');
  const body = firstPage(call, found).map((one) => ({
    ...written(call, one),
    url: `${api}/deployments/${one.id}`,
    sha: one.commit,
    ref: one.commit,
    task: 'deploy',
    payload: {},
    environment: one.context,
    statuses_url: `${api}/deployments/${one.id}/statuses`,
    repository_url: api,
  }));
  return { status: 200, body };
}

/** The newest first; what was superseded is inactive at last. */
function deploymentStatuses(call: Call, number: string): Answer {
  const { repository, addresses } = call;
  const one = repository.deployments.get(Number(number));
  if (one === undefined) return problem(404, 'Not Found');
  const api = repositoryUrl(addresses, repository);
  const status = {
    ...written(call, one),
    url: `${api}/deployments/${one.id}/statuses/1`,
    environment: one.context,
    target_url: one.url === '' ? api : one.url,
    log_url: one.url === '' ? api : one.url,
    deployment_url: `${api}/deployments/${one.id}`,
    repository_url: api,
  };
  return { status: 200, body: one.state === 'success' ? [{ ...status, state: 'inactive' }, status] : [status] };
}

/** What all of them have. */
const written = ({ addresses }: Call, { id, state, description, author, time }: CommitStatus): Json => ({
  id,
  node_id: nodeId('Status', id),
  state,
  description,
  creator: userObject(addresses, author),
  created_at: time,
  updated_at: time,
});

const firstPage = <Item>({ url }: Call, all: readonly Item[]): readonly Item[] =>
  all.slice(0, Math.min(Number(url.searchParams.get('per_page') ?? 30), 100));
