/** Web pages of each kind of server. */
import type { ForgeKind } from './kind.ts';

type Page = (repository: string) => string | undefined;

const below =
  (between: string): Page =>
  (repository) =>
    `${repository}${between}`;

/** Of Bitbucket Data Center: `/scm/ops/web` over http is `/projects/ops/repos/web` in a browser, `/scm/~ada/web` `/users/ada/repos/web`. */
const ofDataCenter: Page = (repository) => {
  const [, server, project = '', slug] = /^(.*)\/scm\/([^/]+)\/([^/]+)$/.exec(repository) ?? [];
  const owner = project.startsWith('~') ? `users/${project.slice(1)}` : `projects/${project}`;
  return server === undefined ? undefined : `${server}/${owner}/repos/${slug}/commits/`;
};

/** What a repository's page has before the id of a commit; none where that is not known. */
const COMMITS: Readonly<Record<ForgeKind, Page>> = {
  github: below('/commit/'),
  gitlab: below('/-/commit/'),
  gitea: below('/commit/'),
  forgejo: below('/commit/'),
  'bitbucket-cloud': below('/commits/'),
  'bitbucket-data-center': ofDataCenter,
  'azure-devops': below('/commit/'),
  codecommit: () => undefined,
  git: () => undefined,
};

/** The web page of a commit of the repository with that http address; empty where it is not known. */
export function commitPage(kind: ForgeKind, repository: string, commit: string): string {
  const page = commit === '' ? undefined : COMMITS[kind](repository.replace(/\.git$/, ''));
  return page === undefined ? '' : `${page}${commit}`;
}
