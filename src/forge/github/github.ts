/** GitHub's pull requests, through Octokit. */
import { setTimeout as sleep } from 'node:timers/promises';
import { failure, type ReleaseError } from '../../core/errors.ts';
import { createClient, isAnswer, type Client } from './client.ts';
import type {
  AutoMerge,
  Comparison,
  Forge,
  ForgeCommit,
  MergeMethod,
  NewPullRequest,
  PullRequest,
  PullRequests,
  Refused,
} from '../forge.ts';
import {
  BRANCH,
  CONVERT_TO_DRAFT,
  ENABLE_AUTO_MERGE,
  ENQUEUE,
  MILESTONE,
  MOVE_BRANCH,
  PULL_REQUESTS,
} from './graphql-documents.ts';
import { fromGraphql, fromRest, type PullRequestFacts } from './pull-request.ts';
import { connectionFailure, reasonOf, settingFor } from './error-message.ts';
import type { Attributes } from '../../core/objects.ts';

/** GitHub's API can lag behind a push: milliseconds until each further try. */
const HEAD_RETRIES = [1000, 3000];
const NO_COMMIT = '0'.repeat(40);

export interface GitHubOptions {
  /** The REST API's root, e.g. https://api.github.com. */
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  /** The API of the server that holds the source repositories, and the token that reads them. */
  readonly source: { readonly apiUrl: string; readonly token: string };
  /** Told, once each, why a request is waited for. */
  readonly tell: (text: string) => void;
}

