import { describe, expect, test } from 'vitest';
import { detectCi, type Ci } from '../../src/inputs/ci.ts';
import { ReleaseError, type FailureCode } from '../../src/core/errors.ts';
import { readTagSelection } from '../../src/core/tag-selection.ts';
import { INPUT_TABLE } from '../../src/inputs/table.ts';
import { readAccess } from '../../src/inputs/access.ts';
import { readInputs, type Inputs } from '../../src/inputs/inputs.ts';
import type { RawInputs } from '../../src/inputs/raw-inputs.ts';
import { PLAIN_RELEASE } from '../../src/inputs/operation.ts';

const PLAIN = detectCi({});
const GITHUB = detectCi({ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/web', GITHUB_SHA: 'abc' });
const CIRCLECI = detectCi({ CIRCLECI: 'true', CIRCLE_PROJECT_USERNAME: 'acme', CIRCLE_PROJECT_REPONAME: 'web' });
const GITLAB_VARIABLES = {
  GITLAB_CI: 'true',
  CI_SERVER_URL: 'https://gitlab.test',
  CI_PROJECT_PATH: 'acme/shop/web',
  CI_PROJECT_URL: 'https://gitlab.test/acme/shop/web',
};
const ACTIONS = {
  GITHUB_ACTIONS: 'true',
  GITEA_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://git.test',
  GITHUB_API_URL: 'https://git.test/api/v1',
  GITHUB_REPOSITORY: 'acme/web',
};

/** CI systems that are part of a server: the repository of the run, and what names are there. */
const SERVERS = {
  'GitLab CI': {
    ci: detectCi(GITLAB_VARIABLES),
    kind: 'gitlab',
    own: 'https://gitlab.test/acme/shop/web.git',
    named: {
      'acme/manifests': 'https://gitlab.test/acme/manifests.git',
      'acme/shop/ops/manifests': 'https://gitlab.test/acme/shop/ops/manifests.git',
    },
  },
  'Gitea Actions': {
    ci: detectCi(ACTIONS),
    kind: 'gitea',
    own: 'https://git.test/acme/web.git',
    named: { 'acme/manifests': 'https://git.test/acme/manifests.git' },
  },
  'Forgejo Actions': {
    ci: detectCi({ ...ACTIONS, FORGEJO_ACTIONS: 'true' }),
    kind: 'forgejo',
    own: 'https://git.test/acme/web.git',
    named: { 'acme/manifests': 'https://git.test/acme/manifests.git' },
  },
  'Azure Pipelines': {
    ci: detectCi({
      TF_BUILD: 'True',
      SYSTEM_COLLECTIONURI: 'https://dev.azure.com/fabrikam/',
      SYSTEM_TEAMPROJECT: 'shop',
      BUILD_REPOSITORY_PROVIDER: 'TfsGit',
      BUILD_REPOSITORY_URI: 'https://fabrikam@dev.azure.com/fabrikam/shop/_git/web',
    }),
    kind: 'azure-devops',
    own: 'https://dev.azure.com/fabrikam/shop/_git/web',
    named: { 'My Ops/manifests': 'https://dev.azure.com/fabrikam/My%20Ops/_git/manifests' },
  },
  'Bitbucket Pipelines': {
    ci: detectCi({ BITBUCKET_BUILD_NUMBER: '42', BITBUCKET_REPO_FULL_NAME: 'acme/web' }),
    kind: 'bitbucket-cloud',
    own: 'https://bitbucket.org/acme/web.git',
    named: { 'acme/manifests': 'https://bitbucket.org/acme/manifests.git' },
  },
} as const;
const TOKEN = 'ghp_topSecret123';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function read(raw: RawInputs, ci: Ci = PLAIN): Inputs {
  return readInputs({ repository: 'acme/manifests', images: 'ghcr.io/acme/web:1.4.2', ...raw }, ci);
}

function refusal(raw: RawInputs, ci?: Ci): ReleaseError {
  try {
    read(raw, ci);
  } catch (error) {
    if (error instanceof ReleaseError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

test('needs only the images and a repository', () => {
  expect(read({})).toEqual({
    access: {
      remote: {
        name: 'acme/manifests',
        url: 'https://github.com/acme/manifests.git',
        transport: 'https',
        host: 'github.com',
      },
      kind: 'github',
      base: '',
      token: '',
      sourceToken: '',
      packagesToken: '',
    },
    images: {
      released: [{ reference: { name: 'ghcr.io/acme/web', tag: '1.4.2' }, replaces: 'ghcr.io/acme/web' }],
      notes: [],
    },
    operation: PLAIN_RELEASE,
    identity: { app: '', environment: '', repositories: ['ghcr.io/acme/web'], paths: [] },
    search: { paths: [], plan: { targets: [], policies: new Map(), insert: false } },
    templates: {
      name: '',
      branch: 'release/{{ name }}',
      title:
        '{{ action }} {{ name }} {{#from}}{{ from }} → {{/from}}{{ version }}{{#from}}{{#step}} ({{ step }}){{/step}}{{/from}}',
      body: expect.stringContaining('{{#imageChanges}}'),
      'commit-message': expect.stringContaining('{{#changes}}'),
      attributes: {
        labels: [],
        reviewers: [],
        'team-reviewers': [],
        assignees: [],
        milestone: '',
        'auto-merge': '',
        draft: 'false',
      },
    },
    policy: {
      delivery: 'pull-request',
      order: 'newest',
      force: false,
      onForeignCommits: 'append',
      dryRun: false,
      render: 'auto',
      sourceCommits: 'auto',
      bases: [],
    },
    checks: { registry: 'check', pin: 'keep', platforms: [], trustedRoot: '' },
    commit: {
      author: { name: 'manifest-release-pr', email: 'manifest-release-pr@noreply.invalid' },
      isAuthorGiven: false,
      sign: 'none',
      signingKey: '',
    },
    wait: { until: 'none', timeout: 1_800_000, timeoutText: '30m', watched: [] },
  });
});

test('reads what a person says beyond the images', () => {
  const { plan } = read({
    targets: 'a.yaml#/spec/v\nb.yaml#Deployment/web#x[0]["k.l"]=nginx',
    'image-policies': 'flux-system:web=ghcr.io/acme/web',
    'only-tags': '1.x',
    insert: 'true',
  }).search;
  expect(plan).toEqual({
    targets: [
      { text: 'a.yaml#/spec/v', file: 'a.yaml', path: ['spec', 'v'], image: 'ghcr.io/acme/web' },
      {
        text: 'b.yaml#Deployment/web#x[0]["k.l"]=nginx',
        file: 'b.yaml',
        document: 'Deployment/web',
        path: ['x', '0', 'k.l'],
        image: 'nginx',
      },
    ],
    policies: new Map([['flux-system:web', 'ghcr.io/acme/web']]),
    onlyTags: readTagSelection('1.x'),
    insert: true,
  });
});

test('reads what is to become of the release', () => {
  expect(
    read({
      delivery: 'push',
      force: 'True',
      'on-foreign-commits': 'stop',
      labels: 'deploy, bump/{{ bump }}\n\n',
      reviewers: '@ada\r\nbob,@acme/platform\r\n',
      assignees: 'carol',
      milestone: ' Q4 ',
      draft: 'always-true',
      'auto-merge': 'squash',
    }),
  ).toMatchObject({
    policy: { delivery: 'push', order: 'any', force: true, onForeignCommits: 'stop' },
    templates: {
      attributes: {
        labels: ['deploy', 'bump/{{ bump }}'],
        reviewers: ['ada', 'bob'],
        'team-reviewers': ['platform'],
        assignees: ['carol'],
        milestone: 'Q4',
        draft: 'always-true',
        'auto-merge': 'squash',
      },
    },
  });
});

describe('credentials', () => {
  test('of the source repository are told apart from those of the manifest repository', () => {
    expect(read({ token: TOKEN }).access).toMatchObject({ token: TOKEN, sourceToken: '' });
    expect(read({ token: TOKEN, 'source-token': 'other' }).access).toMatchObject({
      token: TOKEN,
      sourceToken: 'other',
    });
  });

  test('keep the end of their last line', () => {
    const inputs = read({
      'app-client-id': 'Iv1',
      'app-private-key': 'PEM\n',
      'ssh-key': ' KEY ',
      'ssh-known-hosts': 'git.test ssh-ed25519 AAAA',
      'sign-commits': 'true',
      'signing-key': '-----BEGIN PGP PRIVATE KEY BLOCK-----',
    });
    expect(inputs).toMatchObject({
      access: {
        remote: { transport: 'ssh' },
        app: { clientId: 'Iv1', privateKey: 'PEM\n' },
        ssh: { key: 'KEY\n', knownHosts: 'git.test ssh-ed25519 AAAA' },
      },
      commit: { sign: 'gpg', signingKey: '-----BEGIN PGP PRIVATE KEY BLOCK-----\n' },
    });
    expect(read({ 'ssh-key': 'KEY' }).access.ssh?.knownHosts).toMatch(/^github\.com[, ]/);
    expect(read({ 'sign-commits': 'true' }).commit).toMatchObject({ sign: 'api', signingKey: '' });
    expect(read({ 'sign-commits': 'true', 'signing-key': 'KEY' }).commit).toMatchObject({ sign: 'ssh' });
    expect(read({ 'signing-key': 'unused' }).commit).toMatchObject({ sign: 'none', signingKey: '' });
  });

  test.each<[RawInputs, string]>([
    [{ 'app-client-id': 'Iv1' }, 'app-private-key'],
    [{ 'app-private-key': 'PEM' }, 'app-client-id'],
    [{ 'app-private-key': 'PEM', token: `workflow:${TOKEN}` }, 'app-client-id'],
  ])('are missed: %j', (raw, input) => {
    expect(refusal(raw)).toMatchObject({ code: 'INPUT_MISSING', message: `Input "${input}" is empty.` });
  });

  test.each<RawInputs>([{ token: TOKEN }, { repository: '.' }])('of an App are not used: %j', (raw) => {
    expect(read({ ...raw, 'app-private-key': 'PEM' }).access.app).toBeUndefined();
  });
});

describe('allowed-versions', () => {
  test.each(['>=1.0.0', '1.x', '1.4.2', '<2'])('%s lets 1.4.2 in', (range) => {
    expect(read({ 'allowed-versions': range }).images.released).toHaveLength(1);
  });

  test.each([
    ['ghcr.io/acme/web:1.4.2', '>=2'],
    ['ghcr.io/acme/web:2.0.0-rc.1', '>=1.0.0'],
    ['ghcr.io/acme/web:main-8f14e45', '>=0'],
    [`ghcr.io/acme/web@${DIGEST}`, '>=0'],
  ])('does not let %s into %s', (image, range) => {
    const error = refusal({ images: `acme/api:2.4.0\n${image}`, 'allowed-versions': range });
    expect(error).toMatchObject({ code: 'VERSION_NOT_ALLOWED', blame: 'yours' });
    expect(error.message).toBe(`"${image}" is not in the range of the setting "allowed-versions": "${range}".`);
  });
});

test.each<[RawInputs, string]>([
  [{ targets: 'a.yaml' }, 'is not of the form file#path or file#path=image'],
  [{ targets: 'a.yaml#' }, 'is not of the form file#path or file#path=image'],
  [{ targets: 'a.yaml#v=Web' }, 'names no image behind the "="'],
  [{ targets: 'a.yaml#v..w' }, 'neither a JSON pointer nor dotted keys'],
  [{ targets: 'a.yaml#v', images: 'a:1\nb:1' }, 'does not say which of the released images it is of'],
  [{ 'image-policies': 'web=nginx' }, 'is not of the form namespace:policy=image'],
  [{ 'image-policies': 'flux-system:web=Nginx' }, 'is not of the form namespace:policy=image'],
  [{ delivery: 'email' }, 'is neither pull-request nor push'],
  [{ 'on-foreign-commits': 'keep' }, 'is none of append, stop and reset'],
  [{ draft: 'yes' }, 'is none of false, true and always-true'],
  [{ 'auto-merge': 'true' }, 'is none of none, merge, squash and rebase'],
  [{ 'sign-commits': 'ssh' }, 'is neither true nor false'],
  [{ 'allowed-versions': 'new ones' }, 'Input "allowed-versions" is "new ones", which is no range of versions'],
  [{ 'allowed-versions': '>=1.0 <oops' }, 'Input "allowed-versions" is ">=1.0 <oops"'],
  [
    { 'only-tags': '>=1.0 <oops' },
    'Input "only-tags" is ">=1.0 <oops", which is neither a tag, nor a glob (agent-*, *-alpine), nor a range of versions (1.x, >=1.2 <2)',
  ],
])('refuses %j', (raw, reason) => {
  expect(refusal(raw)).toMatchObject({ code: 'INPUT_INVALID', message: expect.stringContaining(reason) });
});

test('takes blank for not given, in every input that has a default', () => {
  const optional = INPUT_TABLE.filter(({ name }) => name !== 'images' && name !== 'repository');
  expect(read(Object.fromEntries(optional.map(({ name }) => [name, ' \n ']) as [string, string][]))).toEqual(read({}));
});

test('gives inputs that nobody can change by accident', () => {
  expect(Object.isFrozen(read({}))).toBe(true);
});

describe('the repository', () => {
  test('is the run’s own on GitHub Actions', () => {
    expect(readInputs({ images: 'web:1.4.2' }, GITHUB).access.remote.name).toBe('acme/web');
    expect(read({}, GITHUB).access.remote.name).toBe('acme/manifests');
  });

  test.each([PLAIN, CIRCLECI, detectCi({ JENKINS_URL: 'https://ci.test', GIT_URL: 'https://github.com/acme/web' })])(
    'must be given where the CI is part of no server: $name',
    (ci) => {
      expect(refusal({ repository: '' }, ci)).toMatchObject({
        code: 'INPUT_MISSING',
        message: 'Input "repository" is empty.',
      });
    },
  );

  test.each(Object.entries(SERVERS))('is the run’s own on %s, and has its kind', (_, { ci, own, kind }) => {
    const access = readAccess({ token: 'x' }, ci);
    expect([access.remote.url, access.kind]).toEqual([own, kind]);
  });

  test.each(Object.entries(SERVERS))('without a server is on that of %s', (_, { ci, named }) => {
    for (const [repository, url] of Object.entries(named)) {
      expect(readAccess({ repository }, ci).remote.url).toBe(url);
    }
  });

  test('is on the GitHub server that a person names, also in another CI', () => {
    const ci = detectCi({ ...GITLAB_VARIABLES, GITHUB_SERVER_URL: 'https://git.acme.test' });
    expect(readAccess({ repository: 'acme/manifests' }, ci)).toMatchObject({
      kind: 'github',
      remote: { url: 'https://git.acme.test/acme/manifests.git' },
    });
    expect(readAccess({ repository: 'https://gitlab.test/acme/manifests' }, ci).kind).toBe('gitlab');
  });

  test('is not looked for on another server with a token of GitHub', () => {
    const error = refusal({ token: TOKEN }, SERVERS['GitLab CI'].ci);
    expect(error).toMatchObject({ code: 'INPUT_INVALID', input: 'repository' });
    expect(`${error.message} ${error.hint}`).not.toContain(TOKEN);
  });
});

describe('the input forge', () => {
  test.each([
    ['auto', 'https://git.test/acme/manifests', 'git'],
    ['', 'https://gitlab.com/acme/manifests', 'gitlab'],
    ['gitea', 'https://git.test/acme/manifests', 'gitea'],
    ['github', 'https://git.test/acme/manifests', 'github'],
    ['git', 'https://github.com/acme/manifests', 'git'],
  ])('%j makes the server of %s one of the kind %s', (forge, repository, kind) => {
    expect(readAccess({ repository, forge }, PLAIN).kind).toBe(kind);
  });

  test('decides how git shows the token', () => {
    const login = (forge: string) =>
      readAccess({ repository: 'https://git.test/acme/manifests', forge, token: 'x' }, PLAIN).remote.login;
    expect(['auto', 'gitlab', 'bitbucket-data-center', 'azure-devops'].map(login)).toEqual([
      { user: 'x-access-token' },
      { user: 'oauth2' },
      'bearer',
      { user: '' },
    ]);
  });

  test('has a closed set of values', () => {
    expect(refusal({ forge: 'gitlub' })).toMatchObject({
      code: 'INPUT_INVALID',
      message:
        'Input "forge" is "gitlub", which is none of auto, github, gitlab, gitea, forgejo, bitbucket-cloud, ' +
        'bitbucket-data-center, azure-devops, codecommit and git.',
    });
  });
});

describe('the token of a job of GitLab', () => {
  const ci = detectCi({ ...GITLAB_VARIABLES, CI_JOB_TOKEN: '64_ofTheJob' });

  test.each([
    ['64_ofTheJob', { user: 'gitlab-ci-token' }],
    ['64_ofAnother', { user: 'oauth2' }],
  ])('%s is shown with %j', (token, login) => {
    expect(readAccess({ repository: 'acme/manifests', token }, ci).remote.login).toEqual(login);
  });
});

describe('the author', () => {
  const BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' };
  const NEUTRAL = { name: 'manifest-release-pr', email: 'manifest-release-pr@noreply.invalid' };

  test.each([
    ['GitHub Actions', GITHUB, BOT],
    ['nowhere', PLAIN, NEUTRAL],
    ['CircleCI', CIRCLECI, NEUTRAL],
    ...Object.entries(SERVERS).map(([name, { ci }]) => [name, ci, NEUTRAL] as const),
  ] as const)('unless given, in %s', (_, ci, author) => {
    expect(read({ repository: 'https://git.test/acme/m' }, ci).commit.author).toEqual(author);
    const given = { repository: 'https://git.test/acme/m', author: 'Ada <ada@example.com>' };
    expect(read(given, ci).commit.author).toEqual({ name: 'Ada', email: 'ada@example.com' });
  });
});

describe('lists', () => {
  test.each([
    ['one a line', 'apps/web\ncharts'],
    ['with blank lines and spaces around', '\n  apps/web  \n\n\tcharts\n'],
    ['with the line ends of Windows', 'apps/web\r\ncharts\r\n'],
  ])('of paths: %s', (_, paths) => {
    expect(read({ paths }).search.paths).toEqual(['apps/web', 'charts']);
  });

  test('of paths keep spaces, commas and magic inside', () => {
    const paths = [':(glob)apps/*/values.yaml', 'my apps, old', ':(exclude)vendor'];
    expect(read({ paths: paths.join('\n') }).search.paths).toEqual(paths);
  });

  test.each([
    ['lines', 'ghcr.io/acme/web:1.4.2\nghcr.io/acme/api:2.0.0'],
    ['commas', 'ghcr.io/acme/web:1.4.2,ghcr.io/acme/api:2.0.0'],
    ['the line ends of Windows', 'ghcr.io/acme/web:1.4.2\r\n\r\nghcr.io/acme/api:2.0.0\r\n'],
    ['docker/metadata-action', JSON.stringify({ tags: ['ghcr.io/acme/web:1.4.2', 'ghcr.io/acme/api:2.0.0'] })],
  ])('of images: %s', (_, images) => {
    const { images: found } = read({ images });
    expect(found.released.map(({ reference }) => reference)).toEqual([
      { name: 'ghcr.io/acme/web', tag: '1.4.2' },
      { name: 'ghcr.io/acme/api', tag: '2.0.0' },
    ]);
  });

  test('of several tags of one image tell which was taken', () => {
    const { released, notes } = read({ images: 'acme/web:latest\nacme/web:1.4\nacme/web:1.4.2' }).images;
    expect(released.map(({ reference }) => reference.tag)).toEqual(['1.4.2']);
    expect(notes).toEqual([expect.stringMatching(/1\.4\.2.*latest, 1\.4$/)]);
  });
});

describe('the name', () => {
  test.each(['Web shop', 'größe/ß', '🚀'.repeat(100)])('may be any visible text: %s', (name) => {
    expect(read({ name }).templates.name).toBe(name);
  });
});

test.each([
  ['main', 'main'],
  ['refs/heads/main', 'main'],
  [' release/2024 ', 'release/2024'],
  ['feature/refs/heads/x', 'feature/refs/heads/x'],
])('takes %j for the base %j', (base, expected) => {
  expect(read({ base }).access.base).toBe(expected);
});

test.each([
  ['Ada <ada@example.com>', 'Ada', 'ada@example.com'],
  ['Ada Lovelace<ada@example.com>', 'Ada Lovelace', 'ada@example.com'],
  ['  Zoë "Z" O’Neil   <z+bot@example.com> ', 'Zoë "Z" O’Neil', 'z+bot@example.com'],
  ['acme[bot] <1+acme[bot]@users.noreply.github.com>', 'acme[bot]', '1+acme[bot]@users.noreply.github.com'],
])('reads the author %j', (author, name, email) => {
  expect(read({ author }).commit.author).toEqual({ name, email });
});

test.each([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
])('reads dry-run %j', (text, expected) => {
  expect(read({ 'dry-run': text }).policy.dryRun).toBe(expected);
});

test('keeps given templates as they are', () => {
  const templates = { branch: 'r/{{name}}', title: 'T', body: 'B\n\nC', 'commit-message': 'M' };
  expect(read(templates).templates).toMatchObject(templates);
});

describe('refuses', () => {
  const cases: [what: string, raw: RawInputs, code: FailureCode, message: string][] = [
    ['no images', { images: ' \n' }, 'INPUT_MISSING', 'Input "images" is empty.'],
    ['only separators', { images: ',\n,' }, 'INPUT_MISSING', 'Input "images" is empty.'],
    ['no version', { images: 'acme/web' }, 'IMAGE_INVALID', 'neither a tag nor a digest'],
    ['a misspelled image', { images: 'ghcr.io/Acme/web:1' }, 'IMAGE_INVALID', 'uppercase letter'],
    ['an empty old name', { images: '=web:1' }, 'IMAGE_INVALID', 'names no repository'],
    ['half of a JSON', { images: '{"tags": [' }, 'IMAGES_UNREADABLE', 'is not JSON'],
    ['another JSON', { images: '{"a": 1}' }, 'IMAGES_UNREADABLE', 'neither "tags" nor a target'],
    ['two versions', { images: 'acme/web:1.4.2\nacme/web:1.5.0' }, 'IMAGE_TWO_VERSIONS', '"1.4.2" and "1.5.0"'],
    ['a name of two lines', { name: 'web\nshop' }, 'INPUT_INVALID', '"web\\u{a}shop", which is not one line'],
    ['a name with an invisible character', { name: 'we\u202eb' }, 'INPUT_INVALID', '"we\\u{202e}b"'],
    ['ten thousand labels', { labels: 'a\n'.repeat(10_000) }, 'INPUT_INVALID', 'has 10000 names, more than 100'],
    ['very many reviewers', { reviewers: 'a/b\n'.repeat(101) }, 'INPUT_INVALID', 'has 101 names, more than 100'],
    ['a long name', { name: 'x'.repeat(101) }, 'INPUT_INVALID', 'at most 100 visible characters'],
    ['an author without address', { author: 'Ada' }, 'INPUT_INVALID', '"Ada", which is not of the form Name <email>'],
    ['an author without name', { author: '<ada@example.com>' }, 'INPUT_INVALID', 'Name <email>'],
    ['an author with two addresses', { author: 'Ada <a@b> <c@d>' }, 'INPUT_INVALID', 'Name <email>'],
    ['an author of two lines', { author: 'Ada\n <ada@example.com>\nfrom x' }, 'INPUT_INVALID', 'Name <email>'],
    ['a switch that is neither', { 'dry-run': 'yes' }, 'INPUT_INVALID', '"yes", which is neither true nor false'],
    ['a switch spelled oddly', { 'dry-run': 'tRUE' }, 'INPUT_INVALID', 'neither true nor false'],
    ['a repository that is none', { repository: 'no/such/folder' }, 'INPUT_INVALID', 'neither owner/name, nor a URL'],
    ['an unencrypted URL', { repository: 'http://example.com/a/b' }, 'INPUT_INVALID', 'use https'],
  ];
  test.each(cases)('%s', (_, raw, code, message) => {
    const error = refusal({ token: TOKEN, ...raw });
    expect(error).toMatchObject({ code, blame: 'yours', message: expect.stringContaining(message) });
    expect(error.message).not.toContain('\n');
    expect(`${error.message} ${error.hint}`).not.toContain(TOKEN);
  });

  test('a password of CodeCommit without its user, before anything runs', () => {
    const address = 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/manifests';
    const error = refusal({ repository: address, token: TOKEN });
    expect(error).toMatchObject({ code: 'INPUT_INVALID', message: expect.stringContaining('names no user') });
    expect(`${error.message} ${error.hint}`).not.toContain(TOKEN);
    const named = readAccess({ repository: address.replace('//', '//ada-at-123456789012@'), token: TOKEN }, PLAIN);
    expect(named.remote).toMatchObject({ url: address, login: { user: 'ada-at-123456789012' } });
  });

  test.each([
    `https://${TOKEN}@github.com/acme/manifests`,
    `https://x-access-token:${TOKEN}@github.com/acme/manifests`,
    `https://x-access-token:${TOKEN}@github.com:port/acme/manifests`,
    `https://x:${TOKEN}/@github.com/acme/manifests`,
    `http://x:${TOKEN}@example.com/acme/manifests`,
    `ftp://${TOKEN}@github.com/acme/manifests`,
    `ssh://git:${TOKEN}@github.com/acme/manifests`,
    `x-access-token:${TOKEN}@github.com:acme/manifests`,
    `${TOKEN}@github.com/acme/manifests`,
  ])('a repository with a credential, without telling it: %s', (repository) => {
    const error = refusal({ repository });
    expect(error).toMatchObject({ code: 'INPUT_INVALID', message: expect.stringContaining('Input "repository" is "') });
    expect(`${error.message} ${error.hint}`).not.toContain(TOKEN);
  });
});

test.each([
  ['acme/manifests', 'workflow:ghs_x', 'ghs_x'],
  ['https://git.test/acme/manifests', 'workflow:ghs_x', 'ghs_x'],
  ['https://other.test/acme/manifests', 'workflow:ghs_x', ''],
  ['https://github.com/acme/manifests', 'workflow:ghs_x', ''],
  ['https://other.test/acme/manifests', 'ghs_x', 'ghs_x'],
])('for %s the token %s is "%s": that of the workflow goes to its own server alone', (repository, token, expected) => {
  const ci = detectCi({ GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://git.test', GITHUB_REPOSITORY: 'acme/web' });
  expect(readAccess({ repository, token }, ci).token).toBe(expected);
});

test.each([
  ['acme/manifests', 'abc'],
  ['https://git.test/acme/manifests', 'abc'],
  ['https://github.com/acme/manifests', ''],
  ['https://codeberg.org/acme/manifests', ''],
])('in Gitea Actions, too: for %s it is "%s"', (repository, expected) => {
  expect(readAccess({ repository, token: 'workflow:abc' }, SERVERS['Gitea Actions'].ci).token).toBe(expected);
});

describe('the token of a job', () => {
  const JOB = 'the-token-of-this-job';
  const AZURE = {
    TF_BUILD: 'True',
    SYSTEM_COLLECTIONURI: 'https://dev.azure.com/fabrikam/',
    SYSTEM_TEAMPROJECT: 'shop',
    SYSTEM_ACCESSTOKEN: JOB,
  };
  const FOLDER = { ...GITLAB_VARIABLES, CI_SERVER_URL: 'https://gitlab.test/git/', CI_JOB_TOKEN: JOB };
  const GITHUB_TOKEN = JOB;

  test.each<[string, Record<string, string>, string, string]>([
    ['GitLab', { ...GITLAB_VARIABLES, CI_JOB_TOKEN: JOB }, 'acme/manifests', JOB],
    ['GitLab by ssh', { ...GITLAB_VARIABLES, CI_JOB_TOKEN: JOB }, 'git@gitlab.test:acme/manifests.git', JOB],
    ['GitLab', { ...GITLAB_VARIABLES, CI_JOB_TOKEN: JOB }, 'https://gitlab.other.test/acme/manifests', ''],
    ['GitLab', { ...GITLAB_VARIABLES, CI_JOB_TOKEN: JOB }, 'https://gitlab.test:8443/acme/manifests', ''],
    [
      'GitLab and a GitHub beside it',
      { ...GITLAB_VARIABLES, CI_JOB_TOKEN: JOB, GITHUB_SERVER_URL: 'https://github.com' },
      'acme/manifests',
      '',
    ],
    ['GitLab in a folder', FOLDER, 'acme/manifests', JOB],
    ['GitLab in a folder', FOLDER, 'https://gitlab.test/github/acme/manifests', ''],
    ['GitHub', { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/web', GITHUB_TOKEN }, 'acme/manifests', JOB],
    ['GitHub', { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/web', GITHUB_TOKEN }, 'https://git.test/acme/m', ''],
    ['Gitea', { ...ACTIONS, GITHUB_TOKEN }, 'acme/manifests', JOB],
    ['Forgejo', { ...ACTIONS, FORGEJO_ACTIONS: 'true', GITHUB_TOKEN }, 'acme/manifests', JOB],
    ['Gitea', { ...ACTIONS, GITHUB_TOKEN }, 'https://github.com/acme/manifests', ''],
    ['Azure', AZURE, 'https://dev.azure.com/fabrikam/ops/_git/manifests', JOB],
    ['Azure', AZURE, 'https://dev.azure.com/fabrikam2/ops/_git/manifests', ''],
    [
      'Azure of a GitHub',
      { ...AZURE, BUILD_REPOSITORY_PROVIDER: 'GitHub', BUILD_REPOSITORY_URI: 'https://github.com/acme/web' },
      'acme/manifests',
      '',
    ],
    ['a CI without one', { GITHUB_TOKEN, CI_JOB_TOKEN: JOB, SYSTEM_ACCESSTOKEN: JOB }, 'acme/manifests', ''],
  ])('of %s (%j): for %s', (_, variables, repository, expected) => {
    const ci = detectCi(variables);
    expect(readAccess({ repository }, ci).token).toBe(expected);
    expect(readAccess({ repository, token: 'given-token' }, ci).token).toBe('given-token');
  });
});
