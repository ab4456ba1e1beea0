/** The repository, its credentials and the CI run, as far as a forge needs them. */
import type { Remote } from '../core/remote.ts';

export interface ForgeAccess {
  readonly remote: Remote;
  /** Empty when none was given. */
  readonly token: string;
  /** For the source repositories' API; empty when none was given. */
  readonly sourceToken: string;
  readonly app?: { readonly clientId: string; readonly privateKey: string };
}

/** The CI run, as far as a forge depends on it. */
export interface RunFacts {
  /** The CI system. */
  readonly name: string;
  readonly source: { readonly repository: string };
  /** The GitHub server that the run names, or github.com, and its REST API. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** The server that has the source repository. */
  readonly sourceServerUrl: string;
}
