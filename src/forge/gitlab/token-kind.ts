/** Kinds of tokens of GitLab, known by their prefixes, and what each may do. */

export type TokenKind = 'job' | 'access' | 'deploy' | 'runner' | 'trigger' | 'github' | 'unknown';

/** Prefixes; an administrator may put a word of their own before `pat-`, and that of the others. */
const PREFIXES: readonly (readonly [pattern: RegExp, kind: TokenKind])[] = [
  [/^(?:[\w-]*-)?glcbt-/, 'job'],
  [/^(?:[\w-]*-)?gldt-/, 'deploy'],
  [/^(?:[\w-]*-)?glr(?:t|tr)-/, 'runner'],
  [/^(?:[\w-]*-)?glptt-/, 'trigger'],
  [/^(?:[\w-]*-)?glpat-/, 'access'],
  [/^(?:gh[a-z]_|github_pat_)/, 'github'],
];

/** The kind of a token; `jobToken` is the one that the CI made for this job, empty for none. */
export function kindOfToken(token: string, jobToken: string): TokenKind {
  if (token !== '' && token === jobToken) return 'job';
  return PREFIXES.find(([pattern]) => pattern.test(token))?.[1] ?? 'unknown';
}

/** Tokens that the API of merge requests does not know. */
export function mayUseApi(kind: TokenKind): boolean {
  return kind === 'access' || kind === 'unknown';
}

export const NAMES: Readonly<Record<TokenKind, string>> = {
  job: 'CI_JOB_TOKEN',
  access: 'The access token (glpat-…)',
  deploy: 'The deploy token (gldt-…)',
  runner: 'The runner token (glrt-…)',
  trigger: 'The pipeline trigger token (glptt-…)',
  github: 'The token of GitHub',
  unknown: 'The token, whose prefix is unknown,',
};

/** The token to make, and the rights to tick. */
export const RIGHT_TOKEN =
  'Make a project access token of the manifest project (Settings → Access tokens) with the role Developer and the scopes ' +
  'api and write_repository, save it as a masked CI/CD variable, and give it in the input "token". Where the project ' +
  'has no such tokens, use a group access token, or the personal access token of a user for machines.';
