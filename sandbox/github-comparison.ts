/** The operation of GitHub's REST API that tells how two revisions stand to each other. */
import { commitObject } from './github-commit.ts';
import { problem, type Call, type Operation } from './github-operation.ts';
import { repositoryUrl } from './github-repository.ts';
import type { SandboxRepository } from './repository.ts';
import type { Answer } from './exchange.ts';
import { readCommits, type StoredCommit } from './stored-commit.ts';

/** How many commits GitHub tells at once. */
const MOST = 250;

export const comparisonOperations: readonly Operation[] = [
  { method: 'GET', path: /^\/compare\/(.+)$/, needs: [{ contents: 'read' }], answer: compare },
];

async function compare({ addresses, repository, url }: Call, basehead: string): Promise<Answer> {
  const [, base = '', head = ''] = /^(.+?)\.\.\.(.+)$/.exec(basehead) ?? [];
  const [baseId, headId] = [await resolved(repository, base), await resolved(repository, head)];
  if (baseId === undefined || headId === undefined) return problem(404, 'Not Found');
  const mergeBase = (await repository.text(['merge-base', baseId, headId], { answers: [0, 1] })).trim();
  if (mergeBase === '') return problem(404, `No common ancestor between ${base} and ${head}.`);
  const ahead = await commitsBetween(repository, baseId, headId);
  const behind = (await commitsBetween(repository, headId, baseId)).length;
  const told = page(ahead, url);
  const commits = await readCommits(repository, [...told, baseId, mergeBase]);
  const described = (id: string) => commitObject(addresses, repository, commits.get(id) as StoredCommit);
  const html = `${addresses.serverUrl}/${repository.fullName}/compare/${basehead}`;
  const permalink = `${repository.owner}:${baseId.slice(0, 7)}...${repository.owner}:${headId.slice(0, 7)}`;
  const body = {
    url: `${repositoryUrl(addresses, repository)}/compare/${basehead}`,
    html_url: html,
    permalink_url: `${addresses.serverUrl}/${repository.fullName}/compare/${permalink}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: described(baseId),
    merge_base_commit: described(mergeBase),
    status: statusOf(ahead.length, behind),
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: told.map(described),
    files: [],
  };
  return { status: 200, body };
}

/** The commit that a branch, a tag or a whole or shortened id names. */
export async function resolved(repository: SandboxRepository, name: string): Promise<string | undefined> {
  const names = [`refs/heads/${name}`, `refs/tags/${name}`, ...(/^[0-9a-f]{4,40}$/.test(name) ? [name] : [])];
  const found = await repository.objects(names.map((candidate) => `${candidate}^{commit}`));
  return found.find((object) => object !== undefined)?.id;
}

/** Ids of the commits that `head` has and `base` lacks, the oldest first. */
export async function commitsBetween(repository: SandboxRepository, base: string, head: string): Promise<string[]> {
  const list = await repository.text(['rev-list', '--reverse', '--topo-order', `${base}..${head}`]);
  return list.split('\n').filter(Boolean);
}

/** Without pages the newest ones, in pages from the oldest on. */
function page(commits: readonly string[], url: URL): readonly string[] {
  const { page: number, per_page: size } = Object.fromEntries(url.searchParams);
  if (number === undefined && size === undefined) return commits.slice(-MOST);
  const [first, length] = [Number(number ?? 1) - 1, Math.min(Number(size ?? MOST), 100)];
  return commits.slice(first * length, (first + 1) * length);
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
