import { describe, expect, it, test } from 'vitest';
import { readDescription } from './openapi-description.ts';
import { violations, type Exchange } from './openapi.ts';

const API = 'https://api.github.com';
const WEB = 'https://github.com';
const NOW = '2026-03-14T09:26:53Z';

const listing: Exchange = { method: 'GET', path: '/repos/acme/manifests/pulls', status: 200, responseBody: [] };
const creation: Exchange = {
  method: 'POST',
  path: '/repos/acme/manifests/pulls',
  requestBody: { title: 'Release shop 1.4.0', head: 'release/shop-1.4.0', base: 'main', body: '', draft: false },
  status: 201,
  responseBody: pullRequest(),
};
const update: Exchange = {
  method: 'PATCH',
  path: '/repos/acme/manifests/pulls/7',
  requestBody: { title: 'Release shop 1.4.1', state: 'closed' },
  status: 200,
  responseBody: pullRequest(),
};

const reviewing: Exchange = {
  method: 'POST',
  path: '/repos/acme/manifests/pulls/7/requested_reviewers',
  requestBody: { reviewers: ['ada'] },
  status: 201,
};
const removal: Exchange = {
  method: 'DELETE',
  path: '/repos/acme/manifests/issues/7/labels',
  status: 200,
  responseBody: [],
};

describe('an exchange as GitHub describes it', () => {
  it.each<[string, Exchange]>([
    ['creates a pull request', creation],
    ['updates a pull request', update],
    ['lists pull requests', { ...listing, responseBody: [pullRequest()] }],
    ['spells numbers and choices in the query', { ...listing, path: `${listing.path}?state=all&per_page=100&page=2` }],
    ['has percent encoding in the query', { ...listing, path: `${listing.path}?head=acme%3Arelease%2Fshop` }],
    ['reads a repository', { method: 'GET', path: '/repos/acme/manifests', status: 200, responseBody: repository() }],
    ['is answered without a body', { ...listing, status: 304, responseBody: undefined }],
    ['is refused', { ...creation, status: 422, responseBody: { message: 'No', documentation_url: API, errors: [] } }],
    ['adds labels', labelling(['release'])],
    ['is refused by words that nobody describes', { ...reviewing, status: 422, responseBody: { message: 'No' } }],
    ['removes a label whose name is encoded', { ...removal, path: `${removal.path}/env%3A%20a%2Fb` }],
    ['revokes a token', { method: 'DELETE', path: '/installation/token', status: 204 }],
    ['does without the body of an update', { ...update, requestBody: undefined }],
    ['answers null where it may', { ...creation, responseBody: { ...pullRequest(), body: null, milestone: null } }],
    ['names a team as GitHub does', { ...creation, responseBody: { ...pullRequest(), requested_teams: [team()] } }],
  ])('%s', (_, exchange) => {
    expect(violations(exchange)).toEqual([]);
  });

  it.each([401, 403, 404, 429, 500, 502, 503])('fails with %i', (status) => {
    expect(violations({ ...listing, status, responseBody: { message: 'No' } })).toEqual([]);
  });
});

