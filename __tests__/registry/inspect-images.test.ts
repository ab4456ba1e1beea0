/** Images in a real registry: what is found, how the login for it is found, and how many requests that takes. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseReference } from '../../src/core/image-reference.ts';
import { forgetSecrets, keepSecret, safeText } from '../../src/core/secrets.ts';
import type { ExchangeOptions } from '../../src/registry/exchange.ts';
import { inspectImages, type Inspection } from '../../src/registry/inspect-images.ts';
import type { LoginOptions } from '../../src/registry/login.ts';
import { openingRepositories } from '../../src/registry/open-repository.ts';
import {
  digestOf,
  DOCKER,
  HAS_REGISTRY,
  IDENTITY_TOKEN,
  LOGIN,
  NEEDS_REGISTRY,
  OCI,
  PASSWORD,
  startDockerRegistry,
  USER,
  type DockerRegistry,
} from './docker-registry.ts';

const KEY = 'org.opencontainers.image.';
const REVISION = '3f2a1c0d9b8e7f6a5b4c3d2e1f0a9b8c7d6e5f40';
const LABELS = {
  [`${KEY}source`]: 'https://github.com/acme/web',
  [`${KEY}revision`]: REVISION,
  [`${KEY}version`]: '1.2.3',
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-config-'));
});
afterEach(async () => {
  forgetSecrets();
  await rm(folder, { recursive: true });
});

const requests: string[] = [];
afterEach(() => void requests.splice(0));

/** Inspects with docker's config in the folder of the test. */
function inspect(
  texts: readonly string[],
  options: Partial<ExchangeOptions & LoginOptions> = {},
): Promise<readonly Inspection[]> {
  const references = texts.map((text) => parseReference(text) ?? expect.fail(`${text} is no reference`));
  const debug = (text: string) => requests.push(text.replace(/ \(\d+ ms\)$/, ''));
  const environment = { PATH: process.env['PATH'], DOCKER_CONFIG: folder, ...options.environment };
  return inspectImages(references, openingRepositories({ debug, ...options, environment }));
}

const writeConfig = (config: unknown) => writeFile(join(folder, 'config.json'), JSON.stringify(config));

/** A credential helper: a shell script in the folder. */
async function writeHelper(name: string, script: string): Promise<{ readonly environment: Record<string, string> }> {
  const path = join(folder, `docker-credential-${name}`);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return { environment: { PATH: `${folder}:${process.env['PATH']}` } };
}

/** Pushes an image with one manifest; the digest of that. */
async function pushImage(
  registry: DockerRegistry,
  repository: string,
  tag: string,
  { config = {}, annotations = {}, types = OCI as { manifest: string; config: string } } = {},
): Promise<string> {
  const known = { os: 'linux', architecture: 'amd64', created: '2026-05-01T10:00:00.123456789Z' };
  const blob = await registry.pushBlob(repository, { ...known, config: { Labels: LABELS }, ...config });
  const descriptor = { ...blob, mediaType: types.config };
  return registry.push(repository, tag, {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: descriptor,
    layers: [],
    ...(Object.keys(annotations).length > 0 && { annotations }),
  });
}

async function rawManifest({ host }: DockerRegistry, repository: string, reference: string): Promise<string> {
  const headers = { accept: OCI.manifest };
  return (await fetch(`http://${host}/v2/${repository}/manifests/${reference}`, { headers })).text();
}

const FACTS = {
  mediaType: OCI.manifest,
  platforms: ['linux/amd64'],
  created: '2026-05-01T10:00:00Z',
  source: 'https://github.com/acme/web',
  revision: REVISION,
  version: '1.2.3',
};

