/** The rules of `createPullRequest` of GitHub's GraphQL API. */
import { GraphQlProblem } from './github-graphql-operation.ts';
import { textOrNull } from './github-operation.ts';
import type { Json } from './github-repository.ts';
import { alreadyExists, newPullRequestErrors, writingErrors } from './pull-request-rules.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

/** Opens one as `createPullRequest` does. Throws GraphQlProblem. */
export async function openPullRequest(
  repository: SandboxRepository,
  input: Json,
  author: string,
): Promise<PullRequest> {
  const [head, base] = [textOrNull(input['headRefName']) ?? '', textOrNull(input['baseRefName']) ?? ''];
  const writing = { title: textOrNull(input['title']) ?? '', body: textOrNull(input['body']) };
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  if (headSha === undefined || baseSha === undefined)
    throw unprocessable(missingEnds({ head, headSha, base, baseSha }));
  const errors = [...writingErrors(writing), ...(await newPullRequestErrors(repository, head, base))];
  if (errors.length > 0) throw unprocessable(errors.map(({ message }) => message ?? "Title can't be blank"));
  const draft = input['draft'] === true;
  if (draft && !repository.allowDrafts) {
    throw unprocessable(['Draft pull requests are not supported in this repository.']);
  }
  const opening = { ...writing, head, headSha, base, baseSha, draft, author };
  const opened = repository.pullRequests.open(opening);
  if (opened === undefined) throw unprocessable([alreadyExists(repository, head).message]);
  return opened;
}

interface Ends {
  readonly head: string;
  readonly headSha: string | undefined;
  readonly base: string;
  readonly baseSha: string | undefined;
}

/** GitHub complains of both commits when one of the branches is missing. */
function missingEnds({ head, headSha, base, baseSha }: Ends): string[] {
  return [
    "Head sha can't be blank",
    "Base sha can't be blank",
    `No commits between ${base} and ${head}`,
    ...(headSha === undefined ? ['Head ref must be a branch'] : []),
    ...(baseSha === undefined ? ['Base ref must be a branch'] : []),
  ];
}

function unprocessable(reasons: readonly (string | undefined)[]): GraphQlProblem {
  return new GraphQlProblem('UNPROCESSABLE', reasons.join(', '));
}
