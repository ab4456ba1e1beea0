/** Where releases are made: a clone of the manifest repository, and the forge that has its pull requests. */
import type { Log } from '../core/log.ts';
import { connectForge, explainRefusal } from '../forge/connect.ts';
import type { Comparison, Forge } from '../forge/forge.ts';
import type { ManifestStore } from '../git/manifest-store.ts';
import { CloneStore } from '../git/clone-store.ts';
import type { Ci } from '../inputs/ci.ts';
import type { Access } from '../inputs/inputs.ts';

export interface Workspace {
  readonly log: Log;
  readonly store: ManifestStore;
  /** None where the server has no pull requests that we know of, or no token was given for them. */
  readonly forge: Forge | undefined;
  /** Compares two revisions of a source repository, each pair once. Throws NETWORK when the forge cannot be asked now. */
  readonly compare: (repository: string, base: string, head: string) => Promise<Comparison>;
  /** The same on another base, in a clone that is made when it is first asked for. Throws what withWorkspace throws. */
  readonly at: (base: string) => Promise<Workspace>;
}

export interface WorkspaceOptions {
  readonly access: Access;
  /** Where there are any, no contents of manifests are cloned. */
  readonly paths: readonly string[];
  readonly ci: Ci;
  readonly log: Log;
}

/**
 * Does some work in a workspace, and leaves nothing of it on disk. A refusal of the server is explained by what this very
 * token lacks. Throws what cloning and the work throw.
 */
export async function withWorkspace<Result>(
  { access, paths, ci, log }: WorkspaceOptions,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const opened = new Map<string, Promise<Workspace>>();
  const open = async (base: string): Promise<Workspace> => {
    const { remote, token, ssh } = access;
    const debug = (text: string): void => log.debug(text);
    const [cloning, connecting] = await Promise.allSettled([
      CloneStore.clone({ remote, token, ssh, base, paths, debug }),
      // Loaded while git waits for the server: 30 ms.
      connectForge(access, ci, { log: (text) => log.step(text), debug }),
    ]);
    if (cloning.status === 'rejected') throw cloning.reason;
    const store = cloning.value;
    if (connecting.status === 'rejected') {
      await store.close();
      throw connecting.reason;
    }
    log.step(`cloned ${remote.name}: ${store.base} is at ${store.baseCommit.slice(0, 7)}`);
    return { log, store, forge: connecting.value, compare: comparing(connecting.value), at };
  };
  const at = (base: string): Promise<Workspace> => {
    const workspace = opened.get(base) ?? open(base);
    opened.set(base, workspace);
    return workspace;
  };
  try {
    return await work(await at(access.base));
  } catch (error) {
    throw await explainRefusal(error, access, ci);
  } finally {
    const all = await Promise.allSettled(opened.values());
    const stores = all.flatMap((one) => (one.status === 'fulfilled' ? one.value.store : []));
    await Promise.all(stores.map((store) => store.close()));
  }
}

function comparing(forge: Forge | undefined): Workspace['compare'] {
  const known = new Map<string, Promise<Comparison>>();
  return (repository, base, head) => {
    if (!forge) return Promise.resolve({ status: 'unknown', reason: 'no token was given for an API' });
    const key = JSON.stringify([repository, base, head]);
    const comparison = known.get(key) ?? forge.compare(repository, base, head);
    known.set(key, comparison);
    return comparison;
  };
}
