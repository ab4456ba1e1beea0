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

/** What stands between a repository's page and the number of a pull request; none where that is not known. */
const PULL_REQUESTS: Readonly<Record<ForgeKind, string>> = {
  github: '/pull/',
  gitlab: '/-/merge_requests/',
  gitea: '/pulls/',
  forgejo: '/pulls/',
  'bitbucket-cloud': '/pull-requests/',
  'bitbucket-data-center': '',
  'azure-devops': '/pullrequest/',
  codecommit: '',
  git: '',
};

/** The web page of a commit of the repository with that http address; empty where it is not known. */
export function commitPage(kind: ForgeKind, repository: string, commit: string): string {
  return pageOf(COMMITS[kind], repository, commit);
}

/** The web page of a pull request of the repository with that http address; empty where it is not known. */
export function pullRequestPage(kind: ForgeKind, repository: string, number: string): string {
  return pageOf(PULL_REQUESTS[kind], repository, number);
}

function pageOf(between: string, repository: string, id: string): string {
  const isKnown = between !== '' && id !== '' && /^https?:/.test(repository);
  return isKnown ? `${repository.replace(/\.git$/, '')}${between}${id}` : '';
}
