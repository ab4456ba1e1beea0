/** https://docs.gitlab.com/ci/variables/predefined_variables/ */
import { utcTime } from '../../core/time.ts';
import { numbered, readServer, webServerOf, type CiSystem } from './ci-system.ts';
import { GITLAB_MARKS } from './log-marks.ts';

export const gitlabCi: CiSystem = {
  name: 'GitLab CI',
  marks: GITLAB_MARKS,
  isHere: (read) => read('GITLAB_CI') === 'true',
  facts: (read) => {
    const [repository, commit] = [read('CI_PROJECT_PATH'), read('CI_COMMIT_SHA')];
    const url = readServer('CI_SERVER_URL', read) ?? webServerOf(read('CI_PROJECT_URL'));
    return {
      source: {
        repository,
        commit,
        url: `${read('CI_PROJECT_URL')}/-/commit/${commit}`,
        time: utcTime(read('CI_COMMIT_TIMESTAMP')),
        ref: read('CI_COMMIT_TAG'),
        build: numbered(repository, read('CI_PIPELINE_IID')),
      },
      run: { url: read('CI_PIPELINE_URL'), actor: read('GITLAB_USER_LOGIN') },
      // That of a merge request's pipeline is its source branch.
      branch: read('CI_COMMIT_TAG') === '' ? read('CI_COMMIT_REF_NAME') : '',
      ...(read('CI_PROJECT_VISIBILITY') !== '' && { isSourcePublic: read('CI_PROJECT_VISIBILITY') === 'public' }),
      sourceServerUrl: webServerOf(read('CI_PROJECT_URL')) ?? '',
      ...(url !== undefined && { server: { kind: 'gitlab', url } }),
      ...(url !== undefined && repository !== '' && { ownRepository: `${url}/${repository}.git` }),
      ...(read('CI_JOB_TOKEN') !== '' && { jobToken: read('CI_JOB_TOKEN') }),
    };
  },
};
