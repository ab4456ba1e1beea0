import { whereToGive } from '../../src/inputs/lookup.ts';
import { describe, expect, it } from 'vitest';
import {
  asReleaseError,
  failure,
  failureCodes,
  type FailureCode,
  type FailureDetails,
  type ReleaseError,
} from '../../src/core/errors.ts';
import { RIGHT_TOKEN } from '../../src/forge/github/token-kind.ts';

type Samples = { readonly [Code in FailureCode]: readonly FailureDetails<Code>[] };

const place = { file: 'apps/web/deployment.yaml', line: 17 };
const repository = 'https://github.com/acme/manifests.git';

const denied = {
  forge: 'GitHub',
  access: RIGHT_TOKEN,
  repository: 'acme/manifests',
  action: 'open a pull request',
} as const;

/** One or more samples of each failure; a missing code does not compile. */
const samples: Samples = {
  INPUT_MISSING: (['repository', 'token', 'verdict', 'wait-for', 'signing-key'] as const).map((input) => ({
    input,
    where: whereToGive(input),
  })),
  INPUT_IS_SETTING: [{ input: 'registry', where: whereToGive('registry') }],
  INPUT_UNKNOWN: [
    { input: 'path', nearest: ['"paths"'] },
    { input: 'tag', nearest: ['"images"', '"version"'] },
    { input: '--path', nearest: ['--paths'] },
    { input: 'verbose', nearest: [] },
  ],
  INPUT_INVALID: [{ input: 'delivery', value: 'email', reason: 'is neither pull-request nor push' }],
  VARIABLE_INVALID: [{ variable: 'GITHUB_SERVER_URL', value: 'github', reason: 'is not an http(s) URL' }],
  IMAGE_INVALID: [{ value: 'ghcr.io/Acme/web:1.5.0', reason: 'has an uppercase letter in its repository' }],
  IMAGES_UNREADABLE: [
    { value: '{"tags":', reason: 'is not JSON: Unexpected end of JSON input' },
    { value: '@images', reason: 'has no JSON file' },
  ],
  IMAGE_TWO_VERSIONS: [{ image: 'ghcr.io/acme/web', versions: ['1.5.0', '1.6.0'] }],
  IMAGE_TAG_MOVES: [
    { input: 'images', image: 'ghcr.io/acme/web', tags: ['main'] },
    { input: 'version', image: 'ghcr.io/acme/web', tags: ['main', 'latest'] },
  ],
  TEMPLATE_INVALID: [{ input: 'title', reason: 'Unclosed tag at 9' }],
  TEMPLATE_VARIABLE_UNKNOWN: [
    { input: 'title', variable: 'nmae', nearest: 'name' },
    { input: 'title', variable: 'github.sha', nearest: undefined },
  ],
  TEMPLATE_VARIABLE_EMPTY: [{ input: 'branch', variable: 'sha' }],
  BRANCH_INVALID: [{ branch: 'release/web 1.5.0' }],
  BRANCH_IS_BASE: [{ branch: 'main' }],
  BRANCH_LONG_LIVED: [{ branch: 'main' }],
  BRANCH_TAKEN: [
    { branch: 'deploy', release: 'acme/blog/api', other: 'acme/shop/api', input: 'branch' },
    { branch: 'release/api', release: 'web in staging', other: 'api in staging', input: 'name' },
  ],
  CONFIG_EXISTS: [{ file: '.github/manifest-release.yaml', base: 'main' }],
  CONFIG_NOT_PROPOSED: [{ notes: [] }, { notes: ['ghcr.io/acme/web is in no environment by its path: web.yaml:3'] }],
  CONFIG_INVALID: [
    {
      place: { file: '.github/manifest-release.yaml', line: 7, column: 11 },
      reason: '"delivry" is unknown here',
      advice: 'Did you mean "delivery"?',
    },
    { place: { file: '.github/manifest-release.yaml', line: 4, column: 3 }, reason: '"images" is missing', advice: '' },
  ],
  APP_UNKNOWN: [
    { app: 'wbe', file: '.github/manifest-release.yaml', nearest: ['web', 'worker'] },
    { app: 'a b', file: '.github/manifest-release.yaml', nearest: [] },
  ],
  ENVIRONMENT_UNKNOWN: [
    { input: 'from', environment: 'stage', app: 'web', file: '.github/manifest-release.yaml', nearest: ['staging'] },
    {
      input: 'environments',
      environment: 'prod',
      app: 'web',
      file: '.github/manifest-release.yaml',
      nearest: ['production', 'staging'],
    },
  ],
  REPOSITORY_NOT_FOUND: [
    { repository, credential: 'token' },
    { repository, credential: 'ssh key' },
    { repository, credential: 'none' },
  ],
  ACCESS_DENIED: [
    { repository, credential: 'token', action: 'read', reason: 'Organization requires SAML SSO.' },
    { repository, credential: 'ssh key', action: 'push to', reason: 'The key is marked as read only.' },
    { repository, credential: 'none', action: 'push to', reason: 'terminal prompts disabled' },
  ],
  API_DENIED: [
    { ...denied, reason: 'Resource not accessible.' },
    { ...denied, reason: 'Validation Failed; base invalid' },
  ],
  REPOSITORY_MOVED: [{ repository }],
  HOST_KEY_UNKNOWN: [
    { repository: 'acme/manifests', changed: false },
    { repository: 'acme/manifests', changed: true },
  ],
  BASE_NOT_FOUND: [
    { repository, base: 'trunk' },
    { repository, base: '' },
  ],
  PATHS_INVALID: [{ input: 'paths', reason: "Unimplemented pathspec magic 'x' in ':(x)a'" }],
  PATHS_MATCH_NOTHING: [
    { input: 'paths', pathspec: 'app/web', where: 'main' },
    { input: 'paths', pathspec: 'app/web', where: 'main', nearest: 'apps' },
  ],
  PATHS_NOT_FOLLOWED: [{ input: 'paths', file: 'apps/web', type: 'symbolic link' }],
  SITE_NOT_FOUND: [
    {
      image: 'ghcr.io/acme/web',
      notes: ['values.yaml:3 has ghcr.io/acme/web 2.0.0, but it is not in only-tags: 1.x'],
      nearest: [],
      targets: [],
      place: { file: 'values.yaml', line: 3 },
      isOtherTag: true,
    },
    { image: 'ghcr.io/acme/web', notes: [], nearest: ['ghcr.io/acme/web-ui', 'ghcr.io/acme/worker'], targets: [] },
    {
      image: 'ghcr.io/acme/web',
      notes: [],
      nearest: ['ghcr.io/acme/web-ui'],
      targets: [],
      paths: ['apps/web', 'charts'],
    },
    { image: 'ghcr.io/acme/web', notes: ['a.yaml:1 was not searched: is not UTF-8'], nearest: [], targets: [] },
    {
      image: 'ghcr.io/acme/web',
      notes: ['main.tf:3 has ghcr.io/acme/web 1.4.1, but it is in a file that is neither YAML nor JSON'],
      nearest: [],
      targets: [],
      place: { file: 'main.tf', line: 3 },
    },
    {
      image: 'ghcr.io/acme/web',
      notes: ['a.yaml:3 has ghcr.io/acme/web 1.4.1, but it is part of a longer text'],
      nearest: [],
      targets: ['a.yaml#spec.command=ghcr.io/acme/web'],
      place: { file: 'a.yaml', line: 3 },
    },
    {
      image: 'ghcr.io/acme/web',
      notes: ['values.yaml:3 image has no version of it'],
      nearest: ['ghcr.io/acme/worker'],
      targets: [],
      empty: [
        {
          isInsertable: true,
          marker: 'tag: "" # manifest-release: ghcr.io/acme/web tag',
          target: 'values.yaml#image.tag=ghcr.io/acme/web',
        },
      ],
    },
    { image: 'ghcr.io/acme/web', notes: [], nearest: [], targets: [], empty: [{ isInsertable: false }] },
  ],
  TARGET_NOT_FOUND: [{ target: 'a.yaml#/tag=acme/web', reason: 'its path leads to no value' }],
  PLACE_UNCLEAR: [
    {
      place,
      where: 'web.tag',
      image: 'ghcr.io/acme/web',
      value: '${TAG}',
      reason: 'has a placeholder of another tool',
    },
    { place, where: 'web', image: 'ghcr.io/acme/web', value: undefined, reason: 'is no single value' },
  ],
  IMAGE_ABSENT: [{ image: 'ghcr.io/acme/web:1.4.2' }],
  DIGEST_MISMATCH: [{ image: `ghcr.io/acme/web:1.4.2@sha256:${'0'.repeat(64)}`, digest: `sha256:${'1'.repeat(64)}` }],
  PLATFORM_ABSENT: [
    { image: 'ghcr.io/acme/web:1.4.2', platform: 'linux/arm64', platforms: ['linux/amd64', 'windows/amd64'] },
    { image: 'ghcr.io/acme/chart:1.4.2', platform: 'linux/arm64', platforms: [] },
  ],
  REGISTRY_UNREADABLE: [
    { image: 'ghcr.io/acme/web:1.4.2', input: 'registry', reason: 'ghcr.io answered 401 to a request without a login' },
  ],
  IMAGE_UNSIGNED: [{ image: 'ghcr.io/acme/web:1.4.2', digest: `sha256:${'0'.repeat(64)}` }],
  SIGNER_WRONG: [
    {
      image: 'ghcr.io/acme/web:1.4.2',
      digest: `sha256:${'0'.repeat(64)}`,
      reasons: ['it is built from https://github.com/mallory/web'],
    },
  ],
  DIGEST_REQUIRED: [{ place, present: `ghcr.io/acme/web@sha256:${'0'.repeat(64)}` }],
  TAG_REQUIRED: [{ place, present: 'ghcr.io/acme/web:1.4.2' }],
  NAME_ELSEWHERE: [{ place, present: 'ghcr.io/acme/web:1.4.2', name: 'ghcr.io/acme/shop' }],
  ANCHOR_SHARED: [{ place, other: { file: 'apps/web/deployment.yaml', line: 29 }, image: 'ghcr.io/acme/worker' }],
  MANIFEST_UNREADABLE: [
    {
      place: { ...place, column: 9 },
      reason: 'Missing closing "quote',
      excerpt: 'image: "ghcr.io/acme/web:1.4.2\n        ^',
    },
  ],
  MANIFEST_ENCRYPTED: [{ place }],
  DEPLOYMENT_REFUSED: [
    {
      context: 'kustomization/apps/1a2b3c4d',
      author: 'flux-bot',
      commit: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
      description: 'health check failed after 30s: Deployment/web: Failed',
      url: 'https://ci.test/1',
      timeout: '30m',
    },
    { context: 'deploy', author: '', commit: '8f14e45', description: '', url: '', timeout: '90s' },
  ],
  VERDICT_MISSING: [
    { commit: '8f14e45fceea', base: 'main', timeout: '30m', missing: ['flux'], contexts: ['ci/build', 'ci/test'] },
    { commit: '8f14e45fceea', base: 'main', timeout: '30m', missing: [], contexts: [] },
  ],
  PROMOTION_REFUSED: [
    {
      app: 'web',
      environment: 'staging',
      context: 'kustomization/staging/1a2b3c4d',
      description: 'health check failed',
      url: 'https://ci.test/1',
    },
  ],
  CLOSED_UNMERGED: [{ name: 'pull request #7' }],
  NOT_MERGED: [{ name: 'pull request #7', timeout: '30m' }],
  WAIT_NEEDS_API: [{ repository: 'acme/manifests' }],
  PUSH_REFUSED: [
    { branch: 'main', reason: 'protected branch hook declined' },
    { branch: 'main', reason: 'Repository rule violations found\n\nChanges must be made through a pull request.\n\n' },
  ],
  BRANCH_BLOCKED: [{ branch: 'release/web' }],
  ANSWER_UNREADABLE: [{ action: 'list pull requests in acme/manifests', reason: 'it is a web page' }],
  PULL_REQUEST_NOT_LISTED: [{ forge: 'GitLab', branch: 'release/web' }],
  NO_COMMITS: [{ forge: 'GitHub', repository: 'acme/manifests', branch: 'release/web', base: 'main' }],
  APP_KEY_INVALID: [{ reason: 'has no lines BEGIN and END of a private key' }],
  APP_REFUSED: [{ reason: 'A JSON web token could not be decoded' }],
  APP_NOT_INSTALLED: [{ repository: 'acme/manifests' }],
  APP_PERMISSION_MISSING: [{ repository: 'acme/manifests', missing: ['Contents: write', 'Pull requests: write'] }],
  VERSION_NOT_ALLOWED: [{ image: 'ghcr.io/acme/web:0.9.0', range: '>=1.0.0' }],
  FOREIGN_COMMITS: [
    {
      branch: 'release/web',
      commits: ['8f14e45 Raise the memory limit <ada@example.com>', 'c9f0f89 Fix <bob@example.com>'],
    },
  ],
  API_NEEDED: [{ input: 'sign-commits', repository: 'acme/manifests' }],
  CONFIG_NOT_FOUND: [
    { file: '.github/manifest-release.yaml', base: 'main' },
    { file: '.github/manifest-release.yaml', base: 'main', other: '.github/manifest-release.yml' },
  ],
  NOT_DEPLOYED: [{ app: 'web', environment: 'staging' }],
  NO_EARLIER_VERSION: [
    { app: 'web', environment: 'production', wanted: '', known: [] },
    { app: 'web', environment: 'production', wanted: '', known: ['1.4.2'] },
    { app: 'web', environment: 'production', wanted: '1.3.0', known: ['1.4.2', '1.4.1'] },
  ],
  EARLIER_REFUSED: [{ app: 'web', environment: 'production', versions: ['1.4.1', '1.4.0'] }],
  ROLLBACK_OVERTAKEN: [{ app: 'web', environment: 'production', versions: ['1.4.3'] }],
  IMAGES_DIFFER: [
    {
      places: [
        { file: 'envs/staging/a.yaml', line: 3, image: 'ghcr.io/acme/web', version: '1.5.0' },
        { file: 'envs/staging/b.yaml', line: 9, image: 'ghcr.io/acme/web', version: '1.4.1' },
      ],
    },
  ],
  GIT_MISSING: [undefined],
  GIT_TOO_OLD: [{ version: '2.30.2' }],
  FOLDER_OF_ANOTHER_USER: [{ repository: '/srv/manifests' }],
  PROGRAM_MISSING: [{ program: 'ssh' }, { program: 'gpg' }],
  SSH_KEY_INVALID: [{ reason: 'it has a passphrase' }],
  SIGNING_KEY_INVALID: [
    { format: 'ssh', reason: 'it has a passphrase' },
    { format: 'gpg', reason: 'signing failed: Unusable secret key' },
  ],
  CA_UNTRUSTED: [
    { action: 'read acme/manifests', variable: 'GIT_SSL_CAINFO', reason: 'self-signed certificate' },
    { action: 'open a pull request', variable: 'NODE_EXTRA_CA_CERTS', reason: 'self-signed certificate' },
  ],
  REPOSITORY_DAMAGED: [{ repository, reason: 'aborting due to possible repository corruption on the remote side.' }],
  REPOSITORY_READ_ONLY: [{ repository, reason: 'This repository was archived so it is read-only.' }],
  DISK_FULL: [{ action: 'read acme/manifests', reason: 'write error: No space left on device' }],
  RATE_LIMITED: [{ action: 'read acme/manifests', reason: 'API rate limit exceeded for installation.' }],
  SERVER_FAILED: [{ action: 'read acme/manifests', reason: 'The requested URL returned error: 503' }],
  NETWORK: [{ action: 'fetch', reason: 'Could not resolve host: github.com' }],
  TIMED_OUT: [{ action: 'clone acme/manifests', reason: 'git clone took longer than 600 s' }],
  RACE_LOST: [{ branch: 'release/web', attempts: 23, seconds: 121 }],
  EDIT_NOT_VERIFIED: [{ file: 'apps/web/values.yaml', reason: 'another value changed' }],
  RENDERING_INCOMPLETE: [
    {
      place: { file: 'charts/web/Chart.yaml', line: 5 },
      unrendered: [
        {
          file: 'charts/web/Chart.yaml',
          line: 5,
          message: 'the chart "redis" that it depends on is not in the repository',
        },
        { file: 'apps/kustomization.yaml', line: 1, message: 'there is no kustomize on the PATH' },
      ],
    },
  ],
  GIT_FAILED: [{ command: 'fast-import', reason: 'fatal: out of memory' }],
  RESULT_NOT_WRITTEN: [
    { reason: 'ENOSPC: no space left on device', done: ['Opened pull request #7 (https://x/7): 1 place in 1 file.'] },
  ],
  UNEXPECTED: [{ reason: 'x is not a function' }],
};

