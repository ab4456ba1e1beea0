/** https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables, and those of the git plugin. */
import { kindOf } from '../../forge/kind.ts';
import { commitPage } from '../../forge/web-pages.ts';
import { numbered, webServerOf, type CiSystem } from './ci-system.ts';

export const jenkins: CiSystem = {
  name: 'Jenkins',
  // The address is a setting, which may be empty.
  isHere: (read) => read('JENKINS_URL') !== '' || read('BUILD_TAG').startsWith('jenkins-'),
  facts: (read) => {
    const [address, commit, tag] = [read('GIT_URL'), read('GIT_COMMIT'), read('TAG_NAME')];
    const server = /^(?:https?|ssh):|^[^/:]+:(?!\/)/.test(address) ? webServerOf(address) : undefined;
    const repository = server === undefined ? '' : pathOf(address);
    const kind = kindOf({ host: server ? new URL(server).host : '', transport: 'https', name: repository }, []);
    return {
      source: {
        repository,
        commit,
        url: commitPage(kind, `${server}/${repository}`, commit),
        time: '',
        ref: tag,
        build: numbered(read('JOB_NAME'), read('BUILD_NUMBER')),
      },
      // The user is known with the plugin build-user-vars.
      run: { url: read('BUILD_URL'), actor: read('BUILD_USER_ID') || read('CHANGE_AUTHOR') },
      branch: tag === '' ? read('CHANGE_BRANCH') || read('BRANCH_NAME') || localName(read('GIT_BRANCH')) : '',
      sourceServerUrl: server ?? '',
    };
  },
};

/** The path of an address, `owner/name`. */
function pathOf(address: string): string {
  return address
    .replace(/^\w+:\/\/[^/]*\/|^[^/:]*:/, '')
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

/** `origin/main` -> `main`; empty where no branch is checked out. */
function localName(branch: string): string {
  return branch === 'detached' ? '' : branch.replace(/^(?:refs\/remotes\/)?origin\/|^refs\/heads\//, '');
}
