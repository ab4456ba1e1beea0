/**
 * The part of GitHub's GraphQL API that a release needs: no engine, but an answer to each operation that we send, known
 * by its name. That a document and its answer are what GitHub's schema allows is checked in the tests.
 */
import { holds, may, mayRead, type Holder } from './access.ts';
import { GraphQlProblem, type GraphQlOperation } from './github-graphql-operation.ts';
import { ghOperations } from './github-graphql-gh.ts';
import { mutations } from './github-graphql-mutations.ts';
import { queries } from './github-graphql-queries.ts';
import { isRecord, problem, type GitHubApiOptions } from './github-operation.ts';
import type { Json } from './github-repository.ts';
import { notAccessible, ssoHeader, ssoMessage } from './refusals.ts';
import type { Answer, Asked } from './exchange.ts';

const OPERATIONS: Readonly<Record<string, GraphQlOperation>> = { ...queries, ...mutations, ...ghOperations };

export class GitHubGraphQl {
  readonly #api: GitHubApiOptions;

  constructor(api: GitHubApiOptions) {
    this.#api = api;
  }

  async answer({ method, authorization, operation: name = '', body }: Asked): Promise<Answer> {
    const visitor = this.#api.access.visitor(authorization);
    if (visitor === 'unknown') return problem(401, 'Bad credentials');
    if (visitor === 'anonymous') return problem(401, 'This endpoint requires you to be authenticated.');
    if (method !== 'POST') return problem(404, 'Not Found');
    if (!isRecord(body) || typeof body['query'] !== 'string') return problem(400, 'Problems parsing JSON');
    const operation = OPERATIONS[name];
    if (operation === undefined) throw new Error(`The sandbox knows no GraphQL operation '${name}'`);
    const variables = isRecord(body['variables']) ? body['variables'] : {};
    return await this.#carryOut(operation, variables, visitor);
  }

  async #carryOut(operation: GraphQlOperation, variables: Json, visitor: Holder): Promise<Answer> {
    const { field, needs } = operation;
    const repository = operation.repository(variables, this.#api);
    if (!repository || !mayRead(visitor, repository)) {
      return refused(field, new GraphQlProblem('NOT_FOUND', operation.unknown(variables)));
    }
    const { serverUrl } = this.#api;
    if (visitor.sso && holds(visitor, repository)) {
      const answer = refused(field, new GraphQlProblem('FORBIDDEN', ssoMessage(visitor)), true);
      return { ...answer, headers: ssoHeader(serverUrl, repository) };
    }
    if (!may(visitor, repository, needs)) {
      return refused(field, new GraphQlProblem('FORBIDDEN', notAccessible(visitor)));
    }
    try {
      const answer = await operation.answer({ repository, variables, visitor, serverUrl });
      return { status: 200, body: { data: { [field]: answer } } };
    } catch (error) {
      if (error instanceof GraphQlProblem) return refused(field, error);
      throw error;
    }
  }
}

/** GitHub answers 200 whatever became of it, and says where in the document it stopped. */
function refused(field: string, { type, message }: GraphQlProblem, samlFailure = false): Answer {
  const extensions = type === 'FORBIDDEN' ? { extensions: { saml_failure: samlFailure } } : {};
  const error = { type, path: [field], ...extensions, locations: [{ line: 2, column: 3 }], message };
  return { status: 200, body: { data: { [field]: null }, errors: [error] } };
}
