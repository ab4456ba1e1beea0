/** Adds to a refusal of Azure DevOps what the token lacks, in the words of its settings. */
import { ReleaseError, type FailureCode } from '../../core/errors.ts';
import { quote } from '../../core/escape.ts';
import type { KnownAccess } from '../access.ts';
import { RefusedAnswer } from '../http/refused-answer.ts';
import { kindOfToken, NAMES, RIGHT_TOKEN, type TokenKind } from './token-kind.ts';

const REFUSALS: ReadonlySet<FailureCode> = new Set([
  'ACCESS_DENIED',
  'REPOSITORY_NOT_FOUND',
  'PUSH_REFUSED',
  'API_DENIED',
]);

/** What is known of a refusal. */
interface Evidence {
  readonly kind: TokenKind | 'ssh-key';
  readonly code: FailureCode;
  readonly repository: string;
  /** Of the API; 0 by git. */
  readonly status: number;
  /** In the words of the server. */
  readonly message: string;
}

interface Rule {
  readonly applies: (evidence: Evidence) => boolean;
  readonly hint: (evidence: Evidence) => string;
}

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
const RULES: readonly Rule[] = [
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
    applies: ({ status, code, message }) =>
      status === 404 || code === 'REPOSITORY_NOT_FOUND' || /\bTF(?:401019|200016)\b|returned error: 404/.test(message),
    hint: ({ kind, repository }) =>
      `There is no repository ${quote(repository)}, or the token does not see it: check the input "repository". ${kind === 'job' ? SCOPE : RIGHT_TOKEN}`,
  },
  {
    applies: ({ status, message }) =>
      status === 401 || /\bTF400813\b|returned error: (?:203|302|401)|Authentication failed|sign in/i.test(message),
    hint: ({ kind }) =>
      kind === 'job'
        ? `${NAMES.job} is known during its own job alone, and in its own organization. ${RIGHT_TOKEN}`
        : `${NAMES[kind as TokenKind]} is expired, was revoked, lacks a scope, or belongs to another organization. ${RIGHT_TOKEN}`,
  },
  {
    applies: ({ status, code }) => status === 403 || code === 'ACCESS_DENIED',
    hint: ({ kind }) => `${NAMES[kind as TokenKind]} lacks a right. ${RIGHT_TOKEN}`,
  },
];

/** `TF401027: You need the Git 'PullRequestContribute' permission to perform this action.` */
const permissionIn = (message: string): string | undefined =>
  /\bTF401027\b.*?['"]?(\w+)['"]? permission/s.exec(message)?.[1];

/** The same failure with a hint about this very token; every other error as it is. */
export function explainRefusal(error: unknown, access: KnownAccess): unknown {
  if (!(error instanceof ReleaseError) || !REFUSALS.has(error.code)) return error;
  const { code, message, place, cause } = error;
  const answer = cause instanceof RefusedAnswer ? cause : undefined;
  const usesKey = !answer && access.remote.transport === 'ssh';
  if (access.token === '' && !usesKey) return error;
  const evidence: Evidence = {
    kind: usesKey ? 'ssh-key' : kindOfToken(access.token),
    code,
    repository: access.remote.name,
    status: answer?.status ?? 0,
    message: answer?.message ?? stderrOf(cause) ?? message,
  };
  const hint = RULES.find(({ applies }) => applies(evidence))?.hint(evidence);
  return hint === undefined ? error : new ReleaseError(code, { message, hint }, { place, cause });
}

/** Of an error of git, which this room does not import. */
function stderrOf(cause: unknown): string | undefined {
  const { name, stderr } = (cause ?? {}) as { name?: unknown; stderr?: unknown };
  return name === 'GitError' && typeof stderr === 'string' ? stderr : undefined;
}
