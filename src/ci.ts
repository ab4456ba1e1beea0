/** Which CI runs us, and what it says of the run: where the image was built from, by which run, for whom. */

export interface Ci {
  readonly name: 'GitHub Actions' | 'CircleCI' | 'GitLab CI' | 'plain';
  /** What the image was built from; texts are empty where the CI does not say. */
  readonly source: { readonly repository: string; readonly commit: string; readonly url: string };
  readonly runUrl: string;
  readonly actor: string;
  /** The GitHub server that `owner/name` stands on, and its REST API. */
  readonly serverUrl: string;
  readonly apiUrl: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Facts = Pick<Ci, 'source' | 'runUrl' | 'actor'>;

const UNKNOWN: Facts = { source: { repository: '', commit: '', url: '' }, runUrl: '', actor: '' };

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
        source: { repository, commit, url: `${project}/commit/${commit}` },
        runUrl: `${project}/actions/runs/${read('GITHUB_RUN_ID')}`,
        actor: read('GITHUB_ACTOR'),
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
      const host = /^(?:\w+:\/\/)?(?:[^/@]*@)?([^:/@]+)/.exec(read('CIRCLE_REPOSITORY_URL'))?.[1];
      return {
        source: { repository, commit, url: host === undefined ? '' : `https://${host}/${repository}/commit/${commit}` },
        runUrl: read('CIRCLE_BUILD_URL'),
        actor: read('CIRCLE_USERNAME'),
      };
    },
  },
  {
    // https://docs.gitlab.com/ci/variables/predefined_variables/
    name: 'GitLab CI',
    sign: 'GITLAB_CI',
    facts: (read) => {
      const commit = read('CI_COMMIT_SHA');
      return {
        source: { repository: read('CI_PROJECT_PATH'), commit, url: `${read('CI_PROJECT_URL')}/-/commit/${commit}` },
        runUrl: read('CI_PIPELINE_URL'),
        actor: read('GITLAB_USER_LOGIN'),
      };
    },
  },
];

/** Reads the environment of this process, or the one given. */
export function detectCi(environment: Environment = process.env): Ci {
  const read = (name: string): string => environment[name] ?? '';
  const provider = PROVIDERS.find(({ sign }) => read(sign) === 'true');
  const serverUrl = read('GITHUB_SERVER_URL') || 'https://github.com';
  const apiUrl = read('GITHUB_API_URL') || apiOf(serverUrl);
  return { name: provider?.name ?? 'plain', ...(provider?.facts(read) ?? UNKNOWN), serverUrl, apiUrl };
}

/** The REST API of a GitHub server: github.com, Data Residency (`*.ghe.com`) or Enterprise Server. */
export function apiOf(serverUrl: string): string {
  const { hostname, origin } = new URL(serverUrl);
  if (hostname === 'github.com' || hostname.endsWith('.ghe.com')) return `https://api.${hostname}`;
  return `${origin}/api/v3`;
}
