import { apiOf, type Ci } from '../inputs/ci.ts';
import type { Remote } from '../core/remote.ts';
import type { Access } from '../inputs/inputs.ts';
import type { Forge } from './forge.ts';

/** The API of the GitHub server that holds a repository: the run's own, or github.com; none for any other server. */
export function apiUrlOf({ host, transport }: Remote, ci: Ci): string | undefined {
  const server = new URL(ci.serverUrl);
  if (host === (transport === 'ssh' ? server.hostname : server.host)) return ci.apiUrl;
  return host === 'github.com' || host.endsWith('.ghe.com') ? apiOf(`https://${host}`) : undefined;
}

/**
 * The forge that holds a repository's pull requests: GitHub, when the repository stands on the run's own GitHub
 * server or on github.com, and there is a token for its API. Else none: the branch is pushed and that is all. `tell` is
 * told why a request waits.
 */
export async function connectForge(
  { remote, token, sourceToken }: Access,
  ci: Ci,
  tell: (text: string) => void,
): Promise<Forge | undefined> {
  const [owner, name, ...rest] = remote.name.split('/');
  if (token === '' || remote.transport === 'file' || !owner || !name || rest.length > 0) return undefined;
  const apiUrl = apiUrlOf(remote, ci);
  if (apiUrl === undefined) return undefined;
  // Loaded only here: it is the larger part of the program, and not every run comes this far.
  const { gitHub } = await import('./github/github.ts');
  const source = { apiUrl: ci.apiUrl, token: sourceToken || token };
  return gitHub({ apiUrl, token, owner, repo: name, source, tell });
}
