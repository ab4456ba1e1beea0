import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/forge/github/diagnose-token.ts';
import type { Evidence, Probe } from '../../../src/forge/github/refusal-evidence.ts';
import { isPersonal, kindOfToken, KINDS, type TokenKind } from '../../../src/forge/github/token-kind.ts';

const SEEN: Probe = { status: 200, message: '', headers: {}, archived: false, mayPush: true };
const UNSEEN: Probe = { status: 404, message: 'Not Found', headers: {} };
const UNKNOWN: Probe = { status: 401, message: 'Bad credentials', headers: {} };
const URL = 'https://github.com/acme/manifests.git/';

const evidence = (given: Partial<Evidence> & Pick<Evidence, 'kind'>): Evidence => ({
  refused: 'api',
  repository: 'acme/manifests',
  isOwnRepository: false,
  message: '',
  ...given,
});

/** What git prints when it may not. */
const git = (said: string): string =>
  `remote: ${said}\nfatal: unable to access '${URL}': The requested URL returned error: 403\n`;
const NOT_FOUND = `remote: Repository not found.\nfatal: repository '${URL}' not found\n`;

const SSO = 'required; url=https://github.com/orgs/acme/sso?authorization_request=A4PQ7';

/** Evidence, what the finding says, and what the remedy says. */
const CASES: readonly [what: string, Partial<Evidence> & Pick<Evidence, 'kind'>, finding: string, remedy: string][] = [
  [
    'a token that is expired or revoked',
    { kind: 'fine-grained', message: 'Bad credentials', status: 401, probe: UNKNOWN },
    'The fine-grained personal access token (github_pat_…) is expired, was revoked, or belongs to another server.',
    'Make a new one under Settings → Developer settings → Fine-grained tokens',
  ],
  [
    'the same as git says it',
    {
      kind: 'classic',
      refused: 'read',
      message: `remote: Invalid username or token.\nfatal: Authentication failed for '${URL}'`,
    },
    'The classic personal access token (ghp_…) is expired',
    'best a fine-grained one',
  ],
  [
    'an installation token of a job before',
    { kind: 'app', refused: 'read', message: `fatal: Authentication failed for '${URL}'`, probe: UNKNOWN },
    'The token of a GitHub App (ghs_…) is expired',
    'It is valid for an hour',
  ],
  [
    'GITHUB_TOKEN after its job',
    { kind: 'GITHUB_TOKEN', isOwnRepository: true, message: 'Bad credentials', status: 401 },
    'GITHUB_TOKEN is expired',
    'It is valid only while its job runs',
  ],
  [
    'a secret with something else in it',
    { kind: 'unknown', message: 'Bad credentials', status: 401, probe: UNKNOWN },
    'The token, whose prefix is unknown, is expired',
    'no quotes, no line break',
  ],
  [
    'a token of GitLab',
    { kind: 'gitlab', refused: 'read', message: NOT_FOUND },
    'The token of GitLab (glpat-…) is not known to GitHub.',
    'Use a GitHub App',
  ],
  [
    'a repository that is not selected',
    { kind: 'fine-grained', refused: 'read', message: NOT_FOUND, probe: UNSEEN },
    'The fine-grained personal access token (github_pat_…) does not see "acme/manifests"',
    'Select it under "Repository access" of the token, whose resource owner must be the owner of the repository',
  ],
  [
    'the same without a probe',
    { kind: 'app', message: 'Not Found', status: 404 },
    'The token of a GitHub App (ghs_…) does not see "acme/manifests"',
    'Select the repository in the settings of the App’s installation',
  ],
  [
    'the same of GraphQL',
    { kind: 'classic', message: "Could not resolve to a Repository with the name 'acme/manifests'.", probe: UNSEEN },
    'The classic personal access token (ghp_…) does not see "acme/manifests"',
    'Give it the scope repo, and its user the role Write',
  ],
  [
    'a repository that is seen, and whose files are not',
    { kind: 'app', refused: 'read', message: NOT_FOUND, probe: SEEN },
    'The token of a GitHub App (ghs_…) lacks the permission Contents: write on "acme/manifests".',
    'accept it in those of the installation',
  ],
  [
    'contents missing for a push',
    { kind: 'fine-grained', refused: 'push', message: git('Write access to repository not granted.'), probe: SEEN },
    'The fine-grained personal access token (github_pat_…) lacks the permission Contents: write on "acme/manifests".',
    'Add it under Settings → Developer settings → Fine-grained tokens',
  ],
  [
    'contents missing for GITHUB_TOKEN',
    {
      kind: 'GITHUB_TOKEN',
      isOwnRepository: true,
      refused: 'push',
      message: git('Permission to acme/manifests.git denied to github-actions[bot].'),
      probe: SEEN,
    },
    'GITHUB_TOKEN lacks the permission Contents: write on "acme/manifests".',
    '"contents: write" and "pull-requests: write"',
  ],
  [
    'pull requests missing, as the header names it',
    {
      kind: 'app',
      message: 'Resource not accessible by integration',
      status: 403,
      headers: { 'x-accepted-github-permissions': 'pull_requests=write' },
      probe: SEEN,
    },
    'The token of a GitHub App (ghs_…) lacks the permission Pull requests: write on "acme/manifests".',
    '"Permissions & events"',
  ],
  [
    'one of several permissions missing',
    {
      kind: 'fine-grained',
      message: 'Resource not accessible by personal access token',
      status: 403,
      headers: { 'x-accepted-github-permissions': 'issues=write,metadata=read; pull_requests=write' },
      probe: SEEN,
    },
    'lacks the permission Issues: write and Metadata: read, or Pull requests: write on',
    'Fine-grained tokens',
  ],
  [
    'pull requests missing, without a header',
    { kind: 'app', message: 'Resource not accessible by integration', status: 403, probe: SEEN },
    'lacks the permission Pull requests: write on',
    '"Permissions & events"',
  ],
  [
    'a scope missing',
    {
      kind: 'classic',
      message: 'Must have push access',
      status: 403,
      headers: { 'x-oauth-scopes': 'read:org, public_repo', 'x-accepted-oauth-scopes': 'repo' },
      probe: SEEN,
    },
    'The classic personal access token (ghp_…) lacks the scope repo (it has read:org, public_repo) on "acme/manifests".',
    'Give it the scope repo',
  ],
  [
    'no scope at all, seen by the probe',
    {
      kind: 'oauth',
      refused: 'push',
      message: git('denied to ada.'),
      probe: { ...SEEN, headers: { 'x-oauth-scopes': '' } },
    },
    'The OAuth token (gho_…) lacks the scope repo (it has none)',
    'Give it the scope repo',
  ],
  [
    'a user who may only read',
    {
      kind: 'classic',
      refused: 'push',
      message: git('Permission to x denied to ada.'),
      probe: { ...SEEN, mayPush: false },
    },
    'The classic personal access token (ghp_…) belongs to a user who may not write to "acme/manifests".',
    'Give this user the role Write',
  ],
  [
    'a user who may only read, or a token',
    {
      kind: 'fine-grained',
      refused: 'push',
      message: git('Permission to x denied to ada.'),
      probe: { ...SEEN, mayPush: false },
    },
    'belongs to a user who may not write to "acme/manifests".',
    'the token itself needs Contents: write too',
  ],
  [
    'a pull request that is not there',
    { kind: 'app', refused: 'api', message: 'Not Found', status: 404, probe: SEEN },
    'on "acme/manifests", or what was asked for is not there.',
    'Permissions & events',
  ],
  [
    'an App, of which GitHub says the same and means nothing by it',
    { kind: 'app', refused: 'push', message: git('denied to x[bot].'), probe: { ...SEEN, mayPush: false } },
    'The token of a GitHub App (ghs_…) lacks the permission Contents: write',
    'Permissions & events',
  ],
  [
    'workflows missing for an App',
    {
      kind: 'app',
      refused: 'push',
      message:
        '! [remote rejected] (refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission)',
    },
    'The token of a GitHub App (ghs_…) lacks the permission Workflows: write, and the push changes ".github/workflows/ci.yml".',
    ':(exclude).github/workflows',
  ],
  [
    'workflows missing for a classic token',
    {
      kind: 'classic',
      refused: 'push',
      message:
        'refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope',
    },
    'The classic personal access token (ghp_…) lacks the scope workflow, and the push changes ".github/workflows/ci.yml".',
    'GITHUB_TOKEN never has it',
  ],
  [
    'single sign-on, by the header',
    {
      kind: 'classic',
      message: 'Resource protected by organization SAML enforcement.',
      status: 403,
      headers: { 'x-github-sso': SSO },
    },
    'The classic personal access token (ghp_…) is not authorized for the single sign-on of "acme".',
    '"Configure SSO" beside the token and authorize it (https://github.com/orgs/acme/sso);',
  ],
  [
    'single sign-on, by git',
    {
      kind: 'oauth',
      refused: 'read',
      message: git("The 'acme' organization has enabled or enforced SAML SSO."),
      probe: { status: 403, message: 'Resource protected', headers: { 'x-github-sso': SSO } },
    },
    'The OAuth token (gho_…) is not authorized for the single sign-on of "acme".',
    '(https://github.com/orgs/acme/sso)',
  ],
  [
    'GITHUB_TOKEN for another private repository',
    { kind: 'GITHUB_TOKEN', refused: 'read', message: NOT_FOUND, probe: UNSEEN },
    'GITHUB_TOKEN is good for the repository of its own workflow alone, and "acme/manifests" is another one.',
    'Use a GitHub App (inputs "app-client-id" and "app-private-key")',
  ],
  [
    'GITHUB_TOKEN for another public repository, known by its login',
    { kind: 'app', refused: 'push', message: git('Permission to x denied to github-actions[bot].'), probe: SEEN },
    'GITHUB_TOKEN is good for the repository of its own workflow alone',
    'or a fine-grained token that has this repository selected',
  ],
  [
    'the setting that keeps workflows from opening pull requests',
    {
      kind: 'GITHUB_TOKEN',
      isOwnRepository: true,
      message: 'GitHub Actions is not permitted to create or approve pull requests.',
      status: 403,
    },
    'GITHUB_TOKEN may not open pull requests in "acme/manifests": a setting forbids it to all workflows.',
    'Tick "Allow GitHub Actions to create and approve pull requests" under Settings → Actions → General',
  ],
  [
    'the IP allow list',
    {
      kind: 'app',
      message:
        'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
      status: 403,
    },
    'The token of a GitHub App (ghs_…) was used from an address that the IP allow list of "acme" does not have.',
    'Run the job on a runner whose address is on the list',
  ],
  [
    'the policy of an organization',
    {
      kind: 'classic',
      message: '`acme` forbids access via a personal access token (classic).',
      status: 403,
    },
    'is of a kind, or of a lifetime, that the policy of "acme" does not allow.',
    'Use a GitHub App',
  ],
  [
    'an archived repository, as git says',
    { kind: 'app', refused: 'push', message: git('This repository was archived so it is read-only.') },
    'The token of a GitHub App (ghs_…) cannot write to "acme/manifests": it is archived',
    'Unarchive it',
  ],
  [
    'an archived repository, as the probe finds',
    { kind: 'classic', refused: 'push', message: git('denied'), probe: { ...SEEN, archived: true } },
    'it is archived and read-only.',
    'in the input "repository"',
  ],
  [
    'a rate limit',
    { kind: 'app', message: 'You have exceeded a secondary rate limit.', status: 403, probe: SEEN },
    'The token of a GitHub App (ghs_…) lacks nothing: the rate limit of GitHub is reached.',
    'Run it again',
  ],
  [
    'a rule that wants signatures',
    {
      kind: 'app',
      refused: 'push',
      message: 'GH013: Repository rule violations. Commits must have verified signatures.',
    },
    'was let in, but a rule of the repository wants signed commits.',
    'Set the input "sign-commits" to true',
  ],
  [
    'an ssh key that nobody knows',
    { kind: 'ssh-key', refused: 'read', message: 'git@github.com: Permission denied (publickey).' },
    'The ssh key is unknown to the server of "acme/manifests".',
    'Settings → Deploy keys',
  ],
  [
    'a deploy key that only reads',
    {
      kind: 'ssh-key',
      refused: 'push',
      message: 'ERROR: The key you are authenticating with has been marked as read only.',
    },
    'The ssh key lacks write access on "acme/manifests".',
    '"Allow write access"',
  ],
  [
    'a deploy key of another repository',
    { kind: 'ssh-key', refused: 'read', message: 'ERROR: Repository not found.' },
    'The ssh key does not see "acme/manifests"',
    'A deploy key is valid for the one repository that it was added to.',
  ],
];

