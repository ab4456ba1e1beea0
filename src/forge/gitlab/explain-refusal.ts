/** Adds to a refusal of GitLab what the token lacks, in GitLab's words. */
import { quote } from '../../core/escape.ts';
import type { KnownAccess, RunFacts } from '../access.ts';
import { explainByRules, isForbidden, isUnknownRepository, isUnknownToken, type Rule } from '../explain-by-rules.ts';
import { kindOfToken, NAMES, RIGHT_TOKEN, type TokenKind } from './token-kind.ts';

const ROLE =
  'Its user needs the role Developer in the project, and for a protected branch a place in "Allowed to push and merge" ' +
  '(Settings → Repository → Protected branches).';

/** The first rule that applies is the hint; certain ones come before likely ones. */
const RULES: readonly Rule<TokenKind>[] = [
  {
    applies: ({ kind }) => kind === 'github',
    hint: () => `${NAMES.github} is not known to GitLab. ${RIGHT_TOKEN}`,
  },
  {
    applies: ({ kind, by }) => kind === 'job' && by === 'git',
    hint: () =>
      'CI_JOB_TOKEN may push to the project of its own job alone, and only where "Allow Git push requests to the repository" is ' +
      `ticked there (Settings → CI/CD → Job token permissions). ${RIGHT_TOKEN}`,
  },
  {
    applies: ({ kind }) => kind === 'ssh-key',
    hint: ({ repository }) =>
      `The ssh key is not one of ${quote(repository)} that may do this: add its public half under Settings → Repository → Deploy ` +
      'keys, with "Grant write permissions to this key".',
  },
  {
    applies: ({ kind }) => kind === 'runner' || kind === 'trigger',
    hint: ({ kind }) => `${NAMES[kind as TokenKind]} is none that reads or writes repositories. ${RIGHT_TOKEN}`,
  },
  {
    applies: ({ kind }) => kind === 'deploy',
    hint: () =>
      `${NAMES.deploy} needs its own user name in the address of the repository, and cannot push. ${RIGHT_TOKEN}`,
  },
  {
    applies: ({ message }) => /insufficient_scope|higher privileges than provided/i.test(message),
    hint: ({ kind }) => `${NAMES[kind as TokenKind]} lacks the scope api. ${RIGHT_TOKEN}`,
  },
  {
    applies: isUnknownToken,
    hint: ({ kind }) =>
      `${NAMES[kind as TokenKind]} is expired, was revoked, lacks a scope, or belongs to another server. ${RIGHT_TOKEN}`,
  },
  {
    applies: isUnknownRepository,
    hint: ({ kind, repository }) =>
      `${NAMES[kind as TokenKind]} does not see ${quote(repository)}: there is no such project, or its user is no member. Check the ` +
      `input "repository". ${RIGHT_TOKEN}`,
  },
  {
    applies: isForbidden,
    hint: ({ kind, repository }) => `${NAMES[kind as TokenKind]} lacks a right in ${quote(repository)}. ${ROLE}`,
  },
];

/** The same failure with a hint about this very token; every other error as it is. */
export function explainRefusal(error: unknown, access: KnownAccess, run: RunFacts): unknown {
  return explainByRules(RULES, error, access, kindOfToken(access.token, run.jobToken));
}
