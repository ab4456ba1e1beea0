/** Where releases are made: the manifest repository, and the forge that has its pull requests. */
import type { Log } from '../core/log.ts';
import { kept } from '../core/objects.ts';
import { explainRefusal } from '../forge/connect.ts';
import type { Comparison, Forge } from '../forge/forge.ts';
import { CloneNeeded } from '../core/repository-api.ts';
import { ApiStore } from '../git/api-store.ts';
import type { ManifestStore } from '../git/manifest-store.ts';
import { checkingImages, type CheckImages } from './check-images.ts';
import { hiding, type WhyHidden } from './hidden-commits.ts';
import type { Access } from '../inputs/access.ts';
import { knownAccess, openStore, type FirstReading, type Opening } from './open-store.ts';

export interface Workspace {
  /** The repository; its kind is what the server says, where it is asked. */
  readonly access: Access;
  readonly log: Log;
  /** Logs a step once in a run, whatever the number of releases. */
  readonly note: (text: string) => void;
  readonly store: ManifestStore;
  /** None where the server has no pull requests that we know of, or no token was given for them. */
  readonly forge: Forge | undefined;
  /** Compares two revisions of a source repository, each pair once. Throws NETWORK when the forge cannot be asked now. */
  readonly compare: (repository: string, base: string, head: string) => Promise<Comparison>;
  /** Why the commits of a source repository are not shown in a pull request, as a clause; empty where they may be. Throws NETWORK. */
  readonly whyHidden: WhyHidden;
  /** Asks the registries about released images, each once. */
  readonly check: CheckImages;
  /** What this run did to pull requests, by their numbers: an attempt that is made again finds it done. */
  readonly written: Map<number, 'created' | 'updated'>;
  /** The same on another base, which is read when it is first asked for. Throws what withWorkspace throws. */
  readonly at: (base: string) => Promise<Workspace>;
  /** The same with a log of its own, in which the base moves apart; absent where that cannot be. */
  readonly beside: ((log: Log) => Workspace) | undefined;
  /** The same in a clone, which is made when it is first asked for; `reason` is a clause for the log. */
  readonly cloned: (reason: string) => Promise<Workspace>;
}

export interface WorkspaceOptions extends Omit<Opening, 'note'> {
  /** How to begin without a clone, or why there must be one, as a clause. */
  readonly withoutClone: FirstReading | string;
}

/**
 * Does some work in a workspace, and leaves nothing of it on disk. A refusal of the server is explained by what this very
 * token lacks. Throws what cloning and the work throw.
 */
export async function withWorkspace<Result>(
  { withoutClone, ...options }: WorkspaceOptions,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const { access, ci } = options;
  const opened = new Map<string, Promise<Workspace>>();
  const logged = new Set<string>();
  const written: Workspace['written'] = new Map();
  const once = (log: Log) => (text: string) => {
    if (!logged.has(text)) log.step(text);
    logged.add(text);
  };
  const end = new AbortController();
  const check = checkingImages(() => knownAccess(access), ci, {
    debug: (text) => options.log.debug(text),
    signal: end.signal,
  });
  const at = (base: string, way: FirstReading | string): Promise<Workspace> => {
    const key = `${typeof way === 'string' ? 'clone' : 'api'} ${base}`;
    return kept(opened, key, () => open(base, way));
  };
  const open = async (base: string, way: FirstReading | string): Promise<Workspace> => {
    const { store, forge } = await openStore({ ...options, note: once(options.log) }, base, way);
    const workspace: Workspace = {
      access: await knownAccess(access),
      log: options.log,
      note: once(options.log),
      store,
      forge,
      compare: comparing(forge),
      whyHidden: hiding(forge, ci),
      check,
      written,
      at: (other) => at(other, store.canPush ? '' : way),
      cloned: (reason) => at(store.base, reason),
      beside:
        store instanceof ApiStore
          ? (log) => ({ ...workspace, log, note: once(log), store: store.beside() })
          : undefined,
    };
    return workspace;
  };
  try {
    return await work(await at(access.base, withoutClone));
  } catch (error) {
    throw await explainRefusal(error, await knownAccess(access), ci);
  } finally {
    end.abort();
    const all = await Promise.allSettled(opened.values());
    const stores = all.flatMap((one) => (one.status === 'fulfilled' ? one.value.store : []));
    await Promise.all(stores.map((store) => store.close()));
  }
}

/** Does work that reads before it writes; where the API turns out not to be enough for that, all over again in a clone. */
export async function orInClone<Result>(
  workspace: Workspace,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(workspace);
  } catch (error) {
    if (!(error instanceof CloneNeeded)) throw error;
    return work(await workspace.cloned(error.message));
  }
}

function comparing(forge: Forge | undefined): Workspace['compare'] {
  const known = new Map<string, Promise<Comparison>>();
  return (repository, base, head) => {
    if (!forge) return Promise.resolve({ status: 'unknown', reason: 'no token was given for an API' });
    return kept(known, JSON.stringify([repository, base, head]), () => forge.compare(repository, base, head));
  };
}
