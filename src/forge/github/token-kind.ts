/** Which kinds of token there are, the name of each, and where its permissions are set. */

/** The kind of a token, as far as its prefix and its source show it. */
export type TokenKind =
  'GITHUB_TOKEN' | 'app' | 'fine-grained' | 'classic' | 'oauth' | 'user' | 'gitlab' | 'ssh-key' | 'unknown';

interface KindFacts {
  /** For the beginning of a sentence. */
  readonly name: string;
  /** What to do when it has expired. */
  readonly renew: string;
  /** Where it gets the repository. */
  readonly select: string;
  /** Where it gets a permission. */
  readonly grant: string;
}

export const BETTER_TOKEN =
  'Use a GitHub App (inputs "app-client-id" and "app-private-key") or a fine-grained token that has this repository ' +
  'selected, with Contents: write and Pull requests: write.';

/** For a refusal of which no more is known. */
export const RIGHT_TOKEN =
  'For another repository than the workflow’s own, GITHUB_TOKEN is never enough: use a GitHub App’s or a fine-grained ' +
  'token that has this repository selected, with the permissions Contents: write and Pull requests: write.';

const JOB_PERMISSIONS =
  'Give the job "permissions:" with "contents: write" and "pull-requests: write"; in runs for a fork or by Dependabot ' +
  'it can only read, whatever the job has there.';

const SCOPE = 'Give it the scope repo, and its user the role Write in the repository.';

export const KINDS: Readonly<Record<TokenKind, KindFacts>> = {
  GITHUB_TOKEN: {
    name: 'GITHUB_TOKEN',
    renew: 'It is valid only while its job runs: take ${{ github.token }} in the same job.',
    select: JOB_PERMISSIONS,
    grant: JOB_PERMISSIONS,
  },
  app: {
    name: 'The token of a GitHub App (ghs_…)',
    renew:
      'It is valid for an hour: make it in the same job, or let the inputs "app-client-id" and "app-private-key" do that.',
    select: 'Select the repository in the settings of the App’s installation, and name it where the token is made.',
    grant:
      'Add it in the settings of the App under "Permissions & events", accept it in those of the installation, see that ' +
      'this repository is selected there, and ask for it where the token is made.',
  },
  'fine-grained': {
    name: 'The fine-grained personal access token (github_pat_…)',
    renew: 'Make a new one under Settings → Developer settings → Fine-grained tokens, and renew the secret.',
    select:
      'Select it under "Repository access" of the token, whose resource owner must be the owner of the repository; an ' +
      'organization may have to approve the token first.',
    grant:
      'Add it under Settings → Developer settings → Fine-grained tokens, and see that this repository is selected there.',
  },
  classic: {
    name: 'The classic personal access token (ghp_…)',
    renew: 'Make a new one, best a fine-grained one, and renew the secret.',
    select: SCOPE,
    grant: SCOPE,
  },
  oauth: { name: 'The OAuth token (gho_…)', renew: BETTER_TOKEN, select: SCOPE, grant: SCOPE },
  user: {
    name: 'The user token of a GitHub App (ghu_…)',
    renew: BETTER_TOKEN,
    select: BETTER_TOKEN,
    grant: BETTER_TOKEN,
  },
  gitlab: {
    name: 'The token of GitLab (glpat-…)',
    renew: BETTER_TOKEN,
    select: BETTER_TOKEN,
    grant: BETTER_TOKEN,
  },
  'ssh-key': {
    name: 'The ssh key',
    renew: 'Add its public half to the repository under Settings → Deploy keys, with "Allow write access".',
    select: 'A deploy key is valid for the one repository that it was added to.',
    grant: 'Delete the deploy key and add it again with "Allow write access".',
  },
  unknown: {
    name: 'The token, whose prefix is unknown,',
    renew: 'Check that the secret is a token of this server and nothing else: no quotes, no line break.',
    select: BETTER_TOKEN,
    grant: BETTER_TOKEN,
  },
};

const PREFIXES: readonly (readonly [pattern: RegExp, kind: TokenKind])[] = [
  [/^(?:ghs_|v1\.)/, 'app'],
  [/^github_pat_/, 'fine-grained'],
  [/^(?:ghp_|[0-9a-f]{40}$)/, 'classic'],
  [/^gho_/, 'oauth'],
  [/^ghu_/, 'user'],
  [/^gl[a-z]+-/, 'gitlab'],
];

/** The kind of a token by its prefix; whether a `ghs_` is the workflow's own, the caller knows (`isWorkflowToken`). */
export function kindOfToken(token: string, isWorkflowToken = false): TokenKind {
  const kind = PREFIXES.find(([pattern]) => pattern.test(token))?.[1] ?? 'unknown';
  return kind === 'app' && isWorkflowToken ? 'GITHUB_TOKEN' : kind;
}

/** Whether it has the rights of a user. */
export function isPersonal(kind: TokenKind): boolean {
  return kind === 'fine-grained' || kind === 'classic' || kind === 'oauth' || kind === 'user';
}

/** The level of a permission. */
export type Level = 'read' | 'write' | 'admin';

/** A permission as GitHub's settings name it: `pull_requests`, `write` -> `Pull requests: write`. */
export function permissionName(permission: string, level: string): string {
  const words = permission.replaceAll(/[_-]/g, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${level}`;
}
