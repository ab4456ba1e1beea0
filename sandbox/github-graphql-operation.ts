/** One operation of GitHub's GraphQL API, and what GitHub answers where it is not carried out. */
import type { Holder, Needs } from './access.ts';
import type { GitHubApiOptions } from './github-operation.ts';
import type { Json } from './github-repository.ts';
import type { SandboxRepository } from './repository.ts';

export interface GraphQlOperation {
  /** The field of the schema that its answer stands in. */
  readonly field: string;
  readonly needs: Needs;
  /** The repository that it is about; undefined when there is none. */
  readonly repository: (variables: Json, api: GitHubApiOptions) => SandboxRepository | undefined;
  /** What GitHub says where there is none. */
  readonly unknown: (variables: Json) => string;
  readonly answer: (question: Question) => Promise<Json>;
}

export interface Question {
  readonly repository: SandboxRepository;
  readonly variables: Json;
  readonly visitor: Holder;
  readonly serverUrl: string;
}

/** What GitHub answers in place of data. */
export class GraphQlProblem extends Error {
  readonly type: 'FORBIDDEN' | 'NOT_FOUND' | 'STALE_DATA' | 'UNPROCESSABLE';

  constructor(type: GraphQlProblem['type'], message: string) {
    super(message);
    this.type = type;
  }
}
