/** Kinds of tokens of Bitbucket Cloud, known by their prefixes, and what each may do. */

export type TokenKind = 'access' | 'api' | 'app-password' | 'github' | 'gitlab' | 'unknown';

const PREFIXES: readonly (readonly [pattern: RegExp, kind: TokenKind])[] = [
  [/^ATCTT/, 'access'],
  [/^ATATT/, 'api'],
  [/^ATBB/, 'app-password'],
  [/^(?:gh[a-z]_|github_pat_)/, 'github'],
  [/^glpat-/, 'gitlab'],
];

/** The kind of a token by its prefix. */
export function kindOfToken(token: string): TokenKind {
  return PREFIXES.find(([pattern]) => pattern.test(token))?.[1] ?? 'unknown';
}

export const NAMES: Readonly<Record<TokenKind, string>> = {
  access: 'The access token (ATCTT…)',
  api: 'The API token (ATATT…)',
  'app-password': 'The app password (ATBB…)',
  github: 'The token of GitHub',
  gitlab: 'The token of GitLab',
  unknown: 'The token, whose prefix is unknown,',
};

/** Where the address of the account of an API token is written. */
export const ACCOUNT =
  'write the e-mail address of its Atlassian account before the host of the input "repository", with %40 for its @: ' +
  'https://ada%40example.com@bitbucket.org/…';

/** The token to make, and the scopes to tick. */
export const RIGHT_TOKEN =
  'Make an access token of the manifest repository (Repository settings → Security → Access tokens) with the scopes ' +
  'Repositories: Write and Pull requests: Write, save it as a secured variable, and give it in the input "token"; one of ' +
  'its project or workspace does as well. An API token needs read and write of repository:bitbucket and ' +
  'pullrequest:bitbucket, and the e-mail address of its account before the host in "repository".';
