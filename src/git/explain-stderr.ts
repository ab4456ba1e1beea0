/** The stderr of a git command that failed -> a failure with a hint. */
import { failure, type Credential, type ReleaseError } from '../core/errors.ts';
import type { ProgramResult } from '../core/programs.ts';
import { endOfStderr, GitError } from './run-git.ts';
import type { Remote } from '../core/remote.ts';

export interface GitAction {
  readonly remote: Remote;
  readonly credential: Credential;
  /** For a sentence: `read`, `push to`. */
  readonly action: string;
  readonly base: string;
}

interface Refusal {
  readonly stderr: RegExp;
  readonly explain: (action: GitAction, reason: string, cause: GitError) => ReleaseError;
}

const NO_REPOSITORY = 'is no git repository; give the top folder of one';

const REFUSALS: readonly Refusal[] = [
  {
    stderr: /returned error: 429|HTTP 429|rate[- ]limit|too many requests/i,
    explain: ({ remote, action }, reason, cause) =>
      failure('RATE_LIMITED', { action: `${action} ${remote.name}`, reason }, cause),
  },
  {
    stderr:
      /repository corruption|^(?:remote|ERROR): .*(?:corrupt|object file .* is empty|bad (?:object|tree)|(?:unable to|Could not) read [\da-f]{40})/im,
    explain: ({ remote }, reason, cause) => failure('REPOSITORY_DAMAGED', { repository: remote.name, reason }, cause),
  },
  {
    // Of the server where `remote:` is before it.
    stderr: /^(?!remote: ).*No space left on device/im,
    explain: ({ remote, action }, reason, cause) =>
      failure('DISK_FULL', { action: `${action} ${remote.name}`, reason }, cause),
  },
  {
    stderr: /Remote branch .* not found in upstream|couldn't find remote ref/,
    explain: ({ remote, base }, _, cause) => failure('BASE_NOT_FOUND', { repository: remote.name, base }, cause),
  },
  {
    // A web page in place of git's protocol, as of a login to the network.
    stderr:
      /could not determine hash algorithm|invalid server response; got|expected flush after ref listing|not valid: is this a git repository|protocol error: bad line length|unable to parse remote unpack status|remote end hung up upon initial contact.*<|<!doctype html|<html/i,
    explain: ({ remote, action }, reason, cause) =>
      failure('ANSWER_UNREADABLE', { action: `${action} ${remote.name}`, reason }, cause),
  },
  {
    stderr: /dubious ownership/,
    explain: ({ remote }, _, cause) => failure('FOLDER_OF_ANOTHER_USER', { repository: remote.name }, cause),
  },
  {
    stderr: /Host key verification failed/,
    explain: ({ remote }, _, cause) => {
      const changed = cause.stderr.includes('HOST IDENTIFICATION HAS CHANGED');
      return failure('HOST_KEY_UNKNOWN', { repository: remote.name, changed }, cause);
    },
  },
  {
    stderr: /^Load key ".*": /m,
    explain: (_, __, cause) => {
      const reason = /^Load key ".*": (.*)$/m.exec(cause.stderr)?.[1] ?? '';
      return failure('SSH_KEY_INVALID', { reason }, cause);
    },
  },
  {
    stderr: /\bssh: (?:command )?not found|cannot run ssh/,
    explain: () => failure('PROGRAM_MISSING', { program: 'ssh' }),
  },
  {
    // Of OpenSSL and of GnuTLS, which libcurl is built with: the file cannot be read, or does not have the authority.
    stderr:
      /error (?:setting certificate|reading ca cert|adding trust anchors)|unable to get (?:local )?issuer certificate|self[- ]signed certificate|unable to verify the first certificate|server certificate verification failed/i,
    explain: ({ remote, action }, reason, cause) =>
      failure('CA_UNTRUSTED', { action: `${action} ${remote.name}`, variable: 'GIT_SSL_CAINFO', reason }, cause),
  },
  {
    stderr:
      /\barchived\b|read-?only (?:mode|instance|GitLab)|(?:currently|temporarily) read-?only|under maintenance|has been (?:locked|disabled)/i,
    explain: ({ remote }, reason, cause) => failure('REPOSITORY_READ_ONLY', { repository: remote.name, reason }, cause),
  },
  {
    stderr: /returned error: 30\d/,
    explain: ({ remote }, _, cause) => failure('REPOSITORY_MOVED', { repository: remote.name }, cause),
  },
  {
    stderr:
      /Authentication failed|could not read Username|invalid credentials|returned error: 40[13]|Permission (?:to .* )?denied|access denied|write access|is read-only|as read only/i,
    explain: ({ remote, credential, action }, reason, cause) =>
      failure('ACCESS_DENIED', { repository: remote.name, credential, action, reason }, cause),
  },
  {
    stderr: /repository (?:'.*' )?not found|returned error: 404|not appear to be a git repository|does not exist/i,
    explain: ({ remote, credential }, _, cause) =>
      remote.transport === 'file'
        ? failure('INPUT_INVALID', { input: 'repository', value: remote.name, reason: NO_REPOSITORY }, cause)
        : failure('REPOSITORY_NOT_FOUND', { repository: remote.name, credential }, cause),
  },
  {
    stderr: /Operation too slow|Timeout, server .* not responding|timed out during banner exchange/,
    explain: ({ remote }, reason, cause) => tookTooLong(cause.command, remote, reason, cause),
  },
  {
    stderr: /returned error: 5\d\d|HTTP 5\d\d|^remote: .*(?:maintenance|internal (?:server )?error|No space left)/im,
    explain: ({ remote, action }, reason, cause) =>
      failure('SERVER_FAILED', { action: `${action} ${remote.name}`, reason }, cause),
  },
  {
    stderr:
      /Could not resolve|Unsupported proxy|Failed to connect|Couldn't connect|Connection (?:refused|timed out|reset|closed)|timed out|unreachable|No route to host|early EOF|RPC failed|hung up|Empty reply|SSL|TLS|gnutls/i,
    explain: ({ remote, action }, reason, cause) =>
      failure('NETWORK', { action: `${action} ${remote.name}`, reason }, cause),
  },
];

