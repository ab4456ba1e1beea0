/** The demo in two acts on the sandbox, told as it happens: one release, then environments of an app. */
import { runInputs } from '../src/main/run.ts';
import { detectCi } from '../src/inputs/ci.ts';
import { secretsOf } from '../src/git/credentials.ts';
import type { ChoiceOf } from '../src/inputs/table.ts';
import type { RawInputs } from '../src/inputs/inputs.ts';
import { LineLog } from '../src/core/log.ts';
import { demoConfig, demoRepository } from './demo-repository.ts';
import { startSandbox, type Sandbox, type SandboxRepository } from './sandbox.ts';

const REPOSITORY = 'acme/manifests';
const RELEASES = [
  { title: 'A build of ghcr.io/acme/web:1.4.2 has ended', version: '1.4.2', commit: '8f14e45fceea167a' },
  { title: 'The same build once more', version: '1.4.2', commit: '8f14e45fceea167a' },
  { title: 'A newer build, before anybody merged', version: '1.5.0', commit: 'c9f0f895fb98ab91' },
];

/** Where the demo plays, and whom it is told to. */
interface Stage {
  readonly sandbox: Sandbox;
  readonly repository: SandboxRepository;
  readonly write: (line: string) => void;
}

/** Runs the demo; each line of its account goes to `write`. Leaves nothing behind. */
export async function runDemo(write: (line: string) => void): Promise<void> {
  const sandbox = await startSandbox();
  try {
    const repository = await sandbox.createRepository(REPOSITORY, demoRepository);
    write(`A manifest repository is served at ${sandbox.serverUrl}/${REPOSITORY}: git over HTTP, and GitHub's API.`);
    const stage = { sandbox, repository, write };
    await playRelease(stage);
    await playEnvironments(stage);
  } finally {
    await sandbox.close();
  }
}

async function playRelease(stage: Stage): Promise<void> {
  const { sandbox, write } = stage;
  write('\n##### First act: a release #####');
  for (const { title, version, commit } of RELEASES) {
    const seen = sandbox.requests.length;
    await run(stage, title, { mode: 'release', images: `ghcr.io/acme/web:${version}` }, commit);
    write(['Requests:', ...sandbox.requests.slice(seen).map(({ method, path }) => `  ${method} ${path}`)].join('\n'));
  }
  await showPullRequest(stage, 1);
}

async function playEnvironments(stage: Stage): Promise<void> {
  const { repository, write } = stage;
  const app = 'web';
  write('\n##### Second act: environments, promotion and rollback #####');
  await merge(stage, 1);
  await repository.commit('main', demoConfig, { message: 'Say where web goes\n' });
  for (const [path, text] of Object.entries(demoConfig)) write(`\nSomebody adds ${path}:\n\n${text.trimEnd()}`);

  await run(stage, 'A build of web 1.6.0 has ended', { mode: 'release', app, version: '1.6.0' }, '45c48cce2e2d7fbd');
  await merge(stage, 2);
  const tested = { from: 'staging', to: 'production', reason: 'Tested in staging' };
  await run(stage, 'Production gets what staging holds', { mode: 'promote', app, ...tested });
  await showPullRequest(stage, 3);
  await merge(stage, 3);
  const broken = { environments: 'production', reason: 'Errors at the checkout' };
  await run(stage, 'Production goes back', { mode: 'rollback', app, ...broken });
  await showPullRequest(stage, 4);
  await run(stage, 'What is where', { mode: 'status' });
}

/** One run: by the CI that built the commit, else by hand. */
async function run(
  { sandbox, write }: Stage,
  title: string,
  { mode, ...flags }: RawInputs & { readonly mode: ChoiceOf<'mode'> },
  commit?: string,
): Promise<void> {
  const given = { repository: REPOSITORY, ...flags };
  const command = Object.entries(given).map(([name, text]) => `--${name} ${text.includes(' ') ? `'${text}'` : text}`);
  write(`\n=== ${title} ===\n\n$ manifest-release ${mode} ${command.join(' ')}\n`);
  const { serverUrl, apiUrl, token } = sandbox;
  const ci = detectCi({
    GITHUB_SERVER_URL: serverUrl,
    GITHUB_API_URL: apiUrl,
    ...(commit !== undefined && {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'acme/web',
      GITHUB_SHA: commit.padEnd(40, '0'),
      GITHUB_RUN_ID: '1',
      GITHUB_ACTOR: 'ada',
    }),
  });
  const log = new LineLog(write, secretsOf(token));
  const { outputs, lines, failures } = await runInputs({ ...given, mode, token }, ci, log, () => {});
  for (const { error } of failures) throw error;
  log.line(`\n${lines.join('\n')}`);
  for (const { outcome } of outputs.results as { outcome?: string }[]) if (outcome) write(`outcome=${outcome}`);
}

async function showPullRequest({ repository, write }: Stage, wanted: number): Promise<void> {
  const { number, title, body, head, base } = await repository.pullRequests.get(wanted);
  write(`\n=== Pull request #${number}, as its reviewer finds it ===\n`);
  write(`${title}\n${head} -> ${base}\n\n${(body ?? '').replace(/<!--.*?-->\n?/g, '').trimEnd()}`);
}

async function merge({ repository, write }: Stage, number: number): Promise<void> {
  await repository.pullRequests.merge(number);
  write(`\nSomebody merges pull request #${number}.`);
}