/** A code and one of its samples as the error that is thrown; the pair always fits, which the types cannot say. */
function errorOf(code: FailureCode, details: unknown): ReleaseError {
  return (failure as (code: FailureCode, details: unknown) => ReleaseError)(code, details);
}

const all = failureCodes.flatMap((code) => samples[code].map((details) => ({ code, details })));

it('every failure has its message in the golden list', async () => {
  const texts = all.map(({ code, details }) => {
    const error = errorOf(code, details);
    return `${code} [${error.blame}]\n${indented(error.message)}\n${indented(error.hint)}\n`;
  });
  await expect(texts.join('\n')).toMatchFileSnapshot('../fixtures/errors.txt');
});

const indented = (text: string): string => text.replaceAll(/^/gm, '  ');

describe('untrusted details', () => {
  const HOSTILE = 'x\n::error::owned\r##[error]\u001b[31m\u0000\u0085\u2028\u202eevil\u200b\t';

  it.each(all)('$code shows them on one line without control characters', ({ code, details }) => {
    const hostile = errorOf(code, poisoned(details)).message;
    expect(hostile).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
    expect(hostile.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
  });

  it('a MANIFEST_UNREADABLE keeps the lines of its excerpt, made visible', () => {
    const { message } = failure('MANIFEST_UNREADABLE', { place, reason: 'r', excerpt: 'a\u001b[2Jb\n ^' });
    expect(message).toContain('\n  a\\u{1b}[2Jb\n   ^');
  });

  /** The details with every text from outside replaced; an excerpt is the one text that may have lines. */
  function poisoned(details: unknown): unknown {
    if (typeof details === 'string') return HOSTILE;
    if (Array.isArray(details)) return details.map(poisoned);
    if (typeof details !== 'object' || details === null) return details;
    return Object.fromEntries(
      Object.entries(details).map(([key, value]) => [
        key,
        key === 'credential' ? value : key === 'excerpt' ? '\u001b[31m\u202e\u0000' : poisoned(value),
      ]),
    );
  }
});

describe('asReleaseError', () => {
  it('keeps a failure of ours', () => {
    const error = failure('GIT_MISSING');
    expect(asReleaseError(error)).toBe(error);
  });

  it.each([
    [new TypeError('boom'), 'boom'],
    ['a string', 'a string'],
    [undefined, 'undefined'],
  ])('takes %s for a mistake of ours, with its cause', (thrown, shown) => {
    const error = asReleaseError(thrown);
    expect([error.code, error.blame, error.cause]).toEqual(['UNEXPECTED', 'ours', thrown]);
    expect(error.message).toContain(shown);
  });

  it.each([
    'ENOSPC: no space left on device, write',
    'git fast-import exited with 128: fatal: write error: No space left on device',
  ])('takes %s for a full disk', (message) => {
    expect(asReleaseError(new Error(message))).toMatchObject({ code: 'DISK_FULL', blame: 'yours' });
  });
});

it('a failure about a place in a manifest carries it for the annotation', () => {
  expect(failure('DIGEST_REQUIRED', { place, present: 'x' }).place).toEqual(place);
  expect(failure('GIT_MISSING').place).toBeUndefined();
});
