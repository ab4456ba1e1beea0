/** Opens the manifest repository: through the API of its forge where that is enough, else in a clone. */
import { isDeepStrictEqual } from 'node:util';
import { ReleaseError } from '../core/errors.ts';
import { oneLine } from '../core/escape.ts';
import type { Log } from '../core/log.ts';
import { CloneNeeded } from '../core/repository-api.ts';
import { isReadByApi } from '../forge/capabilities.ts';
import { connectForge } from '../forge/connect.ts';
import type { Forge } from '../forge/forge.ts';
import { ApiStore } from '../git/api-store.ts';
import { CloneStore } from '../git/clone-store.ts';
import type { ManifestStore } from '../git/manifest-store.ts';
import type { Access } from '../inputs/access.ts';
import type { Ci } from '../inputs/ci.ts';

/** The access with the kind that the server says it is, where it is asked. */
export const knownAccess = async (access: Access): Promise<Access> => (await access.asked) ?? access;

/** What is read at first, in one request, where no clone is made. */
export interface FirstReading {
  /** Files and folders; those of `paths` unless given. */
  readonly first?: readonly string[];
}

/** What a store is opened with. */
export interface Opening {
  readonly access: Access;
  /** Where there are any, no contents of manifests are cloned. */
  readonly paths: readonly string[];
  /**
   * The branches that the release may go to from a base, whose name is empty while it is not known: their pull requests are
   * asked for with the base, or beside the clone.
   */
  readonly branches?: (base: string) => readonly string[];
  /** Called, any number of times, when the server has been asked and there is time for something else. */
  readonly onAsked?: (() => void) | undefined;
  readonly ci: Ci;
  readonly log: Log;
  /** Logs a step, once in a run. */
  readonly note: (text: string) => void;
}

interface Opened {
  readonly store: ManifestStore;
  /** `undefined` where the server has no pull requests that we know of, or no token was given for them. */
  readonly forge: Forge | undefined;
}

/**
 * The repository at the tip of `base` (its default branch where empty), through the API of its forge where `way` says what
 * is read first, else in a clone for the reason that `way` is. Throws what cloning and connectForge throw.
 */
export async function openStore(options: Opening, base: string, way: FirstReading | string): Promise<Opened> {
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
    // The templates of branches may be wrong: that is an error of the release, once there is a base.
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
    const asked = await knownAccess(access);
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
  const { kind, remote } = await knownAccess(access);
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
  return connectForge(await knownAccess(access), ci, { log: note, debug: (text) => log.debug(text), onSent: onAsked });
}
