/** https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/ */
import { commitPage } from '../../forge/web-pages.ts';
import { numbered, type CiSystem } from './ci-system.ts';

const SERVER = { kind: 'bitbucket-cloud', url: 'https://bitbucket.org' } as const;

export const bitbucketPipelines: CiSystem = {
  name: 'Bitbucket Pipelines',
  // There is no variable with the name of the system.
  isHere: (read) => read('BITBUCKET_BUILD_NUMBER') !== '' && read('BITBUCKET_REPO_FULL_NAME') !== '',
  facts: (read) => {
    const [repository, commit] = [read('BITBUCKET_REPO_FULL_NAME'), read('BITBUCKET_COMMIT')];
    const [project, number] = [`${SERVER.url}/${repository}`, read('BITBUCKET_BUILD_NUMBER')];
    return {
      source: {
        repository,
        commit,
        url: commitPage(SERVER.kind, project, commit),
        time: '',
        ref: read('BITBUCKET_TAG'),
        build: numbered(repository, number),
      },
      // Of the user there is an id, and no name.
      run: { url: `${project}/pipelines/results/${number}`, actor: '' },
      branch: read('BITBUCKET_BRANCH'),
      sourceServerUrl: SERVER.url,
      server: SERVER,
      ownRepository: `${project}.git`,
    };
  },
};
