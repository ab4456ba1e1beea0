/** The repository, its credentials and the CI run, as far as a forge needs them; and what a kind of forge is connected by. */
import type { Remote } from '../core/remote.ts';
import type { Forge, Sources } from './forge.ts';
import type { ForgeKind, Server } from './kind.ts';

export interface ForgeAccess {
  readonly remote: Remote;
  /** Empty when none was given. */
  readonly token: string;
  /** For the source repositories' API; empty when none was given. */
  readonly sourceToken: string;
  readonly app?: { readonly clientId: string; readonly privateKey: string };
}

/** The repository, its credentials, and the kind of its server. */
export interface KnownAccess extends ForgeAccess {
  readonly kind: ForgeKind;
}

/** The CI run, as far as a forge depends on it. */
export interface RunFacts {
  /** The CI system. */
  readonly name: string;
  readonly source: { readonly repository: string };
  /** The servers that the CI names. */
  readonly servers: readonly Server[];
  /** The GitHub server that the run names, or github.com, and its REST API. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** The server that has the source repository. */
  readonly sourceServerUrl: string;
  /** The token that the CI made for this job; empty for none. */
  readonly jobToken: string;
}

/** The listeners of a connection. */
export interface Listeners {
  /** Called once with each reason why a request is sent again or waits. */
  readonly log: (text: string) => void;
  /** Called with each request: its status and milliseconds. */
  readonly debug?: (text: string) => void;
  /** Called when a request has been sent, where there are clients that read a repository without a clone. */
  readonly onSent?: (() => void) | undefined;
}

/** A kind of forge. Its file loads the larger part of it when it is called. */
export interface ForgeClient {
  /** The forge of a repository on such a server, for which there is a token; `undefined` where its address is of none. */
  readonly connect: (access: KnownAccess, run: RunFacts, listeners: Listeners) => Promise<Forge | undefined>;
  /** The source repositories on such a server, for manifests that are on another one. */
  readonly sources: (access: KnownAccess, run: RunFacts, listeners: Listeners) => Promise<Sources>;
  /** The same failure with a hint about this very token where a forge refused it; every other error as it is. */
  readonly explainRefusal: (error: unknown, access: KnownAccess, run: RunFacts) => Promise<unknown>;
  /** A note for reviewers of pull requests that this token opens; empty where there is none. */
  readonly workflowNote?: (access: KnownAccess, run: RunFacts) => Promise<string>;
}
