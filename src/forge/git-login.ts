/** How git shows a token to each kind of server over http. */
import { failure } from '../core/errors.ts';
import type { Login, Remote } from '../core/remote.ts';
import { isJwt } from './azure-devops/token-kind.ts';
import type { ForgeKind } from './kind.ts';

/** The token that was given. */
export interface GivenToken {
  readonly token: string;
  /** Whether it is the one that the CI made for this job. */
  readonly isOfJob: boolean;
}

/** They take any user name, and this is the one that GitHub's own tools send. */
const ANY: Login = { user: 'x-access-token' };

const LOGINS: Readonly<Record<ForgeKind, (given: GivenToken) => Login | undefined>> = {
  github: () => ANY,
  // The token of a job has one user name, every other token any that is not empty.
  gitlab: ({ token, isOfJob }) => ({ user: isOfJob || /(?:^|-)glcbt-/.test(token) ? 'gitlab-ci-token' : 'oauth2' }),
  gitea: () => ANY,
  forgejo: () => ANY,
  // Of a person (API token), or of a repository, project or workspace (access token).
  'bitbucket-cloud': ({ token }) => ({
    user: token.startsWith('ATATT') ? 'x-bitbucket-api-token-auth' : 'x-token-auth',
  }),
  // The token of a person has that person's name, the token of a project or repository none: alone both are taken.
  'bitbucket-data-center': () => 'bearer',
  // A personal token is the password of no user; those of a pipeline and of Microsoft Entra ID are sent alone.
  'azure-devops': ({ token }) => (isJwt(token) ? 'bearer' : { user: '' }),
  // The password of one user: only the address can name it.
  codecommit: () => undefined,
  git: () => ANY,
};

/**
 * The remote with the way in which git shows the token to it: with the user that its address names, else as servers of
 * this kind want it. Throws INPUT_INVALID where only a user can have such a token, and the address names none.
 */
export function withLogin(remote: Remote, kind: ForgeKind, given: GivenToken): Remote {
  if (given.token === '' || !remote.transport.startsWith('http')) return remote;
  if (remote.login !== undefined) return kind === 'bitbucket-cloud' ? withAccount(remote, given) : remote;
  const login = LOGINS[kind](given);
  if (login !== undefined) return { ...remote, login };
  throw failure('INPUT_INVALID', {
    input: 'repository',
    value: remote.url,
    reason: `names no user, and a password is no good without one; write it before the host: https://<user>@${remote.host}/…`,
  });
}

/**
 * On Bitbucket Cloud an access token is of no user, whatever user the address has, as that of its pages; and git does not take the
 * e-mail address of an account for its user, while the API takes nothing else.
 */
function withAccount(remote: Remote, given: GivenToken): Remote {
  const login = LOGINS['bitbucket-cloud'](given);
  const named = typeof remote.login === 'object' ? remote.login.user : '';
  if (typeof login !== 'object') return remote;
  if (given.token.startsWith('ATCTT')) return { ...remote, login };
  return named.includes('@') ? { ...remote, login: { ...login, email: named } } : remote;
}
