/** Failures of git, its servers and its keys, and of the network. */
import { oneLine, quote } from '../escape.ts';
import { hintForPush, TAKES_NO_CHANGES } from './push-refusals.ts';
import { clause, define, listed, REPORT } from './define.ts';

/** What we show to a git server. */
export type Credential = 'token' | 'ssh key' | 'none';

/** The words of a kind of server for it come behind it, where that is known. */
const TOKEN_ACCESS =
  'Give a token in the input "token" (on the command line MANIFEST_RELEASE_TOKEN) that may read this repository and write to it.';

const SSH_ACCESS =
  'Add the public half of the key to the deploy keys of this repository, with write access, and give the private half in ' +
  'the environment variable MANIFEST_RELEASE_SSH_KEY.';

export const gitFailures = {
  GIT_MISSING: define<undefined>('yours', () => ({
    message: 'The program git was not found.',
    hint: 'Install git 2.34 or newer and put it on PATH.',
  })),
  GIT_TOO_OLD: define('yours', ({ version }: { version: string }) => ({
    message: `The program git is version ${oneLine(version)}, and the least that a release works with is 2.34.`,
    hint: 'Install git 2.34 or newer and put it first on PATH.',
  })),
  PROGRAM_MISSING: define('yours', ({ program }: { program: string }) => ({
    message: `The program ${oneLine(program)} was not found.`,
    hint: `Install ${program.startsWith('ssh') ? 'the client of OpenSSH' : 'GnuPG'} and put it on PATH.`,
  })),
  REPOSITORY_NOT_FOUND: define(
    'yours',
    ({ repository, credential }: { repository: string; credential: Credential }) => ({
      message:
        credential === 'none'
          ? `Repository ${quote(repository)} does not exist, or is private and no token was given.`
          : `Repository ${quote(repository)} does not exist, or the ${credential} may not see it.`,
      hint: `Check the input "repository". ${credential === 'ssh key' ? SSH_ACCESS : TOKEN_ACCESS}`,
    }),
  ),
  ACCESS_DENIED: define(
    'yours',
    ({
      repository,
      credential,
      action,
      reason,
    }: {
      repository: string;
      credential: Credential;
      action: string;
      reason: string;
    }) => ({
      message:
        credential === 'none'
          ? `No token was given, and one is needed to ${oneLine(action)} ${quote(repository)}.`
          : `The ${credential} was refused when it tried to ${oneLine(action)} ${quote(repository)}: ${clause(reason)}.`,
      hint: {
        token: 'It is expired, or may not see this repository or write to it.',
        'ssh key': SSH_ACCESS,
        none: TOKEN_ACCESS,
      }[credential],
    }),
  ),
  REPOSITORY_MOVED: define('yours', ({ repository }: { repository: string }) => ({
    message: `Repository ${quote(repository)} has moved: the server answers with a redirect.`,
    hint: 'Write its new name in the input "repository"; a token is never sent on to another address.',
  })),
  HOST_KEY_UNKNOWN: define('yours', ({ repository, changed }: { repository: string; changed: boolean }) => ({
    message: changed
      ? `The ssh host key of ${quote(repository)} does not match known_hosts: the server has a new key, or another server answers.`
      : `The ssh host key of ${quote(repository)} is not known.`,
    hint:
      'Compare what "ssh-keyscan <host>" prints with what the operator of the server publishes, and give those lines in the ' +
      'setting "ssh-known-hosts"; without MANIFEST_RELEASE_SSH_KEY they belong in known_hosts on this machine.',
  })),
  SSH_KEY_INVALID: define('yours', ({ reason }: { reason: string }) => ({
    message: `MANIFEST_RELEASE_SSH_KEY is not a key that ssh can use: ${clause(reason)}.`,
    hint: 'Give the private half with all its lines, as ssh-keygen -t ed25519 -N "" writes it: without a passphrase.',
  })),
  SIGNING_KEY_INVALID: define('yours', ({ format, reason }: { format: string; reason: string }) => ({
    message: `The signing key is not a key that ${oneLine(format)} can sign with: ${clause(reason)}.`,
    hint:
      format === 'gpg'
        ? 'Give what gpg --armor --export-secret-keys prints for a key that may sign, has not expired and has no passphrase.'
        : 'Give the private half with all its lines, as ssh-keygen -t ed25519 -N "" writes it: without a passphrase.',
  })),
  BASE_NOT_FOUND: define('yours', ({ repository, base }: { repository: string; base: string }) => ({
    message:
      base === ''
        ? `Repository ${quote(repository)} has no commit on its default branch.`
        : `Repository ${quote(repository)} has no branch ${quote(base)}.`,
    hint:
      base === ''
        ? 'Push a first commit with the manifests, or name the branch that has them in the input "base".'
        : 'Check the input "base"; without it the default branch of the repository is used.',
  })),
  PUSH_REFUSED: define('yours', ({ branch, reason }: { branch: string; reason: string }) => ({
    message: `The server refused the push to ${quote(branch)}: ${clause(reason)}.`,
    hint: hintForPush(reason),
  })),
  BRANCH_BLOCKED: define('yours', ({ branch }: { branch: string }) => ({
    message: `Branch ${quote(branch)} cannot be created: its name conflicts with that of another branch.`,
    hint: 'With a branch "release" there can be no "release/web". Change the input "branch", or delete the other one.',
  })),
  FOREIGN_COMMITS: define('yours', ({ branch, commits }: { branch: string; commits: readonly string[] }) => ({
    message: `Branch ${quote(branch)} has commits that are not of this release, and setting "on-foreign-commits" is stop:${listed(commits)}`,
    hint: 'Merge or drop them; or let the release go on top of them with on-foreign-commits: append.',
  })),
  CA_UNTRUSTED: define(
    'yours',
    ({
      action,
      variable,
      reason,
    }: {
      action: string;
      variable: 'GIT_SSL_CAINFO' | 'NODE_EXTRA_CA_CERTS';
      reason: string;
    }) => ({
      message: `The TLS certificate of the server was not accepted when trying to ${oneLine(action)}: ${clause(reason)}.`,
      hint: `Set the environment variable ${variable}${variable === 'GIT_SSL_CAINFO' ? ' (or SSL_CERT_FILE)' : ''} to a readable PEM file with the certificate authority of this server.`,
    }),
  ),
  REPOSITORY_DAMAGED: define('yours', ({ repository, reason }: { repository: string; reason: string }) => ({
    message: `The server cannot read its own copy of ${quote(repository)}: ${clause(reason)}.`,
    hint: 'Have its operator run git fsck there, see whether memory or disk ran out, and restore what is damaged.',
  })),
  REPOSITORY_READ_ONLY: define('yours', ({ repository, reason }: { repository: string; reason: string }) => ({
    message: `Repository ${quote(repository)} takes no changes now: ${clause(reason)}.`,
    hint: TAKES_NO_CHANGES,
  })),
  FOLDER_OF_ANOTHER_USER: define('yours', ({ repository }: { repository: string }) => ({
    message: `The repository in ${quote(repository)} belongs to another user of this machine, and git uses it for its owner alone.`,
    hint: 'Run this as the owner of the folder, or make the folder yours (chown -R). The setting safe.directory is not read.',
  })),
  DISK_FULL: define('yours', ({ action, reason }: { action: string; reason: string }) => ({
    message: `The disk of this machine is full when trying to ${oneLine(action)}: ${clause(reason)}.`,
    hint: 'Free some space in its temporary folder (RUNNER_TEMP, TMPDIR), or read less with the input "paths".',
  })),
  RATE_LIMITED: define('again', ({ action, reason }: { action: string; reason: string; retryAfter?: number }) => ({
    message: `The rate limit of the server was reached when trying to ${oneLine(action)}: ${clause(reason)}.`,
    hint: 'Run it again later, or with a token of its own: many jobs that share one token or address share its limit.',
  })),
  SERVER_FAILED: define('again', ({ action, reason }: { action: string; reason: string }) => ({
    message: `The server failed when trying to ${oneLine(action)}: ${clause(reason)}.`,
    hint: 'It is overloaded or in maintenance. Run it again when it answers; it continues with what this run left.',
  })),
  NETWORK: define('again', ({ action, reason }: { action: string; reason: string }) => ({
    message: `The network failed when trying to ${oneLine(action)}: ${clause(reason)}.`,
    hint: 'Run it again; it continues with what this run left.',
  })),
  TIMED_OUT: define('again', ({ action, reason }: { action: string; reason: string }) => ({
    message: `Trying to ${oneLine(action)} took too long: ${clause(reason)}.`,
    hint: 'Run it again; it continues with what this run left.',
  })),
  RACE_LOST: define(
    'again',
    ({ branch, attempts, seconds }: { branch: string; attempts: number; seconds: number }) => ({
      message: `Branch ${quote(branch)} changed during each of ${attempts} attempts in ${seconds} seconds.`,
      hint: 'Run it again.',
    }),
  ),
  GIT_FAILED: define('ours', ({ command, reason }: { command: string; reason: string }) => ({
    message: `git ${oneLine(command)} failed: ${clause(reason)}.`,
    hint: REPORT,
  })),
};
