import { describe, expect, test } from 'vitest';
import { failure } from '../../../src/core/errors.ts';
import { readRemote } from '../../../src/core/remote.ts';
import { explainRefusal } from '../../../src/forge/azure-devops/explain-refusal.ts';
import { kindOfToken } from '../../../src/forge/azure-devops/token-kind.ts';
import { RefusedAnswer } from '../../../src/forge/http/refused-answer.ts';

const jwt = (issuer: unknown): string =>
  `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify({ iss: issuer })).toString('base64url')}.x`;
const JOB = jwt('app.vstoken.visualstudio.com');
const ENTRA = jwt('https://sts.windows.net/7a394543/');
const PAT = 'y7x2q5wz4kfj3mp6nbvh2ctr7ld4gyx5qwz3kfj6mp2nbvhaq3dk';

test.each([
  [PAT, 'personal'],
  [`${PAT}JQQJ99BKACAAAAAAAAAAAAASAZDO1aBc`, 'personal'],
  [JOB, 'job'],
  [ENTRA, 'entra'],
  [jwt(7), 'entra'],
  ['eyJx.eyJ.x', 'entra'],
  ['ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'github'],
])('%s is a token of the kind %s', (token, kind) => {
  expect(kindOfToken(token)).toBe(kind);
});

describe('a refusal is explained', () => {
  const explain = (
    { status = 0, message = '', headers = {} as Record<string, string> },
    token: string,
    address = 'https://dev.azure.com/fabrikam/ops/_git/manifests',
  ): unknown => {
    const cause =
      status === 0
        ? Object.assign(new Error('git failed'), { name: 'GitError', stderr: message })
        : new RefusedAnswer(status, new Map(Object.entries(headers)), { message });
    const details = {
      forge: 'Azure DevOps',
      access: 'x',
      repository: 'ops/manifests',
      action: 'open a pull request',
    } as const;
    const error = failure('API_DENIED', { ...details, reason: message }, cause);
    const remote = readRemote(address, '');
    return explainRefusal(error, { kind: 'azure-devops', remote, token, sourceToken: '' });
  };

  const TF401027 = (permission: string): string =>
    `TF401027: You need the Git '${permission}' permission to perform this action. Details: identity 'Build\\x', scope 'branch'.`;

  test.each<[what: string, refusal: { status?: number; message?: string }, token: string, hint: string]>([
    [
      'a permission, of a pipeline',
      { status: 403, message: TF401027('PullRequestContribute') },
      JOB,
      'Allow "Contribute to pull requests" to the build service',
    ],
    [
      'a permission, of a user',
      { message: `remote: ${TF401027('GenericContribute')}` },
      PAT,
      'Allow "Contribute" to the user of the token',
    ],
    ['a permission of another name', { status: 403, message: TF401027('PolicyExempt') }, PAT, 'Allow "PolicyExempt"'],
    [
      'a repository that a pipeline does not see',
      { status: 404, message: 'TF401019: …' },
      JOB,
      'Limit job authorization scope',
    ],
    ['a repository that a token does not see', { message: 'remote: TF401019: …' }, PAT, 'Make a personal access token'],
    ['a project that is not there', { status: 404, message: 'TF200016: …' }, PAT, 'check the input "repository"'],
    [
      'Conditional Access',
      { status: 401, message: 'VS403463: The conditional access policy …' },
      ENTRA,
      'have an administrator allow it',
    ],
    ['a token without a reason', { status: 401 }, PAT, 'is expired, was revoked, lacks a scope'],
    [
      'a page to sign in',
      { status: 401, message: 'it answered with its page to sign in (status 203)' },
      ENTRA,
      'The Microsoft Entra token is expired',
    ],
    ['the token of a job that is over', { status: 401 }, JOB, 'is known during its own job alone'],
    [
      'git, as a page to sign in',
      { message: 'fatal: unable to access …: The requested URL returned error: 302' },
      PAT,
      'is expired',
    ],
    ['a right that is not named', { status: 403, message: 'VS30063: You are not authorized.' }, PAT, 'lacks a right'],
    ['a token of GitHub', { status: 401 }, 'ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'is not known to Azure DevOps'],
  ])('%s', (_, refusal, token, hint) => {
    expect(explain(refusal, token)).toMatchObject({ code: 'API_DENIED', hint: expect.stringContaining(hint) });
  });

  test('an ssh key', () => {
    const refusal = { message: 'Permission denied (publickey)' };
    const hint = expect.stringContaining('SSH public keys');
    expect(explain(refusal, '', 'git@ssh.dev.azure.com:v3/fabrikam/ops/manifests')).toMatchObject({ hint });
  });

  test('and every other error stays as it is', () => {
    const other = failure('DISK_FULL', { action: 'x', reason: 'y' });
    const remote = readRemote('https://dev.azure.com/fabrikam/ops/_git/manifests', '');
    expect(explainRefusal(other, { kind: 'azure-devops', remote, token: PAT, sourceToken: '' })).toBe(other);
  });
});
