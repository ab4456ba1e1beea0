/** Adds to a refusal of GitLab what the token lacks, in GitLab's words. */
import { ReleaseError, type FailureCode } from '../../core/errors.ts';
import { quote } from '../../core/escape.ts';
import type { KnownAccess, RunFacts } from '../access.ts';
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
  /** By git, or by the API. */
  readonly by: 'git' | 'api';
  readonly code: FailureCode;
  readonly project: string;
  /** Of the API; 0 by git. */
  readonly status: number;
  /** In the words of the server. */
  readonly message: string;
}

interface Rule {
  readonly applies: (evidence: Evidence) => boolean;
  readonly hint: (evidence: Evidence) => string;
}

const ROLE =
  'Its user needs the role Developer in the project, and for a protected branch a place in "Allowed to push and merge" ' +
  '(Settings → Repository → Protected branches).';

/** The first rule that applies is the hint; certain ones come before likely ones. */
const RULES: readonly Rule[] = [
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
    hint: ({ project }) =>
      `The ssh key is not one of ${quote(project)} that may do this: add its public half under Settings → Repository → Deploy ` +
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
    applies: ({ status, message }) =>
      status === 401 || /HTTP Basic: Access denied|returned error: 401|Authentication failed/i.test(message),
    hint: ({ kind }) =>
      `${NAMES[kind as TokenKind]} is expired, was revoked, lacks a scope, or belongs to another server. ${RIGHT_TOKEN}`,
  },
  {
    applies: ({ status, code, message }) =>
      status === 404 || code === 'REPOSITORY_NOT_FOUND' || /returned error: 404/.test(message),
    hint: ({ kind, project }) =>
      `${NAMES[kind as TokenKind]} does not see ${quote(project)}: there is no such project, or its user is no member. Check the ` +
      `input "repository". ${RIGHT_TOKEN}`,
  },
  {
    applies: ({ status, code }) => status === 403 || code === 'ACCESS_DENIED',
    hint: ({ kind, project }) => `${NAMES[kind as TokenKind]} lacks a right in ${quote(project)}. ${ROLE}`,
  },
];

/** The same failure with a hint about this very token; every other error as it is. */
export function explainRefusal(error: unknown, access: KnownAccess, run: RunFacts): unknown {
  if (!(error instanceof ReleaseError) || !REFUSALS.has(error.code)) return error;
  const { code, message, place, cause } = error;
  const answer = cause instanceof RefusedAnswer ? cause : undefined;
  const usesKey = !answer && access.remote.transport === 'ssh';
  if (access.token === '' && !usesKey) return error;
  const evidence: Evidence = {
    kind: usesKey ? 'ssh-key' : kindOfToken(access.token, run.jobToken),
    by: answer ? 'api' : 'git',
    code,
    project: access.remote.name,
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
