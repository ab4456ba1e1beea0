/** What the registry of a released image says, and who built it: in the text, in the results, and what stops a release. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PASSWORD, USER } from '../registry/docker-registry.ts';
import { startImageRegistry } from '../registry/image-registry.ts';
import { startSigstore } from '../provenance/sigstore.ts';
import { REPOSITORY, scenarios, type Result } from './harness.ts';

const [registry, sigstore] = await Promise.all([startImageRegistry(), startSigstore()]);
afterAll(() => Promise.all([registry.close(), sigstore.close()]));

const NAME = 'acme/web';
const WEB = `${registry.host}/${NAME}`;
const OLD = `sha256:${'0'.repeat(64)}`;
const BOTH = ['linux/amd64', 'linux/arm64'];
const DIGEST = registry.push(NAME, '1.4.2', BOTH);
const short = (digest: string): string => digest.slice(0, 19);

const container = (image: string): string => `kind: Pod\nspec: {containers: [{name: web, image: "${image}"}]}\n`;
const FILES = {
  'free/pod.yaml': container(`${WEB}:1.4.1`),
  'pinned/pod.yaml': container(`${WEB}:1.4.1@${OLD}`),
  'pinned/kustomization.yaml': `images: [{name: ${WEB}, digest: "${OLD}"}]\n`,
};

let config = '';
beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'docker-'));
  registry.answer = 'all';
  registry.requests.splice(0);
});
afterEach(() => rm(config, { recursive: true }));

/** A registry that nobody asks for a login, unless a test writes one. */
const environment = () => ({ DOCKER_CONFIG: config });
const imagesOf = ({ outputs }: Result): readonly unknown[] =>
  (JSON.parse(outputs['results'] ?? '[]') as { images: unknown }[]).flatMap(({ images }) => images);

