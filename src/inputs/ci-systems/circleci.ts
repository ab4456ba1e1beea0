/** https://circleci.com/docs/reference/variables/ */
import { numbered, webServerOf, type CiSystem } from './ci-system.ts';

export const circleCi: CiSystem = {
  name: 'CircleCI',
  isHere: (read) => read('CIRCLECI') === 'true',
  facts: (read) => {
    // Projects of a GitHub App have neither name nor URL.
    const [owner, name] = [read('CIRCLE_PROJECT_USERNAME'), read('CIRCLE_PROJECT_REPONAME')];
    const repository = owner && name && `${owner}/${name}`;
    const commit = read('CIRCLE_SHA1');
    const server = webServerOf(read('CIRCLE_REPOSITORY_URL'));
    const url = server === undefined ? '' : `${server}/${repository}/commit/${commit}`;
    const job = repository && read('CIRCLE_JOB') && `${repository}/${read('CIRCLE_JOB')}`;
    return {
      source: {
        repository,
        commit,
        url,
        time: '',
        ref: read('CIRCLE_TAG'),
        build: numbered(job, read('CIRCLE_BUILD_NUM')),
      },
      run: { url: read('CIRCLE_BUILD_URL'), actor: read('CIRCLE_USERNAME') },
      branch: read('CIRCLE_BRANCH'),
      ...(server !== undefined && { sourceServerUrl: server }),
    };
  },
};
