/** The operations of GitHub's REST API on the Git database: trees and commits on no branch. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { may } from './access.ts';
import { gitCommitObject } from './github-commit.ts';
import { isRecord, loginOf, problem, textOrNull, texts, type Call, type Operation } from './github-operation.ts';
import { repositoryUrl, type Json } from './github-repository.ts';
import { notAccessible } from './refusals.ts';
import type { Answer } from './exchange.ts';
import { dated, GITHUB, readCommits, writeCommit, type DatedPerson } from './stored-commit.ts';

const WRITE = [{ contents: 'write' }] as const;

export const gitDataOperations: readonly Operation[] = [
  { method: 'POST', path: /^\/git\/trees$/, needs: WRITE, answer: createTree },
  { method: 'POST', path: /^\/git\/commits$/, needs: WRITE, answer: createCommit },
  { method: 'GET', path: /^\/git\/commits\/([0-9a-f]+)$/, needs: [{ contents: 'read' }], answer: getCommit },
];

async function createTree(call: Call): Promise<Answer> {
  const { repository, visitor, body } = call;
  const entries = (Array.isArray(body['tree']) ? body['tree'] : []).filter(isRecord);
  const workflow = entries.some(({ path }) => String(path).startsWith('.github/workflows/'));
  if (workflow && !may(visitor, repository, [{ workflows: 'write' }])) return problem(403, notAccessible(visitor));
  const base = textOrNull(body['base_tree']);
  if (base !== null && (await typeOf(call, base)) !== 'tree') {
    return problem(422, 'base_tree is not a valid tree oid');
  }
  const lines = await Promise.all(entries.map((entry) => indexLine(call, entry)));
  const id = await writtenTree(call, base, lines.join(''));
  return { status: 201, body: await treeObject(call, id) };
}

/** A line of `git update-index --index-info`; content is stored first. */
async function indexLine({ repository }: Call, { path, mode, sha, content }: Json): Promise<string> {
  if (sha === null) return `0 ${'0'.repeat(40)}\t${textOrNull(path)}\n`;
  const input = textOrNull(content);
  const id =
    input === null ? textOrNull(sha) : (await repository.text(['hash-object', '-w', '--stdin'], { input })).trim();
  return `${textOrNull(mode)} ${id}\t${textOrNull(path)}\n`;
}

async function writtenTree({ repository }: Call, base: string | null, lines: string): Promise<string> {
  const index = join(repository.gitDir, `index-${Math.random()}`);
  const environment = { GIT_INDEX_FILE: index };
  try {
    await repository.text(['read-tree', ...(base === null ? ['--empty'] : [base])], { environment });
    await repository.text(['update-index', '--add', '--replace', '--index-info'], { environment, input: lines });
    return (await repository.text(['write-tree'], { environment })).trim();
  } finally {
    await rm(index, { force: true });
  }
}

async function treeObject({ addresses, repository }: Call, sha: string): Promise<Json> {
  const database = `${repositoryUrl(addresses, repository)}/git`;
  const listed = (await repository.text(['ls-tree', '-z', sha])).split('\0').filter(Boolean);
  const tree = listed.map((line) => {
    const [mode = '', type = '', id = ''] = line.slice(0, line.indexOf('\t')).split(' ');
    const path = line.slice(line.indexOf('\t') + 1);
    return { path, mode, type, sha: id, url: `${database}/${type}s/${id}` };
  });
  return { sha, url: `${database}/trees/${sha}`, tree, truncated: false };
}

async function createCommit(call: Call): Promise<Answer> {
  const { addresses, repository, visitor, body } = call;
  const [message, tree, parents] = [textOrNull(body['message']), textOrNull(body['tree']), texts(body['parents'])];
  if (message === null || tree === null) return problem(422, 'Invalid request.');
  if ((await typeOf(call, tree)) !== 'tree') return problem(422, 'Tree SHA does not exist');
  const types = await Promise.all(parents.map((parent) => typeOf(call, parent)));
  if (types.some((type) => type !== 'commit')) {
    return problem(422, 'Parent SHA does not exist or is not a commit object');
  }
  // GitHub signs in its own name for Apps and bots, unless they say who it was.
  const signed =
    !body['author'] && !body['committer'] && typeof visitor === 'object' && visitor.kind === 'installation';
  const author = person(body['author']) ?? caller(call);
  const committer = signed ? dated(GITHUB) : (person(body['committer']) ?? author);
  const id = await writeCommit(repository, { message, tree, parents, author, committer, signed });
  const made = (await readCommits(repository, [id])).get(id);
  if (made === undefined) throw new Error(`The commit ${id} was not written`);
  return { status: 201, body: gitCommitObject(addresses, repository, made) };
}

async function getCommit({ addresses, repository }: Call, sha: string): Promise<Answer> {
  const commit = sha.length === 40 ? (await readCommits(repository, [sha])).get(sha) : undefined;
  if (commit === undefined) return problem(404, 'Not Found');
  return { status: 200, body: gitCommitObject(addresses, repository, commit) };
}

/** What kind of object has this id; `missing` when none has. */
async function typeOf({ repository }: Call, id: string): Promise<string> {
  if (!/^[0-9a-f]{40}$/.test(id)) return 'missing';
  const [, type = ''] = (await repository.text(['cat-file', '--batch-check'], { input: `${id}\n` })).split(/\s/);
  return type;
}

function caller(call: Call): DatedPerson {
  const name = loginOf(call);
  return dated({ name, email: `41898282+${name}@users.noreply.github.com` });
}

function person(given: unknown): DatedPerson | undefined {
  if (!isRecord(given)) return undefined;
  const { name, email, date } = given;
  return dated({ name: String(name), email: String(email) }, textOrNull(date) ?? undefined);
}