describe.skipIf(!HAS_REGISTRY)(`an open registry${NEEDS_REGISTRY}`, () => {
  let registry: DockerRegistry;
  beforeAll(async () => {
    registry = await startDockerRegistry();
  });
  afterAll(() => registry.close());

  test('has an image: its digest, platform, time, and what its labels name, in two requests', async () => {
    const digest = await pushImage(registry, 'acme/web', '1.2.3');
    expect(await inspect([`${registry.host}/acme/web:1.2.3`])).toEqual([
      { kind: 'found', facts: { ...FACTS, digest } },
    ]);
    expect(requests).toEqual([`GET ${registry.host}/v2/acme/web/manifests/1.2.3 200`, expect.stringMatching(/ 200$/)]);
  });

  test('has an image by docker’s own media types, and one of an operating system with a variant', async () => {
    const config = { architecture: 'arm', variant: 'v7' };
    const digest = await pushImage(registry, 'docker', '1', { types: DOCKER, config });
    const facts = { ...FACTS, digest, mediaType: DOCKER.manifest, platforms: ['linux/arm/v7'] };
    expect(await inspect([`${registry.host}/docker:1`])).toEqual([{ kind: 'found', facts }]);
  });

  test('has no such tag and no such repository', async () => {
    await pushImage(registry, 'acme/web', '1.2.3');
    expect(await inspect([`${registry.host}/acme/web:9`, `${registry.host}/acme/none:1`])).toEqual([
      { kind: 'absent' },
      { kind: 'absent' },
    ]);
  });

  test('is asked for the tag latest where a reference has neither tag nor digest', async () => {
    const digest = await pushImage(registry, 'acme/latest', 'latest');
    expect(await inspect([`${registry.host}/acme/latest`])).toMatchObject([{ kind: 'found', facts: { digest } }]);
  });

  describe('with an index', () => {
    const platform = async (repository: string, architecture: string, variant?: string) => {
      const config = { architecture, created: '2026-05-02T00:00:00Z' };
      const digest = await pushImage(registry, repository, architecture, { config });
      const manifest = await rawManifest(registry, repository, digest);
      const described = { os: 'linux', architecture, ...(variant && { variant }) };
      return { mediaType: OCI.manifest, digest, size: manifest.length, platform: described };
    };
    const push = async (repository: string, { annotations = {}, mediaType = OCI.index } = {}) => {
      const parts = [
        { ...(await platform(repository, 'unknown')), platform: { os: 'unknown', architecture: 'unknown' } },
        await platform(repository, 'amd64'),
        await platform(repository, 'arm64', 'v8'),
      ];
      const manifest = { schemaVersion: 2, mediaType, manifests: parts, annotations };
      return { parts, digest: await registry.push(repository, '2', manifest) };
    };
    const platforms = ['linux/amd64', 'linux/arm64/v8'];

    test('lists its platforms without attestations, and reads the labels of the first', async () => {
      const { digest } = await push('index/plain');
      const facts = { ...FACTS, digest, mediaType: OCI.index, platforms, created: '2026-05-02T00:00:00Z' };
      expect(await inspect([`${registry.host}/index/plain:2`])).toEqual([{ kind: 'found', facts }]);
      expect(requests).toHaveLength(3);
    });

    test('the same as docker’s manifest list', async () => {
      const { digest } = await push('index/list', { mediaType: DOCKER.list });
      const facts = { digest, mediaType: DOCKER.list, platforms, version: '1.2.3' };
      expect(await inspect([`${registry.host}/index/list:2`])).toMatchObject([{ kind: 'found', facts }]);
    });

    test('its annotations come before labels; with all of them nothing else is asked', async () => {
      const some = { [`${KEY}version`]: '2.0.0', [`${KEY}created`]: '2026-05-03T12:00:00+02:00' };
      await push('index/some', { annotations: some });
      await push('index/all', { annotations: { ...LABELS, ...some } });
      expect(await inspect([`${registry.host}/index/some:2`])).toMatchObject([
        { facts: { version: '2.0.0', created: '2026-05-03T10:00:00Z', revision: REVISION } },
      ]);
      expect(requests).toHaveLength(3);
      expect(await inspect([`${registry.host}/index/all:2`])).toMatchObject([
        { facts: { version: '2.0.0', created: '2026-05-03T10:00:00Z', revision: REVISION } },
      ]);
      expect(requests).toHaveLength(4);
    });

    test('a digest of one of its platforms belongs to its tag', async () => {
      const { parts } = await push('index/part');
      const { digest } = parts[1] ?? expect.fail();
      const facts = { ...FACTS, digest, created: '2026-05-02T00:00:00Z' };
      expect(await inspect([`${registry.host}/index/part:2@${digest}`])).toEqual([{ kind: 'found', facts }]);
    });
  });

  test('with a digest, of sha256 or sha512, says whether it belongs to the tag', async () => {
    const old = await pushImage(registry, 'acme/moved', '1');
    const digest = await pushImage(registry, 'acme/moved', '1', { config: { architecture: 'arm64' } });
    const name = `${registry.host}/acme/moved`;
    expect(await inspect([`${name}:1@${digest}`, `${name}:1@${old}`, `${name}@${old}`])).toMatchObject([
      { kind: 'found', facts: { digest, platforms: ['linux/arm64'] } },
      { kind: 'mismatch', digest },
      { kind: 'found', facts: { digest: old, platforms: ['linux/amd64'] } },
    ]);
    const sha512 = digestOf(await rawManifest(registry, 'acme/moved', '1'), 'sha512');
    expect(await inspect([`${name}:1@${sha512}`, `${name}:1@${digestOf('x', 'sha512')}`])).toMatchObject([
      { kind: 'found', facts: { digest: sha512 } },
      { kind: 'mismatch', digest },
    ]);
  });

  test('has a chart, which is for no platform', async () => {
    const config = await registry.pushBlob('charts/web', { name: 'web', version: '1.0.0' });
    const digest = await registry.push('charts/web', '1.0.0', {
      schemaVersion: 2,
      mediaType: OCI.manifest,
      config: { ...config, mediaType: 'application/vnd.cncf.helm.config.v1+json' },
      layers: [],
      annotations: { [`${KEY}version`]: '1.0.0' },
    });
    const none = { created: '', source: '', revision: '', platforms: [] };
    expect(await inspect([`${registry.host}/charts/web:1.0.0`])).toEqual([
      { kind: 'found', facts: { digest, mediaType: OCI.manifest, version: '1.0.0', ...none } },
    ]);
  });

  test.each<[what: string, created: string, label: string, time: string]>([
    [
      'a label of a base image is older than the image',
      '2026-05-01T10:00:00Z',
      '2020-01-01T00:00:00Z',
      '2026-05-01T10:00:00Z',
    ],
    [
      'a builder that writes 1970 leaves the label',
      '1970-01-01T00:00:00Z',
      '2026-05-01T10:00:00Z',
      '2026-05-01T10:00:00Z',
    ],
    ['the year 1 is no time', '0001-01-01T00:00:00Z', 'yesterday', ''],
  ])('when it was made: %s', async (_, created, label, time) => {
    await pushImage(registry, 'acme/times', '1', {
      config: { created, config: { Labels: { [`${KEY}created`]: label } } },
    });
    expect(await inspect([`${registry.host}/acme/times:1`])).toMatchObject([{ facts: { created: time } }]);
  });

  test.each<[key: string, text: string]>([
    ['source', 'javascript:alert(1)'],
    ['source', 'https://user:password@git.example/acme/web'],
    ['source', `https://git.example/${'x'.repeat(500)}`],
    ['revision', 'main\n::error::x'],
    ['version', '<!-- x -->'],
    ['version', '1'.repeat(129)],
  ])('says nothing where a label is not of its form: %s %j', async (key, text) => {
    await pushImage(registry, 'acme/labels', '1', { config: { config: { Labels: { ...LABELS, [KEY + key]: text } } } });
    const facts = { source: LABELS[`${KEY}source`], revision: REVISION, version: '1.2.3', [key]: '' };
    expect(await inspect([`${registry.host}/acme/labels:1`])).toMatchObject([{ kind: 'found', facts }]);
  });

  test('is not asked for a login, and docker’s config is not read', async () => {
    await writeFile(join(folder, 'config.json'), 'broken');
    await pushImage(registry, 'acme/web', '1.2.3');
    expect(await inspect([`${registry.host}/acme/web:1.2.3`])).toMatchObject([{ kind: 'found' }]);
  });
});

