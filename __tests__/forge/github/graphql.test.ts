import { describe, expect, it } from 'vitest';
import * as documents from '../../../src/forge/github/graphql-documents.ts';
import { OUR_DOCUMENTS } from './documents.ts';
import { graphqlViolations, type GraphQlExchange } from './graphql.ts';
import { violations } from './openapi.ts';

const ID = 'a'.repeat(40);
const FACTS = {
  id: 'PR_1',
  number: 1,
  url: 'https://github.com/acme/manifests/pull/1',
  title: 'Release web',
  body: '',
  state: 'OPEN',
  isDraft: false,
  isCrossRepository: false,
  headRefName: 'release/web',
  headRefOid: ID,
  baseRefName: 'main',
  labels: { nodes: [{ name: 'release' }] },
  closedAt: null,
  assignees: { nodes: [{ login: 'ada' }] },
  reviewRequests: { nodes: [{ requestedReviewer: { login: 'ada' } }, { requestedReviewer: {} }] },
  headRef: { target: { oid: ID } },
  commits: {
    totalCount: 1,
    nodes: [
      {
        commit: {
          oid: ID,
          message: 'Release web',
          tree: { oid: ID },
          parents: { nodes: [{ oid: ID }] },
          committer: { email: 'release@example.com' },
          signature: null,
        },
      },
    ],
  },
  earlier: { nodes: [{ commit: { oid: ID, message: 'Release web' } }] },
  timelineItems: { nodes: [{ createdAt: '2026-01-02T03:04:05Z' }] },
};
const MERGE = { id: 'PR_1', head: ID, mergeMethod: 'SQUASH' };
const [COMMIT] = FACTS.commits.nodes.map(({ commit }) => commit);
const withCommit = (commit: object) => ({ ...FACTS, commits: { totalCount: 1, nodes: [{ commit }] } });

const listing = answering([FACTS]);
const merging: GraphQlExchange = {
  requestBody: { query: documents.ENABLE_AUTO_MERGE, variables: MERGE },
  status: 200,
  responseBody: { data: { enablePullRequestAutoMerge: { pullRequest: { number: 1 } } } },
};
const refusal = { type: 'FORBIDDEN', path: ['repository'], locations: [{ line: 1, column: 1 }], message: 'No' };

function answering(nodes: unknown[], repository: object = {}): GraphQlExchange {
  const open = { nodes, pageInfo: { hasNextPage: false, endCursor: null } };
  return {
    requestBody: {
      query: documents.pullRequestsQuery(1),
      variables: { owner: 'acme', name: 'manifests', branch0: 'release/web', base: 'main' },
    },
    status: 200,
    responseBody: {
      data: {
        repository: { id: 'R_1', isPrivate: true, open, past0: { nodes: [] }, merged: { nodes: [] }, ...repository },
      },
    },
  };
}

function sending(change: object, query = documents.ENABLE_AUTO_MERGE): GraphQlExchange {
  return { ...merging, requestBody: { query, variables: { ...MERGE, ...change } } };
}

describe('an exchange as the schema has it', () => {
  it.each<[string, GraphQlExchange]>([
    ['finds pull requests', listing],
    ['finds none', answering([])],
    ['finds one whose branch is gone', answering([{ ...FACTS, headRef: null }])],
    ['finds one without reviewers', answering([{ ...FACTS, reviewRequests: null, timelineItems: { nodes: [] } }])],
    ['finds a signed commit', answering([withCommit({ ...COMMIT, signature: { isValid: true } })])],
    ['enables auto-merge', merging],
    ['finds no repository', { ...listing, responseBody: { data: { repository: null }, errors: [refusal] } }],
    ['has no data at all', { ...listing, responseBody: { data: null, errors: [refusal] } }],
    ['is turned away', { ...listing, status: 401, responseBody: { message: 'Bad credentials' } }],
  ])('%s', (_, exchange) => {
    expect(graphqlViolations(exchange)).toEqual([]);
  });

  it.each(['/graphql', '/api/graphql'])('is told by its path, %s', (path) => {
    expect(violations({ ...listing, method: 'POST', path })).toEqual([]);
    expect(violations({ ...listing, status: 418, method: 'POST', path })).toEqual(['GraphQL does not answer 418']);
  });
});

