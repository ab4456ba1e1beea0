/** The token that a release needs on each kind of server, in that server's own words. */
import { ReleaseError, type FailureCode } from '../core/errors.ts';
import type { KnownAccess } from './access.ts';
import { RIGHT_TOKEN as OF_GITEA } from './gitea/server.ts';
import { RIGHT_TOKEN as OF_GITHUB } from './github/token-kind.ts';
import { RIGHT_TOKEN as OF_GITLAB } from './gitlab/token-kind.ts';
import type { ForgeKind } from './kind.ts';

/** Sentences; empty where the kind is not known. */
const RIGHT_TOKENS: Readonly<Record<ForgeKind, string>> = {
  github: OF_GITHUB,
  gitlab: OF_GITLAB,
  gitea: OF_GITEA,
  forgejo: OF_GITEA,
  'bitbucket-cloud':
    'Make a repository access token (Repository settings → Security → Access tokens) with the permission Repositories: Write.',
  'bitbucket-data-center':
    'Make an HTTP access token of the repository (Repository settings → HTTP access tokens) with the permission Repository write.',
  'azure-devops':
    'Make a personal access token (User settings → Personal access tokens) with the scope Code: Read & write.',
  codecommit:
    'Make HTTPS Git credentials for CodeCommit of an IAM user who has codecommit:GitPull and codecommit:GitPush there, and write that ' +
    'user’s name for Git into the address.',
  git: '',
};

/** Refusals of git, which knows of no kind of server. */
const REFUSALS: ReadonlySet<FailureCode> = new Set(['ACCESS_DENIED', 'REPOSITORY_NOT_FOUND']);

/** The same failure with the token to make where git was refused over http; every other error as it is. */
export function withRightToken(error: unknown, { kind, remote }: KnownAccess): unknown {
  const rightToken = RIGHT_TOKENS[kind];
  const isAboutToken = error instanceof ReleaseError && REFUSALS.has(error.code) && remote.transport.startsWith('http');
  if (!isAboutToken || rightToken === '') return error;
  const { code, message, hint, place, cause, input } = error;
  return new ReleaseError(code, { message, hint: `${hint} ${rightToken}` }, { place, cause, input });
}
