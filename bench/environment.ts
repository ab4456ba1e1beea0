/** What the environment of a contender has. */
import { join } from 'node:path';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { versioned, type Application } from './application.ts';
import { STEP_FILES } from './clean-folders.ts';
import { TOOL_PATH } from './tools.ts';

type Environment = Readonly<Record<string, string>>;

/** Where a release goes. */
export interface Destination {
  readonly sandbox: Sandbox;
  /** `owner/name` */
  readonly repository: string;
  /** The clean folder of the process. */
  readonly folder: string;
}

/** What the runner gives the Action in a run of `acme/web`, with the inputs of a step. */
export function actionEnvironment({ sandbox, repository, folder }: Destination, inputs: Environment): Environment {
  // Pipelines neither ask registries nor render.
  const settings = 'registry: off\nrender: off';
  const given = { repository, token: sandbox.token, settings, ...inputs };
  const variables = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const files = Object.entries(STEP_FILES).map(([variable, name]) => [variable, join(folder, name)]);
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: sandbox.serverUrl,
    GITHUB_API_URL: sandbox.apiUrl,
    GITHUB_REPOSITORY: 'acme/web',
    GITHUB_SHA: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_NUMBER: '7',
    GITHUB_WORKFLOW_REF: 'acme/web/.github/workflows/ci.yml@refs/heads/main',
    GITHUB_ACTOR: 'ada',
    ...Object.fromEntries([...files, ...variables]),
  };
}

/** The one host that `gh` asks without TLS. */
const GH_HOST = 'github.localhost';

/** What the shell scripts of the other contenders are told: all that there is to know. */
export function scriptEnvironment({ sandbox, repository }: Destination, app: Application, tag: string): Environment {
  const line = versioned(app, tag).split('\n').indexOf(`  newTag: ${tag}`) + 1;
  return {
    PATH: TOOL_PATH,
    // What `gh` takes for a server of GitHub's, and git for this machine.
    GITHUB_SERVER_URL: `http://${GH_HOST}:${new URL(sandbox.serverUrl).port}`,
    GITHUB_API_URL: sandbox.apiUrl,
    GH_HOST,
    GH_TOKEN: sandbox.token,
    GH_PROMPT_DISABLED: '1',
    GH_NO_UPDATE_NOTIFIER: '1',
    // Of git, curl and `gh` only the last one reads it in capitals.
    HTTP_PROXY: sandbox.serverUrl,
    REPOSITORY: repository,
    AUTHORIZATION: `Authorization: Basic ${Buffer.from(`x-access-token:${sandbox.token}`).toString('base64')}`,
    IMAGE: app.image,
    TAG: tag,
    BRANCH: `release/${app.name}`,
    FOLDER: app.folder,
    FILE: app.versionFile,
    LINE: String(line),
    GIT_AUTHOR_NAME: 'ci',
    GIT_AUTHOR_EMAIL: 'ci@example.com',
    GIT_COMMITTER_NAME: 'ci',
    GIT_COMMITTER_EMAIL: 'ci@example.com',
  };
}
