/** A request to the sandbox and its answer. */
import type { IncomingMessage } from 'node:http';

/** One request that the sandbox got, and what it answered. */
export interface RecordedRequest {
  readonly method: string;
  /** Path with query, as asked. */
  readonly path: string;
  /** `git` for smart HTTP, `api` for the REST and GraphQL APIs of GitHub and the REST APIs of other forges. */
  readonly kind: 'git' | 'api';
  /** The name of the operation, for GraphQL. */
  readonly operation?: string;
  readonly authorization: string | undefined;
  readonly requestBody: unknown;
  /** 0 when the connection was dropped without an answer. */
  readonly status: number;
  readonly responseBody: unknown;
  /** Whether GitHub never answers so. */
  readonly foreign?: boolean;
}

/** A request on its way to a handler. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly kind: 'git' | 'api';
  /** The name of the operation, for GraphQL. */
  readonly operation: string | undefined;
  readonly authorization: string | undefined;
  /** The parsed JSON of an API request, its text when it is none; undefined for git, whose body is in `message`. */
  readonly body: unknown;
  readonly message: IncomingMessage;
}

/** What to answer: a stream or bytes as they are, a string as plain text, anything else as JSON. Status 0 hangs up. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly foreign?: boolean;
}

/** Where GitHub Enterprise, whose paths the sandbox has, answers GraphQL. */
export const GRAPHQL = '/api/graphql';

/** Where the command line `gh` asks the host github.localhost: by a proxy, which is asked for the whole URL. */
export const GH_GRAPHQL = 'http://api.github.localhost/graphql';

export type Handler = (asked: Asked) => Promise<Answer>;
