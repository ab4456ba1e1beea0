/** The sandbox: a manifest repository and the part of GitHub that a release needs, in this process, on loopback. */

/** One request that the sandbox got, and what it answered. */
export interface RecordedRequest {
  readonly method: string;
  /** Path with query, as asked. */
  readonly path: string;
  /** `git` for smart HTTP, `api` for GitHub's REST API. */
  readonly kind: 'git' | 'api';
  readonly authorization: string | undefined;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
}
