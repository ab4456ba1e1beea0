/** An outcome for tests of what is told of one. */
import type { Result } from '../../src/environments/result.ts';
import type { PullRequest } from '../../src/forge/forge.ts';
import type { Outcome } from '../../src/release/outcome.ts';

export const CHANGE = {
  file: 'apps/web/deployment.yaml',
  line: 16,
  where: 'Deployment/web spec.template.spec.containers[0].image',
  image: 'ghcr.io/acme/web',
  from: '1.4.1',
  to: '1.4.2',
};
export const PULL_REQUEST: PullRequest = {
  number: 7,
  url: 'https://git.test/acme/manifests/pull/7',
  id: 'PR_7',
  state: 'open',
  title: 'Release web 1.4.2',
  body: '',
  draft: false,
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  commits: [],
  isWhole: false,
  closedByDeletion: false,
  branch: 'release/web',
  headId: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
  head: undefined,
  verified: true,
};
export const CREATED: Outcome = {
  outcome: 'created',
  merging: '',
  page: '',
  pullRequest: PULL_REQUEST,
  numberSign: '#',
  repository: 'acme/manifests',
  version: '1.4.2',
  delivery: 'pull-request',
  branch: 'release/web',
  base: 'main',
  commit: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
  verified: true,
  changes: [CHANGE, { ...CHANGE, line: 40 }, { ...CHANGE, file: 'charts/web/values.yaml', line: 5 }],
  left: [],
  diff: '--- a/x\n+++ b/x\n',
  reason: '',
};
export const LEFT = {
  file: 'run.sh',
  line: 3,
  image: 'ghcr.io/acme/web',
  version: '1.4.1',
  reason: 'is in a template',
};
export const NO_PULL_REQUEST = { ...CREATED, pullRequest: undefined };

export const alone = (outcome: Outcome): Result[] => [{ app: '', environment: '', outcome }];
