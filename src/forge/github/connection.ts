/** GitHub as a kind of forge. What is large is loaded when it is needed. */
import type { ForgeClient, KnownAccess, Listeners, RunFacts } from '../access.ts';
import type { Forge } from '../forge.ts';
import { apiOf, apiUrlOf } from './server.ts';
import { ServerToken } from './server-token.ts';

export const github: ForgeClient = {
  connect,
  sources: async (access, run, listeners) => {
    const source = ServerToken.ofSource(access, run);
    const { sourcesBy } = await import('./github.ts');
    return sourcesBy(source, listeners);
  },
  explainRefusal: async (error, access, run) => {
    const { explainRefusal, subjectOf } = await import('./explain-refusal.ts');
    return explainRefusal(error, subjectOf(access, withGitHub(access, run)));
  },
  workflowNote: async (access, run) => {
    const { workflowNote } = await import('./explain-refusal.ts');
    return workflowNote(access, run);
  },
};

/** Where the repository is on a server that the run, github.com or the setting `forge` knows as GitHub. */
async function connect(access: KnownAccess, run: RunFacts, listeners: Listeners): Promise<Forge | undefined> {
  const [owner, name, ...rest] = access.remote.name.split('/');
  if (!owner || !name || rest.length > 0) return undefined;
  const known = withGitHub(access, run);
  const manifests = ServerToken.ofManifests(access, known);
  if (manifests === undefined) return undefined;
  const source = ServerToken.ofSource(access, known);
  const { gitHub } = await import('./github.ts');
  return gitHub({
    manifests,
    owner,
    repo: name,
    source: typeof source === 'string' ? ServerToken.ofSource(access, run) : source,
    ...listeners,
  });
}

/** The run with the server of the manifests for its GitHub server, where the setting `forge` alone says that it is one. */
export function withGitHub({ kind, remote }: KnownAccess, run: RunFacts): RunFacts {
  if (kind !== 'github' || remote.transport === 'file' || apiUrlOf(remote, run) !== undefined) return run;
  const serverUrl = remote.transport === 'ssh' ? `https://${remote.host}` : new URL(remote.url).origin;
  return { ...run, serverUrl, apiUrl: apiOf(serverUrl) };
}
