/** Where the repository of an image is on the network. */
import { oneLine } from '../core/escape.ts';
import { repositoryOf, splitName } from '../core/image-reference.ts';
import { RegistryFailure } from './registry-failure.ts';

export interface Endpoint {
  /** As docker names it: `ghcr.io`, `localhost:5000`; `docker.io` for every spelling of Docker Hub. */
  readonly registry: string;
  /** Where requests go: `https://registry-1.docker.io`. */
  readonly origin: string;
  /** The repository there: `library/nginx`. */
  readonly repository: string;
}

/** Docker Hub's registry is on a host of its own. */
const HOSTS: Readonly<Record<string, string>> = { 'docker.io': 'registry-1.docker.io' };

/**
 * The endpoint of an image's name. A registry on this machine (`localhost`, 127.0.0.0/8, `[::1]`) is asked by http, any other
 * by https. Throws RegistryFailure for a name whose host is no address, as `a.example:99999/web`.
 */
export function endpointOf(name: string): Endpoint {
  const { registry } = splitName(name);
  const host = HOSTS[registry] ?? registry;
  if (!URL.canParse(`https://${host}`)) throw new RegistryFailure(`${oneLine(host)} is not the address of a registry`);
  const { hostname, origin } = new URL(`https://${host}`);
  return {
    registry,
    origin: isLoopback(hostname) ? `http://${host}` : origin,
    repository: repositoryOf(name).slice(registry.length + 1),
  };
}

/** Whether a request to `target` is as private as one to `origin`: https, or http between addresses of this machine. */
export function isPrivate(target: URL, origin: string): boolean {
  return target.protocol === 'https:' || (isOnLoopback(target) && isOnLoopback(new URL(origin)));
}

const isOnLoopback = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && isLoopback(hostname);

/** For the host name of a URL, in which every spelling of an address is the same. */
const isLoopback = (hostname: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
