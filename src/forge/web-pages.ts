/** Web pages of each kind of server. */
import { pageOf, placeOf } from './bitbucket-data-center/server.ts';
import type { ForgeKind } from './kind.ts';

/** The text between a repository's page and the id of a commit; none where that is not known, or a commit has no such address. */
const COMMITS: Readonly<Record<ForgeKind, string>> = {
  github: '/commit/',
  gitlab: '/-/commit/',
  gitea: '/commit/',
  forgejo: '/commit/',
  'bitbucket-cloud': '/commits/',
  'bitbucket-data-center': '/commits/',
  'azure-devops': '/commit/',
  codecommit: '',
  git: '',
};

/** The text between a repository's page and the number of a pull request; none where that is not known. */
const PULL_REQUESTS: Readonly<Record<ForgeKind, string>> = {
  github: '/pull/',
  gitlab: '/-/merge_requests/',
  gitea: '/pulls/',
  forgejo: '/pulls/',
  'bitbucket-cloud': '/pull-requests/',
  'bitbucket-data-center': '/pull-requests/',
  'azure-devops': '/pullrequest/',
  codecommit: '',
  git: '',
};

/** The web page of a commit of the repository with that http address; empty where it is not known. */
export function commitPage(kind: ForgeKind, repository: string, commit: string): string {
  return pageBelow(kind, repository, COMMITS[kind], commit);
}

/** The web page of a pull request of the repository with that http address; empty where it is not known. */
export function pullRequestPage(kind: ForgeKind, repository: string, number: string): string {
  return pageBelow(kind, repository, PULL_REQUESTS[kind], number);
}

function pageBelow(kind: ForgeKind, repository: string, between: string, id: string): string {
  const isKnown = between !== '' && id !== '' && /^https?:/.test(repository) && URL.canParse(repository);
  const page = isKnown ? repositoryPage(kind, repository) : '';
  return page === '' ? '' : `${page}${between}${id}`;
}

/** Its http address, but for Bitbucket Data Center, where `/scm/ops/web` is `/projects/ops/repos/web` in a browser. */
function repositoryPage(kind: ForgeKind, address: string): string {
  if (kind !== 'bitbucket-data-center') return address.replace(/\.git$/, '');
  const place = placeOf({ host: '', transport: 'https', url: address }, []);
  return place ? pageOf(place) : '';
}
