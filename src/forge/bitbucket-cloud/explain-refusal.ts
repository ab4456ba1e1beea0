/** Adds to a refusal of Bitbucket Cloud what the token lacks, in Bitbucket's words. */
import { quote } from '../../core/escape.ts';
import type { KnownAccess } from '../access.ts';
import { explainByRules, isForbidden, isUnknownRepository, isUnknownToken, type Rule } from '../explain-by-rules.ts';
import { ACCOUNT, kindOfToken, NAMES, RIGHT_TOKEN, type TokenKind } from './token-kind.ts';

/** The first rule that applies is the hint; certain ones come before likely ones. */
const RULES: readonly Rule<TokenKind>[] = [
  {
    applies: ({ kind }) => kind === 'github' || kind === 'gitlab',
    hint: ({ kind }) => `${NAMES[kind as TokenKind]} is not known to Bitbucket. ${RIGHT_TOKEN}`,
  },
  {
    applies: ({ kind }) => kind === 'app-password',
    hint: () => `${NAMES['app-password']} is not taken since 2026. ${RIGHT_TOKEN}`,
  },
  {
    applies: ({ kind }) => kind === 'ssh-key',
    hint: ({ repository }) =>
      `The ssh key may not write to ${quote(repository)}: an access key of a repository reads alone. Add it to the account of a ` +
      'user for machines (Personal settings → SSH keys) who may write there.',
  },
  {
    applies: ({ message }) => /required (?:oauth )?scopes?|privilege scopes|insufficient scope/i.test(message),
    hint: ({ kind }) => `${NAMES[kind as TokenKind]} lacks a scope. ${RIGHT_TOKEN}`,
  },
  {
    applies: (evidence) => evidence.kind === 'api' && evidence.by === 'api' && isUnknownToken(evidence),
    hint: () =>
      `${NAMES.api} is expired, was revoked, has no scopes, or is of another account: ${ACCOUNT} ${RIGHT_TOKEN}`,
  },
  {
    applies: isUnknownToken,
    hint: ({ kind }) => `${NAMES[kind as TokenKind]} is expired, was revoked, or lacks a scope. ${RIGHT_TOKEN}`,
  },
  {
    applies: isUnknownRepository,
    hint: ({ kind, repository }) =>
      `${NAMES[kind as TokenKind]} does not see ${quote(repository)}: there is no such repository, or it is not one of the token. ` +
      `Check the input "repository". ${RIGHT_TOKEN}`,
  },
  {
    applies: isForbidden,
    hint: ({ kind, repository }) =>
      `${NAMES[kind as TokenKind]} lacks a right in ${quote(repository)}, or a branch restriction keeps it out (Repository ` +
      `settings → Branch restrictions). ${RIGHT_TOKEN}`,
  },
];

/** The same failure with a hint about this very token; every other error as it is. */
export function explainRefusal(error: unknown, access: KnownAccess): unknown {
  return explainByRules(RULES, error, access, kindOfToken(access.token));
}
