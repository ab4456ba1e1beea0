/** The mutations of GitHub's GraphQL API that make commits and move branches. */
import { may, type Holder } from './access.ts';
import { GitError } from './git.ts';
import { openPullRequest } from './github-graphql-opening.ts';
import {
  GraphQlProblem,
  type GraphQlField,
  type GraphQlOperation,
  type GraphQlSeries,
} from './github-graphql-operation.ts';
import { commitFacts, oneFactsOf, pullRequestId } from './github-graphql-queries.ts';
import { isRecord, textOrNull } from './github-operation.ts';
import { nodeId, type Json } from './github-repository.ts';
import { writingErrors } from './pull-request-rules.ts';
import { ZEROS } from './ref-updater.ts';
import { notAccessible } from './refusals.ts';
import type { SandboxRepository } from './repository.ts';
import { dated, GITHUB, readCommits, writeCommit } from './stored-commit.ts';
import { treeWith } from './stored-tree.ts';

const WRITE = [{ contents: 'write' }] as const;

const createRef: GraphQlField = {
  field: 'createRef',
  needs: WRITE,
  answer: async ({ repository, variables }) => {
    const { name, oid } = recordIn(variables, 'creation');
    const ref = String(name);
    refuseProtected(repository, ref);
    if ((await repository.refs())[ref] !== undefined) {
      throw unprocessable(`A ref named "${ref}" already exists in the repository.`);
    }
    await setRef(repository, ref, ZEROS, String(oid), unprocessable('Reference cannot be created.'));
    return { ref: { name: ref.replace(/^refs\/heads\//, '') } };
  },
};

const createCommitOnBranch: GraphQlField = {
  field: 'createCommitOnBranch',
  needs: WRITE,
  answer: async ({ repository, variables, visitor }) => {
    const input = recordIn(variables, 'commit');
    const { branchName } = recordIn(input, 'branch');
    const expected = String(input['expectedHeadOid']);
    const ref = `refs/heads/${String(branchName)}`;
    const current = (await repository.refs())[ref];
    if (current === undefined) throw new GraphQlProblem('NOT_FOUND', `No such branch: ${String(branchName)}`);
    if (current !== expected) throw stale(expected);
    refuseProtected(repository, ref);
    const { additions } = recordIn(input, 'fileChanges');
    const files = (Array.isArray(additions) ? additions : []).filter(isRecord).map(({ path, contents }) => ({
      path: String(path),
      content: Buffer.from(String(contents), 'base64'),
    }));
    refuseWorkflows(repository, visitor, files);
    const { headline, body } = recordIn(input, 'message');
    const text = textOrNull(body) ?? '';
    const login = visitor.login;
    const id = await writeCommit(repository, {
      // All files that it writes are plain ones.
      tree: await treeWith(repository, current, files),
      parents: [current],
      author: dated({ name: login, email: `${login}@users.noreply.github.com` }),
      committer: dated(GITHUB),
      message: text === '' ? String(headline) : `${String(headline)}\n\n${text}`,
      signed: true,
    });
    await setRef(repository, ref, current, id, stale(expected));
    const made = (await readCommits(repository, [id])).get(id);
    if (!made) throw new Error(`The commit ${id} was not written`);
    return { commit: commitFacts(made) };
  },
};

const createPullRequest: GraphQlField = {
  field: 'createPullRequest',
  needs: [{ pull_requests: 'write', contents: 'read' }],
  answer: async ({ repository, variables, visitor, serverUrl }) => {
    const opened = await openPullRequest(repository, recordIn(variables, 'opening'), visitor.login);
    return { pullRequest: await oneFactsOf(repository, opened, serverUrl) };
  },
};

const updateRefs: GraphQlField = {
  field: 'updateRefs',
  needs: WRITE,
  answer: async ({ repository, variables }) => {
    const { refUpdates } = recordIn(variables, 'updates');
    const updates = (Array.isArray(refUpdates) ? refUpdates : []).filter(isRecord);
    const refs = await repository.refs();
    for (const { name, beforeOid, afterOid } of updates) {
      refuseProtected(repository, String(name));
      const after = String(afterOid);
      const [object] = after === ZEROS ? [undefined] : await repository.objects([after]);
      if (after !== ZEROS && object?.type !== 'commit') throw unprocessable(`Object does not exist: ${after}`);
      if ((refs[String(name)] ?? ZEROS) !== beforeOid) throw stale(String(beforeOid));
    }
    const moved = updates.map(({ name, beforeOid, afterOid }) => ({
      ref: String(name),
      before: String(beforeOid),
      after: String(afterOid),
    }));
    await repository.updateRefs(...moved).catch((error: unknown) => {
      throw error instanceof GitError ? stale(moved[0]?.before ?? '') : error;
    });
    return { clientMutationId: null };
  },
};

const updatePullRequest: GraphQlField = {
  field: 'updatePullRequest',
  needs: [{ pull_requests: 'write', contents: 'read' }],
  answer: async ({ repository, variables, serverUrl }) => {
    const { pullRequestId: id, title, body } = recordIn(variables, 'text');
    const all = await repository.pullRequests.all();
    const found = all.find((one) => pullRequestId(repository, one) === id);
    if (!found)
      throw new GraphQlProblem('NOT_FOUND', `Could not resolve to a node with the global id of '${String(id)}'.`);
    const writing = {
      ...(typeof title === 'string' && { title }),
      ...(typeof body === 'string' && { body }),
    };
    const errors = writingErrors(writing);
    if (errors.length > 0)
      throw unprocessable(errors.map(({ message }) => message ?? "Title can't be blank").join(', '));
    const changed = await repository.pullRequests.update(found.number, writing);
    return { pullRequest: await oneFactsOf(repository, changed, serverUrl) };
  },
};

export const commitMutations: Readonly<Record<string, GraphQlOperation | GraphQlSeries>> = {
  MakeCommit: {
    repository: (variables, { find }) => find(String(branchOf(variables)['repositoryNameWithOwner'])),
    unknown: (variables) =>
      `Could not resolve to a Repository with the name '${String(branchOf(variables)['repositoryNameWithOwner'])}'.`,
    fields: (variables) => [
      ...('creation' in variables ? [createRef] : []),
      createCommitOnBranch,
      ...('opening' in variables ? [createPullRequest] : []),
    ],
  },
  UpdateRefs: {
    repository: (variables, { repositories }) => {
      const { repositoryId } = recordIn(variables, 'updates');
      return repositories().find(({ id }) => nodeId('Repository', id) === repositoryId);
    },
    unknown: (variables) =>
      `Could not resolve to a node with the global id of '${String(recordIn(variables, 'updates')['repositoryId'])}'.`,
    fields: (variables) => [updateRefs, ...('text' in variables ? [updatePullRequest] : [])],
  },
};

async function setRef(
  repository: SandboxRepository,
  ref: string,
  before: string,
  after: string,
  problem: GraphQlProblem,
): Promise<void> {
  await repository.updateRefs({ ref, before, after }).catch((error: unknown) => {
    throw error instanceof GitError ? problem : error;
  });
}

function refuseProtected(repository: SandboxRepository, ref: string): void {
  if (!repository.protectedRefs.has(ref)) return;
  const message = 'Branch protection rule violations found\n\nChanges must be made through a pull request.';
  throw new GraphQlProblem('BRANCH_PROTECTION_RULE_VIOLATION', message);
}

function refuseWorkflows(
  repository: SandboxRepository,
  visitor: Holder,
  files: readonly { readonly path: string }[],
): void {
  const isWorkflow = files.some(({ path }) => path.startsWith('.github/workflows/'));
  if (!isWorkflow || may(visitor, repository, [{ workflows: 'write' }])) return;
  throw new GraphQlProblem('FORBIDDEN', notAccessible(visitor));
}

const stale = (expected: string): GraphQlProblem =>
  new GraphQlProblem('STALE_DATA', `Expected branch to point to "${expected}" but it did not. Pull and try again.`);

const unprocessable = (message: string): GraphQlProblem => new GraphQlProblem('UNPROCESSABLE', message);

const branchOf = (variables: Json): Json => recordIn(recordIn(variables, 'commit'), 'branch');

function recordIn(record: Json, name: string): Json {
  const value = record[name];
  return isRecord(value) ? value : {};
}
