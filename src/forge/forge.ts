/** What a release needs of the server that holds pull requests. */

export interface PullRequest {
  readonly number: number;
  /** Web page. */
  readonly url: string;
  readonly title: string;
  readonly body: string;
}

export interface Forge {
  /** The open pull request from `branch` into `base`. */
  find(branch: string, base: string): Promise<PullRequest | undefined>;
  /** `undefined` when one is open already: somebody was faster. */
  create(pullRequest: { branch: string; base: string; title: string; body: string }): Promise<PullRequest | undefined>;
  update(number: number, text: { title?: string; body: string }): Promise<PullRequest>;
}

/** What GitHub takes, in characters. */
export const MAX_TITLE = 256;
export const MAX_BODY = 65_536;
