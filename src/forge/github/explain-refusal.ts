/** Adds to a refusal what the token lacks. */
import { ReleaseError, type FailureCode } from '../../core/errors.ts';
import type { ForgeAccess, RunFacts } from '../access.ts';
import { readAnswer } from '../http/unreadable.ts';
import { REPOSITORY } from './rest-answers.ts';
import { createHastyClient } from './client.ts';
import { reasonOf } from './error-message.ts';
import { ServerToken } from './server-token.ts';
import { diagnose, GITHUB_TOKEN_NOTE } from './diagnose-token.ts';
import type { Evidence, Probe } from './refusal-evidence.ts';
import { restBy } from './rest.ts';
import { kindOfToken } from './token-kind.ts';

/** The token that was refused, and the repository. */
export interface Subject {
  /** The repository's server with the token; `undefined` where that is not GitHub. */
  readonly server: ServerToken | undefined;
  /** `owner/name`. */
  readonly repository: string;
  /** Whether it is the repository whose workflow runs. */
  readonly isOwnRepository: boolean;
  /** Empty when none was given. */
  readonly token: string;
  /** Whether that is the GITHUB_TOKEN of the workflow. */
  readonly isWorkflowToken: boolean;
  /** Whether git goes over ssh, which uses a key and no token. */
  readonly usesSsh: boolean;
}

const REFUSALS: ReadonlySet<FailureCode> = new Set([
  'ACCESS_DENIED',
  'REPOSITORY_NOT_FOUND',
  'PUSH_REFUSED',
  'API_DENIED',
]);
/** Milliseconds for the one question; without an answer there is less evidence. */
const PROBE_TIMEOUT = 5000;

/** The token of a run; `token` is the App's by now where there is an App. */
export function subjectOf(access: ForgeAccess, run: RunFacts): Subject {
  const { remote, token, sourceToken, app } = access;
  const isWorkflow = run.name === 'GitHub Actions';
  const server = ServerToken.ofManifests(access, run);
  const isSameName = remote.name.toLowerCase() === run.source.repository.toLowerCase();
  return {
    server,
    repository: remote.name,
    isOwnRepository: isWorkflow && isSameName && server?.apiUrl === run.apiUrl,
    token,
    // Both inputs have it as their default; another token is rarely given to both.
    isWorkflowToken: isWorkflow && app === undefined && token === sourceToken,
    usesSsh: remote.transport === 'ssh',
  };
}

/** A note about pull requests that this token opens; empty where there is none. */
export function workflowNote(access: ForgeAccess, run: RunFacts): string {
  return subjectOf(access, run).isWorkflowToken && access.token !== '' ? GITHUB_TOKEN_NOTE : '';
}

/** The same failure with a hint about this very token; every other error as it is. */
export async function explainRefusal(error: unknown, subject: Subject): Promise<unknown> {
  if (!(error instanceof ReleaseError) || !REFUSALS.has(error.code)) return error;
  const evidence = evidenceOf(error, subject);
  if (evidence === undefined) return error;
  const probe = evidence.kind === 'ssh-key' ? undefined : await probeRepository(subject);
  const diagnosis = diagnose({ ...evidence, ...(probe && { probe }) });
  if (!diagnosis) return error;
  const { code, message, place, cause } = error;
  return new ReleaseError(code, { message, hint: `${diagnosis.finding} ${diagnosis.remedy}` }, { place, cause });
}

/** An error of a git command, which this room does not import. */
const isGitError = (cause: unknown): cause is { readonly command: string; readonly stderr: string } =>
  cause instanceof Error && cause.name === 'GitError';

function evidenceOf({ code, message, cause }: ReleaseError, subject: Subject): Evidence | undefined {
  const { token, isWorkflowToken, isOwnRepository, repository, usesSsh, server } = subject;
  const isGit = cause === undefined || isGitError(cause);
  const kind = isGit && usesSsh ? 'ssh-key' : kindOfToken(token, isWorkflowToken);
  if ((kind !== 'ssh-key' && token === '') || (server === undefined && kind !== 'GITHUB_TOKEN')) return undefined;
  const about = { kind, repository, isOwnRepository } as const;
  if (isGit) {
    const isPush = code === 'PUSH_REFUSED' || cause?.command === 'push';
    return { ...about, refused: isPush ? 'push' : 'read', message: cause?.stderr ?? message };
  }
  return { ...about, refused: code === 'API_DENIED' ? 'api' : 'push', message: reasonOf(cause), ...answerOf(cause) };
}

/** The REST status of each GraphQL error type. */
const STATUSES: Readonly<Record<string, number>> = { FORBIDDEN: 403, INSUFFICIENT_SCOPES: 403, NOT_FOUND: 404 };

function answerOf(cause: unknown): Pick<Evidence, 'status' | 'headers'> {
  const { status, response, headers, errors } = cause as {
    status?: number;
    response?: { headers?: Record<string, string> };
    headers?: Record<string, string>;
    errors?: readonly { type?: string }[];
  };
  const known = status ?? STATUSES[errors?.[0]?.type ?? ''];
  return { headers: response?.headers ?? headers ?? {}, ...(known !== undefined && { status: known }) };
}

/** Asks for the repository with the token; `undefined` when there is no answer. */
async function probeRepository({ server, repository }: Subject): Promise<Probe | undefined> {
  const [owner = '', repo = ''] = repository.split('/');
  if (server === undefined) return undefined;
  try {
    const { repos } = await restBy(createHastyClient(server, PROBE_TIMEOUT));
    const { status, headers, data } = await repos.get({ owner, repo });
    const { archived, permissions } = readAnswer(REPOSITORY, data);
    const mayPush = permissions?.push;
    return {
      status,
      message: '',
      headers: headers as Record<string, string>,
      ...(archived !== undefined && { archived }),
      ...(mayPush !== undefined && { mayPush }),
    };
  } catch (error) {
    const { status, response } = error as { status?: number; response?: { headers?: Record<string, string> } };
    if (status === undefined || status >= 500 || !response) return undefined;
    return { status, message: reasonOf(error), headers: response.headers ?? {} };
  }
}
