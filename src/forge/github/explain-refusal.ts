/** Asks the token doctor about a refusal, before it is told to the user. */
import type { Ci } from '../../inputs/ci.ts';
import { ReleaseError, type FailureCode } from '../../core/errors.ts';
import { GitError } from '../../git/run-git.ts';
import type { Access } from '../../inputs/inputs.ts';
import { createHastyClient } from './client.ts';
import { reasonOf } from './error-message.ts';
import { apiUrlOf } from '../connect.ts';
import { diagnose, GITHUB_TOKEN_NOTE, type Evidence, type Probe } from './diagnose-token.ts';
import { kindOfToken } from './token-kind.ts';

/** Whose token was refused, and where. */
export interface Patient {
  /** The REST API of the server that holds the repository; `undefined` where that is no GitHub. */
  readonly apiUrl: string | undefined;
  /** `owner/name`. */
  readonly repository: string;
  /** Whether it is the repository whose workflow runs. */
  readonly isOwnRepository: boolean;
  /** Empty when none was given. */
  readonly token: string;
  /** Whether that is the GITHUB_TOKEN of the workflow. */
  readonly isWorkflowToken: boolean;
  /** Whether git goes over ssh, where a key is asked for and no token. */
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
export function patientOf(inputs: Pick<Access, 'remote' | 'token' | 'sourceToken' | 'app'>, ci: Ci): Patient {
  const { remote, token, sourceToken, app } = inputs;
  const isWorkflow = ci.name === 'GitHub Actions';
  const apiUrl = apiUrlOf(remote, ci);
  const isSameName = remote.name.toLowerCase() === ci.source.repository.toLowerCase();
  return {
    apiUrl,
    repository: remote.name,
    isOwnRepository: isWorkflow && isSameName && apiUrl === ci.apiUrl,
    token,
    // Both inputs have it for their default, and hardly anybody else has one token for both.
    isWorkflowToken: isWorkflow && app === undefined && token === sourceToken,
    usesSsh: remote.transport === 'ssh',
  };
}

/** What is to be known of a pull request that this token opened; empty where there is nothing. */
export function noteOf(inputs: Pick<Access, 'remote' | 'token' | 'sourceToken' | 'app'>, ci: Ci): string {
  return patientOf(inputs, ci).isWorkflowToken && inputs.token !== '' ? GITHUB_TOKEN_NOTE : '';
}

/** The same failure with a hint about this very token; every other error as it is. */
export async function consult(error: unknown, patient: Patient): Promise<unknown> {
  if (!(error instanceof ReleaseError) || !REFUSALS.has(error.code)) return error;
  const evidence = gather(error, patient);
  if (evidence === undefined) return error;
  const probe = evidence.kind === 'ssh-key' ? undefined : await examine(patient);
  const diagnosis = diagnose({ ...evidence, ...(probe && { probe }) });
  if (!diagnosis) return error;
  const { code, message, place, cause } = error;
  return new ReleaseError(code, { message, hint: `${diagnosis.finding} ${diagnosis.remedy}` }, { place, cause });
}

function gather({ code, message, cause }: ReleaseError, patient: Patient): Evidence | undefined {
  const { token, isWorkflowToken, isOwnRepository, repository, usesSsh, apiUrl } = patient;
  const isGit = cause instanceof GitError || cause === undefined;
  const kind = isGit && usesSsh ? 'ssh-key' : kindOfToken(token, isWorkflowToken);
  if ((kind !== 'ssh-key' && token === '') || (apiUrl === undefined && kind !== 'GITHUB_TOKEN')) return undefined;
  const about = { kind, repository, isOwnRepository } as const;
  if (isGit) {
    const isPush = code === 'PUSH_REFUSED' || cause?.command === 'push';
    return { ...about, refused: isPush ? 'push' : 'read', said: cause?.stderr ?? message };
  }
  return { ...about, refused: code === 'API_DENIED' ? 'api' : 'push', said: reasonOf(cause), ...answerOf(cause) };
}

/** What GitHub's GraphQL calls by a name and its REST API by a status. */
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
export async function examine({ apiUrl, token, repository }: Patient): Promise<Probe | undefined> {
  const [owner = '', repo = ''] = repository.split('/');
  if (apiUrl === undefined) return undefined;
  try {
    const { status, headers, data } = await createHastyClient(apiUrl, token, PROBE_TIMEOUT).rest.repos.get({
      owner,
      repo,
    });
    const mayPush = data.permissions?.push;
    return {
      status,
      said: '',
      headers: headers as Record<string, string>,
      archived: data.archived,
      ...(mayPush !== undefined && { mayPush }),
    };
  } catch (error) {
    const { status, response } = error as { status?: number; response?: { headers?: Record<string, string> } };
    if (status === undefined || status >= 500 || !response) return undefined;
    return { status, said: reasonOf(error), headers: response.headers ?? {} };
  }
}
