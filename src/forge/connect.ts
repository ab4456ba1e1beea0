/** Connection to a forge: which one has a repository, its token, and why it refused. Each part is loaded when needed. */
import { failure } from '../core/errors.ts';
import { memoized } from '../core/objects.ts';
import type { ForgeClient, KnownAccess, Listeners, RunFacts } from './access.ts';
import { azureDevOps } from './azure-devops/connection.ts';
import { bitbucketCloud } from './bitbucket-cloud/connection.ts';
import { bitbucketDataCenter } from './bitbucket-data-center/connection.ts';
import type { Forge } from './forge.ts';
import { forgejo, gitea } from './gitea/connection.ts';
import { github, withGitHub } from './github/connection.ts';
import { ServerToken } from './github/server-token.ts';
import { gitlab } from './gitlab/connection.ts';
import { kindOf, type ForgeKind } from './kind.ts';
import { withRightToken } from './right-token.ts';

/** The kinds of server that have a client here. */
const CLIENTS: Readonly<Partial<Record<ForgeKind, ForgeClient>>> = {
  github,
  gitlab,
  gitea,
  forgejo,
  'bitbucket-cloud': bitbucketCloud,
  'bitbucket-data-center': bitbucketDataCenter,
  'azure-devops': azureDevOps,
};

/**
 * The forge that has a repository's pull requests, where there is a token for its API and a client for its kind. Otherwise
 * `undefined`: the branch is pushed without a pull request.
 */
export async function connectForge(
  access: KnownAccess,
  run: RunFacts,
  listeners: Listeners,
): Promise<Forge | undefined> {
  if (access.token === '' || access.remote.transport === 'file') return undefined;
  const forge = await CLIENTS[access.kind]?.connect(access, run, listeners);
  const source = CLIENTS[kindOfSource(run)];
  if (!forge || !source || source === CLIENTS[access.kind]) return forge;
  // Not every run reads them.
  const sources = memoized(() => source.sources(access, run, listeners));
  return {
    ...forge,
    compare: async (...asked) => (await sources()).compare(...asked),
    isSourcePublic: async (repository) => (await sources()).isSourcePublic(repository),
  };
}

/** The API that has attestations, which GitHub Enterprise Server has not: where github.com has the source, with the token for that. */
export function attestationsApi(access: KnownAccess, run: RunFacts): ServerToken | undefined {
  const source = ServerToken.ofSource(access, run);
  return typeof source !== 'string' && source.apiUrl === 'https://api.github.com' ? source : undefined;
}

/** The kind of the server that has the source repository. */
export function kindOfSource({
  sourceServerUrl,
  source,
  servers,
}: Pick<RunFacts, 'sourceServerUrl' | 'source' | 'servers'>): ForgeKind {
  if (!URL.canParse(sourceServerUrl)) return 'git';
  const { host } = new URL(sourceServerUrl);
  return kindOf({ host, transport: 'https', name: source.repository }, servers);
}

/**
 * The same failure with a hint about this very token where a forge refused it, or else with the token to make; every other
 * error as it is. A kind without a client gets what is known of the workflow's own token, and of keys.
 */
export async function explainRefusal(error: unknown, access: KnownAccess, run: RunFacts): Promise<unknown> {
  const explained = await (CLIENTS[access.kind] ?? github).explainRefusal(error, access, run);
  return explained === error ? withRightToken(error, access) : explained;
}

/** A note for reviewers of pull requests that this token opens; empty where there is none. */
export async function workflowNote(access: KnownAccess, run: RunFacts): Promise<string> {
  return (await CLIENTS[access.kind]?.workflowNote?.(access, run)) ?? '';
}

/** A token that is revoked at the end of the run. */
export interface IssuedToken {
  readonly token: string;
  readonly apiUrl: string;
}

/**
 * Asks for the token of the App, for the manifest repository alone. `wishes` are what it may read beside that, where the App may:
 * `members` to ask teams for a review, and what has verdicts. `undefined` where no App was given. Throws the APP_… failures,
 * API_NEEDED and NETWORK.
 */
export async function issueToken(
  access: KnownAccess,
  wishes: readonly ('members' | 'statuses' | 'deployments' | 'checks')[],
  run: RunFacts,
  listeners: Listeners,
): Promise<IssuedToken | undefined> {
  const { app, remote } = access;
  if (!app) return undefined;
  const [owner = '', name = ''] = remote.name.split('/');
  // The App's key takes the place of the input `token`, and goes to the same server.
  const server = ServerToken.ofManifests({ remote, token: '' }, withGitHub(access, run));
  if (server === undefined) throw failure('API_NEEDED', { input: 'app-client-id', repository: remote.name });
  const { issueAppToken } = await import('./github/app-token.ts');
  const permissions = Object.fromEntries(wishes.map((wish) => [wish, 'read' as const]));
  return issueAppToken({ server, ...app, owner, name, wishes: permissions, ...listeners });
}

/** Revokes it. Returns `undefined`, or the reason why it failed; then it expires within the hour. */
export async function revokeToken(issued: IssuedToken): Promise<string | undefined> {
  const appToken = await import('./github/app-token.ts');
  return appToken.revokeToken(ServerToken.restored(issued));
}
