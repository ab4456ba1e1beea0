/** The operations of the REST API of Azure DevOps on commits. */
import { identityRef } from './azure-identities.ts';
import { commitObject, commitRefObject } from './azure-objects.ts';
import { pageOf, refusal, withOne, type AzureCall, type AzureOperation } from './azure-operation.ts';
import type { Answer } from './exchange.ts';
import { readCommits, type StoredCommit } from './stored-commit.ts';

export const commitOperations: readonly AzureOperation[] = [
  {
    method: 'GET',
    path: /^\/pullrequests\/(\d+)\/commits$/i,
    answer: (call, number) =>
      withOne(call, number, async (one) => {
        const base = one.mergedAt === null ? one.base : one.baseSha;
        return pageOf(call.url, await listed(call, base, one.headSha), (commit) => commitRefObject(call, commit));
      }),
  },
  { method: 'GET', path: /^\/commits$/i, answer: between },
  { method: 'GET', path: /^\/commits\/([^/]+)$/i, answer: show },
  { method: 'GET', path: /^\/commits\/([^/]+)\/statuses$/i, answer: statuses },
  { method: 'GET', path: /^\/diffs\/commits$/i, answer: compare },
];

async function show(call: AzureCall, id: string): Promise<Answer> {
  const found = /^[\da-f]{40}$/.test(id) ? (await readCommits(call.repository, [id])).get(id) : undefined;
  return found ? { status: 200, body: commitObject(call, found) } : unresolved('Commit', id);
}

/** Those that the version to compare with has and the other lacks, the newest first. */
async function between(call: AzureCall): Promise<Answer> {
  const asked = (name: string): string => call.url.searchParams.get(`searchCriteria.${name}.version`) ?? '';
  const commits = await listed(call, asked('itemVersion'), asked('compareVersion'));
  return pageOf(call.url, commits, (commit) => commitRefObject(call, commit), 'searchCriteria.');
}

async function compare(call: AzureCall): Promise<Answer> {
  const { repository, url } = call;
  const [base, target] = [await resolved(call, 'base'), await resolved(call, 'target')];
  const missing = [base, target].findIndex((id) => id === undefined);
  if (base === undefined || target === undefined) {
    return unresolved('Tag', url.searchParams.get(missing === 0 ? 'baseVersion' : 'targetVersion') ?? '');
  }
  const shared = (await repository.text(['merge-base', base, target], { answers: [0, 1] })).trim();
  return {
    status: 200,
    body: {
      allChangesIncluded: true,
      changeCounts: {},
      changes: [],
      ...(shared !== '' && { commonCommit: shared }),
      baseCommit: base,
      targetCommit: target,
      aheadCount: await repository.countAbove(base, target),
      behindCount: await repository.countAbove(target, base),
    },
  };
}

function statuses({ repository, identities }: AzureCall, id: string): Answer {
  const value = repository.statuses.of(id).map((one) => ({
    id: one.id,
    state: one.state === 'pending' ? one.state : one.state === 'success' ? 'succeeded' : 'failed',
    description: one.description,
    context: { name: one.context, genre: 'fluxcd' },
    creationDate: one.time,
    updatedDate: one.time,
    createdBy: identityRef(identities, { name: one.author }),
    ...(one.url !== '' && { targetUrl: one.url }),
  }));
  return { status: 200, body: { count: value.length, value } };
}

async function resolved({ repository, url }: AzureCall, which: 'base' | 'target'): Promise<string | undefined> {
  const [version, type] = [url.searchParams.get(`${which}Version`), url.searchParams.get(`${which}VersionType`)];
  const name = type === 'commit' ? `${version}` : `refs/${type === 'tag' ? 'tags' : 'heads'}/${version}`;
  return repository.commitId(name).catch(() => undefined);
}

async function listed({ repository }: AzureCall, base: string, head: string): Promise<readonly StoredCommit[]> {
  const list = await repository.text(['rev-list', '--topo-order', `${base}..${head}`], { answers: [0, 128] });
  const ids = list.split('\n').filter(Boolean);
  const known = await readCommits(repository, ids);
  return ids.flatMap((id) => known.get(id) ?? []);
}

const unresolved = (kind: string, version: string): Answer =>
  refusal(
    404,
    `TF401175: The version descriptor <${kind}: ${version} > could not be resolved to a version in the repository.`,
    'GitUnresolvableToCommitException',
  );
