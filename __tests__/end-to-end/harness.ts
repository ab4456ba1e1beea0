/** Runs the built files as a runner or a shell does, against a sandbox, and shows what came of it. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, inject } from 'vitest';
import {
  startSandbox,
  type Files,
  type Sandbox,
  type SandboxOptions,
  type SandboxRepository,
} from '../../sandbox/sandbox.ts';
import { violations } from '../forge/github/openapi.ts';
import type { Runtime } from './runtimes.ts';

export const REPOSITORY = 'acme/manifests';
export const COMMIT = '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3';

export interface Result {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Outputs of the Action as the runner reads them from GITHUB_OUTPUT. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the main step left for the post step. */
  readonly state: Readonly<Record<string, string>>;
  /** What is left in the temporary folder of the process. */
  readonly left: readonly string[];
}

export interface Scenario {
  readonly sandbox: Sandbox;
  readonly repository: SandboxRepository;
  /** Runs `dist/index.cjs` with inputs as the runner sets them. `token` and `repository` are the sandbox's unless given. */
  readonly action: (
    inputs: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
    /** Kills the process at once, as a machine that is switched off would. */
    kill?: AbortSignal,
  ) => Promise<Result>;
  /** Runs `dist/cli.cjs`. Only what `env` has is in its environment. */
  readonly cli: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Result>;
  /** What the sandbox was asked since the scenario began or `forget` was called, one line a request. */
  readonly requests: () => string[];
  readonly forget: () => void;
  /** A text in which addresses, tokens and object ids have names. */
  readonly normalize: (text: string) => string;
}

/** What a runner's environment has of a run of `acme/web`. */
export function runnerEnvironment(sandbox: Sandbox): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: sandbox.serverUrl,
    GITHUB_API_URL: sandbox.apiUrl,
    GITHUB_REPOSITORY: 'acme/web',
    GITHUB_SHA: COMMIT,
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_NUMBER: '7',
    GITHUB_WORKFLOW_REF: 'acme/web/.github/workflows/ci.yml@refs/heads/main',
    GITHUB_ACTOR: 'ada',
  };
}

export interface ScenarioOptions extends SandboxOptions {
  /** Under the runtime of the tests alone, for what is slow and not a matter of the runtime. */
  readonly presentRuntimeOnly?: true;
}

/** A group of scenarios, run under each runtime; each starts with `files` in a fresh sandbox. */
export function scenarios(
  name: string,
  files: Files,
  body: (current: () => Scenario, runtime: Runtime) => void,
  { presentRuntimeOnly, ...options }: ScenarioOptions = {},
): void {
  for (const runtime of inject('runtimes').slice(0, presentRuntimeOnly ? 1 : undefined)) {
    describe(`${name} (${runtime.name})`, () => {
      let scenario: Scenario;
      beforeEach(async () => {
        scenario = await start(runtime, files, options);
      });
      afterEach(async () => {
        const { sandbox } = scenario;
        const asked = sandbox.requests.filter(({ kind, status }) => kind === 'api' && status > 0);
        await sandbox.close();
        const found = asked.flatMap((request) => violations({ ...request, path: request.path.replace('/api/v3', '') }));
        expect(found, 'every exchange is as GitHub describes its API').toEqual([]);
      });
      afterAll(() => scenario.sandbox.close());
      body(() => scenario, runtime);
    });
  }
}

async function start({ node }: Runtime, files: Files, options: SandboxOptions): Promise<Scenario> {
  const sandbox = await startSandbox(options);
  const repository = await sandbox.createRepository(REPOSITORY, files);
  let forgotten = 0;
  return {
    sandbox,
    repository,
    action: (inputs, env = {}, kill) => {
      const given = { repository: REPOSITORY, token: sandbox.token, ...inputs };
      const variables = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
      const environment = { ...runnerEnvironment(sandbox), ...Object.fromEntries(variables), ...env };
      return execute(node, ['dist/index.cjs'], environment, kill);
    },
    cli: (args, env = {}) => execute(node, ['dist/cli.cjs', ...args], env),
    requests: () => sandbox.requests.slice(forgotten).map(({ method, path, status }) => `${method} ${path} ${status}`),
    forget: () => {
      forgotten = sandbox.requests.length;
    },
    normalize: (text) =>
      text
        .replaceAll(sandbox.serverUrl, 'http://sandbox')
        .replaceAll(sandbox.token, '<token>')
        .replaceAll(Buffer.from(`x-access-token:${sandbox.token}`).toString('base64'), '<token in base64>')
        .replaceAll(/\b[0-9a-f]{40}\b/g, '<id>')
        .replaceAll(/\b(at|pushed|\() ?[0-9a-f]{7}\b/g, '$1 <id>'),
  };
}

/** Runs a built file with its own temporary folder and the files that the runner gives. */
async function execute(
  node: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  kill?: AbortSignal,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'end-to-end-'));
  const [output, summary, state] = [join(folder, 'output'), join(folder, 'summary'), join(folder, 'state')];
  await Promise.all([writeFile(output, ''), writeFile(summary, ''), writeFile(state, '')]);
  const work = await mkdtemp(join(folder, 'work-'));
  try {
    const child = spawn(node, args, {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        TMPDIR: work,
        ...('GITHUB_ACTIONS' in env && { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, GITHUB_STATE: state }),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    kill?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
    const chunks: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.stdout.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => chunks.stderr.push(chunk));
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', reject).on('close', (code) => resolve(code ?? -1));
    });
    return {
      exitCode,
      stdout: chunks.stdout.join(''),
      stderr: chunks.stderr.join(''),
      outputs: readOutputs(await readFile(output, 'utf8')),
      summary: await readFile(summary, 'utf8'),
      state: readOutputs(await readFile(state, 'utf8')),
      left: await readdir(work),
    };
  } finally {
    // What git was at when its parent was killed may go on for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The file format of GITHUB_OUTPUT: `name<<delimiter`, lines, `delimiter`. */
function readOutputs(text: string): Record<string, string> {
  const entries = text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm);
  return Object.fromEntries([...entries].map(([, name = '', , value = '']) => [name, value]));
}
