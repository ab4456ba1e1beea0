/** Gitea and Forgejo as kinds of forge. What is large is loaded when it is needed. */
import type { ForgeAccess, ForgeClient, RunFacts } from '../access.ts';
import { kindOf, type ForgeKind } from '../kind.ts';
import { notKnownAs, sourceAddress, UNKNOWN_SERVER } from '../source-server.ts';
import type { Source } from './gitea.ts';
import { addressOf } from './server.ts';

/** The client of a kind whose name in sentences is `name`. */
function clientOf(name: 'Gitea' | 'Forgejo'): ForgeClient {
  return {
    connect: async (access, run, listeners) => {
      const address = addressOf(access.remote, [run.sourceServerUrl]);
      if (!address) return undefined;
      const { gitea } = await import('./gitea.ts');
      const source = sourceOf(access, run, address.serverUrl);
      return gitea({ name, address, token: access.token, source, ...listeners });
    },
    sources: async (access, run, listeners) => {
      const { sourcesBy } = await import('./gitea.ts');
      return sourcesBy({ name, source: sourceOf(access, run, ''), ...listeners });
    },
    explainRefusal: async (error, access, run) => {
      const { explainRefusal } = await import('./explain-refusal.ts');
      return explainRefusal(error, access, run);
    },
  };
}

export const gitea = clientOf('Gitea');
export const forgejo = clientOf('Forgejo');

/** The kinds that have the same API. */
const KINDS: readonly ForgeKind[] = ['gitea', 'forgejo'];

/** The server of the source repositories with the token for it, or the reason why it is not asked. */
function sourceOf({ token, sourceToken }: ForgeAccess, run: RunFacts, manifestServer: string): Source | string {
  const address = sourceAddress(run);
  if (!address) return UNKNOWN_SERVER;
  const { host, url } = address;
  if (URL.canParse(manifestServer) && new URL(manifestServer).host === host) {
    return { serverUrl: manifestServer, token: sourceToken || token };
  }
  if (!KINDS.includes(kindOf(address, run.servers))) return notKnownAs(host, 'Gitea or Forgejo');
  return { serverUrl: url.replace(/\/+$/, ''), token: sourceToken };
}
