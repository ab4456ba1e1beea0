/** Connection to a forge: which one has a repository, its token, and why it refused. Each part is loaded when needed. */
import { failure } from '../core/errors.ts';
import type { ForgeAccess, RunFacts } from './access.ts';
import type { Forge } from './forge.ts';
import { apiOf, apiUrlOf } from './github/server.ts';
import { ServerToken } from './github/server-token.ts';
import type { ForgeKind } from './kind.ts';

/** The repository, its credentials, and the kind of its server. */
interface KnownAccess extends ForgeAccess {
  readonly kind: ForgeKind;
}

/** The listeners of a connection. */
interface Listeners {
  /** Called once with each reason why a request is sent again or waits. */
  readonly log: (text: string) => void;
  /** Called with each request: its status and milliseconds. */
  readonly debug?: (text: string) => void;
}

type Connect = (access: KnownAccess, run: RunFacts, listeners: Listeners) => Promise<Forge | undefined>;

/** The kinds of server that have a client here. */
const CLIENTS: Readonly<Partial<Record<ForgeKind, Connect>>> = { github: connectGitHub };

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
  return CLIENTS[access.kind]?.(access, run, listeners);
}

/** GitHub, when the repository is on a server that the run, github.com or the input `forge` knows as GitHub. */
async function connectGitHub(access: KnownAccess, run: RunFacts, listeners: Listeners): Promise<Forge | undefined> {
  const [owner, name, ...rest] = access.remote.name.split('/');
  if (!owner || !name || rest.length > 0) return undefined;
  const known = withGitHub(access, run);
  const manifests = ServerToken.ofManifests(access, known);
  if (manifests === undefined) return undefined;
  const source = ServerToken.ofSource(access, known);
  // The larger part of the program, which not every run needs.
  const { gitHub } = await import('./github/github.ts');
  return gitHub({
    manifests,
    owner,
    repo: name,
    source: typeof source === 'string' ? ServerToken.ofSource(access, run) : source,
    ...listeners,
  });
}

/** The run with the server of the manifests for its GitHub server, where the input `forge` alone says that it is one. */
function withGitHub({ kind, remote }: KnownAccess, run: RunFacts): RunFacts {
  if (kind !== 'github' || remote.transport === 'file' || apiUrlOf(remote, run) !== undefined) return run;
  const serverUrl = remote.transport === 'ssh' ? `https://${remote.host}` : new URL(remote.url).origin;
  return { ...run, serverUrl, apiUrl: apiOf(serverUrl) };
}

/** The same failure with a hint about this very token where a forge refused it; every other error as it is. */
export async function explainRefusal(error: unknown, access: KnownAccess, run: RunFacts): Promise<unknown> {
  const github = await import('./github/explain-refusal.ts');
  return github.explainRefusal(error, github.subjectOf(access, withGitHub(access, run)));
}

/** A note for reviewers of pull requests that this token opens; empty where there is none. */
export async function workflowNote(access: KnownAccess, run: RunFacts): Promise<string> {
  const github = await import('./github/explain-refusal.ts');
  return github.workflowNote(access, run);
}

/** A token that is revoked at the end of the run. */
export interface IssuedToken {
  readonly token: string;
  readonly apiUrl: string;
}

/**
 * Asks for the token of the App, for the manifest repository alone; with `teams` one that may ask teams for a review.
 * `undefined` where no App was given. Throws the APP_… failures, API_NEEDED and NETWORK.
 */
export async function issueToken(
  access: KnownAccess,
  teams: boolean,
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
  // To ask a team for a review an App must see the organisation's members.
  const wishes = teams ? { members: 'read' as const } : {};
  return issueAppToken({ server, ...app, owner, name, wishes, ...listeners });
}

/** Revokes it. Returns `undefined`, or the reason why it failed; then it expires within the hour. */
export async function revokeToken(issued: IssuedToken): Promise<string | undefined> {
  const appToken = await import('./github/app-token.ts');
  return appToken.revokeToken(ServerToken.restored(issued));
}
