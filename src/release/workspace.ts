/** Where releases are made: the manifest repository, in a clone or through an API, and the forge that has its pull requests. */
import { isDeepStrictEqual } from 'node:util';
import { ReleaseError } from '../core/errors.ts';
import { oneLine } from '../core/escape.ts';
import type { Log } from '../core/log.ts';
import { kept } from '../core/objects.ts';
import { isReadByApi } from '../forge/capabilities.ts';
import { connectForge, explainRefusal } from '../forge/connect.ts';
import type { Comparison, Forge } from '../forge/forge.ts';
import { CloneNeeded } from '../core/repository-api.ts';
import { ApiStore } from '../git/api-store.ts';
import type { ManifestStore } from '../git/manifest-store.ts';
import { CloneStore } from '../git/clone-store.ts';
import { checkingImages, type CheckImages } from './check-images.ts';
import { hiding, type WhyHidden } from './hidden-commits.ts';
import type { Ci } from '../inputs/ci.ts';
import type { Access } from '../inputs/access.ts';

export interface Workspace {
  /** The repository; its kind is what the server says, where it is asked. */
  readonly access: Access;
  readonly log: Log;
  /** Logs a step that is told once in a run, whatever the number of releases. */
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
  /** The same on another base, which is read when it is first asked for. Throws what withWorkspace throws. */
  readonly at: (base: string) => Promise<Workspace>;
  /** The same with a log of its own, in which the base moves apart; absent where that cannot be. */
  readonly beside: ((log: Log) => Workspace) | undefined;
  /** The same in a clone, which is made when it is first asked for; `reason` is a clause for the log. */
  readonly cloned: (reason: string) => Promise<Workspace>;
}

/** What is read at first, in one request, where no clone is made. */
export interface FirstReading {
  /** Files and folders; those of `paths` unless given. */
  readonly first?: readonly string[];
}

export interface WorkspaceOptions {
  readonly access: Access;
  /** Where there are any, no contents of manifests are cloned. */
  readonly paths: readonly string[];
  /** How to begin without a clone, or why there must be one, as a clause. */
  readonly withoutClone: FirstReading | string;
  /**
   * The branches that the release may go to from a base, whose name is empty while it is not known: their pull requests are
   * asked for with the base, or beside the clone.
   */
  readonly branches?: (base: string) => readonly string[];
  /** Called, any number of times, when the server has been asked and there is time for something else. */
  readonly onAsked?: (() => void) | undefined;
  readonly ci: Ci;
  readonly log: Log;
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
  const told = new Set<string>();
  const once = (log: Log) => (text: string) => {
    if (!told.has(text)) log.step(text);
    told.add(text);
  };
  const end = new AbortController();
  const check = checkingImages(() => known(access), ci, {
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
      access: await known(access),
      log: options.log,
      note: once(options.log),
      store,
      forge,
      compare: comparing(forge),
      whyHidden: hiding(forge, ci),
      check,
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
    throw await explainRefusal(error, await known(access), ci);
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

/** With the kind that the server says it is, where it is asked. */
const known = async (access: Access): Promise<Access> => (await access.asked) ?? access;

type Opened = Pick<Workspace, 'store' | 'forge'>;

/** What a store is opened with. */
type Opening = Omit<WorkspaceOptions, 'withoutClone'> & Pick<Workspace, 'note'>;

/** The repository through the API of its forge, else in a clone. */
async function openStore(options: Opening, base: string, way: FirstReading | string): Promise<Opened> {
  const { access, paths, branches = () => [], log } = options;
  const { name, transport } = access.remote;
  if (typeof way === 'string') return cloneStore(options, base, connect(options), way);
  const connecting = connect(options);
  // Who pushes by ssh may have another right than the token of the API.
  if (transport === 'ssh') return cloneStore(options, base, connecting, 'it is reached by ssh');
  if (!isReadByApi(access.kind)) return cloneStore(options, base, connecting, '');
  const forge = await connecting;
  if (!forge?.files) return cloneStore(options, base, connecting, '');
  try {
    const store = await ApiStore.open(forge.files, { base, paths, branches, ...way });
    log.step(`read ${name} through the API of ${forge.name}: ${store.base} is at ${store.baseCommit.slice(0, 7)}`);
    return { store, forge };
  } catch (error) {
    // The templates of branches may be wrong, which is told once there is a base.
    if (!(error instanceof CloneNeeded) && !(error instanceof ReleaseError)) throw error;
    return cloneStore({ ...options, branches: () => [] }, base, connecting, error.message);
  }
}

async function cloneStore(
  { access, paths, branches, onAsked, log, note }: Opening,
  base: string,
  connecting: Promise<Forge | undefined>,
  reason: string,
): Promise<Opened> {
  const debug = (text: string): void => log.debug(text);
  const clone = ({ remote, token, ssh }: Access): Promise<CloneStore> =>
    CloneStore.clone({ remote, token, ssh, base, paths, debug, progress: log.progress });
  // A server that is asked for its kind beside the clone may want to be shown the token in another way.
  const again = async (error: unknown): Promise<CloneStore> => {
    const asked = await known(access);
    if (isDeepStrictEqual(asked.remote.login, access.remote.login)) throw error;
    return clone(asked);
  };
  const asking = connecting.then((forge) => askForPullRequests(forge, base, branches?.(base) ?? []));
  const making = clone(access).catch(again);
  onAsked?.();
  const [cloning, connection] = await Promise.allSettled([making, connecting, asking]);
  if (cloning.status === 'rejected') throw cloning.reason;
  const store = cloning.value;
  if (connection.status === 'rejected') {
    await store.close();
    throw connection.reason;
  }
  const why = reason === '' ? '' : ` (${oneLine(reason)})`;
  log.step(`cloned ${access.remote.name}${why}: ${store.base} is at ${store.baseCommit.slice(0, 7)}`);
  const { kind, remote } = await known(access);
  if (kind !== access.kind) note(`${remote.host} answers as a server of the kind ${kind} (setting "forge")`);
  return { store, forge: connection.value };
}

/** Asks beside the clone; what fails or is not enough is asked again when it is needed. */
async function askForPullRequests(
  forge: Forge | undefined,
  branch: string,
  branches: readonly string[],
): Promise<void> {
  if (branches.length === 0) return;
  await forge?.files?.readBase({ branch, paths: [], branches }).catch(() => undefined);
}

/** Loaded while git waits for the server: 30 ms. */
async function connect({ access, ci, log, note, onAsked }: Opening): Promise<Forge | undefined> {
  return connectForge(await known(access), ci, { log: note, debug: (text) => log.debug(text), onSent: onAsked });
}

function comparing(forge: Forge | undefined): Workspace['compare'] {
  const known = new Map<string, Promise<Comparison>>();
  return (repository, base, head) => {
    if (!forge) return Promise.resolve({ status: 'unknown', reason: 'no token was given for an API' });
    return kept(known, JSON.stringify([repository, base, head]), () => forge.compare(repository, base, head));
  };
}