describe.skipIf(!HAS_REGISTRY)(`a registry with a password${NEEDS_REGISTRY}`, () => {
  let registry: DockerRegistry;
  let image: string;
  beforeAll(async () => {
    registry = await startDockerRegistry('basic');
    await pushImage(registry, 'acme/web', '1');
    image = `${registry.host}/acme/web:1`;
  });
  afterAll(() => registry.close());
  const auth = LOGIN.replace('Basic ', '');
  const credentials = JSON.stringify({ ServerURL: 'x', Username: USER, Secret: PASSWORD });
  const refused = (how: string) => [
    {
      kind: 'unreadable',
      reason: expect.stringContaining(`answered 401 (UNAUTHORIZED: authentication required) to a request ${how}`),
    },
  ];

  test.each<[what: string, name: (host: string) => string, entry: object]>([
    ['a user and a password in base64', (host) => host, { auth }],
    ['the same under a URL', (host) => `https://${host}/v1/`, { auth }],
    ['a user and a password', (host) => host, { username: USER, password: PASSWORD }],
  ])('is opened by docker’s config: %s', async (_, name, entry) => {
    await writeConfig({ auths: { 'other.example': { auth: 'eDp5' }, [name(registry.host)]: entry } });
    expect(await inspect([image])).toMatchObject([{ kind: 'found' }]);
    expect(requests).toHaveLength(3);
    expect(safeText(`${PASSWORD} ${auth}`)).toBe('*** ***');
  });

  test('is opened by a login of the run, where docker has none', async () => {
    const logins = { [registry.host]: { username: USER, secret: PASSWORD } };
    expect(await inspect([image], { logins })).toMatchObject([{ kind: 'found' }]);
    await writeConfig({ auths: { [registry.host]: { username: USER, password: 'wrong' } } });
    expect(await inspect([image], { logins })).toEqual(refused(`with the login in ${folder}/config.json`));
  });

  test('is opened by a credential helper for it, which sees its server and no secret of ours', async () => {
    keepSecret('ghs_0123456789');
    const script = `echo "$1" > ${folder}/asked; cat >> ${folder}/asked; env > ${folder}/seen; echo '${credentials}'`;
    const { environment } = await writeHelper('test', script);
    await writeConfig({ credHelpers: { [registry.host]: 'test' }, credsStore: 'none', auths: { [registry.host]: {} } });
    const ours = { INPUT_TOKEN: 'x', ACTIONS_RUNTIME_TOKEN: 'x', GITHUB_TOKEN: 'ghs_0123456789' };
    const options = { environment: { ...environment, ...ours, AWS_REGION: 'eu-central-1' } };
    expect(await inspect([image], options)).toMatchObject([{ kind: 'found' }]);
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe(`get\n${registry.host}`);
    const seen = await readFile(join(folder, 'seen'), 'utf8');
    expect(seen).toContain('AWS_REGION=eu-central-1\n');
    expect(seen).not.toMatch(/^(?:INPUT_TOKEN|ACTIONS_RUNTIME_TOKEN|GITHUB_TOKEN)=|ghs_/m);
  });

  test('is opened by the store of all logins', async () => {
    const { environment } = await writeHelper('store', `echo '${credentials}'`);
    await writeConfig({ credsStore: 'store' });
    expect(await inspect([image], { environment })).toMatchObject([{ kind: 'found' }]);
  });

  test.each<[what: string, config: unknown, script: string, how: string]>([
    ['no config', undefined, '', 'without a login'],
    ['another registry’s login', { auths: { 'ghcr.io': { auth } } }, '', 'without a login'],
    ['a host without a dot, which is not Docker Hub', { auths: { registry: { auth } } }, '', 'without a login'],
    ['an identity token', { auths: { HOST: { identitytoken: 'x' } } }, '', 'with the login in '],
    ['a config that is none', [], '', 'without a login: FOLDER/config.json is not a config of docker'],
    [
      'a login that is none',
      { auths: { HOST: { auth: 'eA==' } } },
      '',
      'without a login: FOLDER/config.json has an "auth" that is not a user name and a password',
    ],
    [
      'no helper',
      { credsStore: 'missing' },
      '',
      'without a login: docker-credential-missing cannot be started: there is no such program',
    ],
    [
      'a helper elsewhere',
      { credsStore: '../x' },
      '',
      'without a login: docker-credential-../x is not the name of a program',
    ],
    [
      'a helper without this login',
      { credsStore: 'test' },
      'echo credentials not found in native keychain; exit 1',
      'without a login',
    ],
    [
      'a helper that fails',
      { credsStore: 'test' },
      'echo no session >&2; exit 1',
      'without a login: docker-credential-test failed: no session',
    ],
    [
      'a helper that says no login',
      { credsStore: 'test' },
      'echo s3cret',
      'without a login: docker-credential-test printed something else than a login in JSON',
    ],
  ])('is not opened by %s', async (_, config, script, how) => {
    const { environment } = await writeHelper('test', script);
    if (config) await writeFile(join(folder, 'config.json'), JSON.stringify(config).replace('HOST', registry.host));
    const found = await inspect([image], { environment });
    expect(found).toEqual(refused(how.replace('FOLDER', folder)));
    expect(JSON.stringify(found)).not.toContain('s3cret');
    if (how === 'without a login') expect(found).toMatchObject([{ reason: expect.stringMatching(/without a login$/) }]);
  });
});

