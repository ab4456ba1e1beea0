/** Each kind of forge while its API does not answer as it should: one error that says what was seen and what to do. */
import { describe, expect, inject, test } from 'vitest';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { runProcess, type Result } from './execute.ts';

interface Kind {
  /** The value of the input `forge`. */
  readonly forge: string;
  /** The methods and paths of its API. */
  readonly api: RegExp;
  /** Words of its own for a token that was refused. */
  readonly token: RegExp;
  /** The path of the manifest repository, where it is not `acme/manifests`. */
  readonly path?: string;
  /** The words of other forges, where "organization" is one of its own. */
  readonly foreign?: RegExp;
}

/** Words of GitHub. */
const FOREIGN = /GitHub|GITHUB_TOKEN|Contents: write|organization/;

/** A further forge is a row. */
const KINDS: readonly Kind[] = [
  { forge: 'github', api: /^\w+ \/api\/(?:v3|graphql)/, token: /GITHUB_TOKEN|fine-grained|token of this server/ },
  { forge: 'gitlab', api: /^\w+ \/api\/v4\//, token: /project access token/ },
  { forge: 'gitea', api: /^\w+ \/api\/v1\//, token: /write:repository/ },
  { forge: 'forgejo', api: /^\w+ \/api\/v1\//, token: /write:repository/ },
  { forge: 'bitbucket-cloud', api: /^\w+ \/2\.0\//, token: /Pull requests: Write/ },
  {
    forge: 'bitbucket-data-center',
    api: /^\w+ \/rest\//,
    token: /HTTP access token of the manifest repository/,
    path: 'scm/acme/manifests.git',
  },
  {
    forge: 'azure-devops',
    api: /\/_apis\//,
    token: /Code \(Read & write\)/,
    path: 'acme/ops/_git/manifests',
    foreign: /GitHub|GITHUB_TOKEN|Contents: write/,
  },
];

interface Broken {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly code: string;
  /** What was seen, in the sentence. */
  readonly seen: RegExp;
  /** What to do, in the hint; for a refusal it has the words of the kind too. */
  readonly advice: RegExp;
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const LOGIN = '<!doctype html><title>Sign in to the network</title>';

const ANSWERS: Readonly<Record<string, Broken>> = {
  'the login page of a network': {
    status: 200,
    headers: HTML,
    body: LOGIN,
    code: 'ANSWER_UNREADABLE',
    seen: /it is a web page/,
    advice: /login page of a network may answer/,
  },
  'a web page with 404': {
    status: 404,
    headers: HTML,
    body: LOGIN,
    code: 'ANSWER_UNREADABLE',
    seen: /it is a web page, with status 404/,
    advice: /the address is wrong/,
  },
  'the JSON of another API': {
    status: 200,
    body: { hello: 'world' },
    code: 'ANSWER_UNREADABLE',
    seen: /the answer was not one of that server/,
    advice: /the address is wrong/,
  },
  'a redirect to another server': {
    status: 302,
    headers: { location: 'https://sso.example.com/login' },
    body: '',
    code: 'ANSWER_UNREADABLE',
    seen: /redirects to sso\.example\.com, another server, which was not asked/,
    advice: /the address is wrong/,
  },
  '401': {
    status: 401,
    body: { message: 'Bad credentials' },
    code: 'API_DENIED',
    seen: /Bad credentials/,
    advice: /token/,
  },
  '404': { status: 404, body: { message: 'Not Found' }, code: 'API_DENIED', seen: /Not Found/, advice: /token/ },
  '429': {
    status: 429,
    headers: { 'retry-after': '900' },
    body: { message: 'Too many requests' },
    code: 'RATE_LIMITED',
    seen: /Too many requests/,
    advice: /Run it again later/,
  },
  '500 with a web page': {
    status: 500,
    headers: HTML,
    body: LOGIN,
    code: 'SERVER_FAILED',
    seen: /The server failed/,
    advice: /in maintenance/,
  },
  'nothing, and hangs up': { status: 0, code: 'NETWORK', seen: /The network failed/, advice: /Run it again/ },
};

const TOKEN = 'y7x2q5wz4kfj3mp6nbvh2ctr7ld4gyx5qwz3kfj6mp2nbvhaq3dk';

/** Runs a release with a forge whose API always answers so. */
async function release(
  { api, path = 'acme/manifests' }: Pick<Kind, 'api' | 'path'>,
  options: readonly string[],
  { status, headers, body }: Broken,
): Promise<Result> {
  const sandbox = await startSandbox();
  try {
    await sandbox.createRepository(path.replace(/^scm\/|\.git$/g, ''), {
      'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
    });
    const token = sandbox.createToken({ text: TOKEN, kind: 'classic' });
    sandbox.failNext({ match: api, times: 1000, foreign: true, status, ...(headers && { headers }), body });
    const args = ['--repository', `${sandbox.serverUrl}/${path}`, '--images', 'ghcr.io/acme/web:1.4.2'];
    const [{ node }] = inject('runtimes');
    const env = { MANIFEST_RELEASE_TOKEN: token, RUNNER_DEBUG: '1' };
    return await runProcess(node, 'cli', ['release', ...args, ...options], env);
  } finally {
    await sandbox.close();
  }
}

/** What no run may show. */
function expectNothingInternal({ stdout, stderr, left }: Result): void {
  const shown = stdout + stderr;
  expect(shown).not.toContain(TOKEN);
  expect(shown).not.toContain(Buffer.from(TOKEN).toString('base64').slice(0, 24));
  expect(shown).not.toMatch(/^\s+at .*:\d+/m);
  expect(shown).not.toContain('Sign in to the network');
  expect(left).toEqual([]);
}

describe.each(KINDS)('$forge', ({ forge, token, foreign = FOREIGN, ...kind }) => {
  test.concurrent.each(Object.entries(ANSWERS))('answers with %s: one error, and what to do', async (_, answer) => {
    const result = await release(kind, ['--forge', forge], answer);
    expectNothingInternal(result);
    const [, message = '', hint = '', code] = /^error: (.*)\n(.*) \[(\w+)\]$/m.exec(result.stderr) ?? [];
    expect([result.exitCode, result.stdout, code], result.stderr).toEqual([1, '', answer.code]);
    expect(message).toMatch(answer.seen);
    expect(hint).toMatch(answer.code === 'API_DENIED' ? token : answer.advice);
    if (forge !== 'github') expect(message + hint).not.toMatch(foreign);
  });
});

describe('a server of no known kind', () => {
  // All that it is asked is for its kind.
  const answers = Object.entries(ANSWERS).filter(([, { code }]) => code !== 'ANSWER_UNREADABLE');
  test.concurrent.each(answers)('answers with %s: the branch is pushed', async (_, answer) => {
    const result = await release({ api: /^\w+ \/api\// }, [], answer);
    expectNothingInternal(result);
    expect([result.exitCode, result.stdout], result.stderr).toEqual([
      0,
      expect.stringMatching(/^Pushed branch release\/web to acme\/manifests: .*; open its pull request there\.$/m),
    ]);
    expect(result.stderr).toContain('Text for a pull request:\nRelease web 1.4.1 → 1.4.2');
  });
});
