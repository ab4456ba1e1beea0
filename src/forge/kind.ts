/** Which kind of server has a repository: from its address and from the servers that the CI names. What a server answers: ask-kind.ts. */
import type { Remote } from '../core/remote.ts';

/** All kinds; `git` is a server of which no more is known. */
export const FORGE_KINDS = [
  'github',
  'gitlab',
  'gitea',
  'forgejo',
  'bitbucket-cloud',
  'bitbucket-data-center',
  'azure-devops',
  'codecommit',
  'git',
] as const;

export type ForgeKind = (typeof FORGE_KINDS)[number];

/** A server that the CI names. */
export interface Server {
  readonly kind: ForgeKind;
  /** What its repositories' addresses begin with. */
  readonly url: string;
}

/** Servers that everybody knows, by host. Those of ssh have names of their own; a port makes another server. */
const HOSTS: readonly (readonly [host: RegExp, kind: ForgeKind])[] = [
  [/^(?:(?:www|ssh)\.)?github\.com$/, 'github'],
  [/^(?:ssh\.)?[\w-]+\.ghe\.com$/, 'github'],
  [/^(?:(?:www|altssh)\.)?gitlab\.com$/, 'gitlab'],
  [/^gitea\.com$/, 'gitea'],
  [/^codeberg\.org$/, 'forgejo'],
  [/^(?:(?:www|altssh)\.)?bitbucket\.org$/, 'bitbucket-cloud'],
  [/^(?:ssh\.)?dev\.azure\.com$/, 'azure-devops'],
  [/^[\w-]+\.visualstudio\.com$/, 'azure-devops'],
  [/^git-codecommit(?:-fips)?\.[a-z\d-]+\.amazonaws\.com(?:\.cn)?$/, 'codecommit'],
];

/** Paths that repositories have on one kind of server alone. */
const PATHS: readonly (readonly [path: RegExp, kind: ForgeKind])[] = [
  [/(?:^|\/)_(?:git|ssh)\/[^/]+$/, 'azure-devops'],
  [/(?:^|\/)scm\/[^/]+\/[^/]+$/, 'bitbucket-data-center'],
];

/** What people call a server of their own: `gitlab.example.com`. */
const NAMES: readonly (readonly [host: RegExp, kind: ForgeKind])[] = [
  [/^gitlab\./, 'gitlab'],
  [/^gitea\./, 'gitea'],
  [/^forgejo\./, 'forgejo'],
  [/^bitbucket\./, 'bitbucket-data-center'],
];

/** Whether a repository is on that server. */
export function isServerOf(
  { url }: Pick<Server, 'url'>,
  { host, transport }: Pick<Remote, 'host' | 'transport'>,
): boolean {
  const server = new URL(url);
  return host.toLowerCase() === (transport === 'ssh' ? server.hostname : server.host);
}

/**
 * The kind of the server of `remote`. Of several signs the first of these counts: a server of `servers`, its host, the path
 * of the repository, what its host is called.
 */
export function kindOf(remote: Pick<Remote, 'host' | 'transport' | 'name'>, servers: readonly Server[]): ForgeKind {
  if (remote.transport === 'file') return 'git';
  const host = remote.host.toLowerCase();
  const own = servers.find((server) => isServerOf(server, remote));
  return own?.kind ?? lookUp(HOSTS, host) ?? lookUp(PATHS, remote.name) ?? lookUp(NAMES, host) ?? 'git';
}

function lookUp(table: typeof HOSTS, text: string): ForgeKind | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}
