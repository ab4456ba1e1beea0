/** What git says on stderr when it fails -> the failure that a person can act on. */
import { failure, type ReleaseError } from '../errors.ts';
import { GitError, type GitResult } from './git.ts';
import type { Remote } from './remote.ts';

export interface GitAction {
  readonly remote: Remote;
  /** Whether a token was given. */
  readonly token: boolean;
  /** For a sentence: `read`, `push to`. */
  readonly action: string;
  readonly base: string;
}

interface Refusal {
  readonly stderr: RegExp;
  readonly explain: (action: GitAction, reason: string, cause: unknown) => ReleaseError;
}

const REFUSALS: readonly Refusal[] = [
  {
    stderr: /Remote branch .* not found in upstream|couldn't find remote ref/,
    explain: ({ remote, base }, _, cause) => failure('BASE_NOT_FOUND', { repository: remote.name, base }, cause),
  },
  {
    stderr: /Host key verification failed/,
    explain: ({ remote }, _, cause) => failure('HOST_KEY_UNKNOWN', { repository: remote.name }, cause),
  },
  {
    stderr: /returned error: 30\d/,
    explain: ({ remote }, _, cause) => failure('REPOSITORY_MOVED', { repository: remote.name }, cause),
  },
  {
    stderr:
      /Authentication failed|could not read Username|invalid credentials|returned error: 40[13]|Permission (?:to .* )?denied|access denied/i,
    explain: ({ remote, token, action }, reason, cause) =>
      failure('ACCESS_DENIED', { repository: remote.name, token, action, reason }, cause),
  },
  {
    stderr: /repository (?:'.*' )?not found|returned error: 404|not appear to be a git repository|does not exist/i,
    explain: ({ remote, token }, _, cause) =>
      failure('REPOSITORY_NOT_FOUND', { repository: remote.name, token }, cause),
  },
  {
    stderr:
      /Could not resolve|Failed to connect|Couldn't connect|Connection (?:refused|timed out|reset|closed)|timed out|early EOF|RPC failed|returned error: (?:429|5\d\d)|hung up|Empty reply|SSL|TLS|gnutls/i,
    explain: ({ remote, action }, reason, cause) =>
      failure('NETWORK', { action: `${action} ${remote.name}`, reason }, cause),
  },
];

/** The failure behind an error of a git command that talked to a remote; other errors come back as they are. */
export function explainRefusal(error: unknown, action: GitAction): unknown {
  if (!(error instanceof GitError)) return error;
  // What the server says is nearer to the cause than what git makes of it.
  const said = error.stderr.split('\n').findLast((line) => /^remote: .*\w/.test(line));
  const reason = lastLine(said ?? error.stderr);
  const refusal = REFUSALS.find(({ stderr }) => stderr.test(error.stderr));
  return refusal?.explain(action, reason, error) ?? failure('GIT_FAILED', { command: error.command, reason }, error);
}

/** Why a push was refused; `undefined` when somebody else was faster, so that it is worth another try. */
export function explainPush(result: GitResult, branch: string, action: GitAction): unknown {
  const { stdout, stderr } = result;
  const refused = /^!\t[^\t]*\t(.*)$/m.exec(stdout.toString())?.[1];
  if (refused === undefined) return explainRefusal(new GitError('push', result), action);
  if (/exists; cannot create|directory file conflict/i.test(refused + stderr))
    return failure('BRANCH_BLOCKED', { branch });
  if (/stale info|fetch first|non-fast-forward|cannot lock ref|failed to update ref|already exists/.test(refused)) {
    return undefined;
  }
  const said = [...stderr.matchAll(/^remote: (?:error: )?(.*\S)/gm)].map(([, line]) => line).join(' ');
  return failure('PUSH_REFUSED', { branch, reason: said || refused || lastLine(stderr) });
}

/** The line of stderr that says most: the last `fatal:`, `error:` or `remote:`, without that word. */
export function lastLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.findLast((line) => /^(?:fatal|error|remote): /.test(line)) ?? lines.at(-1) ?? 'no reason given';
  return telling.replace(/^(?:fatal|error|remote):\s*/, '').trim();
}
