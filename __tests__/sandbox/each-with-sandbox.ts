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
    if (one.path.includes(AZURE)) return azureViolations(one);
    if (one.path.startsWith(GITLAB)) return gitlabViolations({ ...one, path: one.path.slice(GITLAB.length) });
    return violations({ ...one, path: one.path.replace('/api/v3', '') });
  });
}

/** The roots of APIs. */
const GITLAB = '/api/v4';
const GITEA = '/api/v1/';
const AZURE = '/_apis/';