describe('the token doctor', () => {
  test.each(CASES)('knows %s', (_, given, finding, remedy) => {
    const told = diagnose(evidence(given));
    expect(told).toEqual({ finding: expect.stringContaining(finding), remedy: expect.stringContaining(remedy) });
    expect(told?.finding).toMatch(/^[A-Z].*\.$/);
  });

  test.each<[what: string, Partial<Evidence>]>([
    ['a rule of a branch', { refused: 'push', message: 'GH006: Protected branch update failed for refs/heads/main.' }],
    [
      'a rule, which GraphQL calls forbidden',
      { refused: 'push', message: 'Repository rule violations found', status: 403 },
    ],
    ['a text that is too long', { message: 'Validation Failed; title is too long', status: 422, probe: SEEN }],
  ])('has nothing to say of %s', (_, given) => {
    expect(diagnose(evidence({ kind: 'app', ...given }))).toBeUndefined();
  });

  test('says nothing that a server could have slipped in', () => {
    const hostile = 'x\n::error::owned\u001b[31m';
    const told = diagnose(
      evidence({
        kind: 'classic',
        message: `refusing to allow a GitHub App to create or update workflow \`${hostile}\``,
        headers: { 'x-github-sso': `required; url=javascript:${hostile}`, 'x-oauth-scopes': hostile },
      }),
    );
    const scopes = diagnose(evidence({ kind: 'classic', status: 403, headers: { 'x-oauth-scopes': hostile } }));
    for (const text of [told?.finding, told?.remedy, scopes?.finding]) expect(text).not.toMatch(/\p{Cc}|javascript/u);
    expect(scopes?.finding).toContain('x\\u{a}::error::owned\\u{1b}');
  });

  test('shows of the page for single sign-on no more than where it is', () => {
    const message = 'Resource protected by organization SAML enforcement.';
    const told = diagnose(evidence({ kind: 'classic', message, status: 403, headers: { 'x-github-sso': SSO } }));
    expect(told?.remedy).not.toContain('A4PQ7');
  });
});

test.each<[token: string, kind: TokenKind]>([
  ['ghs_abc', 'app'],
  ['ghs_12_eyJ.eyJ.sig', 'app'],
  ['v1.0123456789abcdef', 'app'],
  ['github_pat_11AA_b', 'fine-grained'],
  ['ghp_abc', 'classic'],
  ['0123456789abcdef0123456789abcdef01234567', 'classic'],
  ['gho_abc', 'oauth'],
  ['ghu_abc', 'user'],
  ['glpat-abc', 'gitlab'],
  ['gldt-abc', 'gitlab'],
  ['hunter2', 'unknown'],
])('%s is of the kind %s', (token, kind) => {
  expect(kindOfToken(token)).toBe(kind);
  expect(kindOfToken(token, true)).toBe(kind === 'app' ? 'GITHUB_TOKEN' : kind);
});

test('a person stands behind some kinds', () => {
  const personal = Object.keys(KINDS).filter((kind) => isPersonal(kind as TokenKind));
  expect(personal).toEqual(['fine-grained', 'classic', 'oauth', 'user']);
});
