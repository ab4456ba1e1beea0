/**
 * The part of GitHub's GraphQL API that a release needs: no engine, but an answer to each operation that we send, known
 * by its name. That a document and its answer are what GitHub's schema allows is checked in the tests.
 */
import { holds, may, mayRead, type Holder } from './access.ts';
import { commitMutations } from './github-graphql-commits.ts';
import { GraphQlProblem, type GraphQlOperation, type GraphQlSeries } from './github-graphql-operation.ts';
import { ghOperations } from './github-graphql-gh.ts';
import { mutations } from './github-graphql-mutations.ts';
import { objectQueries } from './github-graphql-objects.ts';
import { queries } from './github-graphql-queries.ts';
import { isRecord, problem, type GitHubApiOptions } from './github-operation.ts';
import type { Json } from './github-repository.ts';
import { notAccessible, ssoHeader, ssoMessage } from './refusals.ts';
import type { Answer, Asked } from './exchange.ts';

const OPERATIONS: Readonly<Record<string, GraphQlOperation | GraphQlSeries>> = {
  ...objectQueries,
  ...commitMutations,
  ...queries,
  ...mutations,
  ...ghOperations,
};

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

  async #carryOut(operation: GraphQlOperation | GraphQlSeries, variables: Json, visitor: Holder): Promise<Answer> {
    const fields = 'fields' in operation ? operation.fields(variables) : [operation];
    const repository = operation.repository(variables, this.#api);
    const { serverUrl } = this.#api;
    if (repository && mayRead(visitor, repository) && visitor.sso && holds(visitor, repository)) {
      const all = fields.map(({ field }) => failed(field, new GraphQlProblem('FORBIDDEN', ssoMessage(visitor)), true));
      return { ...answered(all), headers: ssoHeader(serverUrl, repository) };
    }
    const results: Result[] = [];
    for (const { field, needs, answer } of fields) {
      const problem =
        !repository || !mayRead(visitor, repository)
          ? new GraphQlProblem('NOT_FOUND', operation.unknown(variables))
          : !may(visitor, repository, needs) && new GraphQlProblem('FORBIDDEN', notAccessible(visitor));
      if (problem || !repository) {
        results.push(failed(field, problem || new GraphQlProblem('NOT_FOUND', operation.unknown(variables))));
        continue;
      }
      try {
        results.push({ field, data: await answer({ repository, variables, visitor, serverUrl }) });
      } catch (error) {
        if (!(error instanceof GraphQlProblem)) throw error;
        results.push(failed(field, error));
      }
    }
    return answered(results, 'schema' in operation ? operation.schema : {});
  }
}

/** What became of one field. */
interface Result {
  readonly field: string;
  readonly data: Json | null;
  readonly error?: Json;
}

function failed(field: string, { type, message }: GraphQlProblem, samlFailure = false): Result {
  const extensions = type === 'FORBIDDEN' ? { extensions: { saml_failure: samlFailure } } : {};
  const error = { type, path: [field], ...extensions, locations: [{ line: 2, column: 3 }], message };
  return { field, data: null, error };
}

/** GitHub answers 200 whatever became of it, and says where in the document it stopped. */
function answered(results: readonly Result[], schema: Json = {}): Answer {
  const errors = results.flatMap(({ error }) => error ?? []);
  const data = { ...schema, ...Object.fromEntries(results.map((one) => [one.field, one.data])) };
  return { status: 200, body: { data, ...(errors.length > 0 && { errors }) } };
}