it.each(
  [...OUR_DOCUMENTS, documents.pullRequestsQuery(0)].map((query, index) => [
    `${index} ${/^\w+ \w+/.exec(query)?.[0] ?? ''}`,
    query,
  ]),
)('the document %s asks for what the schema has', (_, query) => {
  const faults = graphqlViolations({ requestBody: { query }, status: 502 });
  // All that is wrong is that no variables were given.
  expect(faults.filter((fault) => !/^Variable "\$\w+" of required type/.test(fault))).toEqual([]);
});

describe('a request that the schema does not have', () => {
  it.each<[string, GraphQlExchange, string]>([
    ['no query', { ...merging, requestBody: {} }, 'the request has no query'],
    [
      'an unknown property',
      { ...merging, requestBody: { query: documents.ENABLE_AUTO_MERGE, variables: MERGE, extra: 1 } },
      'the request has the unknown property extra',
    ],
    ['an undeclared variable', sending({ other: 1 }), 'the variable other is not declared'],
    ['null for a variable', sending({ id: null }), 'Variable "$id" of non-null type "ID!" must not be null.'],
    [
      'an unknown choice',
      sending({ mergeMethod: 'squash' }),
      'Variable "$mergeMethod" got invalid value "squash"; Value "squash" does not exist in "PullRequestMergeMethod" enum. ' +
        'Did you mean the enum value "SQUASH"?',
    ],
    [
      'an unknown field',
      sending({}, documents.ENABLE_AUTO_MERGE.replace('{ number }', '{ colour }')),
      'Cannot query field "colour" on type "PullRequest".',
    ],
    [
      'an unknown argument',
      sending({}, documents.ENABLE_AUTO_MERGE.replace('mergeMethod: $', 'how: $')),
      'Field "how" is not defined by type "EnablePullRequestAutoMergeInput".',
    ],
  ])('is reported: %s', (_, exchange, sentence) => {
    expect(graphqlViolations(exchange)).toContain(sentence);
  });
});

describe('an answer that the schema does not have', () => {
  it.each<[string, GraphQlExchange, string]>([
    ['a missing field', answering([{ ...FACTS, title: undefined }]), 'data.repository.open.nodes[0].title is missing'],
    [
      'a field that nobody asked for',
      answering([{ ...FACTS, x: 1 }]),
      'data.repository.open.nodes[0].x was not asked for',
    ],
    [
      'null where none may be',
      answering([{ ...FACTS, state: null }]),
      'data.repository.open.nodes[0].state must not be null',
    ],
    ['no list', answering([], { merged: { nodes: {} } }), 'data.repository.merged.nodes must be a list'],
    ['no object', answering([1]), 'data.repository.open.nodes[0] must be an object'],
    [
      'an id that is none',
      answering([{ ...FACTS, headRefOid: 'main' }]),
      'data.repository.open.nodes[0].headRefOid is no GitObjectID',
    ],
    [
      'an address that is none',
      answering([{ ...FACTS, url: 'pull/1' }]),
      'data.repository.open.nodes[0].url is no URI',
    ],
    [
      'a part of a commit',
      answering([withCommit({ oid: ID, message: '' })]),
      'data.repository.open.nodes[0].commits.nodes[0].commit.tree is missing',
    ],
    [
      'an unknown property',
      { ...merging, responseBody: { data: null, errors: [refusal], x: 1 } },
      'the answer has the unknown property x',
    ],
    ['no errors', { ...merging, responseBody: { data: null, errors: [] } }, 'errors must be a list of at least one'],
    [
      'an error without a message',
      { ...merging, responseBody: { data: null, errors: [{}] } },
      'an error needs a message, and lists for its path and locations',
    ],
    ['no data', { ...merging, responseBody: {} }, 'data must be an object'],
    ['an unknown status', { ...merging, status: 418 }, 'GraphQL does not answer 418'],
  ])('is reported: %s', (_, exchange, sentence) => {
    expect(graphqlViolations(exchange)).toContain(sentence);
  });

  it.each([
    [{ state: 'open' }, 'Value "open" does not exist in "PullRequestState" enum'],
    [{ number: '1' }, 'Int cannot represent non-integer value: "1"'],
    [{ isDraft: 'no' }, 'Boolean cannot represent a non boolean value: "no"'],
  ])('is reported: %o', (change, sentence) => {
    expect(graphqlViolations(answering([{ ...FACTS, ...change }])).join()).toContain(sentence);
  });
});
