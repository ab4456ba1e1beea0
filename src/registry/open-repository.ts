/** The repositories of one run, each opened once: all that asks a repository shares its token. */
import { repositoryOf } from '../core/image-reference.ts';
import { endpointOf } from './endpoint.ts';
import { exchanging, type ExchangeOptions } from './exchange.ts';
import { findLogin, type LoginOptions } from './login.ts';
import { Repository } from './repository.ts';

/** The repository of an image's name; the same one for every spelling of the name. Throws RegistryFailure for a host that is none. */
export type OpenRepository = (name: string) => Repository;

/** Nothing is asked before a repository is read. The time limit for all requests begins now, unless exchanges are given. */
export function openingRepositories(
  options: ExchangeOptions & LoginOptions,
  exchange = exchanging(options),
): OpenRepository {
  const repositories = new Map<string, Repository>();
  return (name) => {
    const known = repositories.get(repositoryOf(name));
    if (known) return known;
    const endpoint = endpointOf(name);
    const opened = new Repository(exchange, endpoint, () => findLogin(endpoint.registry, options));
    repositories.set(repositoryOf(name), opened);
    return opened;
  };
}
