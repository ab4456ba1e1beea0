/**
 * Every failure that a user can see, in one table: a sentence with the input, the place and the value seen, and what
 * to do about it. `blame` says whose turn it is: `yours` (never retried), `again` (the network, a race), `ours`
 * (a mistake of this program; the hint asks for a report).
 */
import { oneLine, quote } from './escape.ts';
import type { Place } from './objects.ts';

export type Blame = 'yours' | 'again' | 'ours';

interface FailureText {
  readonly message: string;
  readonly hint: string;
}

interface Failure<Details> {
  readonly blame: Blame;
  readonly text: (details: Details) => FailureText;
}

const define = <Details>(blame: Blame, text: (details: Details) => FailureText): Failure<Details> => ({ blame, text });

const at = ({ file, line, column }: Place): string =>
  `${oneLine(file)}:${line}${column === undefined ? '' : `:${column}`}`;

/** Somebody else's reason as the end of our sentence. */
const clause = (reason: string): string => oneLine(reason, 500).replace(/[.\s]+$/, '');

const listed = (lines: readonly string[]): string => lines.map((line) => `\n  ${oneLine(line, 300)}`).join('');

/** What we show to a git server. */
export type Credential = 'token' | 'ssh key' | 'none';

const SSH_ACCESS =
  'Add the public half of the key to the deploy keys of this repository, with write access, and give the private half in ' +
  'the input "ssh-key".';

const ACCESS =
  'For another repository than the workflow’s own, GITHUB_TOKEN is never enough: use a GitHub App’s or a fine-grained ' +
  'token that has this repository selected, with the permissions Contents: write and Pull requests: write.';

const REPORT =
  'Nothing was pushed. Please report this at the issue tracker of manifest-release-pr with the line of the manifest.';

