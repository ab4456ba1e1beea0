/** A fresh manifest repository on the real Gitea, and runs of the built files against it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, inject } from 'vitest';
import { runProcess, type Result } from '../../__tests__/end-to-end/execute.ts';
import { variablesOf } from '../../__tests__/end-to-end/harness.ts';
import { GitRepository, type Files } from './git.ts';
import { ask, type Answer } from './people.ts';
import { createRepository, isFilled, type Gitea } from './setup.ts';

/** Outputs of a run of the command line, which prints them as JSON. */
export interface Run {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, Answer>>;
  readonly log: string;
}

export interface Scenario {
  readonly gitea: Gitea;
  /** `owner/name`. */
  readonly name: string;
  readonly git: GitRepository;
  /** Runs `dist/cli.cjs` with the bot's token. */
  readonly cli: (command: string, inputs: Inputs, env?: Readonly<Record<string, string>>) => Promise<Run>;
  /** Runs `dist/index.cjs` as the runner of Gitea Actions does in `acme/web`. */
  readonly action: (inputs: Inputs, env?: Readonly<Record<string, string>>) => Promise<Result>;
  /** Asks the API as the person linus. */
  readonly api: (method: string, below: string, body?: unknown) => Promise<Answer>;
  /** Merges by hand; Gitea looks for conflicts for a moment before. */
  readonly merge: (number: number) => Promise<void>;
  /** All pull requests, the oldest first, as `number state branch title`. */
  readonly listed: () => Promise<readonly string[]>;
}

type Inputs = Readonly<Record<string, string | readonly string[] | true>>;

/** What a job of Gitea Actions has, as its runner sets it. */
export const giteaActions = ({ url }: Pick<Gitea, 'url'>): Record<string, string> => ({
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITEA_ACTIONS: 'true',
  GITEA_ACTIONS_RUNNER_VERSION: 'v0.2.12',
  GITHUB_SERVER_URL: url,
  GITHUB_API_URL: `${url}/api/v1`,
  GITHUB_GRAPHQL_URL: '',
  GITHUB_REPOSITORY: 'acme/web',
  GITHUB_REPOSITORY_OWNER: 'acme',
  GITHUB_SHA: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REF_NAME: 'main',
  GITHUB_REF_TYPE: 'branch',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_NUMBER: '7',
  GITHUB_WORKFLOW: 'ci.yaml',
  GITHUB_JOB: 'release',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_ACTOR: 'ada',
});

/** No registry is reached here, and what renders differs from machine to machine. */
const ALONE = { registry: 'off', render: 'off' } as const;

let made = 0;

/** Starts each test of a file with a repository of these files. */
export function eachWithRepository(files: Files): () => Scenario {
  let scenario: Scenario;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gitea-scenario-'));
    scenario = await start(folder, files);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  return () => scenario;
}

async function start(folder: string, files: Files): Promise<Scenario> {
  const gitea = inject('gitea');
  made += 1;
  const name = `life-${process.pid}-${made}`;
  await createRepository(gitea, name);
  const address = `${gitea.url}/acme/${name}.git`;
  const git = await GitRepository.at(join(folder, 'person.git'), address, gitea.linus);
  await git.commit('main', files);
  await isFilled(gitea, name);
  const api: Scenario['api'] = (method, below, body) =>
    ask(gitea, gitea.linus, method, `/repos/acme/${name}${below}`, body);
  return {
    gitea,
    name: `acme/${name}`,
    git,
    api,
    cli: (command, inputs, env) => runCommand(gitea, command, { repository: address, ...ALONE, ...inputs }, env),
    action: (inputs, env = {}) => {
      const given = { repository: `acme/${name}`, token: gitea.bot.token, ...ALONE, ...inputs };
      const texts = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
      return runProcess(process.execPath, 'action', [], {
        ...giteaActions(gitea),
        ...variablesOf(texts),
        ...env,
      });
    },
    merge: (number) => patiently(() => api('POST', `/pulls/${number}/merge`, { Do: 'merge' })),
    listed: async () => {
      const all: Answer[] = await api('GET', '/pulls?state=all&limit=50');
      return all
        .toSorted((one, other) => one.number - other.number)
        .map(
          ({ number, merged, state, head, title }) => `${number} ${merged ? 'merged' : state} ${head.label} ${title}`,
        );
    },
  };
}

async function runCommand(
  gitea: Gitea,
  command: string,
  inputs: Inputs,
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  // `--forge` says what the host cannot: it is an address of this machine.
  const flags = Object.entries({ forge: 'gitea', ...inputs }).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly string[]) : [value as string | true]).flatMap((one) =>
      one === true ? [`--${name}`] : [`--${name}`, one],
    ),
  );
  const environment = { MANIFEST_RELEASE_TOKEN: gitea.bot.token, ...env };
  const result = await runProcess(process.execPath, 'cli', [command, ...flags, '--json'], environment);
  const { exitCode, stdout, stderr } = result;
  if ((stdout + stderr).includes(gitea.bot.token)) throw new Error('the token is in what came out');
  return { exitCode, outputs: stdout.startsWith('{') ? JSON.parse(stdout) : {}, log: stderr };
}

async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!String(error).includes('try again later') || tries > 50) throw error;
      await sleep(300);
    }
  }
}
