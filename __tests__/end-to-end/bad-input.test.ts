/** What bad input gets: one clear sentence, exit 1, nothing pushed, nothing left behind. */
import { expect, test } from 'vitest';
import { scenarios, type Result, type Scenario } from './harness.ts';

const DEPLOYMENT = 'kind: Deployment\nspec:\n  image: ghcr.io/acme/web:1.4.1\n';
const PINNED = `spec:\n  image: ghcr.io/acme/pinned:1@sha256:${'0'.repeat(64)}\n`;
const FILES = {
  'web/deployment.yaml': DEPLOYMENT,
  'pinned/deployment.yaml': PINNED,
  'broken/deployment.yaml': 'kind: Deployment\nspec:\n  image: ghcr.io/acme/broken:1.0.0\n  env: [a, b\n',
  'chart/templates/deployment.yaml':
    'spec:\n  replicas: {{ .Values.replicas }}\n  image: {{ .Values.image | default "ghcr.io/acme/templated:1.0.0" }}\n',
  'bare/deployment.yaml': 'spec:\n  image: ghcr.io/acme/bare\n',
  'linked.yaml': { mode: '120000', content: 'web/deployment.yaml' },
} as const;
const WEB = 'ghcr.io/acme/web:1.4.2';

interface Refusal {
  readonly inputs: Readonly<Record<string, string>>;
  readonly code: string;
  readonly says: readonly string[];
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'no images': { inputs: {}, code: 'INPUT_MISSING', says: ['Input "images" is empty'] },
  'an uppercase repository': {
    inputs: { images: 'ghcr.io/Acme/web:1.4.2' },
    code: 'IMAGE_INVALID',
    says: ['"ghcr.io/Acme/web:1.4.2"', 'uppercase letter'],
  },
  'a tag of 129 characters': {
    inputs: { images: `ghcr.io/acme/web:${'a'.repeat(129)}` },
    code: 'IMAGE_INVALID',
    says: ['tag of 129 characters'],
  },
  'a digest that is too short': {
    inputs: { images: 'ghcr.io/acme/web@sha256:abc' },
    code: 'IMAGE_INVALID',
    says: ['64 hexadecimal digits'],
  },
  'no version': { inputs: { images: 'ghcr.io/acme/web' }, code: 'IMAGE_INVALID', says: ['neither a tag nor a digest'] },
  'two versions for one image': {
    inputs: { images: 'ghcr.io/acme/web:1.4.2\nghcr.io/acme/web:1.4.3' },
    code: 'IMAGE_TWO_VERSIONS',
    says: ['"1.4.2" and "1.4.3"'],
  },
  'tags that move alone': {
    inputs: { images: 'ghcr.io/acme/web:main\nghcr.io/acme/web:latest' },
    code: 'IMAGE_TAG_MOVES',
    says: ['only "main" and "latest", which move', 'type=sha of docker/metadata-action', 'name:tag@sha256:…'],
  },
  'a branch in place of a tag': {
    inputs: { images: 'ghcr.io/acme/web:feature/foo' },
    code: 'IMAGE_INVALID',
    says: ['has a tag with a slash; write feature-foo'],
  },
  'a repository that is not there': {
    inputs: { images: WEB, repository: 'acme/nowhere' },
    code: 'REPOSITORY_NOT_FOUND',
    says: ['"acme/nowhere" does not exist, or the token may not see it', 'Select the repository'],
  },
  'a base that is not there': {
    inputs: { images: WEB, base: 'production' },
    code: 'BASE_NOT_FOUND',
    says: ['has no branch "production"'],
  },
  'an image that nobody uses': {
    inputs: { images: 'ghcr.io/acme/wbe:1.4.2' },
    code: 'SITE_NOT_FOUND',
    says: ['"ghcr.io/acme/wbe"', 'ghcr.io/acme/web (web/deployment.yaml:3)'],
  },
  'an image that stands there without a version': {
    inputs: { images: 'ghcr.io/acme/bare:1.0.0' },
    code: 'SITE_NOT_FOUND',
    says: [
      'bare/deployment.yaml:2 spec.image has no version of it',
      'bare/deployment.yaml#spec.image=ghcr.io/acme/bare',
    ],
  },
  'an image in a template only': {
    inputs: { images: 'ghcr.io/acme/templated:1.0.1' },
    code: 'SITE_NOT_FOUND',
    says: ['chart/templates/deployment.yaml:3 has ghcr.io/acme/templated 1.0.0, but it is on a line of a template'],
  },
  'a pathspec that matches nothing': {
    inputs: { images: WEB, paths: 'web\napps/web' },
    code: 'PATHS_MATCH_NOTHING',
    says: ['"apps/web", which matches no file on "main"'],
  },
  'a pathspec that git does not take': {
    inputs: { images: WEB, paths: ':(nonsense)web' },
    code: 'PATHS_INVALID',
    says: ['nonsense'],
  },
  'a path outside the repository': {
    inputs: { images: WEB, paths: '../../etc' },
    code: 'PATHS_INVALID',
    says: ['outside repository'],
  },
  'a symbolic link': {
    inputs: { images: WEB, paths: 'linked.yaml' },
    code: 'PATHS_NOT_FOLLOWED',
    says: ['"linked.yaml", which is a symbolic link; it is never followed'],
  },
  'a manifest that must change and does not parse': {
    inputs: { images: 'ghcr.io/acme/broken:1.0.1' },
    code: 'MANIFEST_UNREADABLE',
    says: ['broken/deployment.yaml:5:1', '^'],
  },
  'a digest that nobody gave': {
    inputs: { images: 'ghcr.io/acme/pinned:2' },
    code: 'DIGEST_REQUIRED',
    says: ['pinned/deployment.yaml:2', 'name:tag@sha256:…'],
  },
  'a branch that git does not take': {
    inputs: { images: WEB, branch: 'release {{ name }}..' },
    code: 'BRANCH_INVALID',
    says: ['"release web.."'],
  },
  'a branch that is the base': { inputs: { images: WEB, branch: 'main' }, code: 'BRANCH_IS_BASE', says: ['"main"'] },
  'a branch that is the base by its whole ref': {
    inputs: { images: WEB, branch: 'refs/heads/main' },
    code: 'BRANCH_IS_BASE',
    says: ['"main"'],
  },
  'an unknown template variable': {
    inputs: { images: WEB, title: 'Release {{ verison }}' },
    code: 'TEMPLATE_VARIABLE_UNKNOWN',
    says: ['"verison"', 'Did you mean "version"?'],
  },
  'a variable without a value, in a label': {
    inputs: { images: WEB, labels: 'because-{{ reason }}' },
    code: 'TEMPLATE_VARIABLE_EMPTY',
    says: ['Input "labels" uses {{ reason }}'],
  },
  'a broken template': { inputs: { images: WEB, title: '{{#name}' }, code: 'TEMPLATE_INVALID', says: ['"title"'] },
  'an author without an address': {
    inputs: { images: WEB, author: 'Ada' },
    code: 'INPUT_INVALID',
    says: ['Name <email>'],
  },
  'a transport that runs programs': {
    inputs: { images: WEB, repository: 'ext::sh -c touch% /tmp/owned' },
    code: 'INPUT_INVALID',
    says: ['"repository"'],
  },
};