interface Page {
  readonly repository: {
    readonly open: { nodes: PullRequestFacts[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
    readonly ofBranch: { nodes: PullRequestFacts[] };
    readonly merged: { nodes: PullRequestFacts[] };
  };
}

interface BranchFacts {
  readonly repository: { readonly id: string; readonly ref: { readonly target: { readonly oid: string } } | null };
}

export class GitHub implements Forge {
  readonly #client: Client;
  readonly #source: Client;
  readonly #repository: { readonly owner: string; readonly repo: string };
  readonly #fullName: string;

  constructor({ apiUrl, token, owner, repo, source, tell }: GitHubOptions) {
    this.#client = createClient(apiUrl, token, tell);
    this.#source = createClient(source.apiUrl, source.token, tell);
    this.#repository = { owner, repo };
    this.#fullName = `${owner}/${repo}`;
  }

  async find(branch: string, base: string): Promise<PullRequests> {
    const variables = { ...this.#graphqlRepository, branch, base };
    const ask = (after: string | null): Promise<Page> =>
      this.#call('list pull requests', () => this.#client.graphql<Page>(PULL_REQUESTS, { ...variables, after }));
    const first = (await ask(null)).repository;
    const open = [...first.open.nodes];
    for (let { pageInfo } = first.open; pageInfo.hasNextPage;) {
      const next = (await ask(pageInfo.endCursor)).repository.open;
      open.push(...next.nodes);
      ({ pageInfo } = next);
    }
    const past = new Map([...first.ofBranch.nodes, ...first.merged.nodes].map((facts) => [facts.number, facts]));
    return { open: open.flatMap(fromGraphql), past: [...past.values()].flatMap(fromGraphql).toSorted(newestFirst) };
  }

  async create({ branch, ...wanted }: NewPullRequest): Promise<PullRequest | undefined> {
    let draft = wanted.draft;
    for (let attempt = 0; ;) {
      try {
        const { data } = await this.#client.rest.pulls.create({ ...this.#repository, ...wanted, draft, head: branch });
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
          throw this.#explain('open a pull request', error);
        }
        await sleep(delay);
        attempt += 1;
      }
    }
  }

  async update(number: number, change: { title?: string; body?: string; state?: 'closed' }): Promise<PullRequest> {
    const { data } = await this.#call('update the pull request', () =>
      this.#client.rest.pulls.update({ ...this.#repository, pull_number: number, ...change }),
    );
    return fromRest(data);
  }

  async add(number: number, attributes: Attributes): Promise<readonly Refused[]> {
    const { rest } = this.#client;
    const onPull = { ...this.#repository, pull_number: number };
    const onIssue = { ...this.#repository, issue_number: number };
    const reviewers = [
      ...attributes.reviewers.map((name) => ({ what: `reviewer ${name}`, reviewers: [name], team_reviewers: [] })),
      ...attributes['team-reviewers'].map((name) => ({
        what: `team reviewer ${name}`,
        reviewers: [],
        team_reviewers: [name.replace(/^.*\//, '')],
      })),
    ];
    const labels = attributes.labels.map((name) => ({ what: `label ${name}`, name }));
    const assignees = attributes.assignees.map((name) => ({ what: `assignee ${name}`, name }));
    return [
      ...(await this.#addEach(reviewers, async (some) => {
        const [logins, teams] = [some.flatMap((one) => one.reviewers), some.flatMap((one) => one.team_reviewers)];
        await rest.pulls.requestReviewers({ ...onPull, reviewers: logins, team_reviewers: teams });
      })),
      ...(await this.#addEach(labels, async (some) => {
        await rest.issues.addLabels({ ...onIssue, labels: some.map(({ name }) => name) });
      })),
      ...(await this.#addEach(assignees, async (some) => {
        const { data } = await rest.issues.addAssignees({ ...onIssue, assignees: some.map(({ name }) => name) });
        const present = new Set((data.assignees ?? []).map(({ login }) => login.toLowerCase()));
        // GitHub passes over in silence whom it does not take.
        const left = some.filter(({ name }) => !present.has(name.toLowerCase()));
        return left.map(({ what }) => ({ what, reason: 'cannot be assigned in this repository' }));
      })),
    ];
  }

  async removeLabel(number: number, label: string): Promise<void> {
    try {
      await this.#client.rest.issues.removeLabel({ ...this.#repository, issue_number: number, name: label });
    } catch (error) {
      // Gone already, or not ours to remove: a label is decoration.
      this.#passOn('remove a label', error);
    }
  }

  async setMilestone(number: number, title: string): Promise<Refused | undefined> {
    const what = `milestone ${title}`;
    const [refused] = await this.#addEach([{ what }], async () => {
      const answer = await this.#client.graphql<{
        repository: { milestones: { nodes: { number: number; title: string }[] } };
      }>(MILESTONE, { ...this.#graphqlRepository, title });
      const milestone = answer.repository.milestones.nodes.find((one) => one.title === title);
      if (!milestone) return [{ what, reason: 'there is no open milestone of that title' }];
      await this.#client.rest.issues.update({
        ...this.#repository,
        issue_number: number,
        milestone: milestone.number,
      });
    });
    return refused;
  }

  async convertToDraft({ id }: PullRequest): Promise<Refused | undefined> {
    const [refused] = await this.#addEach([{ what: 'draft' }], async () => {
      await this.#client.graphql(CONVERT_TO_DRAFT, { id });
    });
    return refused;
  }

  async autoMerge(pullRequest: PullRequest, head: string, method: MergeMethod): Promise<AutoMerge> {
    const { id, number } = pullRequest;
    const enqueue = async (): Promise<AutoMerge> => {
      await this.#client.graphql(ENQUEUE, { id, head });
      return { state: 'queued' };
    };
    try {
      await this.#client.graphql(ENABLE_AUTO_MERGE, { id, head, mergeMethod: method.toUpperCase() });
      return { state: 'enabled' };
    } catch (enabling) {
      this.#passOn('enable auto-merge', enabling);
      const reason = reasonOf(enabling);
      // Nothing is left to wait for, and then GitHub wants a merge.
      const isReady = /\b(?:clean|unstable|has_hooks) status\b/i.test(reason);
      try {
        if (!isReady) return await enqueue();
        const merge = { ...this.#repository, pull_number: number, sha: head, merge_method: method };
        await this.#client.rest.pulls.merge(merge);
        return { state: 'merged' };
      } catch (refusal) {
        this.#passOn('merge the pull request', refusal);
        if (isReady && /merge queue/i.test(reasonOf(refusal))) {
          return await enqueue().catch((error: unknown) => {
            this.#passOn('queue the pull request', error);
            return { refused: settingFor(reasonOf(error)) };
          });
        }
        return { refused: settingFor(isReady ? reasonOf(refusal) : reason) };
      }
    }
  }

  async compare(repository: string, base: string, head: string): Promise<Comparison | string> {
    const [owner = '', repo = ''] = repository.split('/');
    try {
      const basehead = `${base}...${head}`;
      const { data } = await this.#source.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead });
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
      return reasonOf(error);
    }
  }

  async commit(wanted: ForgeCommit): Promise<{ id: string; verified: boolean } | undefined> {
    const { branch, expected, parent, parentTree, tree, message, files } = wanted;
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const entries = files.map(({ path, mode, bytes }) => ({
      path,
      mode: mode as '100644' | '100755',
      type: 'blob' as const,
      content: decoder.decode(bytes),
    }));
    const made = await this.#call('write the files', () =>
      this.#client.rest.git.createTree({ ...this.#repository, base_tree: parentTree, tree: entries }),
    );
    if (made.data.sha !== tree) {
      throw failure('EDIT_NOT_VERIFIED', { file: files[0]?.path ?? '', reason: 'GitHub made another tree of it' });
    }
    // Without an author, because GitHub signs only what an App or a bot commits in its own name.
    const { data } = await this.#call('make the commit', () =>
      this.#client.rest.git.createCommit({ ...this.#repository, message, tree, parents: [parent] }),
    );
    const moved = await this.#moveBranch(branch, expected, data.sha);
    return moved ? { id: data.sha, verified: data.verification.verified } : undefined;
  }

  async isVerified(commit: string): Promise<boolean> {
    const { data } = await this.#call('read the commit', () =>
      this.#client.rest.git.getCommit({ ...this.#repository, commit_sha: commit }),
    );
    return data.verification.verified;
  }

  /** Compare-and-swap of a branch; `false` when it is not at `expected`. */
  async #moveBranch(branch: string, expected: string, commit: string): Promise<boolean> {
    const ref = `refs/heads/${branch}`;
    const look = (): Promise<BranchFacts> =>
      this.#call('read the branch', () =>
        this.#client.graphql<BranchFacts>(BRANCH, { ...this.#graphqlRepository, ref }),
      );
    const { id } = (await look()).repository;
    try {
      const variables = { repository: id, ref, before: expected || NO_COMMIT, after: commit };
      await this.#client.graphql(MOVE_BRANCH, variables);
      return true;
    } catch (error) {
      this.#passOn('move the branch', error);
      const tip = (await look()).repository.ref?.target.oid ?? '';
      if (tip === commit) return true;
      if (tip !== expected) return false;
      throw failure('PUSH_REFUSED', { branch, reason: reasonOf(error) }, error);
    }
  }

  /** Does something for all; where that is refused, for each alone, so that one refusal keeps nothing else back. */
  async #addEach<Item extends { readonly what: string }>(
    items: readonly Item[],
    request: (items: readonly Item[]) => Promise<readonly Refused[] | void>,
  ): Promise<readonly Refused[]> {
    if (items.length === 0) return [];
    try {
      return (await request(items)) ?? [];
    } catch (error) {
      this.#passOn('change the pull request', error);
      const [only, ...more] = items;
      if (only && more.length === 0) return [{ what: only.what, reason: reasonOf(error) }];
      const refused: Refused[] = [];
      for (const item of items) refused.push(...(await this.#addEach([item], request)));
      return refused;
    }
  }

  get #graphqlRepository(): { owner: string; name: string } {
    return { owner: this.#repository.owner, name: this.#repository.repo };
  }

  async #call<Answer>(action: string, request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await request();
    } catch (error) {
      throw this.#explain(action, error);
    }
  }

  /** Throws when the error is of the network and not an answer: the next run goes on from there. */
  #passOn(action: string, error: unknown): void {
    const explained = this.#explain(action, error);
    if (explained.code !== 'API_DENIED') throw explained;
  }

  #explain(action: string, error: unknown): ReleaseError {
    const reason = reasonOf(error);
    if (!isAnswer(error)) return connectionFailure(`${action} in ${this.#fullName}`, error);
    return failure('API_DENIED', { repository: this.#fullName, action, reason }, error);
  }
}

const newestFirst = (one: PullRequest, other: PullRequest): number => other.number - one.number;
