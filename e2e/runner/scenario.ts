/** A manifest repository on the sandbox, a registry with its images, and repositories whose workflows are run against them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { eachWithSandbox } from '../../__tests__/sandbox/each-with-sandbox.ts';
import { startImageRegistry, type ImageRegistry } from '../../sandbox/image-registry.ts';
import type { App, Sandbox, SandboxRepository } from '../../sandbox/sandbox.ts';
import { Checkout } from './runner.ts';

type Texts = Readonly<Record<string, string>>;

export interface Scenario {
  readonly sandbox: Sandbox;
  /** `acme/manifests`. */
  readonly repository: SandboxRepository;
  /** Has web and api of 1.4.1 and 1.4.2. */
  readonly registry: ImageRegistry;
  /** Is installed on `acme/manifests`. */
  readonly app: App;
  /** A repository with these workflows and files, in which `ghcr.io` is the registry of the scenario. */
  readonly checkOut: (fullName: string, files: Texts) => Promise<Checkout>;
  /** All pull requests of `acme/manifests`, the oldest first, as `number state branch title`. */
  readonly listed: () => Promise<readonly string[]>;
  /** Text of a file at the tip of a branch, with `ghcr.io` for the registry. */
  readonly read: (branch: string, path: string) => Promise<string>;
}

/** An app of two images with two environments, in the second of which a release waits for the first. */
export const MANIFESTS = {
  '.github/manifest-release.yaml': `apps:
  shop:
    images: [ghcr.io/acme/web, ghcr.io/acme/api]
    environments:
      staging: { paths: [staging] }
      production: { paths: [production], after: staging }
`,
  'staging/web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
  'staging/api.yaml': 'image: ghcr.io/acme/api:1.4.1\n',
  'production/web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
  'production/api.yaml': 'image: ghcr.io/acme/api:1.4.1\n',
} as const satisfies Texts;

/** Starts each test of a file with a fresh scenario. */
export function eachWithRunner(): () => Scenario {
  const started = eachWithSandbox({});
  let scenario: Scenario;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'runner-'));
    scenario = await start(folder, started());
  });
  afterEach(async () => {
    await scenario.registry.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  return () => scenario;
}

async function start(
  folder: string,
  { sandbox, repository }: Pick<Scenario, 'sandbox' | 'repository'>,
): Promise<Scenario> {
  const registry = await startImageRegistry();
  const inRegistry = (files: Texts): Texts =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll('ghcr.io', registry.host)]));
  for (const name of ['web', 'api']) for (const tag of ['1.4.1', '1.4.2']) pushImage(registry, name, tag);
  await repository.commit('main', inRegistry(MANIFESTS));
  return {
    sandbox,
    repository,
    registry,
    app: sandbox.createApp({ repositories: [repository.fullName] }),
    checkOut: (fullName, files) => Checkout.create(sandbox, folder, fullName, inRegistry(files)),
    listed: async () =>
      (await repository.pullRequests.all()).map(
        ({ number, state, head, title }) => `${number} ${state} ${head} ${title}`,
      ),
    read: async (branch, path) => (await repository.read(branch, path)).replaceAll(registry.host, 'ghcr.io'),
  };
}

/** Adds the image `acme/<name>` to the registry; returns its digest. */
export function pushImage(registry: ImageRegistry, name: string, tag: string): string {
  const source = `https://example.com/acme/${name}`;
  const built = {
    platforms: ['linux/amd64'],
    source,
    revision: '0'.repeat(40),
    created: new Date('2026-01-02T03:04:05Z'),
  };
  return registry.push({ name: `acme/${name}`, tag, ...built });
}
