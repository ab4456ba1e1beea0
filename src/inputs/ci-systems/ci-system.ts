/** What is known of a run in a CI system, and the reading of its variables. */
import { failure } from '../../core/errors.ts';
import type { Author } from '../../core/objects.ts';
import type { Server } from '../../forge/kind.ts';
import type { LogMarks } from './log-marks.ts';

/** What an image was built from; texts are empty where the CI does not provide them. */
export interface ImageSource {
  /** `owner/name`; on other servers than GitHub the path of its address. */
  readonly repository: string;
  readonly commit: string;
  /** Web page of the commit. */
  readonly url: string;
  /** Of the commit, as `utcTime` writes it. */
  readonly time: string;
  /** The git tag that the build ran for. */
  readonly ref: string;
  /** `<workflow>#<run number>` of the build: of two builds of one workflow the higher number was started later. */
  readonly build: string;
}

/** The CI run that releases an image. */
export interface CiRun {
  /** Web page. */
  readonly url: string;
  /** The user who started it. */
  readonly actor: string;
}

export type CiName =
  | 'GitHub Actions'
  | 'Gitea Actions'
  | 'Forgejo Actions'
  | 'GitLab CI'
  | 'Azure Pipelines'
  | 'Bitbucket Pipelines'
  | 'CircleCI'
  | 'Jenkins';

/** The facts in the variables of a run. */
export interface Facts {
  readonly source: ImageSource;
  readonly run: CiRun;
  /** The branch that is built, of a pull request the one that it is from; empty for a git tag. */
  readonly branch: string;
  /** Whether the source repository is public; absent where the CI does not say. */
  readonly isSourcePublic?: boolean;
  /** The server that has the source repository; absent where it is not known. */
  readonly sourceServerUrl?: string;
  /** The server that the CI is part of, to which a repository without a server belongs; absent for a CI that serves any. */
  readonly server?: Server;
  /** Address of the repository that the run is for; absent where the CI is part of no server. */
  readonly ownRepository?: string;
  /** The token that the CI made for this job. A secret, for the server of `jobServerUrl` alone. */
  readonly jobToken?: string;
  /** The server of that token, where it is another one than `server`. */
  readonly jobServerUrl?: string;
  /** Of commits that name no other; absent where the CI has no user of its own. */
  readonly author?: Author;
}

/** A CI system. */
export interface CiSystem {
  readonly name: CiName;
  /** Whether the variables are those of a run in it. */
  readonly isHere: (variables: Variables) => boolean;
  /** Throws VARIABLE_INVALID. */
  readonly facts: (variables: Variables) => Facts;
  /** How it marks parts of a log; absent where it marks nothing. */
  readonly marks?: LogMarks;
  /** Where it takes a summary for the page of the run; absent where it has none, and the end of the log is the summary. */
  readonly summary?: (variables: Variables) => SummaryFile | undefined;
}

/** A file of Markdown that a CI shows on the page of the run. */
export interface SummaryFile {
  /** It is written at the end of this file, which need not exist. */
  readonly path: string;
  /** A line of the log by which the CI is given the file; absent where it reads the file by itself. */
  readonly command?: string;
}

/** Variables by name; empty for one that is not set. */
export type Variables = (name: string) => string;

/** A variable with the address of a server, without a slash at its end; `undefined` where it is not set. Throws VARIABLE_INVALID. */
export function readServer(variable: string, read: Variables): string | undefined {
  const value = read(variable);
  if (value === '') return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  // Nothing that is shown, and nothing that a repository's name is put behind, may have a credential or a query in it.
  const isPlain = url && /^https?:$/.test(url.protocol) && !/[@?#]/.test(value);
  if (isPlain) return value.replace(/\/+$/, '');
  throw failure('VARIABLE_INVALID', {
    variable,
    value: value.replace(/^.*@/s, '…@'),
    reason: 'is not an http(s) URL',
  });
}

/** The web server of a git URL or `user@host:path`; a port is kept of http only, since that of ssh is no web server's. */
export function webServerOf(repository: string): string | undefined {
  const [, transport = 'ssh', host, port = ''] = /^(?:(\w+):\/\/)?(?:[^/@]*@)?([^:/@]+)(:\d+)?/.exec(repository) ?? [];
  if (host === undefined) return undefined;
  return transport.startsWith('http') ? `${transport}://${host}${port}` : `https://${host}`;
}

/** `<workflow>#<number>`; empty where one of them is not known. */
export function numbered(workflow: string, number: string): string {
  return workflow !== '' && /^\d+$/.test(number) ? `${workflow}#${number}` : '';
}
