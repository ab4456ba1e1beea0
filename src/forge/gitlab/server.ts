/** Where a project of GitLab is: its server, which may be in a folder of a host, and its path there. */
import type { Remote } from '../../core/remote.ts';
import { isServerOf, type Server } from '../kind.ts';

export interface Place {
  /** Web address of the server, without a slash at its end. */
  readonly serverUrl: string;
  /** The root of its REST API. */
  readonly apiUrl: string;
  /** `group/sub/project`. */
  readonly project: string;
}

/** Names under which GitLab.com answers ssh, beside its own. */
const SSH_OF_GITLAB_COM = /^(?:www|altssh)\.gitlab\.com$/i;

/**
 * The place of a project: on the server of `servers` that has its host, else on that host itself, for ssh by https;
 * `undefined` where its path is that of no project.
 */
export function placeOf(
  remote: Pick<Remote, 'host' | 'transport' | 'name' | 'url'>,
  servers: readonly Server[],
): Place | undefined {
  if (remote.transport === 'file') return undefined;
  const known = servers.find((server) => server.kind === 'gitlab' && isServerOf(server, remote));
  const serverUrl = (known?.url ?? originOf(remote)).replace(/\/+$/, '');
  const folder = `${new URL(serverUrl).pathname.replace(/^\/+|\/+$/g, '')}/`;
  const project = folder !== '/' && remote.name.startsWith(folder) ? remote.name.slice(folder.length) : remote.name;
  return project.includes('/') ? { serverUrl, apiUrl: `${serverUrl}/api/v4`, project } : undefined;
}

function originOf({ transport, host, url }: Pick<Remote, 'host' | 'transport' | 'url'>): string {
  if (transport !== 'ssh') return new URL(url).origin;
  return `https://${SSH_OF_GITLAB_COM.test(host) ? 'gitlab.com' : host}`;
}
