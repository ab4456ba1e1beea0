/** GitHub's servers: github.com, Data Residency (`*.ghe.com`) and Enterprise Server. */
import type { Remote } from '../../core/remote.ts';
import type { RunFacts } from '../access.ts';

/** The names by which github.com is reached; behind `ssh.` it answers ssh on the port of https. */
const GITHUB = /^(?:(?:www|ssh)\.)?github\.com$/i;

/** The REST API of a server. */
export function apiOf(serverUrl: string): string {
  const { hostname, origin } = new URL(serverUrl);
  if (GITHUB.test(hostname)) return 'https://api.github.com';
  if (hostname.endsWith('.ghe.com')) return `https://api.${hostname}`;
  return `${origin}/api/v3`;
}

/** The REST API of the server that has a repository: the run's own, github.com or Data Residency; none for any other server. */
export function apiUrlOf(
  { host, transport }: Pick<Remote, 'host' | 'transport'>,
  run: Pick<RunFacts, 'serverUrl' | 'apiUrl'>,
): string | undefined {
  const server = new URL(run.serverUrl);
  if (host === (transport === 'ssh' ? server.hostname : server.host)) return run.apiUrl;
  if (GITHUB.test(host)) return GITHUB.test(server.hostname) ? run.apiUrl : apiOf('https://github.com');
  // A server of Data Residency, too, answers ssh behind `ssh.`.
  const tenant = /^(?:ssh\.)?([\w-]+\.ghe\.com)$/i.exec(host)?.[1];
  return tenant === undefined ? undefined : apiOf(`https://${tenant}`);
}
