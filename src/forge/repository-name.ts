/** A repository that is given by name alone, without its server. */
import { failure } from '../core/errors.ts';
import type { ForgeKind, Server } from './kind.ts';

type Address = (server: string, name: string) => string | undefined;

const ownerAndName: Address = (server, name) =>
  /^[\w.-]+\/[\w.-]+$/.test(name) ? `${server}/${name.replace(/\.git$/, '')}.git` : undefined;

/** Where names have another form than `owner/name`. */
const ADDRESSES: Readonly<Partial<Record<ForgeKind, Address>>> = {
  // Groups have groups.
  gitlab: (server, name) =>
    /^[\w.-]+(?:\/[\w.-]+)+$/.test(name) ? `${server}/${name.replace(/\.git$/, '')}.git` : undefined,
  'azure-devops': (server, name) => {
    const [, project, repository] = /^([\w.-][\w. -]*)\/([\w.-][\w. -]*)$/.exec(name) ?? [];
    if (project === undefined || repository === undefined) return undefined;
    return `${server}/${encodeURIComponent(project)}/_git/${encodeURIComponent(repository)}`;
  },
};

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

/** A name on one server may be one on GitHub too, and then its token would go to the wrong one. */
const OF_GITHUB = /^(?:gh[a-z]_|github_pat_)/;

/**
 * The address of the repository with that name on a server: `owner/name`, `group/sub/project` on GitLab, `project/repository`
 * on Azure; any other text is no name, and comes back as it is. Throws INPUT_INVALID where the token is one of GitHub, and the
 * server is another.
 */
export function addressOf(repository: string, { kind, url }: Server, token: string): string {
  // With a server before it, it is an address without its scheme.
  if (repository.startsWith('.') || repository.startsWith(`${hostOf(url)}/`)) return repository;
  const address = (ADDRESSES[kind] ?? ownerAndName)(url.replace(/\/+$/, ''), repository);
  if (address === undefined || kind === 'github' || !OF_GITHUB.test(token)) return address ?? repository;
  throw failure('INPUT_INVALID', {
    input: 'repository',
    value: repository,
    reason: `is on ${url} for this CI, and the token is one of GitHub; write the whole address, as https://github.com/${repository}`,
  });
}