scenarios('bad input', FILES, (current) => {
  for (const [name, { inputs, code, says }] of Object.entries(REFUSALS)) {
    test(name, async () => {
      const result = await current().action(inputs);
      await expectRefused(current(), result);
      expect(result.stdout).toContain(`title=${code}`);
      for (const part of says) expect(unescapeCommand(result.stdout)).toContain(part);
    });
  }

  test('an unknown input, before anything is read', async () => {
    const result = await current().action({ images: WEB, path: 'web' });
    await expectRefused(current(), result);
    expect(result.stdout).toContain('::error title=INPUT_UNKNOWN::Input "path" is unknown.');
    expect(current().requests()).toEqual([]);
  });

  test('a token without access, and one that may only read', async () => {
    const { action, sandbox } = current();
    const cases = [
      { token: 'ghs_wrong', code: 'ACCESS_DENIED' },
      { token: sandbox.createToken({ repositories: ['acme/other'] }), code: 'REPOSITORY_NOT_FOUND' },
      { token: sandbox.createToken({ permission: 'read' }), code: 'ACCESS_DENIED' },
      { token: '', code: 'ACCESS_DENIED' },
    ];
    for (const { token, code } of cases) {
      const result = await action({ images: WEB, token });
      await expectRefused(current(), result);
      expect(result.stdout).toContain(`title=${code}`);
      expect(unescapeCommand(result.stdout)).toMatch(/Contents: write|expired|select/i);
    }
  });

  test('a broken file that does not hold the image stops nobody', async () => {
    const { exitCode, outputs } = await current().action({ images: WEB });
    expect([exitCode, outputs['outcome']]).toEqual([0, 'created']);
  });

  test('problems and failures are marked on the file where it is a file of this repository', async () => {
    const { action } = current();
    const own = { GITHUB_REPOSITORY: 'acme/manifests' };
    const broken = await action({ images: 'ghcr.io/acme/broken:1.0.1' }, own);
    expect(broken.stdout).toContain('::error title=MANIFEST_UNREADABLE,file=broken/deployment.yaml,line=5::');
    const template = await action({ images: 'ghcr.io/acme/templated:1.0.1' }, own);
    expect(template.stdout).toContain('::error title=SITE_NOT_FOUND,file=chart/templates/deployment.yaml,line=3::');
  });
});

async function expectRefused(
  { repository, sandbox }: Scenario,
  { exitCode, left, stdout, stderr }: Result,
): Promise<void> {
  expect(exitCode, stdout + stderr).toBe(1);
  expect(stderr).toBe('');
  expect(left).toEqual([]);
  expect(Object.keys(await repository.refs())).toEqual(['refs/heads/main']);
  expect(await sandbox.pullRequests()).toEqual([]);
  const errors = stdout.split('\n').filter((line) => line.startsWith('::error'));
  expect(errors).toHaveLength(1);
  expect(errors[0]).not.toMatch(/ {4}at |node:internal/);
}

function unescapeCommand(text: string): string {
  return text.replaceAll('%0A', '\n').replaceAll('%25', '%');
}
