/** GitHub's pull requests, through Octokit. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attributes } from '../../core/objects.ts';
import type { Comparison, Forge, ForgeCommit, NewPullRequest, PullRequest, PullRequests, Refused } from '../forge.ts';
import { makeCommit } from './api-commit.ts';
import { giveAttributes } from './attributes.ts';
import { createClient } from './client.ts';
import { reasonOf } from './error-message.ts';
import { PULL_REQUESTS } from './graphql-documents.ts';
import { fromGraphql, fromRest, type PullRequestFacts } from './pull-request.ts';
import { Requests } from './requests.ts';

/** GitHub's API can lag behind a push: milliseconds until each further try. */
const HEAD_RETRIES = [1000, 3000];

export interface GitHubOptions {
  /** The REST API's root, e.g. https://api.github.com. */
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  /** The API of the server that has the source repositories, and the token that reads them. */
  readonly source: { readonly apiUrl: string; readonly token: string };
  /** Gets, once each, why a request is waited for. */
  readonly tell: (text: string) => void;
}

interface Nodes {
  readonly nodes: PullRequestFacts[];
}

interface Page {
  readonly repository: {
    readonly open: Nodes & { readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } };
    readonly ofBranch: Nodes;
    readonly ofOther: Nodes;
    readonly merged: Nodes;
  };
}

export class GitHub implements Forge {
  readonly name = 'GitHub';
  readonly limits = { title: 256, body: 65_536, label: 50 };
  readonly #requests: Requests;
  readonly #source: Requests;

  constructor({ apiUrl, token, owner, repo, source, tell }: GitHubOptions) {
    this.#requests = new Requests(createClient(apiUrl, token, tell), { owner, repo });
    this.#source = new Requests(createClient(source.apiUrl, source.token, tell), { owner, repo });
  }

  async find(branches: readonly string[], base: string): Promise<PullRequests> {
    const { client, names } = this.#requests;
    const [branch = '', other = branch] = branches;
    const ask = async (after: string | null): Promise<Page['repository']> => {
      const variables = { ...names, branch, other, base, after };
      const page = await this.#requests.call('list pull requests', () =>
        client.graphql<Page>(PULL_REQUESTS, variables),
      );
      return page.repository;
    };
    const first = await ask(null);
    const open = [...first.open.nodes];
    let { pageInfo } = first.open;
    for (let seen: string | null = null; pageInfo.hasNextPage && pageInfo.endCursor !== seen;) {
      seen = pageInfo.endCursor;
      const next = await ask(seen);
      open.push(...next.open.nodes);
      ({ pageInfo } = next.open);
    }
    const ended = [...first.ofBranch.nodes, ...first.ofOther.nodes, ...first.merged.nodes];
    const past = new Map(ended.map((facts) => [facts.number, facts]));
    return { open: open.flatMap(fromGraphql), past: [...past.values()].flatMap(fromGraphql).toSorted(newestFirst) };
  }

  async open({ branch, ...wanted }: NewPullRequest): Promise<PullRequest | undefined> {
    const { client, repository } = this.#requests;
    let { draft } = wanted;
    for (let attempt = 0; ;) {
      try {
        const { data } = await client.rest.pulls.create({ ...repository, ...wanted, draft, head: branch });
        return fromRest(data);
      } catch (error) {
        const reason = reasonOf(error);
        if (/already exists/.test(reason)) return undefined;
        if (draft && /draft pull requests are not supported/i.test(reason)) {
          draft = false;
          continue;
        }
        const delay = HEAD_RETRIES[attempt];
        if (!/head\b.*\b(?:invalid|exist)/.test(reason) || delay === undefined) {
          throw this.#requests.explain('open a pull request', error);
        }
        await sleep(delay);
        attempt += 1;
      }
    }
  }

  async update(number: number, change: { title?: string; body?: string; state?: 'closed' }): Promise<PullRequest> {
    const { client, repository } = this.#requests;
    const { data } = await this.#requests.call('update the pull request', () =>
      client.rest.pulls.update({ ...repository, pull_number: number, ...change }),
    );
    return fromRest(data);
  }

  giveAttributes(
    pullRequest: PullRequest,
    given: Attributes,
    wanted: Attributes,
    head: string,
  ): Promise<{ given: Attributes; refused: readonly Refused[] }> {
    return giveAttributes(this.#requests, pullRequest, given, wanted, head);
  }

  async compare(repository: string, base: string, head: string): Promise<Comparison> {
    const [owner = '', repo = ''] = repository.split('/');
    const source = new Requests(this.#source.client, { owner, repo });
    try {
      const basehead = `${base}...${head}`;
      const { data } = await source.client.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead });
      return {
        status: data.status,
        total: data.total_commits,
        url: data.html_url,
        baseTime: data.base_commit.commit.committer?.date ?? '',
        commits: data.commits.map(({ sha, html_url, commit, author }) => ({
          id: sha,
          url: html_url,
          author: (author && 'login' in author && author.login) || (commit.author?.name ?? ''),
          subject: commit.message.split('\n')[0] ?? '',
          time: commit.committer?.date ?? '',
        })),
      };
    } catch (error) {
      source.throwFailure('compare two commits', error);
      return { status: 'unknown', reason: reasonOf(error) };
    }
  }

  commit(wanted: ForgeCommit): Promise<{ id: string; verified: boolean } | undefined> {
    return makeCommit(this.#requests, wanted);
  }

  async isVerified(commit: string): Promise<boolean> {
    const { client, repository } = this.#requests;
    const { data } = await this.#requests.call('read the commit', () =>
      client.rest.git.getCommit({ ...repository, commit_sha: commit }),
    );
    return data.verification.verified;
  }
}

const newestFirst = (one: PullRequest, other: PullRequest): number => other.number - one.number;
