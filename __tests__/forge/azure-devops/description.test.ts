import { expect, test } from 'vitest';
import { azureViolations, type Exchange } from './description.ts';

const AT = '/fabrikam/ops/_apis/git/repositories/manifests';
const LIST: Exchange = {
  method: 'GET',
  path: `${AT}/pullRequests?searchCriteria.status=active&api-version=7.0`,
  status: 200,
  responseBody: { count: 1, value: [{ pullRequestId: 1, status: 'active' }] },
};
const OPENING: Exchange = {
  method: 'POST',
  path: `${AT}/pullRequests?api-version=7.0`,
  requestBody: { title: 'x', sourceRefName: 'refs/heads/x', targetRefName: 'refs/heads/main', isDraft: false },
  status: 201,
  responseBody: { pullRequestId: 1 },
};

test.each([LIST, OPENING, { ...LIST, status: 401, responseBody: undefined }])('as it is described: %j', (exchange) => {
  expect(azureViolations(exchange)).toEqual([]);
});

test.each<[what: string, exchange: Exchange, fault: string]>([
  ['an unknown path', { ...LIST, path: `${AT}/pulls` }, 'is no operation of the description'],
  ['an unknown method', { ...LIST, method: 'DELETE' }, 'is no operation of the description'],
  ['no version', { ...LIST, path: `${AT}/pullRequests` }, 'query api-version is missing'],
  ['another version', { ...LIST, path: `${AT}/pullRequests?api-version=5.1` }, 'query api-version=5.1'],
  ['an unknown state', { ...LIST, path: LIST.path.replace('active', 'open') }, 'query searchCriteria.status=open'],
  ['an unknown name in the query', { ...LIST, path: `${LIST.path}&state=x` }, 'query state=x'],
  ['a field that is not sent', { ...OPENING, requestBody: { body: 'x' } }, 'request body must NOT have additional'],
  ['a field of another type', { ...OPENING, requestBody: { isDraft: 'true' } }, 'request body/isDraft must be boolean'],
  ['a list without its object', { ...LIST, responseBody: [] }, 'response body must be object'],
  [
    'a field that is not answered',
    { ...OPENING, responseBody: { number: 1 } },
    'response body must NOT have additional',
  ],
  ['a status', { ...LIST, status: 204 }, 'it does not answer 204'],
  ['a refusal without a reason', { ...LIST, status: 404, responseBody: {} }, "must have required property 'message'"],
])('not as it is described: %s', (_, exchange, fault) => {
  expect(azureViolations(exchange)).toEqual([expect.stringContaining(fault)]);
});
