/** One operation of GitHub's GraphQL API, and what GitHub answers where it is not carried out. */
import type { Holder, Needs } from './access.ts';
import type { GitHubApiOptions } from './github-operation.ts';
import type { Json } from './github-repository.ts';
import type { SandboxRepository } from './repository.ts';

/** A field at the top of a document. */
export interface GraphQlField {
  /** Its name in the schema, where its answer stands. */
  readonly field: string;
  readonly needs: Needs;
  readonly answer: (question: Question) => Promise<Json>;
}

interface OfRepository {
  /** The repository that it is about; undefined when there is none. */
  readonly repository: (variables: Json, api: GitHubApiOptions) => SandboxRepository | undefined;
  /** What GitHub says where there is none. */
  readonly unknown: (variables: Json) => string;
}

/** A document with one field; `schema` is what it asks of the schema beside it. */
export interface GraphQlOperation extends OfRepository, GraphQlField {
  readonly schema?: Json;
}

/** A mutation with several, which are carried out one after the other, whatever became of those before. */
export interface GraphQlSeries extends OfRepository {
  readonly fields: (variables: Json) => readonly GraphQlField[];
}

export interface Question {
  readonly repository: SandboxRepository;
  readonly variables: Json;
  readonly visitor: Holder;
  readonly serverUrl: string;
}

/** What GitHub answers in place of data. */
export class GraphQlProblem extends Error {
  readonly type:
    | 'BRANCH_PROTECTION_RULE_VIOLATION'
    | 'FORBIDDEN'
    | 'MAX_NODE_LIMIT_EXCEEDED'
    | 'NOT_FOUND'
    | 'STALE_DATA'
    | 'UNPROCESSABLE';

  constructor(type: GraphQlProblem['type'], message: string) {
    super(message);
    this.type = type;
  }
}
