/** Bitbucket Data Center as a kind of forge. What is large is loaded when it is needed. */
import type { ForgeClient, KnownAccess, RunFacts } from '../access.ts';
import { kindOf } from '../kind.ts';
import { notKnownAs, sourceAddress, UNKNOWN_SERVER, withoutToken } from '../source-server.ts';
import type { Source } from './bitbucket-data-center.ts';
import { placeOf } from './server.ts';

const ADDRESS =
  'repositories of Bitbucket Data Center have the address https://<server>/scm/<project>/<name>.git, and the input ' +
  '"repository" has another one';

export const bitbucketDataCenter: ForgeClient = {
  connect: async (access, run, listeners) => {
    const place = placeOf(access.remote, run.servers);
    if (!place) {
      listeners.log(`No pull request is opened: ${ADDRESS}`);
      return undefined;
    }
    const { bitbucketDataCenter: forge } = await import('./bitbucket-data-center.ts');
    const { token, remote } = access;
    return forge({ place, token, login: remote.login, source: sourceOf(access, run), ...listeners });
  },
  sources: async (access, run, listeners) => {
    const { sourcesBy } = await import('./bitbucket-data-center.ts');
    return sourcesBy(sourceOf(access, run), listeners);
  },
  explainRefusal: async (error, access) => {
    const { explainRefusal } = await import('./explain-refusal.ts');
    return explainRefusal(error, access);
  },
};

/**
 * The server of the source repository with the input `source-token`, without one the input `token` where both are on one
 * server. Otherwise the reason why that server is not asked.
 */
function sourceOf({ kind, remote, token, sourceToken }: KnownAccess, run: RunFacts): Source | string {
  const { servers } = run;
  const address = sourceAddress(run);
  if (!address) return UNKNOWN_SERVER;
  const { host, url, name } = address;
  const own = kind === 'bitbucket-data-center' ? placeOf(remote, servers) : undefined;
  const isSame = own !== undefined && new URL(own.serverUrl).host === host;
  if (!isSame && kindOf(address, servers) !== 'bitbucket-data-center') {
    return notKnownAs(host, 'Bitbucket Data Center');
  }
  const serverUrl = isSame ? own.serverUrl : serverOf(url, name);
  if (sourceToken !== '') return { serverUrl, token: sourceToken, login: 'bearer' };
  return isSame ? { serverUrl, token, login: remote.login } : withoutToken(host);
}

/** With the folder that the path of the source repository has before `scm`. */
function serverOf(sourceServerUrl: string, repository: string): string {
  const [, folder = ''] = /^(.+)\/scm\//.exec(repository) ?? [];
  return [sourceServerUrl.replace(/\/+$/, ''), folder].filter(Boolean).join('/');
}