scenarios(
  'the registry of an image',
  FILES,
  (current) => {
    const run = (inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) =>
      current().action(
        { images: `${WEB}:1.4.2`, paths: 'free', registry: 'check', ...inputs },
        { ...environment(), ...env },
      );
    const bodyOf = async () => (await current().sandbox.pullRequests())[0]?.body ?? '';
    const released = (path: string) => current().repository.read('release/web', path);
    /** The code of a run that failed with these texts, and wrote nothing. */
    const refusalOf = async ({ stdout, exitCode }: Result, ...says: string[]): Promise<string | undefined> => {
      for (const text of says) expect(stdout).toContain(text);
      expect(exitCode).toBe(1);
      expect(await current().sandbox.pullRequests()).toEqual([]);
      expect(Object.keys(await current().repository.refs())).toEqual(['refs/heads/main']);
      return /::error title=(\w+)/.exec(stdout)?.[1];
    };

    test('is in the text, the summary and the results', async () => {
      const result = await run({});
      expect(result.outputs['outcome'], result.stdout).toBe('created');
      const facts = `${short(DIGEST)}, linux/amd64 linux/arm64, 2 hours old`;
      expect((await bodyOf()).replaceAll('\\', '')).toContain(`| 1 | ${facts} | not checked |`);
      expect(result.summary.replaceAll('\\', '')).toContain(`| \`${WEB}:1.4.2\` | ${facts} | not checked |`);
      expect(result.stdout).toContain(`${WEB}:1.4.2 is in its registry: ${facts}`);
      expect(imagesOf(result)).toMatchObject([
        { image: `${WEB}:1.4.2`, registry: 'found', digest: DIGEST, platforms: BOTH },
      ]);
    });

    test('is not asked with registry: off', async () => {
      const result = await run({ registry: 'off' });
      expect(result.outputs['outcome'], result.stdout).toBe('created');
      expect(registry.requests).toEqual([]);
      expect(await bodyOf()).not.toContain('Registry');
    });

    test.each([{}, { 'dry-run': 'true' }, { delivery: 'push' }])(
      'stops a release of a tag that is absent: %o',
      async (more) => {
        const images = `${WEB}:9.9.9`;
        expect(await refusalOf(await run({ images, ...more }), `Image "${images}" is not in its registry.`)).toBe(
          'IMAGE_ABSENT',
        );
      },
    );

    test('does not stop a run that writes nothing', async () => {
      const result = await run({ images: `${WEB}:1.4.1` });
      expect(result.outputs['outcome'], result.stdout).toBe('unchanged');
    });

    describe('is not waited for', () => {
      const LATE = `${registry.host} gave no complete answer within 5 s`;
      const EARLY = 'it had not answered when nothing was left to do';
      const released = async (images: string, more: Readonly<Record<string, string>> = {}) => {
        registry.answer = 'never';
        const result = await run({ images, ...more });
        return [result.outputs['outcome'], ...imagesOf(result).map((one) => (one as { reason: string }).reason)];
      };

      test('where every place has the version', async () => {
        expect(await released(`${WEB}:1.4.1`)).toEqual(['unchanged', EARLY]);
        expect(await released(`${WEB}:1.4.1`, { delivery: 'push' })).toEqual(['unchanged', EARLY]);
      });

      test('unless a digest may be another one', async () => {
        const paths = 'pinned/pod.yaml';
        expect(await released(`${WEB}:1.4.1`, { paths })).toEqual(['unchanged', LATE]);
        expect(await released(`${WEB}:1.4.1`, { paths, pin: 'never' })).toEqual(['unchanged', EARLY]);
        expect(await released(`${WEB}:1.4.1@${OLD}`, { paths })).toEqual(['unchanged', EARLY]);
      });

      test('unless an input needs its answer', async () => {
        const all = await Promise.all([
          released(`${WEB}:1.4.1`, { platforms: 'linux/amd64' }),
          released(`${WEB}:1.4.1`, { registry: 'require' }),
        ]);
        expect(all).toEqual([
          ['unchanged', LATE],
          ['unchanged', LATE.replace('5 s', '10 s')],
        ]);
      });
    });

    test('stops a digest that is not the one of its tag', async () => {
      expect(await refusalOf(await run({ images: `${WEB}:1.4.2@${OLD}` }), DIGEST)).toBe('DIGEST_MISMATCH');
    });

    test('stops an image without a platform', async () => {
      expect(await refusalOf(await run({ platforms: 'linux/amd64\nlinux/s390x' }), '"linux/s390x"')).toBe(
        'PLATFORM_ABSENT',
      );
      const result = await run({ platforms: 'linux/amd64\nlinux/arm64' });
      expect(result.outputs['outcome'], result.stdout).toBe('created');
    });

    test.each<[what: string, answer: typeof registry.answer, reason: string]>([
      ['wants a login', 'login', `${registry.host} answered 401 to a request without a login`],
      ['has a limit of requests', 429, `${registry.host} answered 429 to a request without a login`],
      ['is broken', 503, `${registry.host} answered 503 to a request without a login`],
      ['does not answer', 'never', `${registry.host} gave no complete answer within 5 s`],
    ])('is noted where it %s, and an error with registry: require', async (_, answer, reason) => {
      registry.answer = answer;
      const result = await run({});
      expect(result.outputs['outcome'], result.stdout).toBe('created');
      expect(await bodyOf()).toContain('| not checked | not checked |');
      expect((await bodyOf()).replaceAll(/[\\\u200b]/g, '')).toContain(`Not checked in the registry: ${reason}`);
      expect(imagesOf(result)).toMatchObject([{ registry: 'unreadable', reason }]);
    });

    test('must answer with registry: require', async () => {
      registry.answer = 'login';
      expect(await refusalOf(await run({ registry: 'require' }), 'the setting "registry" needs')).toBe(
        'REGISTRY_UNREADABLE',
      );
    });

    test('is read with the login of a credential helper', async () => {
      registry.answer = 'login';
      await writeFile(join(config, 'config.json'), JSON.stringify({ credHelpers: { [registry.host]: 'test' } }));
      const helper = join(config, 'docker-credential-test');
      await writeFile(helper, `#!/bin/sh\necho '{"Username":"${USER}","Secret":"${PASSWORD}"}'\n`);
      await chmod(helper, 0o755);
      const result = await run({ registry: 'require' }, { PATH: `${config}:${process.env['PATH']}` });
      expect(result.outputs['outcome'], result.stdout).toBe('created');
      expect(imagesOf(result)).toMatchObject([{ registry: 'found', digest: DIGEST }]);
    });

    describe('gives its digest', () => {
      test('to places that have one, and a second run finds nothing to do', async () => {
        const result = await run({ paths: '' });
        expect(result.outputs['outcome'], result.stdout).toBe('created');
        expect(await released('free/pod.yaml')).toBe(container(`${WEB}:1.4.2`));
        expect(await released('pinned/pod.yaml')).toBe(container(`${WEB}:1.4.2@${DIGEST}`));
        expect(await released('pinned/kustomization.yaml')).toContain(`digest: "${DIGEST}"`);
        const again = await run({ paths: '' });
        expect(again.outputs['outcome'], again.stdout).toBe('unchanged');
        // The branch is known as our own by its contents, also where the registry has moved the tag since.
        registry.push(NAME, '1.4.2', BOTH, { moved: 'yes' });
        const moved = await run({ paths: '' });
        registry.push(NAME, '1.4.2', BOTH);
        expect(moved.outputs['outcome'], moved.stdout).toBe('updated');
        expect(moved.stdout).not.toContain('commits by others');
      });

      test('also beside a place that has it already, and the branch stays our own', async () => {
        const files = { 'pinned/kustomization.yaml': `images: [{name: ${WEB}, digest: "${DIGEST}"}]\n` };
        await current().repository.commit('main', files, { message: 'Half of it\n' });
        const result = await run({ paths: '' });
        expect(result.outputs['outcome'], result.stdout).toBe('created');
        registry.push(NAME, '1.4.3', BOTH, { next: 'yes' });
        const next = await run({ paths: '', images: `${WEB}:1.4.3` });
        expect(next.outputs['outcome'], next.stdout).toBe('updated');
        expect(next.stdout).not.toContain('commits by others');
      });

      test('not with pin: never, nor where it cannot be read', async () => {
        expect(await refusalOf(await run({ paths: 'pinned', pin: 'never' }), 'pinned/')).toBe('DIGEST_REQUIRED');
        registry.answer = 429;
        expect(await refusalOf(await run({ paths: 'pinned' }), 'pinned/')).toBe('DIGEST_REQUIRED');
      });

      test('to all places with pin: always, which is an error where it cannot be read', async () => {
        const result = await run({ pin: 'always' });
        expect(result.outputs['outcome'], result.stdout).toBe('created');
        expect(await released('free/pod.yaml')).toBe(container(`${WEB}:1.4.2@${DIGEST}`));
        registry.answer = 429;
        const again = await run({ pin: 'always', images: `${WEB}:1.4.3` });
        expect(again.stdout).toContain('title=REGISTRY_UNREADABLE');
      });
    });

    test('has a source in its labels, which the run of the manifest repository takes', async () => {
      const revision = 'c9f0f895fb98ab9159f51fd0297e236d88f4e2b1';
      const source = `${current().sandbox.serverUrl}/acme/web`;
      const labels = { 'org.opencontainers.image.source': source, 'org.opencontainers.image.revision': revision };
      registry.push(NAME, '1.5.0', BOTH, labels);
      const result = await run({ images: `${WEB}:1.5.0` }, { GITHUB_REPOSITORY: REPOSITORY });
      expect(result.outputs['outcome'], result.stdout).toBe('created');
      expect(await bodyOf()).toContain(`[c9f0f89](${source}/commit/${revision})`);
      const [commit] = await current().repository.log('release/web');
      expect(commit?.body).toContain(`Release-Source: acme/web@${revision}`);
    });

    test('is asked once for all environments of a run', async () => {
      const { repository } = current();
      const environments =
        'apps:\n  web:\n    images: [' + WEB + ']\n    environments: {one: {paths: [free]}, two: {paths: [pinned]}}\n';
      await repository.commit('main', { '.github/manifest-release.yaml': environments }, { message: 'Environments\n' });
      const result = await run({ images: '', paths: '', app: 'web', version: '1.4.2' });
      expect(result.exitCode, result.stdout).toBe(0);
      expect(imagesOf(result)).toMatchObject([{ registry: 'found' }, { registry: 'found' }]);
      const tag = `GET /v2/${NAME}/manifests/1.4.2`;
      expect(registry.requests.filter((one) => one === tag)).toEqual([tag]);
    });

    describe('has an attestation', () => {
      const verify = { verify: 'attestation', signer: 'acme/web', 'trusted-root': sigstore.rootText };
      const build = (repository: string) => ({
        name: `https://github.com/${repository}/.github/workflows/ci.yml@refs/heads/main`,
        issuer: 'https://token.actions.githubusercontent.com',
        source: `https://github.com/${repository}`,
      });
      const attested = async (tag: string, repository: string, digest?: string): Promise<string> => {
        const own = registry.push(NAME, tag, BOTH, { tag });
        const bundle = await sigstore.attest(build(repository), digest ?? own, 'https://slsa.dev/provenance/v1');
        registry.attach(NAME, own, bundle);
        return `${WEB}:${tag}`;
      };

      test('of the wanted repository: who built it is in the text', async () => {
        const result = await run({ ...verify, images: await attested('2.0.0', 'acme/web') });
        expect(result.outputs['outcome'], result.stdout).toBe('created');
        const by = 'acme/web, workflow .github/workflows/ci.yml';
        expect(await bodyOf()).toContain(`| ${by} |`);
        expect(imagesOf(result)).toMatchObject([{ 'built-by': by }]);
      });

      test('of another repository, or about another image', async () => {
        const others = await attested('2.0.1', 'mallory/web');
        expect(await refusalOf(await run({ ...verify, images: others }), 'https://github.com/mallory/web')).toBe(
          'SIGNER_WRONG',
        );
        const tampered = await attested('2.0.2', 'acme/web', OLD);
        expect(await refusalOf(await run({ ...verify, images: tampered }), 'something else')).toBe('SIGNER_WRONG');
      });

      test('or none', async () => {
        expect(await refusalOf(await run(verify), DIGEST)).toBe('IMAGE_UNSIGNED');
      });

      test('or cannot be read', async () => {
        registry.answer = 429;
        expect(await refusalOf(await run(verify), 'the setting "verify" needs')).toBe('REGISTRY_UNREADABLE');
      });
    });
  },
  { runs: 'processes' },
);
