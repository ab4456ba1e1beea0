/** Failures of a forge’s API and of GitHub Apps. */
import { oneLine, quote } from '../escape.ts';
import { clause, define } from './define.ts';

const NOT_PUSHED = 'Nothing was pushed.';

/** What an API is asked to do, and what is true after it was refused. */
const AFTER_REFUSAL = {
  'list pull requests': 'A release needs that list; this request changed nothing.',
  'open a pull request': 'The release branch is as it should be; only the pull request is missing.',
  'update the pull request': 'The release branch is as it should be; the pull request is as it was.',
  'change the pull request': 'Its branch and its text are as they should be.',
  'read the files': NOT_PUSHED,
  'write the files': NOT_PUSHED,
  'make the commit': NOT_PUSHED,
  'read the branch': NOT_PUSHED,
  'move the branch': NOT_PUSHED,
  'read the commit': 'The commit was pushed; whether its signature is good is not known.',
  'read the pull request': 'Whether it was merged is not known; this request changed nothing.',
  'read the statuses':
    'Whether the commit was deployed is not known. The token must be allowed to read commit statuses.',
  'read the deployments':
    'Whether the commit was deployed is not known. The token must be allowed to read deployments.',
  'read the check runs': 'Whether the commit was deployed is not known. The token must be allowed to read checks.',
} as const;

/** The forge found fault with what was sent, not with who sent it. */
const ABOUT_CONTENT =
  /validation failed|unprocessable|no commits between|already exists|not supported|is invalid|invalid argument|too (?:long|large)/i;
const ABOUT_TOKEN = /\btoken\b/i;
const NOT_ACCESS = 'The token is not the cause: change what these words name.';

export type ApiAction = keyof typeof AFTER_REFUSAL;

interface Denied {
  /** Its name: `GitHub`. */
  readonly forge: string;
  /** What its tokens need, in its own words. */
  readonly access: string;
  readonly repository: string;
  readonly action: ApiAction;
  readonly reason: string;
}

/** A branch that no pull request can be opened from. */
interface Uncommitted {
  /** Its name: `GitHub`. */
  readonly forge: string;
  readonly repository: string;
  readonly branch: string;
  readonly base: string;
}

export const forgeFailures = {
  API_DENIED: define('yours', ({ forge, access, repository, action, reason }: Denied) => ({
    message: `${oneLine(forge)} refused to ${oneLine(action)} in ${quote(repository)}: ${clause(reason)}.`,
    hint: `${AFTER_REFUSAL[action]} ${ABOUT_CONTENT.test(reason) && !ABOUT_TOKEN.test(reason) ? NOT_ACCESS : oneLine(access, 600)}`,
  })),
  API_NEEDED: define('yours', ({ input, repository }: { input: string; repository: string }) => ({
    message: `Input ${quote(input)} needs the API of GitHub, and there is none with a token for ${quote(repository)}.`,
    hint: 'Check the inputs "repository" and "token". To sign without an API, give a signing key in MANIFEST_RELEASE_SIGNING_KEY.',
  })),
  ANSWER_UNREADABLE: define('again', ({ action, reason }: { action: string; reason: string }) => ({
    message: `Could not ${oneLine(action)}: the answer was not one of that server: ${clause(reason)}.`,
    hint:
      'A proxy or the login page of a network may answer in its place, or the address is wrong ' +
      '(the input repository, or what the CI says of its server, as GITHUB_API_URL or CI_SERVER_URL). Try again; if it stays so, open that address from the same machine.',
  })),
  NO_COMMITS: define('again', ({ forge, repository, branch, base }: Uncommitted) => ({
    message: `${oneLine(forge)} opened no pull request in ${quote(repository)}: to it, ${quote(branch)} has no commit that ${quote(base)} lacks.`,
    hint:
      'The commit was pushed. Either it came into the base meanwhile, and there is nothing left to do, or ' +
      `${oneLine(forge)} is behind. Run again: the next run reads both branches and finishes what is missing.`,
  })),
  PULL_REQUEST_NOT_LISTED: define('again', ({ forge, branch }: { forge: string; branch: string }) => ({
    message: `${oneLine(forge)} says that a pull request from ${quote(branch)} is open, and does not list it.`,
    hint: `The commit was pushed. ${oneLine(forge)} may be behind. Run again: the next run brings its text to this release.`,
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
};
