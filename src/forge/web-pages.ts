/** Web pages of each kind of server. */
import type { ForgeKind } from './kind.ts';

/** What stands between a repository's page and the id of a commit; none where that is not known, or no suffix would do. */
const COMMITS: Readonly<Record<ForgeKind, string>> = {
  github: '/commit/',
  gitlab: '/-/commit/',
  gitea: '/commit/',
  forgejo: '/commit/',
  'bitbucket-cloud': '/commits/',
  'bitbucket-data-center': '',
  'azure-devops': '/commit/',
  codecommit: '',
  git: '',
};

/** The web page of a commit of the repository with that http address; empty where it is not known. */
export function commitPage(kind: ForgeKind, repository: string, commit: string): string {
  const between = COMMITS[kind];
  return between === '' || commit === '' ? '' : `${repository.replace(/\.git$/, '')}${between}${commit}`;
}
