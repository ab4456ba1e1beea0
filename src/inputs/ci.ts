/** Detection of the CI system: the source of the image, the run, and who started it. */
import { readFileSync, statSync } from 'node:fs';
import { failure } from '../core/errors.ts';
import { utcTime } from '../core/time.ts';
import { apiOf } from '../forge/github/server.ts';

/** What an image was built from; texts are empty where the CI does not provide them. */
export interface ImageSource {
  /** `owner/name`. */
  readonly repository: string;
  readonly commit: string;
  /** Web page of the commit. */
  readonly url: string;
  /** Of the commit, as `utcTime` writes it. */
  readonly time: string;
  /** The git tag that the build ran for. */
  readonly ref: string;
  /** `<workflow>#<run number>` of the build: of two builds of one workflow the higher number was started later. */
  readonly build: string;
}

/** The CI run that releases an image. */
export interface CiRun {
  /** Web page. */
  readonly url: string;
  /** The user who started it. */
  readonly actor: string;
}

/** The CI system, the run and its source. */
export interface Ci {
  readonly name: 'GitHub Actions' | 'CircleCI' | 'GitLab CI' | 'plain';
  readonly source: ImageSource;
  readonly run: CiRun;
  /** The branch that is built, of a pull request the one that it is from; empty for a git tag. */
  readonly branch: string;
  /** The GitHub server that `owner/name` belongs to, and its REST API. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** The server that has the source repository, GitHub or another one. */
  readonly sourceServerUrl: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Facts = Pick<Ci, 'source' | 'run' | 'branch'> & Partial<Pick<Ci, 'sourceServerUrl'>>;

export const UNKNOWN_SOURCE: ImageSource = { repository: '', commit: '', url: '', time: '', ref: '', build: '' };
const UNKNOWN: Facts = { source: UNKNOWN_SOURCE, run: { url: '', actor: '' }, branch: '' };

/** GitHub sends no event of more than 25 MB. */
const MAX_EVENT = 30_000_000;

interface Provider {
  readonly name: Ci['name'];
  /** The variable that is `true` there. */
  readonly sign: string;
  readonly facts: (read: (name: string) => string) => Facts;
}

const PROVIDERS: readonly Provider[] = [
  {
    // https://docs.github.com/actions/reference/workflows-and-actions/variables
    name: 'GitHub Actions',
    sign: 'GITHUB_ACTIONS',
    facts: (read) => {
      const [repository, commit] = [read('GITHUB_REPOSITORY'), read('GITHUB_SHA')];
      const project = `${read('GITHUB_SERVER_URL')}/${repository}`;
      return {
        source: {
          repository,
          commit,
          url: `${project}/commit/${commit}`,
          time: timeInEvent(read('GITHUB_EVENT_PATH'), commit),
          ref: read('GITHUB_REF_TYPE') === 'tag' ? read('GITHUB_REF_NAME') : '',
          // The workflow's file is followed by the ref that it was read from.
          build: numbered(
            read('GITHUB_WORKFLOW_REF').replace(/@(?:refs\/.*|[\da-f]{40})$/s, ''),
            read('GITHUB_RUN_NUMBER'),
          ),
        },
        run: { url: `${project}/actions/runs/${read('GITHUB_RUN_ID')}`, actor: read('GITHUB_ACTOR') },
        branch: read('GITHUB_HEAD_REF') || (read('GITHUB_REF_TYPE') === 'branch' ? read('GITHUB_REF_NAME') : ''),
      };
    },
  },
  {
    // https://circleci.com/docs/reference/variables/
    name: 'CircleCI',
    sign: 'CIRCLECI',
    facts: (read) => {
      // Projects of a GitHub App have neither name nor URL.
      const [owner, name] = [read('CIRCLE_PROJECT_USERNAME'), read('CIRCLE_PROJECT_REPONAME')];
      const repository = owner && name && `${owner}/${name}`;
      const commit = read('CIRCLE_SHA1');
      const server = serverOf(read('CIRCLE_REPOSITORY_URL'));
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
  },
  {
    // https://docs.gitlab.com/ci/variables/predefined_variables/
    name: 'GitLab CI',
    sign: 'GITLAB_CI',
    facts: (read) => {
      const [repository, commit] = [read('CI_PROJECT_PATH'), read('CI_COMMIT_SHA')];
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
        branch: read('CI_COMMIT_TAG') === '' ? read('CI_COMMIT_REF_NAME') : '',
        sourceServerUrl: serverOf(read('CI_PROJECT_URL')) ?? '',
      };
    },
  },
];

/** Reads the environment of this process, or the one given. Throws VARIABLE_INVALID. */
export function detectCi(environment: Environment = process.env): Ci {
  const read = (name: string): string => environment[name] ?? '';
  const provider = PROVIDERS.find(({ sign }) => read(sign) === 'true');
  const serverUrl = readAddress('GITHUB_SERVER_URL', read) ?? 'https://github.com';
  const apiUrl = readAddress('GITHUB_API_URL', read) ?? apiOf(serverUrl);
  const facts = provider?.facts(read) ?? UNKNOWN;
  return { sourceServerUrl: serverUrl, name: provider?.name ?? 'plain', ...facts, serverUrl, apiUrl };
}

function readAddress(variable: string, read: (name: string) => string): string | undefined {
  const value = read(variable);
  if (value === '') return undefined;
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw failure('VARIABLE_INVALID', { variable, value, reason: 'is not an http(s) URL' });
}

/** The web server of a git URL or `user@host:path`; a port is kept of http only, since that of ssh is no web server's. */
function serverOf(repository: string): string | undefined {
  const [, transport = 'ssh', host, port = ''] = /^(?:(\w+):\/\/)?(?:[^/@]*@)?([^:/@]+)(:\d+)?/.exec(repository) ?? [];
  if (host === undefined) return undefined;
  return transport.startsWith('http') ? `${transport}://${host}${port}` : `https://${host}`;
}

function numbered(workflow: string, number: string): string {
  return workflow !== '' && /^\d+$/.test(number) ? `${workflow}#${number}` : '';
}

/** When the commit was made, as far as the event that started the run (a push) speaks of it. Never throws. */
function timeInEvent(path: string, commit: string): string {
  try {
    const file = statSync(path);
    if (!file.isFile() || file.size > MAX_EVENT) return '';
    const event = JSON.parse(readFileSync(path, 'utf8')) as {
      head_commit?: { id?: unknown; timestamp?: unknown };
    } | null;
    const { id, timestamp } = event?.head_commit ?? {};
    return id === commit && typeof timestamp === 'string' ? utcTime(timestamp) : '';
  } catch {
    return '';
  }
}