const failures = {
  INPUT_MISSING: define('yours', ({ input }: { input: string }) => ({
    message: `Input ${quote(input)} is empty.`,
    hint: `Give it under "with:" in the workflow, or as --${input} on the command line.`,
  })),
  INPUT_INVALID: define('yours', ({ input, value, reason }: { input: string; value: string; reason: string }) => ({
    message: `Input ${quote(input)} is ${quote(value)}, which ${clause(reason)}.`,
    hint: 'See the table of inputs in the README.',
  })),
  IMAGE_INVALID: define('yours', ({ value, reason }: { value: string; reason: string }) => ({
    message: `Input "images" has ${quote(value)}, which ${clause(reason)}.`,
    hint: 'Write name:tag, name:tag@sha256:… or name@sha256:…, one per line; old=new:tag moves to another repository.',
  })),
  IMAGES_UNREADABLE: define('yours', ({ value, reason }: { value: string; reason: string }) => ({
    message: `Input "images" starts like JSON, ${quote(value, 60)}, but ${clause(reason)}.`,
    hint: 'Pass the "json" output of docker/metadata-action or the "metadata" output of docker/bake-action as it is.',
  })),
  IMAGE_TWO_VERSIONS: define('yours', ({ image, versions }: { image: string; versions: readonly string[] }) => ({
    message: `Input "images" gives ${oneLine(image)} two versions: ${versions.map((version) => quote(version)).join(' and ')}.`,
    hint: 'Give each image one version.',
  })),
  TEMPLATE_INVALID: define('yours', ({ input, reason }: { input: string; reason: string }) => ({
    message: `Input ${quote(input)} is not a valid template: ${clause(reason)}.`,
    hint: 'Templates are Mustache: {{ name }}, and {{#changes}} … {{/changes}} for lists.',
  })),
  TEMPLATE_VARIABLE_UNKNOWN: define(
    'yours',
    ({ input, variable, nearest }: { input: string; variable: string; nearest: string }) => ({
      message: `Input ${quote(input)} uses the unknown template variable ${quote(variable)}.`,
      hint: `Did you mean "${nearest}"? The README lists all variables.`,
    }),
  ),
  TEMPLATE_VARIABLE_EMPTY: define('yours', ({ input, variable }: { input: string; variable: string }) => ({
    message: `Input ${quote(input)} uses {{ ${oneLine(variable)} }}, which has no value in this run.`,
    hint: `Use another variable, or write {{#${variable}}} … {{/${variable}}} around the part that needs it.`,
  })),
  BRANCH_INVALID: define('yours', ({ branch }: { branch: string }) => ({
    message: `Input "branch" gives ${quote(branch)}, which Git does not take as a branch name.`,
    hint: 'No spaces, no "..", none of ~ ^ : ? * [ \\, no "/" or ".lock" at the end.',
  })),
  BRANCH_IS_BASE: define('yours', ({ branch }: { branch: string }) => ({
    message: `Inputs "branch" and "base" are the same branch, ${quote(branch)}.`,
    hint: 'The release needs a branch of its own, such as release/{{ name }}.',
  })),
  CONFIG_INVALID: define('yours', ({ place, reason, advice }: { place: Place; reason: string; advice: string }) => ({
    message: `${at(place)}: ${clause(reason)}.`,
    hint: oneLine(advice) || 'docs/environments.md of manifest-release-pr says what stands in this file.',
  })),
  APP_UNKNOWN: define('yours', ({ app, file, nearest }: { app: string; file: string; nearest: readonly string[] }) => ({
    message: `Input "app" is ${quote(app)}, which is not in ${quote(file)}.`,
    hint:
      nearest.length > 0
        ? `Add it there, or check the input. The nearest names there:${listed(nearest)}`
        : 'A name starts with a letter or digit and has at most 63 letters, digits, dots, hyphens and underscores.',
  })),
  ENVIRONMENT_UNKNOWN: define(
    'yours',
    ({
      environment,
      app,
      file,
      nearest,
    }: {
      environment: string;
      app: string;
      file: string;
      nearest: readonly string[];
    }) => ({
      message: `Input "environments" has ${quote(environment)}, which ${quote(file)} does not have for the app ${quote(app)}.`,
      hint: `Check the input. The nearest names there:${listed(nearest)}`,
    }),
  ),
  REPOSITORY_NOT_FOUND: define(
    'yours',
    ({ repository, credential }: { repository: string; credential: Credential }) => ({
      message:
        credential === 'none'
          ? `Repository ${quote(repository)} does not exist, or is private and no token was given.`
          : `Repository ${quote(repository)} does not exist, or the ${credential} may not see it.`,
      hint: `Check the input "repository". ${credential === 'ssh key' ? SSH_ACCESS : ACCESS}`,
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
        token: `It is expired, or lacks the repository or the permission Contents: write. ${ACCESS}`,
        'ssh key': SSH_ACCESS,
        none: `Give it in the input "token". ${ACCESS}`,
      }[credential],
    }),
  ),
  API_DENIED: define(
    'yours',
    ({ repository, action, reason }: { repository: string; action: string; reason: string }) => ({
      message: `GitHub refused to ${oneLine(action)} in ${quote(repository)}: ${clause(reason)}.`,
      hint: `The release branch is as it should be; only the pull request is missing. ${ACCESS}`,
    }),
  ),
  REPOSITORY_MOVED: define('yours', ({ repository }: { repository: string }) => ({
    message: `Repository ${quote(repository)} has moved: the server answers with a redirect.`,
    hint: 'Write its new name in the input "repository"; a token is never sent on to another address.',
  })),
  HOST_KEY_UNKNOWN: define('yours', ({ repository, changed }: { repository: string; changed: boolean }) => ({
    message: changed
      ? `The ssh host key of ${quote(repository)} is not the one that is known: its server has a new one, or another server answers.`
      : `The ssh host key of ${quote(repository)} is not known.`,
    hint:
      'Compare what "ssh-keyscan <host>" prints with what the operator of the server publishes, and give those lines in the ' +
      'input "ssh-known-hosts"; without the input "ssh-key" they stand in known_hosts on this machine.',
  })),
  BASE_NOT_FOUND: define('yours', ({ repository, base }: { repository: string; base: string }) => ({
    message:
      base === ''
        ? `Repository ${quote(repository)} has no commit on its default branch.`
        : `Repository ${quote(repository)} has no branch ${quote(base)}.`,
    hint: 'Check the input "base".',
  })),
  PATHS_INVALID: define('yours', ({ reason }: { reason: string }) => ({
    message: `Input "paths" is not a list of pathspecs that Git takes: ${clause(reason)}.`,
    hint: 'Write one pathspec per line, from the root of the repository: apps/web, or :(glob)apps/*/values.yaml.',
  })),
  PATHS_MATCH_NOTHING: define('yours', ({ pathspec, base }: { pathspec: string; base: string }) => ({
    message: `Input "paths" has ${quote(pathspec)}, which matches no file on ${quote(base)}.`,
    hint: 'Pathspecs start at the root of the repository and are case-sensitive.',
  })),
  PATHS_NOT_FOLLOWED: define('yours', ({ file, type }: { file: string; type: string }) => ({
    message: `Input "paths" leads to ${quote(file)}, which is a ${oneLine(type)}; it is never followed.`,
    hint: 'Name the folder or file that it stands for.',
  })),
  SITE_NOT_FOUND: define(
    'yours',
    ({ image, notes, nearest }: { image: string; notes: readonly string[]; nearest: readonly string[] }) => ({
      message: `No place was found where a version of ${quote(image)} is written.${listed(notes)}`,
      hint:
        nearest.length > 0
          ? `Check the name in the input "images". The nearest names seen:${listed(nearest)}`
          : 'Check the inputs "images" and "paths": no image at all was found there.',
    }),
  ),
  TARGET_NOT_FOUND: define('yours', ({ target, reason }: { target: string; reason: string }) => ({
    message: `Input "targets" has ${quote(target)}, but ${clause(reason)}.`,
    hint: 'Write file#/json/pointer=image or file#dotted.path=image; file#kind/name#path where a file has several documents.',
  })),
  DIGEST_REQUIRED: define('yours', ({ place, present }: { place: Place; present: string }) => ({
    message: `${at(place)} pins ${quote(present)} by digest, and no new digest was given.`,
    hint: 'Give name:tag@sha256:…; docker/build-push-action has it as its output "digest".',
  })),
  TAG_REQUIRED: define('yours', ({ place, present }: { place: Place; present: string }) => ({
    message: `${at(place)} holds ${quote(present)} with its tag in a key of its own, and no new tag was given.`,
    hint: 'Give name:tag@sha256:… in the input "images".',
  })),
  SPLIT_AMBIGUOUS: define('yours', ({ place, candidates }: { place: Place; candidates: readonly string[] }) => ({
    message: `${at(place)} holds a tag whose repository stands in other files, and these differ:${listed(candidates)}`,
    hint: 'Write the repository beside the tag, or leave the file out with the input "paths".',
  })),
  ANCHOR_SHARED: define('yours', ({ place, other, image }: { place: Place; other: Place; image: string }) => ({
    message: `${at(place)} is an anchored value that ${quote(image)} at ${at(other)} uses too; a change would move both.`,
    hint: 'Give each image a value of its own there.',
  })),
  MANIFEST_UNREADABLE: define(
    'yours',
    ({ place, reason, excerpt }: { place: Place; reason: string; excerpt: string }) => ({
      message: `${at(place)} holds a released image and cannot be read: ${oneLine(reason, 300)}${listed(excerpt.split('\n'))}`,
      hint: 'Mend the file, or leave it out with the input "paths", e.g. :(exclude)path.',
    }),
  ),
  MANIFEST_ENCRYPTED: define('yours', ({ place }: { place: Place }) => ({
    message: `${at(place)} holds a released image in a file that is encrypted with SOPS.`,
    hint:
      'Its checksum (MAC) covers this value too, so an edit would make the file impossible to decrypt. Move the image into a ' +
      'file of its own, or leave this one out with the input "paths", e.g. :(exclude)path.',
  })),
  PUSH_REFUSED: define('yours', ({ branch, reason }: { branch: string; reason: string }) => ({
    message: `The server refused the push to ${quote(branch)}: ${clause(reason)}.`,
    hint: 'A rule of the repository protects this branch: change the rule, or the input "branch".',
  })),
  BRANCH_BLOCKED: define('yours', ({ branch }: { branch: string }) => ({
    message: `Branch ${quote(branch)} cannot be made: another branch stands where Git would keep it as a folder, or in it.`,
    hint: 'With a branch "release" there can be no "release/web". Change the input "branch", or delete the other one.',
  })),
  APP_KEY_INVALID: define('yours', ({ reason }: { reason: string }) => ({
    message: `Input "app-private-key" is not the private key of a GitHub App: it ${clause(reason)}.`,
    hint: 'Give the whole .pem file that GitHub made under "Private keys" of the App, from its BEGIN line to its END line.',
  })),
  APP_REFUSED: define('yours', ({ reason }: { reason: string }) => ({
    message: `GitHub gave no token for the GitHub App: ${clause(reason)}.`,
    hint:
      'The inputs "app-client-id" and "app-private-key" must belong to one App of this server. A key that was deleted there, ' +
      'a suspended installation and a clock that is wrong by minutes are refused too.',
  })),
  APP_NOT_INSTALLED: define('yours', ({ repository }: { repository: string }) => ({
    message: `The GitHub App is not installed on ${quote(repository)}.`,
    hint: 'Choose "Install App" in the settings of the App and select this repository, or check the input "repository".',
  })),
  APP_PERMISSION_MISSING: define(
    'yours',
    ({ repository, missing }: { repository: string; missing: readonly string[] }) => ({
      message: `The GitHub App lacks on ${quote(repository)} the permissions: ${missing.map((one) => oneLine(one)).join(', ')}.`,
      hint:
        'Add them in the settings of the App under "Permissions & events"; then an owner of the repository must accept them ' +
        'in the settings of the installation.',
    }),
  ),
  VERSION_NOT_ALLOWED: define('yours', ({ image, range }: { image: string; range: string }) => ({
    message: `${quote(image)} is not a version that input "only-versions" lets in: ${quote(range)}.`,
    hint: 'Release a version within that range, or change the input "only-versions".',
  })),
  FOREIGN_COMMITS: define('yours', ({ branch, commits }: { branch: string; commits: readonly string[] }) => ({
    message: `Branch ${quote(branch)} has commits that are not of this release, and input "on-foreign-commits" is stop:${listed(commits)}`,
    hint: 'Merge or drop them; or let the release go on top of them with on-foreign-commits: append.',
  })),
  API_NEEDED: define('yours', ({ input, repository }: { input: string; repository: string }) => ({
    message: `Input ${quote(input)} needs the API of GitHub, and there is none with a token for ${quote(repository)}.`,
    hint: 'Check the inputs "repository" and "token". To sign without an API: sign: ssh or sign: gpg.',
  })),
  CONFIG_NOT_FOUND: define('yours', ({ file, base }: { file: string; base: string }) => ({
    message: `There is no file ${quote(file)} on ${quote(base)}, which would say what environments there are.`,
    hint: 'Write one, see docs/environments.md of manifest-release-pr; or name it in the input "config"; or leave the input "app" out.',
  })),
  NOTHING_HELD: define('yours', ({ app, environment }: { app: string; environment: string }) => ({
    message: `No version of an image of ${quote(app)} stands in the environment ${quote(environment)}.`,
    hint: 'Check its "paths" and the "images" of the app in the config file.',
  })),
  NO_EARLIER_VERSION: define(
    'yours',
    ({
      app,
      environment,
      wanted,
      known,
    }: {
      app: string;
      environment: string;
      wanted: string;
      known: readonly string[];
    }) => ({
      message:
        wanted === ''
          ? `${quote(app)} in ${quote(environment)} never held another version than the present one.`
          : `${quote(app)} in ${quote(environment)} never held ${quote(wanted)}, or holds it now.`,
      hint: `A rollback goes to a version that was there before. Those that were:${listed(known)}`,
    }),
  ),
  IMAGES_DIFFER: define(
    'yours',
    ({ holdings }: { holdings: readonly (Place & { readonly image: string; readonly version: string })[] }) => ({
      message: `There is no one version to take, because an image stands in several:${listed(
        holdings.map(({ image, version, ...place }) => `${image} ${version} (${at(place)})`),
      )}`,
      hint: 'Release one version of each image to all of these places first.',
    }),
  ),
  GIT_MISSING: define<undefined>('yours', () => ({
    message: 'The program git was not found.',
    hint: 'Install git 2.31 or newer and put it on PATH.',
  })),
  PROGRAM_MISSING: define('yours', ({ program }: { program: string }) => ({
    message: `The program ${oneLine(program)} was not found.`,
    hint: `Install ${program.startsWith('ssh') ? 'the client of OpenSSH' : 'GnuPG'} and put it on PATH.`,
  })),
  SSH_KEY_INVALID: define('yours', ({ reason }: { reason: string }) => ({
    message: `Input "ssh-key" is not a key that ssh can use: ${clause(reason)}.`,
    hint: 'Give the private half with all its lines, as ssh-keygen -t ed25519 -N "" writes it: without a passphrase.',
  })),
  SIGNING_KEY_INVALID: define('yours', ({ format, reason }: { format: string; reason: string }) => ({
    message: `Input "signing-key" is not a key that ${oneLine(format)} can sign with: ${clause(reason)}.`,
    hint:
      format === 'gpg'
        ? 'Give what gpg --armor --export-secret-keys prints for a key that may sign, has not expired and has no passphrase.'
        : 'Give the private half with all its lines, as ssh-keygen -t ed25519 -N "" writes it: without a passphrase.',
  })),
  NETWORK: define('again', ({ action, reason }: { action: string; reason: string }) => ({
    message: `The network failed when trying to ${oneLine(action)}: ${clause(reason)}.`,
    hint: 'Nothing is half done; run it again.',
  })),
  TIMED_OUT: define('again', ({ action, reason }: { action: string; reason: string }) => ({
    message: `Trying to ${oneLine(action)} took too long: ${clause(reason)}.`,
    hint: 'Nothing is half done; run it again.',
  })),
  RACE_LOST: define('again', ({ branch, attempts }: { branch: string; attempts: number }) => ({
    message: `Other runs pushed to ${quote(branch)} each time, ${attempts} times in a row.`,
    hint: 'Run it again.',
  })),
  EDIT_NOT_VERIFIED: define('ours', ({ file, reason }: { file: string; reason: string }) => ({
    message: `The edit of ${quote(file)} did not come out as planned: ${clause(reason)}.`,
    hint: REPORT,
  })),
  GIT_FAILED: define('ours', ({ command, reason }: { command: string; reason: string }) => ({
    message: `git ${oneLine(command)} failed: ${clause(reason)}.`,
    hint: REPORT,
  })),
  UNEXPECTED: define('ours', ({ reason }: { reason: string }) => ({
    message: `Something went wrong that should not: ${clause(reason)}.`,
    hint: REPORT,
  })),
};

