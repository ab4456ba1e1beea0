/** Adds to a refusal of Azure DevOps what the token lacks, in the words of its settings. */
import { quote } from '../../core/escape.ts';
import type { KnownAccess } from '../access.ts';
import { explainByRules, isForbidden, isUnknownRepository, isUnknownToken, type Rule } from '../explain-by-rules.ts';
import { kindOfToken, NAMES, RIGHT_TOKEN, type TokenKind } from './token-kind.ts';

const SECURITY = 'Project settings → Repositories → the repository → Security';
const SCOPE =
  'A pipeline sees the repositories of its own project alone while "Limit job authorization scope to current project" is on, and those that ' +
  'its YAML names while "Protect access to repositories in YAML pipelines" is on (Project settings → Pipelines → Settings); the build service needs Read there too.';
/** As the permissions of the settings are called. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  GenericRead: 'Read',
  GenericContribute: 'Contribute',
  CreateBranch: 'Create branch',
  ForcePush: 'Force push (rewrite history, delete branches and tags)',
  PullRequestContribute: 'Contribute to pull requests',
};

/** The first rule that applies is the hint; certain ones come before likely ones. */
const RULES: readonly Rule<TokenKind>[] = [
  {
    applies: ({ kind }) => kind === 'github',
    hint: () => `${NAMES.github} is not known to Azure DevOps. ${RIGHT_TOKEN}`,
  },
  {
    applies: ({ message }) => permissionIn(message) !== undefined,
    hint: ({ kind, message }) => {
      const permission = permissionIn(message) ?? '';
      const owner = kind === 'job' ? 'the build service of the project' : 'the user of the token';
      return `Allow ${quote(PERMISSIONS[permission] ?? permission)} to ${owner} (${SECURITY}).`;
    },
  },
  {
    applies: ({ kind }) => kind === 'ssh-key',
    hint: ({ repository }) =>
      `The ssh key is not one of a user who may do this in ${quote(repository)}: add its public half under User settings → SSH public keys.`,
  },
  {
    applies: ({ message }) => /\bVS403463\b|conditional access/i.test(message),
    hint: () =>
      'A Conditional Access policy of the organization refuses this machine: have an administrator allow it, or run it elsewhere.',
  },
  {
    applies: (evidence) => isUnknownRepository(evidence) || /\bTF(?:401019|200016)\b/.test(evidence.message),
    hint: ({ kind, repository }) =>
      `There is no repository ${quote(repository)}, or the token does not see it: check the input "repository". ${kind === 'job' ? SCOPE : RIGHT_TOKEN}`,
  },
  {
    applies: (evidence) =>
      isUnknownToken(evidence) || /\bTF400813\b|returned error: (?:203|302)|sign in/i.test(evidence.message),
    hint: ({ kind }) =>
      kind === 'job'
        ? `${NAMES.job} is known during its own job alone, and in its own organization. ${RIGHT_TOKEN}`
        : `${NAMES[kind as TokenKind]} is expired, was revoked, lacks a scope, or belongs to another organization. ${RIGHT_TOKEN}`,
  },
  {
    applies: isForbidden,
    hint: ({ kind }) => `${NAMES[kind as TokenKind]} lacks a right. ${RIGHT_TOKEN}`,
  },
];

/** `TF401027: You need the Git 'PullRequestContribute' permission to perform this action.` */
const permissionIn = (message: string): string | undefined =>
  /\bTF401027\b.*?['"]?(\w+)['"]? permission/s.exec(message)?.[1];

/** The same failure with a hint about this very token; every other error as it is. */
export function explainRefusal(error: unknown, access: KnownAccess): unknown {
  return explainByRules(RULES, error, access, kindOfToken(access.token));
}
