/** Set-up of the tests that clone: a sandbox with a manifest repository, and a temporary folder that must end empty. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { readRemote } from '../../src/core/remote.ts';
import type { CloneOptions } from '../../src/git/clone.ts';
import { CloneStore } from '../../src/git/clone-store.ts';
import type { Files, Sandbox, SandboxOptions, SandboxRepository } from '../../sandbox/sandbox.ts';
import { eachWithSandbox } from '../sandbox/each-with-sandbox.ts';

export interface Clones {
  readonly sandbox: Sandbox;
  /** `acme/manifests`. */
  readonly origin: SandboxRepository;
  /** Where a clone is while it is open. */
  readonly folder: string;
  /** Clones `acme/manifests` with the sandbox's token; closed after the test. */
  readonly clone: (options?: Partial<CloneOptions> & { readonly fullName?: string }) => Promise<CloneStore>;
}

export const AUTHOR = { name: 'Release bot', email: 'bot@example.com' };

/** For each test a fresh sandbox; afterwards nothing may be left in the temporary folder. */
export function eachWithClones(files: Files, sandboxOptions: SandboxOptions = {}): () => Clones {
  const started = eachWithSandbox(files, sandboxOptions);
  let clones: Clones;
  let opened: CloneStore[];
  beforeEach(async () => {
    opened = [];
    const { sandbox, repository: origin } = started();
    const folder = await mkdtemp(join(tmpdir(), 'clones-'));
    vi.stubEnv('TMPDIR', folder);
    clones = {
      sandbox,
      origin,
      folder,
      clone: async ({ fullName = 'acme/manifests', ...options } = {}) => {
        const remote = readRemote(fullName, sandbox.serverUrl);
        const repository = await CloneStore.clone({ remote, token: sandbox.token, base: '', paths: [], ...options });
        opened.push(repository);
        return repository;
      },
    };
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const repository of opened) await repository.close();
    const left = await readdir(clones.folder);
    await rm(clones.folder, { recursive: true });
    expect(left, 'left in the temporary folder').toEqual([]);
  });
  return () => clones;
}

/** The requests that fetch objects, among those made by `use`. */
export async function packsFetched({ requests }: Sandbox, use: () => Promise<unknown>): Promise<number> {
  const before = requests.length;
  await use();
  return requests.slice(before).filter(({ method }) => method === 'POST').length;
}