describe('a request that GitHub does not describe', () => {
  it.each<[string, Partial<Exchange>, string]>([
    ['an unknown path', { path: '/repos/acme' }, 'GET /repos/acme is no operation in github-openapi.json'],
    ['an empty path segment', { path: '/repos//m' }, 'GET /repos//m is no operation in github-openapi.json'],
    ['an unknown method', { method: 'PUT' }, 'PUT /repos/acme/manifests/pulls is no operation in github-openapi.json'],
    ['an unknown query parameter', { path: `${listing.path}?colour=red` }, 'query has the unknown property colour'],
    ['a misspelled choice', { path: `${listing.path}?state=opened` }, 'query/state must be one of open, closed, all'],
    ['a word for a number', { path: `${listing.path}?per_page=many` }, 'query/per_page must be integer'],
    ['an empty number', { path: `${listing.path}?per_page=` }, 'query/per_page must be integer'],
    ['a repeated parameter', { path: `${listing.path}?page=1&page=2` }, 'query/page must be integer'],
    ['a body where none is taken', { requestBody: {} }, 'pulls/list takes no request body'],
  ])('is reported: %s', (_, change, sentence) => {
    expect(violations({ ...listing, ...change })).toEqual([sentence]);
  });

  it.each<[string, Exchange, string]>([
    ['a word for a number in the path', { ...update, path: `${listing.path}/x` }, 'path/pull_number must be integer'],
    ['no body where one is needed', { ...creation, requestBody: undefined }, 'pulls/create needs a request body'],
    ['an unknown property', sending({ labels: [] }), 'request body has the unknown property labels'],
    ['a missing property', sending({ base: undefined }), "request body must have required property 'base'"],
    ['a value of the wrong type', sending({ draft: 'no' }), 'request body/draft must be boolean'],
    ['null where none may be', sending({ body: null }), 'request body/body must be string'],
    ['a malformed name', sending({ head_repo: 'shop' }), 'request body/head_repo must match format "repo.nwo"'],
  ])('is reported: %s', (_, exchange, sentence) => {
    expect(violations(exchange)).toEqual([sentence]);
  });

  it.each<[string, Exchange, string]>([
    ['no label to add', labelling([]), 'request body/labels must NOT have fewer than 1 items'],
    ['a bare list of labels', { ...labelling([]), requestBody: ['release'] }, 'request body must be object'],
  ])('is reported, as one of several choices: %s', (_, exchange, sentence) => {
    expect(violations(exchange)).toContain(sentence);
  });
});

test('Enterprise Server has every operation that we use', () => {
  const operations = (name: string) =>
    readDescription(name).operations.map(({ id, method, template }) => [id, method, template.join('/')]);
  expect(operations('./github-enterprise-openapi.json')).toEqual(operations('./github-openapi.json'));
});

describe('an answer that GitHub does not describe', () => {
  it.each<[string, Exchange, string]>([
    ['an undocumented status', { ...creation, status: 200 }, 'pulls/create does not answer 200'],
    ['a body where there is none', { ...listing, status: 304 }, 'pulls/list answers 304 without a body'],
    ['no body where there is one', { ...listing, responseBody: undefined }, 'response body must be array'],
    ['a missing property', answering({ number: undefined }), "response body must have required property 'number'"],
    ['a value of the wrong type', answering({ number: '7' }), 'response body/number must be integer'],
    ['an unknown choice', answering({ state: 'merged' }), 'response body/state must be one of open, closed'],
    ['a malformed address', answering({ url: 'pulls/7' }), 'response body/url must match format "uri"'],
    ['a malformed time', answering({ merged_at: 'today' }), 'response body/merged_at must match format "date-time"'],
    ['null where none may be', answering({ user: null }), 'response body/user must be object'],
    [
      'a fault where null may be',
      answering({ user: { ...user(), name: 5 } }),
      'response body/user/name must be string',
    ],
    [
      'a fault deep inside',
      answering({ head: { ...branch('release/shop-1.4.0'), repo: { ...repository(), default_branch: 5 } } }),
      'response body/head/repo/default_branch must be string',
    ],
    [
      'a refusal without a code',
      { ...creation, status: 422, responseBody: { message: 'No', documentation_url: API, errors: [{}] } },
      "response body/errors/0 must have required property 'code'",
    ],
  ])('is reported: %s', (_, exchange, sentence) => {
    expect(violations(exchange)).toEqual([sentence]);
  });

  it('is reported together with all else that is wrong', () => {
    const wrong = { ...listing, path: `${listing.path}?page=x&q=y`, status: 418, requestBody: {} };
    expect(violations(wrong)).toHaveLength(4);
  });
});

function labelling(labels: string[]): Exchange {
  const path = '/repos/acme/manifests/issues/7/labels';
  return { method: 'POST', path, requestBody: { labels }, status: 200, responseBody: [] };
}

