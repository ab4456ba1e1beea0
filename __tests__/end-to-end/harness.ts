/** Runs the Action and the command line as a runner or a shell does, against a sandbox, and returns what they write. */
import { afterEach, beforeEach, describe, expect, inject } from 'vitest';
import { isSwitch } from '../../src/inputs/lookup.ts';
import { INPUT_TABLE, SETTING_NAMES } from '../../src/inputs/table.ts';
import type { Files, Sandbox, SandboxOptions, SandboxRepository } from '../../sandbox/sandbox.ts';
import { eachWithSandbox, type Started } from '../sandbox/each-with-sandbox.ts';
import { isRunningInProcess, runInProcess, runProcess, type Entry, type Result } from './execute.ts';
import { leaksIn, seenBy, seenIn } from './leaks.ts';
import type { Runtime } from './runtimes.ts';

export type { Result } from './execute.ts';

export const REPOSITORY = 'acme/manifests';
export const COMMIT = '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3';

export interface Scenario {
  readonly sandbox: Sandbox;
  readonly repository: SandboxRepository;
  /**
   * Runs the Action with inputs as the runner sets them. `token` and `repository` are the sandbox's unless given. A run
   * that begins while another one is in this process is a process, and so is one that can be killed.
   */
  readonly action: (
    inputs: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
    /** Sends the process the signal that is its reason, or kills it at once, as a machine that is switched off would. */
    kill?: AbortSignal,
  ) => Promise<Result>;
  /** Runs the command line. Only what `env` has is in its environment. */
  readonly cli: (
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
    kill?: AbortSignal,
  ) => Promise<Result>;
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
  /**
   * How runs are made: by the functions of the entries in the test's own process, unless given; by the built files under
   * the Node of the tests (`processes`); or by the built files under each runtime, the group once for each of them.
   */
  readonly runs?: 'processes' | 'each-runtime';
}

/** A group of scenarios; each starts with `files` in a fresh sandbox. */
export function scenarios(
  name: string,
  files: Files,
  body: (current: () => Scenario, runtime: Runtime) => void,
  { runs, ...options }: ScenarioOptions = {},
): void {
  const [present, ...others] = inject('runtimes');
  for (const runtime of runs === 'each-runtime' ? [present, ...others] : [present]) {
    describe(`${name} (${runs === undefined ? 'in process' : runtime.name})`, () => {
      const execute: Execute = (entry, args, env, kill) =>
        runs === undefined && kill === undefined && !isRunningInProcess()
          ? runInProcess(entry, args, env)
          : runProcess(runtime.node, entry, args, env, kill);
      const started = eachWithSandbox(files, options);
      let scenario: Scenario;
      const secrets = new Set<string>();
      beforeEach(() => {
        secrets.clear();
        scenario = scenarioOf(execute, started(), secrets);
      });
      // No scenario can forget it: whatever comes out of one has none of its secrets.
      afterEach(async () => {
        const { sandbox, repository } = started();
        const known = [...secrets, ...sandbox.requests.flatMap(({ authorization }) => credentialIn(authorization))];
        expect(leaksIn(await seenBy(sandbox, repository), known)).toEqual([]);
      });
      body(() => scenario, runtime);
    });
  }
}

type Execute = (
  entry: Entry,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  kill?: AbortSignal,
) => Promise<Result>;

/** The token behind a header. */
function credentialIn(authorization: string | undefined): string[] {
  const [scheme = '', value = ''] = authorization?.split(' ') ?? [];
  const text =
    scheme === 'Basic'
      ? Buffer.from(value, 'base64')
          .toString()
          .replace(/^[^:]*:/, '')
      : value;
  return text === '' ? [] : [text];
}

/** The characters in base64 that stand for a text alone, where `before` bytes of three are of another. */
function inBase64(text: string, before: number): string {
  const bits = (before + text.length) * 8;
  return Buffer.from(' '.repeat(before) + text)
    .toString('base64')
    .slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6));
}

const SECRET_INPUT = /^(?:INPUT_(?:.*TOKEN|.*KEY)|MANIFEST_RELEASE_(?:.*TOKEN|.*KEY))$/;

/** For commands that release. */
function withoutRegistry(args: readonly string[]): readonly string[] {
  const isRelease = ['release', 'promote', 'rollback'].includes(args[0] ?? '');
  const isAsked = args.some((arg) => /^--(?:registry\b|help)/.test(arg));
  return isRelease && !isAsked ? [...args, '--registry', 'off'] : args;
}

/** Inputs and settings as a runner has them: settings in the input of that name, secrets among them in their variables. */
export function variablesOf(given: Readonly<Record<string, string>>): Record<string, string> {
  const variables: Record<string, string> = {};
  const settings: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries(given)) {
    const row = INPUT_TABLE.find((one) => one.name === name);
    if (!SETTING_NAMES.has(name)) variables[`INPUT_${name.toUpperCase()}`] = value;
    else if (row?.variable !== undefined) variables[row.variable] = value;
    else if (value !== '') settings[name] = isSwitch(row ?? { name, description: '' }) ? value === 'true' : value;
  }
  return { INPUT_SETTINGS: JSON.stringify(settings), ...variables };
}

function scenarioOf(run: Execute, { sandbox, repository }: Started, secrets: Set<string>): Scenario {
  let forgotten = 0;
  const execute: Execute = async (entry, args, env, kill) => {
    for (const [name, value] of Object.entries(env)) if (SECRET_INPUT.test(name)) secrets.add(value);
    const result = await run(entry, args, env, kill);
    const issued = result.state['app-token'] ?? '';
    const known = [...secrets, issued, ...sandbox.requests.flatMap(({ authorization }) => credentialIn(authorization))];
    expect(leaksIn(seenIn(result), known), 'nothing that came out has a secret').toEqual([]);
    return result;
  };
  return {
    sandbox,
    repository,
    action: (inputs, env = {}, kill) => {
      // What is on the PATH, and which registry is reached, differs from machine to machine.
      const given = { repository: REPOSITORY, token: sandbox.token, render: 'off', registry: 'off', ...inputs };
      const environment = { ...runnerEnvironment(sandbox), ...variablesOf(given), ...env };
      return execute('action', [], environment, kill);
    },
    cli: (args, env = {}, kill) => execute('cli', withoutRegistry(args), env, kill),
    requests: () => sandbox.requests.slice(forgotten).map(({ method, path, status }) => `${method} ${path} ${status}`),
    forget: () => {
      forgotten = sandbox.requests.length;
    },
    normalize: (text) =>
      [0, 1, 2]
        .reduce(
          (shown, before) =>
            shown.replaceAll(`::add-mask::${inBase64(sandbox.token, before)}`, '::add-mask::<part of it in base64>'),
          text,
        )
        .replaceAll(sandbox.serverUrl, 'http://sandbox')
        .replaceAll(sandbox.token, '<token>')
        .replaceAll(Buffer.from(`x-access-token:${sandbox.token}`).toString('base64'), '<token in base64>')
        .replaceAll(/\b[0-9a-f]{40}\b/g, '<id>')
        .replaceAll(/\b(at|pushed|\() ?[0-9a-f]{7}\b/g, '$1 <id>'),
  };
}
