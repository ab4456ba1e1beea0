/** All CI systems. The signs of an earlier one count where a run has those of several. */
import { forgejoActions, giteaActions, gitHubActions } from './actions.ts';
import { azurePipelines } from './azure-pipelines.ts';
import { bitbucketPipelines } from './bitbucket-pipelines.ts';
import type { CiSystem } from './ci-system.ts';
import { circleCi } from './circleci.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { jenkins } from './jenkins.ts';

export const CI_SYSTEMS: readonly CiSystem[] = [
  // Forgejo sets Gitea's variables too, and both set GitHub's.
  forgejoActions,
  giteaActions,
  gitHubActions,
  circleCi,
  gitlabCi,
  azurePipelines,
  bitbucketPipelines,
  // The agent of another system may run on a machine of Jenkins.
  jenkins,
];
