/** GitLab as a kind of forge. What is large is loaded when it is needed. */
import type { ForgeClient, KnownAccess, Listeners, RunFacts } from '../access.ts';
import type { Forge } from '../forge.ts';
import { kindOf } from '../kind.ts';
import { notKnownAs, sourceAddress, UNKNOWN_SERVER, withoutToken } from '../source-server.ts';
import type { Source } from './gitlab.ts';
import { placeOf } from './server.ts';
import { kindOfToken, mayUseApi, NAMES, RIGHT_TOKEN } from './token-kind.ts';

export const gitlab: ForgeClient = {
  connect,
  sources: async (access, run, listeners) => {
    const { sourcesBy } = await import('./gitlab.ts');
    return sourcesBy(sourceOf(access, run), listeners);
  },
  explainRefusal: async (error, access, run) => {
    const { explainRefusal } = await import('./explain-refusal.ts');
    return explainRefusal(error, access, run);
  },
};

/** Where the token may open merge requests; that it may not is logged. */
async function connect(access: KnownAccess, run: RunFacts, listeners: Listeners): Promise<Forge | undefined> {
  const place = placeOf(access.remote, run.servers);
  if (!place) return undefined;
  const kind = kindOfToken(access.token, run.jobToken);
  if (!mayUseApi(kind)) {
    listeners.log(`${NAMES[kind]} may not open merge requests. ${RIGHT_TOKEN}`);
    return undefined;
  }
  const { gitLab } = await import('./gitlab.ts');
  return gitLab({ place, token: access.token, source: sourceOf(access, run), ...listeners });
}

/**
 * The server of the source repository with the input `source-token`, without one the input `token` where both are on one
 * server. Otherwise the reason why that server is not asked.
 */
function sourceOf({ kind, remote, token, sourceToken }: KnownAccess, run: RunFacts): Source | string {
  const { servers } = run;
  const address = sourceAddress(run);
  if (!address) return UNKNOWN_SERVER;
  const { host } = address;
  const place = placeOf(address, servers);
  const isSame = kind === 'gitlab' && place !== undefined && placeOf(remote, servers)?.apiUrl === place.apiUrl;
  if (!place || (!isSame && kindOf(address, servers) !== 'gitlab')) return notKnownAs(host, 'GitLab');
  const own = isSame && mayUseApi(kindOfToken(token, run.jobToken)) ? token : '';
  const given = sourceToken || own;
  if (given === '') return withoutToken(host);
  return { serverUrl: place.serverUrl, apiUrl: place.apiUrl, token: given };
}