// eslint-disable-next-line no-control-regex
const COLOUR = /\u001b\[[\d;]*[A-Za-z]/g;

/** Each command as a phrase of a sentence. */
const PHASES: Readonly<Record<string, string>> = {
  clone: 'clone',
  fetch: 'fetch from',
  'ls-remote': 'read the branches of',
  push: 'push to',
};

/** The failure of a git command that took too long. */
export function tookTooLong(command: string, remote: Remote, reason: string, cause: unknown): ReleaseError {
  const phase = PHASES[command] ?? `run git ${command} on`;
  return failure('TIMED_OUT', { action: `${phase} ${remote.name}`, reason }, cause);
}

/** The failure behind an error of a git command that used a remote; other errors come back as they are. */
export function explainRefusal(error: unknown, action: GitAction): unknown {
  if (!(error instanceof GitError)) return error;
  const text = legible(error.stderr);
  // The server's message is nearer to the cause than git's.
  const remoteLine = text.split('\n').findLast((line) => /^(?:remote|ERROR): .*\w|: Permission denied \(/.test(line));
  const reason = lastLine(remoteLine ?? text);
  const refusal = REFUSALS.find(({ stderr }) => stderr.test(text));
  return refusal?.explain(action, reason, error) ?? failure('GIT_FAILED', { command: error.command, reason }, error);
}

/** The result of a push for one branch; `moved` when it is not where it was expected. */
interface PushedBranch {
  readonly branch: string;
  readonly state: 'done' | 'moved' | 'refused';
  /** The server's or git's, in a few words. */
  readonly reason: string;
}

const MOVED =
  /stale info|atomic (?:push|transaction) failed|fetch first|non-fast-forward|cannot lock ref|failed to update ref|already exists|incorrect old value|reference does not exist/;
/** From git 2.50 a server may name no more than the conflict. */
const BLOCKED = /exists; cannot create|directory file conflict|refname conflict/i;

/** Reads the report of `git push --porcelain` on each branch; empty without an answer of the server. */
export function readPushReport({ stdout, stderr }: ProgramResult): PushedBranch[] {
  const lines = stdout.toString().matchAll(/^([ +*=!-])\t[^\t]*:refs\/heads\/([^\t]+)\t(.*)$/gm);
  const answered = [...lines].filter(([, , , summary = '']) => !summary.startsWith('[remote failure]'));
  return answered.map(([, flag, branch = '', summary = '']) => {
    const given = /^\[.*?\] \((.*)\)$/.exec(summary)?.[1] ?? summary;
    // Why a push of several refs failed is outside the report.
    const reason = legible(given === 'atomic transaction failed' ? remoteMessage(stderr) || given : given);
    return { branch, state: flag !== '!' ? 'done' : MOVED.test(reason) ? 'moved' : 'refused', reason };
  });
}

/** Whether the server or git reported the end of a push, success or not. */
export function isPushAnswer(result: ProgramResult): boolean {
  return (
    result.exitCode === 0 || (result.exitCode === 1 && readPushReport(result).some(({ state }) => state !== 'done'))
  );
}

/** Why a push of one branch was refused; `undefined` when it was not, or when the branch had moved. */
export function explainPush(result: ProgramResult): ReleaseError | undefined {
  const stderr = endOfStderr(result.stderr);
  const refused = readPushReport({ ...result, stderr }).find(({ state }) => state !== 'done');
  if (!refused) return undefined;
  const { branch } = refused;
  if (BLOCKED.test(refused.reason + stderr)) {
    return failure('BRANCH_BLOCKED', { branch });
  }
  if (refused.state === 'moved') return undefined;
  return failure('PUSH_REFUSED', { branch, reason: remoteMessage(stderr) || refused.reason || lastLine(stderr) });
}

/** The server's message beside its report. */
function remoteMessage(stderr: string): string {
  const lines = legible(stderr).matchAll(/^(?:remote: (?:(?:error|fatal): )?|error: (?=remote unpack failed))(.*\S)/gm);
  return [...lines].map(([, line]) => line).join(' ');
}

/** Without the colours and the other control characters that a hook or a server prints. */
function legible(text: string): string {
  return text.replace(COLOUR, '').replace(/[^\P{Cc}\n\t]/gu, '');
}

/** The most useful line of stderr: the last `fatal:`, `error:` or `remote:`, without that word. */
export function lastLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const last = lines.findLast((line) => /^(?:fatal|error|remote): /.test(line)) ?? lines.at(-1) ?? 'no reason given';
  return last.replace(/^(?:(?:fatal|error|remote):\s*)+/i, '').trim();
}
