/** A repository with workflows, and runs of them by the real runner in host mode, against the servers of the sandbox. */
import { execFile, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { leaksIn } from '../../__tests__/end-to-end/leaks.ts';

const execute = promisify(execFile);

/** How workflows name this project. */
export const PROJECT = 'acme/manifest-release-pr';
const STAND_INS = join(import.meta.dirname, 'stand-ins');

type Values = Readonly<Record<string, string>>;

/** The server that a runner belongs to, and its token of each workflow. */
export interface Server {
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly token: string;
}

export interface Start {
  /** Path of the workflow. */
  readonly workflow: string;
  /** `push` unless given. */
  readonly event?: string;
  /** The whole ref that was pushed; the branch `main` unless given. */
  readonly ref?: string;
  /** Of `workflow_dispatch`. */
  readonly inputs?: Values;
  readonly secrets?: Values;
  /** Variables of the repository. */
  readonly vars?: Values;
}

export interface Ran {
  /** Whether all jobs ended well. */
  readonly succeeded: boolean;
  /** What the page of the run shows, one line each. */
  readonly log: string;
  /** Outputs that steps set, by the step's id; of a job that ran more than once those of the last. */
  readonly outputs: Readonly<Record<string, Values>>;
  /** Summaries of all steps. */
  readonly summary: string;
  /** Results of jobs, by the name that their workflow gives them. */
  readonly results: Values;
}

/** A line of the runner's log. */
interface Line {
  readonly msg?: string;
  readonly level?: string;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly content?: string;
  readonly raw?: string;
  readonly jobID?: string;
  readonly jobResult?: string;
  readonly stepID?: readonly string[];
}

export class Checkout {
  readonly #server: Server;
  readonly #folder: string;
  /** Whole id of the commit that is checked out. */
  readonly commit: string;

  /** Makes the repository `owner/name` in a folder of its own below `folder`, with one commit on `main`. */
  static async create(server: Server, folder: string, fullName: string, files: Values): Promise<Checkout> {
    const own = await mkdtemp(join(folder, 'checkout-'));
    const root = join(own, 'repository');
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    const git = (...args: string[]) => execute('git', ['-C', root, ...args], { env: environmentOf(own) });
    await git('init', '--quiet', '--initial-branch=main');
    await git('remote', 'add', 'origin', `${server.serverUrl}/${fullName}.git`);
    await git('add', '--all');
    await git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--quiet', '--message=Workflows');
    return new Checkout(server, own, (await git('rev-parse', 'HEAD')).stdout.trim());
  }

  private constructor(server: Server, folder: string, commit: string) {
    this.#server = server;
    this.#folder = folder;
    this.commit = commit;
  }

  /** Runs a workflow of the repository. Throws when a secret is in what came out. */
  async run({
    workflow,
    event = 'push',
    ref = 'refs/heads/main',
    inputs = {},
    secrets = {},
    vars = {},
  }: Start): Promise<Ran> {
    const { serverUrl, apiUrl, token } = this.#server;
    const { act, node } = inject('runner');
    const own = await mkdtemp(join(this.#folder, 'run-'));
    const payload = join(own, 'event.json');
    await writeFile(payload, JSON.stringify({ ref, inputs }));
    const hidden = { GITHUB_TOKEN: token, ...secrets };
    const given = { GITHUB_SERVER_URL: serverUrl, GITHUB_API_URL: apiUrl, STAND_IN_ARTIFACTS: join(own, 'artifacts') };
    const args = [
      ...optionsOf(own),
      '--directory',
      join(this.#folder, 'repository'),
      '--workflows',
      workflow,
      '--eventpath',
      payload,
      ...flags('--env', Object.entries(given).map(pair)),
      ...flags('--input', Object.entries(inputs).map(pair)),
      ...flags('--var', Object.entries(vars).map(pair)),
      // Their values are taken from the environment.
      ...flags('--secret', Object.keys(hidden)),
      ...flags('--local-repository', await this.#localRepositories(workflow)),
    ];
    const child = spawn(act, [event, ...args, '--github-instance', new URL(serverUrl).host], {
      env: { ...environmentOf(own), PATH: `${dirname(node)}${delimiter}${process.env['PATH']}`, ...hidden },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    const ran = readRun(code === 0, stdout + stderr);
    const seen = [
      ['the log', ran.log],
      ['the summary', ran.summary],
      ['the outputs', JSON.stringify(ran.outputs)],
    ] as const;
    const leaks = leaksIn(seen, Object.values(hidden));
    if (leaks.length > 0) throw new Error(leaks.join('\n'));
    return ran;
  }

  /** Where the runner finds what the workflow, and the workflows of this project, use. */
  async #localRepositories(workflow: string): Promise<string[]> {
    const { project } = inject('runner');
    const ours = readdirSync(join(project, '.github/workflows')).map((name) =>
      join(project, '.github/workflows', name),
    );
    const texts = await Promise.all(
      [join(this.#folder, 'repository', workflow), ...ours].map((path) => readFile(path, 'utf8')),
    );
    const used = texts.join('\n').matchAll(/\buses: ([\w.-]+\/[\w.-]+)(?:\/[^@\s]+)?@(\S+)/g);
    return [...new Map([...used].map(([, name = '', ref = '']) => [`${name}@${ref}`, name]))].flatMap(
      ([reference, name]) => {
        const folder = name === PROJECT ? project : join(STAND_INS, name);
        return `${reference}=${folder}`;
      },
    );
  }
}

/** Options of each run, which keeps its files in `folder`: in host mode there is no container, and nothing is fetched. */
function optionsOf(folder: string): string[] {
  const host = ['--platform', 'ubuntu-24.04=-self-hosted', '--container-daemon-socket', '-', '--pull=false'];
  return [
    '--json',
    ...host,
    '--no-cache-server',
    '--action-offline-mode',
    '--action-cache-path',
    join(folder, 'cache'),
  ];
}

const flags = (name: string, values: readonly string[]): string[] => values.flatMap((value) => [name, value]);
const pair = ([name, value]: readonly [string, string]): string => `${name}=${value}`;

/** Nothing of the environment of the tests but what programs need: they may be run in a CI themselves. */
function environmentOf(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    TMPDIR: tmpdir(),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
}

function readRun(succeeded: boolean, output: string): Ran {
  const lines = output
    .split('\n')
    .filter((line) => line !== '')
    .map(readLine);
  const outputs: Record<string, Record<string, string>> = {};
  for (const { command, name = '', arg = '', stepID } of lines) {
    const id = stepID?.at(-1);
    if (command === 'set-output' && id !== undefined) (outputs[id] ??= {})[name] = arg;
  }
  return {
    succeeded,
    log: lines
      .flatMap(({ command, msg = '', raw }) => (command === 'add-mask' ? [] : (raw ?? msg).trimEnd()))
      .join('\n'),
    outputs,
    summary: lines.flatMap(({ command, content }) => (command === 'summary' ? (content ?? '') : [])).join('\n'),
    results: Object.fromEntries(
      lines.flatMap(({ jobID, jobResult }) => (jobResult === undefined ? [] : [[jobID, jobResult]])),
    ),
  };
}

/** The runner's own errors are lines of text. */
function readLine(line: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return { msg: line };
  }
}
