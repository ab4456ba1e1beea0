/** Azure DevOps as a kind of forge. What is large is loaded when it is needed. */
import type { ForgeClient, KnownAccess, RunFacts } from '../access.ts';
import { kindOf } from '../kind.ts';
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
  const { sourceServerUrl, source, servers } = run;
  if (!URL.canParse(sourceServerUrl)) return 'the server of the source repository is not known';
  const collection = sourceServerUrl.replace(/\/+$/, '');
  const { host } = new URL(collection);
  const isOwn = kind === 'azure-devops' && placeOf(remote, servers)?.collection === collection;
  // A token is shown to no server of another kind.
  if (!isOwn && kindOf({ host, transport: 'https', name: source.repository }, servers) !== 'azure-devops') {
    return `${host} is not known as Azure DevOps`;
  }
  const given = sourceToken || (isOwn ? token : '');
  return given === '' ? `no token was given for ${host} (input "source-token")` : { collection, token: given };
}
