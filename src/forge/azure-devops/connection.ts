/** Azure DevOps as a kind of forge. What is large is loaded when it is needed. */
import type { ForgeClient, KnownAccess, RunFacts } from '../access.ts';
import { kindOf } from '../kind.ts';
import { notKnownAs, sourceAddress, UNKNOWN_SERVER, withoutToken } from '../source-server.ts';
import type { Source } from './azure-devops.ts';
import { placeOf } from './server.ts';

export const azureDevOps: ForgeClient = {
  connect: async (access, run, listeners) => {
    const place = placeOf(access.remote, run.servers);
    if (!place) return undefined;
    const { azureDevOps: forgeOf } = await import('./azure-devops.ts');
    return forgeOf({ place, token: access.token, source: sourceOf(access, run), ...listeners });
  },
  sources: async (access, run, listeners) => {
    const { sourcesBy } = await import('./azure-devops.ts');
    return sourcesBy(sourceOf(access, run), listeners);
  },
  explainRefusal: async (error, access) => {
    const { explainRefusal } = await import('./explain-refusal.ts');
    return explainRefusal(error, access);
  },
};

/**
 * The organization or collection of the source repository with the input `source-token`, without one the input `token` where both
 * are in one. Otherwise the reason why it is not asked.
 */
function sourceOf({ kind, remote, token, sourceToken }: KnownAccess, run: RunFacts): Source | string {
  const { servers } = run;
  const address = sourceAddress(run);
  if (!address) return UNKNOWN_SERVER;
  const { host, url } = address;
  const collection = url.replace(/\/+$/, '');
  const isOwn = kind === 'azure-devops' && placeOf(remote, servers)?.collection === collection;
  if (!isOwn && kindOf(address, servers) !== 'azure-devops') return notKnownAs(host, 'Azure DevOps');
  const given = sourceToken || (isOwn ? token : '');
  return given === '' ? withoutToken(host) : { collection, token: given };
}
