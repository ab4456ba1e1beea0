import { apiOf, type Ci } from '../ci.ts';
import type { Inputs } from '../inputs.ts';
import type { Forge } from './forge.ts';

/**
 * The forge that holds a repository's pull requests: GitHub, when the repository stands on the run's own GitHub
 * server or on github.com, and there is a token for its API. Else none: the branch is pushed and that is all.
 */
export async function connectForge({ remote, token }: Inputs, ci: Ci): Promise<Forge | undefined> {
  const [owner, name, ...rest] = remote.name.split('/');
  if (token === '' || remote.transport === 'file' || !owner || !name || rest.length > 0) return undefined;
  const server = new URL(ci.serverUrl);
  const isOwnServer = remote.host === (remote.transport === 'ssh' ? server.hostname : server.host);
  const isGitHub = remote.host === 'github.com' || remote.host.endsWith('.ghe.com');
  if (!isOwnServer && !isGitHub) return undefined;
  // Loaded only here: it is the larger part of the program, and not every run comes this far.
  const { GitHub } = await import('./github.ts');
  return new GitHub(isOwnServer ? ci.apiUrl : apiOf(`https://${remote.host}`), token, owner, name);
}
