/** A sandbox for each test, whose exchanges are compared with the descriptions of the APIs of forges. */
import { afterEach, beforeEach, expect } from 'vitest';
import {
  startSandbox,
  type Files,
  type RecordedRequest,
  type RepositoryOptions,
  type Sandbox,
  type SandboxOptions,
  type SandboxRepository,
} from '../../sandbox/sandbox.ts';
import { azureViolations } from '../forge/azure-devops/description.ts';
import { bitbucketCloudViolations } from '../forge/bitbucket-cloud/description.ts';
import { bitbucketDataCenterViolations } from '../forge/bitbucket-data-center/description.ts';
import { violations } from '../forge/github/openapi.ts';
import { gitlabViolations } from '../forge/gitlab/description.ts';

export interface Started {
  readonly sandbox: Sandbox;
  /** `acme/manifests`. */
  readonly repository: SandboxRepository;
  /** The departures that the test makes on purpose; empty unless it adds some. */
  readonly departures: string[];
}

/**
 * For each test a fresh sandbox with `files` in `acme/manifests`. It is closed after the caller's own afterEach, and then
 * every exchange must be as the forge describes it.
 */
export function eachWithSandbox(
  files: Files,
  sandboxOptions: SandboxOptions = {},
  repositoryOptions: RepositoryOptions = {},
): () => Started {
  let started: Started;
  beforeEach(async () => {
    const sandbox = await startSandbox(sandboxOptions);
    const repository = await sandbox.createRepository('acme/manifests', files, repositoryOptions);
    started = { sandbox, repository, departures: [] };
  });
  afterEach(async () => {
    const { sandbox, departures } = started;
    await sandbox.close();
    expect(violationsOf(sandbox.requests), 'every exchange is as the forge describes its API').toEqual(departures);
  });
  return () => started;
}

/** A sentence for each departure of the requests to an API that the forge itself would have answered so. */
export function violationsOf(requests: readonly RecordedRequest[]): string[] {
  // Gitea's part is proved on a real Gitea.
  const answered = requests.filter(
    ({ kind, path, status, foreign }) => kind === 'api' && !path.startsWith(GITEA) && status > 0 && !foreign,
  );
  return answered.flatMap((one) => {
    const [root, violationsIn] = DESCRIBED.find(([root]) => root.test(one.path)) ?? [/^(?:\/api\/v3)?/, violations];
    return violationsIn({ ...one, path: one.path.replace(root, '') });
  });
}

const GITEA = '/api/v1/';

/** What the paths of the APIs with a description of their own begin with, as far as the description leaves it out. */
const DESCRIBED = [
  [/^\/api\/v4/, gitlabViolations],
  [/^\/2\.0/, bitbucketCloudViolations],
  [/^\/rest/, bitbucketDataCenterViolations],
  // The collection and the project are before the API, and in the description.
  [/^(?=.*\/_apis\/)/, azureViolations],
] as const;
