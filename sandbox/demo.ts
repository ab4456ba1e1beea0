/** The demo on the sandbox: the command line is run for a release, then for environments of an app. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { demoConfig, demoRepository } from './demo-repository.ts';
import { createDemoSource, pushDemoImages } from './demo-source.ts';
import { startImageRegistry } from './image-registry.ts';
import { startSandbox, type Sandbox, type SandboxRepository } from './sandbox.ts';

const REPOSITORY = 'acme/manifests';
const RELEASES = [
  { title: 'A build of web 1.4.2 has ended', version: '1.4.2' },
  { title: 'The same build once more', version: '1.4.2' },
  { title: 'A newer build, before anybody merged', version: '1.5.0' },
];

interface Stage {
  /** The path of the command line's file. */
  readonly program: string;
  readonly sandbox: Sandbox;
  readonly repository: SandboxRepository;
  /** The address of the registry that has the images. */
  readonly registry: string;
  /** The commits of the source, by version. */
  readonly commits: ReadonlyMap<string, string>;
  readonly write: (line: string) => void;
}

/**
 * Runs the demo: `program` is the path of the command line's file, which is run with this Node, and `write` gets the lines.
 * Removes what it made. Throws when a run fails.
 */
export async function runDemo(program: string, write: (line: string) => void): Promise<void> {
  const [sandbox, registry] = await Promise.all([startSandbox(), startImageRegistry()]);
  try {
    const repository = await sandbox.createRepository(REPOSITORY, inRegistry(registry.host, demoRepository));
    write(`A manifest repository is served at ${sandbox.serverUrl}/${REPOSITORY}: git over HTTP, and GitHub's API.`);
    write(`Its images are in the registry at ${registry.host}.`);
    const commits = await createDemoSource(sandbox);
    pushDemoImages(registry, sandbox, commits);
    const stage = { program, sandbox, repository, registry: registry.host, commits, write };
    await playRelease(stage);
    await playEnvironments(stage);
  } finally {
    await Promise.all([sandbox.close(), registry.close()]);
  }
}

/** The same files with the images in the registry of the demo. */
function inRegistry(registry: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll('ghcr.io', registry)]));
}

async function playRelease(stage: Stage): Promise<void> {
  const { sandbox, registry, commits, write } = stage;
  write('\n##### First act: a release #####');
  for (const { title, version } of RELEASES) {
    const seen = sandbox.requests.length;
    await run(stage, title, { mode: 'release', images: `${registry}/acme/web:${version}` }, commits.get(version));
    write(['Requests:', ...sandbox.requests.slice(seen).map(({ method, path }) => `  ${method} ${path}`)].join('\n'));
  }
  await showPullRequest(stage, 1);
}

async function playEnvironments(stage: Stage): Promise<void> {
  const { repository, commits, write } = stage;
  const app = 'web';
  write('\n##### Second act: environments, promotion and rollback #####');
  await merge(stage, 1);
  const config = inRegistry(stage.registry, demoConfig);
  await repository.commit('main', config, { message: 'Say where web goes\n' });
  for (const [path, text] of Object.entries(config)) write(`\nSomebody adds ${path}:\n\n${text.trimEnd()}`);

  await run(stage, 'A build of web 1.6.0 has ended', { mode: 'release', app, version: '1.6.0' }, commits.get('1.6.0'));
  await merge(stage, 2);
  const tested = { from: 'staging', environments: 'production', reason: 'Tested in staging' };
  await run(stage, 'Production gets what staging holds', { mode: 'promote', app, ...tested });
  await showPullRequest(stage, 3);
  await merge(stage, 3);
  const broken = { environments: 'production', reason: 'Errors at the checkout' };
  await run(stage, 'Production goes back', { mode: 'rollback', app, ...broken });
  await showPullRequest(stage, 4);
  await run(stage, 'What is where', { mode: 'status' });
}

/** One run: in the CI that built the commit, else by hand. */
async function run(
  { program, sandbox, write }: Stage,
  title: string,
  { mode, ...flags }: Readonly<Record<string, string>> & { readonly mode: string },
  commit?: string,
): Promise<void> {
  const given = Object.entries({ repository: REPOSITORY, ...flags });
  const shown = given.map(([name, value]) => `--${name} ${value.includes(' ') ? `'${value}'` : value}`);
  write(`\n=== ${title} ===\n\n$ manifest-release-pr ${mode} ${shown.join(' ')}\n`);
  const child = spawn(process.execPath, [program, mode, ...given.flatMap(([name, value]) => [`--${name}`, value])], {
    env: {
      ...ownEnvironment(),
      MANIFEST_RELEASE_TOKEN: sandbox.token,
      GITHUB_SERVER_URL: sandbox.serverUrl,
      GITHUB_API_URL: sandbox.apiUrl,
      ...(commit !== undefined && {
        GITHUB_ACTIONS: 'true',
        GITHUB_REPOSITORY: 'acme/web',
        GITHUB_SHA: commit,
        GITHUB_RUN_ID: '1',
        GITHUB_ACTOR: 'ada',
      }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [log, result, [exitCode]] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'close')]);
  write(`${log}\n${result.trimEnd()}`);
  if (exitCode !== 0) throw new Error(`"${title}" ended with exit code ${exitCode}`);
}

/** What programs need of this process's environment: the demo is not a run of the CI that it may be started in. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env);
  return Object.fromEntries(
    entries.filter(([name]) => /^(?:PATH|PATHEXT|HOME|USERPROFILE|SYSTEMROOT|TMPDIR|TEMP|TMP)$/i.test(name)),
  );
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