describe.skipIf(!HAS_REGISTRY)(`a registry with a token server${NEEDS_REGISTRY}`, () => {
  let registry: DockerRegistry;
  beforeAll(async () => {
    registry = await startDockerRegistry('token');
    await pushImage(registry, 'acme/web', '1');
    await pushImage(registry, 'acme/web', '2');
    await pushImage(registry, 'public/web', '1');
  });
  afterAll(() => registry.close());
  beforeEach(() => void registry.tokenRequests.splice(0));
  const query = { service: 'test', scope: 'repository:acme/web:pull' };

  test('gives a token to all for a public image', async () => {
    expect(await inspect([`${registry.host}/public/web:1`])).toMatchObject([{ kind: 'found' }]);
    const asked = { method: 'GET', query: { ...query, scope: 'repository:public/web:pull' }, authorization: '' };
    expect(registry.tokenRequests).toEqual([asked]);
    expect(requests.map((request) => request.replace(/\/v2\S+| \S+(?=\/token)/, ''))).toEqual([
      `GET ${registry.host} 401`,
      'GET/token 200',
      `GET ${registry.host} 200`,
      `GET ${registry.host} 200`,
    ]);
  });

  test('gives one token to a login for all images of a repository', async () => {
    await writeConfig({ auths: { [registry.host]: { username: USER, password: PASSWORD } } });
    const found = await inspect([
      `${registry.host}/acme/web:1`,
      `${registry.host}/acme/web:2`,
      `${registry.host}/acme/web:3`,
    ]);
    expect(found).toMatchObject([{ kind: 'found' }, { kind: 'found' }, { kind: 'absent' }]);
    expect(registry.tokenRequests).toEqual([{ method: 'GET', query, authorization: LOGIN }]);
  });

  test.each([
    ['docker’s config', { auths: { HOST: { identitytoken: IDENTITY_TOKEN } } }],
    ['a helper', { credsStore: 'test' }],
  ])('gives one for an identity token of %s', async (_, config) => {
    const answer = JSON.stringify({ Username: '<token>', Secret: IDENTITY_TOKEN });
    const { environment } = await writeHelper('test', `echo '${answer}'`);
    await writeFile(join(folder, 'config.json'), JSON.stringify(config).replace('HOST', registry.host));
    expect(await inspect([`${registry.host}/acme/web:1`], { environment })).toMatchObject([{ kind: 'found' }]);
    const form = { grant_type: 'refresh_token', client_id: 'manifest-release-pr', refresh_token: IDENTITY_TOKEN };
    expect(registry.tokenRequests).toEqual([{ method: 'POST', query: { ...query, ...form }, authorization: '' }]);
  });

  test('gives none without a login, nor for a wrong one', async () => {
    const reason = (how: string) =>
      expect.stringMatching(
        new RegExp(`^127\\.0\\.0\\.1:\\d+ answered 401 \\(UNAUTHORIZED: who are you\\) to a request ${how}$`),
      );
    const image = `${registry.host}/acme/web:1`;
    expect(await inspect([image])).toEqual([{ kind: 'unreadable', reason: reason('without a login') }]);
    const logins = { [registry.host]: { username: USER, secret: 'wrong' } };
    expect(await inspect([image], { logins })).toEqual([
      { kind: 'unreadable', reason: reason('with the token of this run') },
    ]);
  });
});
