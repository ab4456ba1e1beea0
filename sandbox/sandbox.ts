/** The sandbox: manifest repositories and the parts of the APIs of forges that a release needs, in this process, on loopback. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Access, type TokenOptions } from './access.ts';
import { AZURE_API, AzureApi } from './azure-api.ts';
import { BITBUCKET_CLOUD_API, BitbucketCloudApi } from './bitbucket-cloud-api.ts';
import { BITBUCKET_DATA_CENTER_API, BitbucketDataCenterApi } from './bitbucket-data-center-api.ts';
import type { Files } from './commit-stream.ts';
import type { Handler, RecordedRequest } from './exchange.ts';
import { GITEA_API, GiteaApi } from './gitea-api.ts';
import { GitHubApi } from './github-api.ts';
import type { App, AppOptions } from './github-apps.ts';
import { GITLAB_API, GitLabApi } from './gitlab-api.ts';
import { GitServer } from './git-server.ts';
import type { Fault, Interruption } from './intervention.ts';
import type { PullRequest } from './pull-requests.ts';
import { SandboxRepository, type RepositoryOptions } from './repository.ts';
import { SandboxServer, type Traffic, type Watch } from './server.ts';
import { withEtags } from './unchanged.ts';

export type { Permission, TokenKind, TokenOptions } from './access.ts';
export type { LoggedCommit } from './bare-repository.ts';
export type { FileContent, Files } from './commit-stream.ts';
export type { RecordedRequest } from './exchange.ts';
export type { App, AppOptions, AppToken } from './github-apps.ts';
export type { Fault, Interruption } from './intervention.ts';
export type { PullRequest } from './pull-requests.ts';
export type { RepositoryOptions, SandboxRepository } from './repository.ts';
export type { Traffic, Watch } from './server.ts';

export interface SandboxOptions {
  /** Whether clones may leave out blobs; true unless given. */
  readonly partialClone?: boolean;
  /** Milliseconds that each request waits; 0 unless given. */
  readonly latency?: number;
}

export interface Sandbox {
  /** Stands for GITHUB_SERVER_URL. */
  readonly serverUrl: string;
  /** Stands for GITHUB_API_URL. */
  readonly apiUrl: string;
  /** A token that may do everything in every repository. */
  readonly token: string;
  /** All requests so far, of git and of the API, in the order of their answers. */
  readonly requests: readonly RecordedRequest[];
  /** Bytes over the network so far, as the sandbox sees them. */
  readonly traffic: Traffic;
  /** All pull requests of all repositories as they are now. */
  pullRequests(): Promise<readonly PullRequest[]>;
  /**
   * Makes the repository `owner/name`, `group/sub/project` as on GitLab, or `collection/project/_git/name` as on Azure DevOps, with one
   * commit on its default branch; with none when there are no files.
   */
  createRepository(fullName: string, files: Files, options?: RepositoryOptions): Promise<SandboxRepository>;
  /** A further token, with fewer rights. */
  createToken(options: TokenOptions): string;
  /** A GitHub App that is installed on some repositories, whose key can be exchanged for tokens. */
  createApp(options: AppOptions): App;
  /** Answers the next matching request with `status` in place of carrying it out; 0 drops the connection. */
  failNext(fault: Fault): void;
  /** Runs something when the next matching request has come in, before it is carried out. */
  beforeNext(interruption: Interruption): void;
  /** Calls something around each request from now on, e.g. to end a client between two of them. */
  watch(watch: Watch): void;
  /** Stops everything and removes what is on disk. Any number of times. */
  close(): Promise<void>;
}

/** Starts a sandbox on a free port of 127.0.0.1. */
export async function startSandbox({ partialClone = true, latency = 0 }: SandboxOptions = {}): Promise<Sandbox> {
  const server = await SandboxServer.start(latency);
  const root = await mkdtemp(join(tmpdir(), 'manifest-release-sandbox-'));
  const serverUrl = server.url;
  const apiUrl = `${serverUrl}/api/v3`;
  const access = new Access();
  const repositories = new Map<string, SandboxRepository>();
  const find = (fullName: string) => repositories.get(fullName.toLowerCase());
  const gitServer = new GitServer({ root, access, find, partialClone });
  const all = (): readonly SandboxRepository[] => [...repositories.values()];
  const api = new GitHubApi({ serverUrl, apiUrl, access, find, repositories: all });
  const handlerOf = (one: { readonly answer: Handler }): Handler => one.answer.bind(one);
  const github = withEtags(handlerOf(api));
  /** By what their paths have. */
  const others = [
    [GITLAB_API, withEtags(handlerOf(new GitLabApi({ serverUrl, access, find, repositories: all })))],
    [GITEA_API, handlerOf(new GiteaApi({ serverUrl, access, find }))],
    [BITBUCKET_CLOUD_API, handlerOf(new BitbucketCloudApi({ serverUrl, access, find, repositories: all }))],
    [BITBUCKET_DATA_CENTER_API, handlerOf(new BitbucketDataCenterApi({ serverUrl, access, find, repositories: all }))],
    [AZURE_API, handlerOf(new AzureApi({ serverUrl, access, find, repositories: all }))],
  ] as const;
  server.serve({
    git: (asked) => gitServer.answer(asked),
    api: (asked) => (others.find(([root]) => asked.path.includes(root))?.[1] ?? github)(asked),
  });

  const stop = async (): Promise<void> => {
    await Promise.all([server.close(), gitServer.close()]);
    for (const repository of repositories.values()) repository.close();
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  };
  let stopped: Promise<void> | undefined;

  return {
    serverUrl,
    apiUrl,
    token: access.issue(),
    requests: server.requests,
    get traffic() {
      return server.traffic;
    },
    pullRequests: async () =>
      (await Promise.all([...repositories.values()].map((one) => one.pullRequests.all()))).flat(),
    createRepository: async (fullName, files, options) => {
      const repository = new SandboxRepository(root, repositories.size + 1, fullName, options);
      await repository.initialize(options?.copyOf);
      if (Object.keys(files).length > 0) {
        await repository.commit(repository.defaultBranch, files, { message: 'First manifests\n' });
      }
      repositories.set(fullName.toLowerCase(), repository);
      return repository;
    },
    createToken: (options) => access.issue(options),
    createApp: (options) => api.apps.create(options),
    failNext: (fault) => server.faults.add(fault),
    beforeNext: (interruption) => server.interruptions.add(interruption),
    watch: (watch) => server.watch(watch),
    close: () => (stopped ??= stop()),
  };
}