type Failures = typeof failures;
export type FailureCode = keyof Failures;
export type FailureDetails<Code extends FailureCode> = Parameters<Failures[Code]['text']>[0];

/** A failure that is told to the user: never a stack, never a secret. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
  readonly code: FailureCode;
  readonly blame: Blame;
  readonly hint: string;
  /** The place in a manifest that it is about, for an annotation. */
  readonly place: Place | undefined;

  constructor(code: FailureCode, text: FailureText, options: { place: Place | undefined; cause: unknown }) {
    super(text.message, { cause: options.cause });
    this.code = code;
    this.blame = failures[code].blame;
    this.hint = text.hint;
    this.place = options.place;
  }
}

/** All codes, for the check that each message is proved by a test. */
export const failureCodes = Object.keys(failures) as FailureCode[];

/** The error to throw for a code. `details` are untrusted text; they are made safe here. */
export function failure<Code extends FailureCode>(
  code: Code,
  ...[details, cause]: FailureDetails<Code> extends undefined ? [] : [details: FailureDetails<Code>, cause?: unknown]
): ReleaseError {
  const { text } = failures[code] as Failure<unknown>;
  const place =
    typeof details === 'object' && details !== null && 'place' in details ? (details.place as Place) : undefined;
  return new ReleaseError(code, text(details), { place, cause });
}

/** Any thrown value as one of our failures. */
export function asReleaseError(error: unknown): ReleaseError {
  if (error instanceof ReleaseError) return error;
  return failure('UNEXPECTED', { reason: error instanceof Error ? error.message : String(error) }, error);
}
