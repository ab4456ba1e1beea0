/** Adds to a refusal of Bitbucket Data Center what the token lacks, in Bitbucket's words. */
import { quote } from '../../core/escape.ts';
import type { KnownAccess } from '../access.ts';
import { explainByRules, isForbidden, isUnknownRepository, isUnknownToken, type Rule } from '../explain-by-rules.ts';
import { RIGHT_TOKEN } from './server.ts';

/** Bitbucket answers 401 for a right that is missing too, and says so. */
const LACKS_RIGHT = /not permitted|insufficient permissions?|do not have permission|not authori[sz]ed to access/i;

/** The first rule that applies is the hint; certain ones come before likely ones. */
const RULES: readonly Rule<'token'>[] = [
  {
    applies: ({ kind }) => kind === 'ssh-key',
    hint: ({ repository }) =>
      `The ssh key may not write to ${quote(repository)}: add its public half under Repository settings → Access keys, with the ` +
      'permission Repository write.',
  },
  {
    applies: ({ message, status }) => status !== 404 && LACKS_RIGHT.test(message),
    hint: ({ repository }) =>
      `The token may not write to ${quote(repository)}, or a branch permission keeps it out (Repository settings → Branch ` +
      `permissions). ${RIGHT_TOKEN}`,
  },
  {
    applies: isUnknownToken,
    hint: () => `The token is expired, was revoked, or belongs to another server. ${RIGHT_TOKEN}`,
  },
  {
    applies: isUnknownRepository,
    hint: ({ repository }) =>
      `The token does not see ${quote(repository)}: there is no such repository, or it is not one of the token. Check the input ` +
      `"repository". ${RIGHT_TOKEN}`,
  },
  {
    applies: isForbidden,
    hint: ({ repository }) =>
      `The token may not write to ${quote(repository)}, or a branch permission keeps it out (Repository settings → Branch ` +
      `permissions). ${RIGHT_TOKEN}`,
  },
];

/** The same failure with a hint about this very token; every other error as it is. */
export function explainRefusal(error: unknown, access: KnownAccess): unknown {
  return explainByRules(RULES, error, access, 'token');
}
