/** Connection to a forge: which one has a repository, its token, and why it refused. Each part is loaded when needed. */
import { failure } from '../core/errors.ts';
import type { ForgeAccess, RunFacts } from './access.ts';
import type { Forge } from './forge.ts';
import { ServerToken } from './github/server-token.ts';

/** The listeners of a connection. */
interface Listeners {
  /** Called once with each reason why a request is sent again or waits. */
  readonly log: (text: string) => void;
  /** Called with each request: its status and milliseconds. */
  readonly debug?: (text: string) => void;
}

/**
 * The forge that has a repository's pull requests: GitHub, when the repository is on the run's own GitHub
 * server or on github.com, and there is a token for its API. Otherwise `undefined`: the branch is pushed without a pull request.
 */
export async function connectForge(
  access: ForgeAccess,
  run: RunFacts,
  listeners: Listeners,
): Promise<Forge | undefined> {
  const { remote, token } = access;
  const [owner, name, ...rest] = remote.name.split('/');
  if (token === '' || remote.transport === 'file' || !owner || !name || rest.length > 0) return undefined;
  const manifests = ServerToken.ofManifests(access, run);
  if (manifests === undefined) return undefined;
  // The larger part of the program, which not every run needs.
  const { gitHub } = await import('./github/github.ts');
  return gitHub({ manifests, owner, repo: name, source: ServerToken.ofSource(access, run), ...listeners });
}

/** The same failure with a hint about this very token where a forge refused it; every other error as it is. */
export async function explainRefusal(error: unknown, access: ForgeAccess, run: RunFacts): Promise<unknown> {
  const github = await import('./github/explain-refusal.ts');
  return github.explainRefusal(error, github.subjectOf(access, run));
}

/** A note for reviewers of pull requests that this token opens; empty where there is none. */
export async function workflowNote(access: ForgeAccess, run: RunFacts): Promise<string> {
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
  { app, remote }: ForgeAccess,
  teams: boolean,
  run: RunFacts,
  listeners: Listeners,
): Promise<IssuedToken | undefined> {
  if (!app) return undefined;
  const [owner = '', name = ''] = remote.name.split('/');
  // The App's key takes the place of the input `token`, and goes to the same server.
  const server = ServerToken.ofManifests({ remote, token: '' }, run);
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
