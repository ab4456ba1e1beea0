/** The operations of Gitea's REST API on commits: of a pull request, compared, alone, and their folders. */
import type { Answer } from './exchange.ts';
import { commitsBetween, resolved } from './github-comparison.ts';
import { commitObject } from './gitea-objects.ts';
import { pageOf, problem, withPullRequest, type Call, type Operation } from './gitea-operation.ts';
import { readCommits, type StoredCommit } from './stored-commit.ts';

export const giteaCommitOperations: readonly Operation[] = [
  { method: 'GET', path: /^\/pulls\/(\d+)\/commits$/, scope: 'repository', answer: ofPullRequest },
  { method: 'GET', path: /^\/compare\/(.+?)\.\.\.(.+)$/, scope: 'repository', answer: compare },
  { method: 'GET', path: /^\/git\/commits\/(.+)$/, scope: 'repository', answer: commit },
  { method: 'GET', path: /^\/commits\/([\da-f]+)\/statuses$/, scope: 'repository', answer: statuses },
  { method: 'GET', path: /^\/git\/trees\/([\da-f]+)$/, scope: 'repository', answer: tree },
];

function ofPullRequest(call: Call, number: string): Promise<Answer> {
  return withPullRequest(call, number, async ({ baseSha, headSha }) => {
    const ids = (await commitsBetween(call.repository, baseSha, headSha)).toReversed();
    return { status: 200, body: await objectsOf(call, pageOf(ids, call.url)) };
  });
}

async function compare(call: Call, base: string, head: string): Promise<Answer> {
  const { repository } = call;
  const [from, to] = [await resolved(repository, base), await resolved(repository, head)];
  if (from === undefined || to === undefined) return problem(404, 'not found');
  const ids = (await commitsBetween(repository, from, to)).toReversed();
  return { status: 200, body: { total_commits: ids.length, commits: await objectsOf(call, ids) } };
}

async function commit(call: Call, revision: string): Promise<Answer> {
  const id = await resolved(call.repository, revision);
  const [found] = id === undefined ? [] : await objectsOf(call, [id]);
  return found ? { status: 200, body: found } : problem(404, 'not found');
}

function statuses({ repository, url }: Call, id: string): Answer {
  const body = pageOf(repository.statuses.of(id), url).map((one) => ({
    id: one.id,
    status: one.state,
    context: one.context,
    description: one.description,
    target_url: one.url,
    url: '',
    creator: { id: 1, login: one.author },
    created_at: one.time,
    updated_at: one.time,
  }));
  return { status: 200, body };
}

async function tree({ repository }: Call, id: string): Promise<Answer> {
  const listed = await repository.text(['ls-tree', '-z', id]);
  const entries = listed.split('\0').flatMap((line) => {
    const [, mode, type, sha, path] = /^(\d+) (\w+) ([\da-f]+)\t(.*)$/s.exec(line) ?? [];
    return path === undefined ? [] : [{ path, mode, type, sha }];
  });
  // Gitea gives the id of the commit where it was asked for one.
  return { status: 200, body: { sha: id, tree: entries, truncated: false, page: 1, total_count: entries.length } };
}

async function objectsOf(call: Call, ids: readonly string[]) {
  const commits = await readCommits(call.repository, ids);
  return ids.map((id) => commitObject(call, commits.get(id) as StoredCommit));
}