function sending(change: object): Exchange {
  return { ...creation, requestBody: { ...(creation.requestBody as object), ...change } };
}

function answering(change: object): Exchange {
  return { ...creation, responseBody: { ...pullRequest(), ...change } };
}

function pullRequest() {
  const api = `${API}/repos/acme/manifests/pulls/7`;
  const web = `${WEB}/acme/manifests/pull/7`;
  const links = 'comments commits html issue review_comment review_comments statuses';
  const addresses = { url: api, diff_url: `${web}.diff`, patch_url: `${web}.patch`, ...urls(api, links) };
  const identity = { id: 7007, node_id: 'PR_7007', number: 7, state: 'open', locked: false, draft: false };
  const content = { title: 'Release shop 1.4.0', body: 'shop: 1.3.9 to 1.4.0', labels: [], milestone: null };
  const people = { user: user(), author_association: 'MEMBER', assignee: null, assignees: [], merged_by: null };
  const reviewers = { requested_reviewers: [], requested_teams: [], maintainer_can_modify: false };
  const times = { created_at: NOW, updated_at: NOW, closed_at: null, merged_at: null };
  const branches = { head: branch('release/shop-1.4.0'), base: branch('main') };
  const merging = {
    merged: false,
    mergeable: null,
    mergeable_state: 'unknown',
    merge_commit_sha: null,
    auto_merge: null,
  };
  const counts = same('additions changed_files comments commits deletions review_comments', 1);
  const _links = same(`${links} self`, { href: api });
  const facts = { ...identity, ...content, ...people, ...reviewers, ...times, ...branches, ...merging, ...counts };
  return { ...addresses, ...facts, _links };
}

function branch(ref: string) {
  const sha = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
  return { label: `acme:${ref}`, ref, sha, repo: repository(), user: user() };
}

function repository() {
  const links =
    'archive assignees blobs branches clone collaborators comments commits compare contents contributors deployments ' +
    'downloads events forks git git_commits git_refs git_tags hooks html issue_comment issue_events issues keys ' +
    'labels languages merges milestones notifications pulls releases ssh stargazers statuses subscribers ' +
    'subscription svn tags teams trees';
  const counts =
    'forks forks_count network_count open_issues open_issues_count size stargazers_count subscribers_count watchers ' +
    'watchers_count';
  const switches =
    'archived disabled fork has_discussions has_downloads has_issues has_pages has_projects has_wiki private';
  const api = `${API}/repos/acme/manifests`;
  const identity = { id: 42, node_id: 'R_42', name: 'manifests', full_name: 'acme/manifests', owner: user() };
  const unknown = same('description homepage language license mirror_url', null);
  const times = same('created_at pushed_at updated_at', NOW);
  const settings = { default_branch: 'main', ...same(switches, false), ...same(counts, 0) };
  return { url: api, ...urls(api, links), ...identity, ...unknown, ...times, ...settings };
}

function user() {
  const links =
    'avatar events followers following gists html organizations received_events repos starred subscriptions';
  const api = `${API}/users/acme`;
  const identity = { id: 1, node_id: 'U_1', login: 'acme', type: 'Organization', site_admin: false, gravatar_id: '' };
  return { url: api, ...urls(api, links), ...identity };
}

/** Without the `type` that the schema requires: so are the teams in GitHub's own examples. */
function team() {
  const api = `${API}/teams/1`;
  const identity = { id: 1, node_id: 'T_1', name: 'Ops', slug: 'ops', description: null, permission: 'pull' };
  return { url: api, ...urls(api, 'html members repositories'), ...identity };
}

function urls(base: string, names: string) {
  return Object.fromEntries(names.split(' ').map((name) => [`${name}_url`, `${base}/${name}`]));
}

function same<T>(names: string, value: T) {
  return Object.fromEntries(names.split(' ').map((name) => [name, value]));
}
