/** Where releases are made: a clone of the manifest repository, and the forge that holds its pull requests. */
import type { Ci } from '../inputs/ci.ts';
import type { Forge } from '../forge/forge.ts';
import { connectForge } from '../forge/connect.ts';
import { CloneStore } from '../git/clone-store.ts';
import type { ManifestStore } from '../git/manifest-store.ts';
import type { Access } from '../inputs/inputs.ts';
import type { Log } from '../core/log.ts';

export interface Workspace {
  readonly ci: Ci;
  readonly log: Log;
  readonly repository: ManifestStore;
  /** None where the server has no pull requests that we know of, or no token was given for them. */
  readonly forge: Forge | undefined;
  /** The same on another base, in a clone that is made when that is first asked for. Throws what withWorkspace throws. */
  readonly at: (base: string) => Promise<Workspace>;
}

/**
 * Does some work at a workspace, and leaves nothing of it on disk. With `paths` no contents of manifests are cloned. A
 * refusal of the server is told with what this very token lacks. Throws what CloneStore.clone and the work throw.
 */
export async function withWorkspace<Result>(
  access: Access & { readonly paths: readonly string[] },
  ci: Ci,
  log: Log,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const places = new Map<string, Promise<Workspace>>();
  const open = async (base: string): Promise<Workspace> => {
    // Loaded while git waits for the server: 30 ms.
    const [cloning, connecting] = await Promise.allSettled([
      CloneStore.clone({ ...access, base, debug: (text) => log.debug(text) }),
      connectForge(access, ci, (text) => log.step(text)),
    ]);
    if (cloning.status === 'rejected') throw cloning.reason;
    const repository = cloning.value;
    if (connecting.status === 'rejected') {
      await repository.close();
      throw connecting.reason;
    }
    log.step(`cloned ${access.remote.name}: ${repository.base} is at ${repository.baseCommit.slice(0, 7)}`);
    return { ci, log, repository, forge: connecting.value, at };
  };
  const at = (base: string): Promise<Workspace> => {
    const place = places.get(base) ?? open(base);
    places.set(base, place);
    return place;
  };
  try {
    return await work(await at(access.base));
  } catch (error) {
    const { consult, patientOf } = await import('../forge/github/explain-refusal.ts');
    throw await consult(error, patientOf(access, ci));
  } finally {
    const opened = await Promise.allSettled(places.values());
    const repositories = opened.flatMap((place) => (place.status === 'fulfilled' ? place.value.repository : []));
    await Promise.all(repositories.map((repository) => repository.close()));
  }
}
