/** The pipeline of every tutorial, reproduced with inputs alone: nobody who moves to us changes a branch or a title. */
import { expect, test } from 'vitest';
import { COMMIT, runnerEnvironment, scenarios } from './harness.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  template:
    spec:
      containers:
        - name: app
          image: registry.example.com/team/app:6c3b1f0
`;
const INPUTS = {
  images: 'registry.example.com/team/app:8f14e45',
  branch: 'release-{{ source.shortCommit }}',
  title: 'Release {{ name }} {{ source.shortCommit }}',
  'commit-message': 'Release {{ name }} {{ source.shortCommit }}',
};
const FLAGS = Object.entries(INPUTS).flatMap(([name, value]) => [`--${name}`, value]);

scenarios('the tutorial pipeline', { 'k8s/deployment.yaml': DEPLOYMENT }, (current) => {
  test('as a workflow step', async () => {
    const { action, repository, sandbox } = current();
    const { exitCode, outputs } = await action(INPUTS);
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ outcome: 'created', branch: 'release-8f14e45', base: 'main' });
    expect(await repository.read('release-8f14e45', 'k8s/deployment.yaml')).toBe(
      DEPLOYMENT.replace('6c3b1f0', '8f14e45'),
    );
    const [pullRequest] = await sandbox.pullRequests();
    expect(pullRequest).toMatchObject({ title: 'Release app 8f14e45', head: 'release-8f14e45', base: 'main' });
    const [commit] = await repository.log('release-8f14e45');
    expect(commit?.subject).toBe('Release app 8f14e45');
    expect(commit?.trailers).toEqual([
      'Release-Name: app',
      'Release-Image: registry.example.com/team/app:8f14e45',
      `Release-Source: acme/web@${COMMIT}`,
      // No reference to an issue.
      'Release-Build: acme/web/.github/workflows/ci.yml#\u200b7',
      `Release-Run: ${sandbox.serverUrl}/acme/web/actions/runs/42`,
      `Release-Base: ${await repository.tip('main')}`,
    ]);
  });

  const cases = {
    CircleCI: {
      CIRCLECI: 'true',
      CIRCLE_PROJECT_USERNAME: 'acme',
      CIRCLE_PROJECT_REPONAME: 'web',
      CIRCLE_REPOSITORY_URL: 'git@github.com:acme/web.git',
      CIRCLE_SHA1: COMMIT,
      CIRCLE_BUILD_URL: 'https://circleci.com/gh/acme/web/42',
      CIRCLE_USERNAME: 'ada',
    },
    'GitLab CI': {
      GITLAB_CI: 'true',
      CI_PROJECT_PATH: 'acme/web',
      CI_PROJECT_URL: 'https://gitlab.example.com/acme/web',
      CI_COMMIT_SHA: COMMIT,
      CI_PIPELINE_URL: 'https://gitlab.example.com/acme/web/-/pipelines/42',
      GITLAB_USER_LOGIN: 'ada',
    },
  };
  for (const [ci, environment] of Object.entries(cases)) {
    test(`from ${ci}, by the command line`, async () => {
      const { cli, sandbox, repository } = current();
      const { GITHUB_SERVER_URL, GITHUB_API_URL } = runnerEnvironment(sandbox);
      const servers = { GITHUB_SERVER_URL: GITHUB_SERVER_URL ?? '', GITHUB_API_URL: GITHUB_API_URL ?? '' };
      const { exitCode, stdout, stderr } = await cli(
        ['release', '--repository', 'acme/manifests', ...FLAGS, '--json'],
        {
          ...environment,
          ...servers,
          MANIFEST_RELEASE_TOKEN: sandbox.token,
        },
      );
      expect(exitCode, stderr).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        outcome: 'created',
        branch: 'release-8f14e45',
        'pull-request-number': 1,
      });
      const [pullRequest] = await sandbox.pullRequests();
      expect(pullRequest?.title).toBe('Release app 8f14e45');
      expect(pullRequest?.body).toContain('acme/web@[8f14e45](https://');
      const [commit] = await repository.log('release-8f14e45');
      expect(commit?.trailers).toContain(`Release-Source: acme/web@${COMMIT}`);
    });
  }
});
