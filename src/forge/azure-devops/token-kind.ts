/** Kinds of tokens of Azure DevOps, and the token to make. */

export type TokenKind = 'job' | 'entra' | 'personal' | 'github';

/** Tokens of a pipeline and of Microsoft Entra ID are JSON Web Tokens; personal ones are not. */
export const isJwt = (token: string): boolean => /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(token);

/** The kind of a token; that of a JSON Web Token is known by its issuer, which nothing is decided by but a hint. */
export function kindOfToken(token: string): TokenKind {
  if (/^(?:gh[a-z]_|github_pat_)/.test(token)) return 'github';
  if (!isJwt(token)) return 'personal';
  return issuerOf(token).includes('vstoken') ? 'job' : 'entra';
}

function issuerOf(token: string): string {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iss?: unknown };
    return String(claims.iss);
  } catch {
    return '';
  }
}

export const NAMES: Readonly<Record<TokenKind, string>> = {
  job: 'The token of the pipeline (System.AccessToken)',
  entra: 'The Microsoft Entra token',
  personal: 'The personal access token',
  github: 'The token of GitHub',
};

/** The token to make, and the rights to tick. */
export const RIGHT_TOKEN =
  'Make a personal access token of this organization (User settings → Personal access tokens) with the scope Code (Read & write), ' +
  'for reviewers Identity (Read) too, and give it in the input "token"; or give the token of the pipeline, $(System.AccessToken). Its user, or the ' +
  'build service, needs Contribute, Create branch and Contribute to pull requests (Project settings → Repositories → ' +
  'Security).';
