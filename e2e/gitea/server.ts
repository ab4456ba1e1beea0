/** A real Gitea on loopback with sqlite in a temporary folder: its people, its API and its git, for tests. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { placeOfGitea } from './build.mjs';

const run = promisify(execFile);

/** A person of the server, or a program that acts as one. */
export interface User {
  readonly name: string;
  readonly token: string;
}

/** What a test can take over from another process. */
export interface GiteaAddress {
  /** `http://127.0.0.1:3000`. */
  readonly url: string;
  /** May do everything. */
  readonly admin: User;
}

export interface StartedGitea extends GiteaAddress {
  /** Ends the server, and leaves nothing of it on disk. */
  readonly stop: () => Promise<void>;
}

/** The command that makes the user who may do everything, with a token. */
const KEEPER = [
  'admin user create --admin --username keeper --email keeper@example.com --password not-a-secret-1',
  '--must-change-password=false --access-token --access-token-name all --access-token-scopes all',
]
  .join(' ')
  .split(' ');

/** Milliseconds for migrations and the first answer on a busy machine. */
const START = 180_000;

/** Starts the server that build.mjs built. Throws where it is not built, or does not answer; the message has the end of its log. */
export async function startGitea(): Promise<StartedGitea> {
  const { program, static: files } = await placeOfGitea();
  const folder = await mkdtemp(join(tmpdir(), 'gitea-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(folder, 'app.ini');
  await writeFile(config, configuration({ folder, files, port, url }));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    GITEA_WORK_DIR: folder,
    GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: 'true',
  };
  const gitea = (...args: string[]) => run(program, [...args, '--config', config], { env });
  try {
    await gitea('migrate');
    const created = await gitea(...KEEPER);
    const [, token = ''] = /created[^\n]*?\b([\da-f]{40})\b/.exec(created.stdout) ?? [];
    const server = spawn(program, ['web', '--config', config], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const log: string[] = [];
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => log.splice(0, log.length - 200, text));
    }
    await isAnswering(url, server, log);
    return {
      url,
      admin: { name: 'keeper', token },
      stop: async () => {
        await end(server);
        await rm(folder, { recursive: true, force: true, maxRetries: 10 });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    throw error;
  }
}

interface Settings {
  readonly folder: string;
  readonly files: string;
  readonly port: number;
  readonly url: string;
}

/** The server's app.ini: alone on loopback, quick to hash, and with nothing that runs by itself. */
const configuration = ({ folder, files, port, url }: Settings): string => `
APP_NAME = Gitea of the tests
RUN_USER = ${userInfo().username}
RUN_MODE = prod
WORK_PATH = ${folder}
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = ${url}/
STATIC_ROOT_PATH = ${files}
OFFLINE_MODE = true
DISABLE_SSH = true
[database]
DB_TYPE = sqlite3
PATH = ${folder}/gitea.db
SQLITE_JOURNAL_MODE = WAL
[repository]
ROOT = ${folder}/repositories
[security]
INSTALL_LOCK = true
SECRET_KEY = ${randomBytes(16).toString('hex')}
PASSWORD_HASH_ALGO = pbkdf2$10$50
[service]
DISABLE_REGISTRATION = true
[indexer]
ISSUE_INDEXER_TYPE = db
[actions]
ENABLED = false
[mailer]
ENABLED = false
[cron]
ENABLED = false
[cron.update_checker]
ENABLED = false
[log]
MODE = console
LEVEL = Warn
[ui]
DEFAULT_THEME = gitea-light
`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function isAnswering(url: string, server: ChildProcess, log: readonly string[]): Promise<void> {
  const until = Date.now() + START;
  while (Date.now() < until && server.exitCode === null) {
    const answer = await fetch(`${url}/api/v1/version`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(200);
  }
  await end(server);
  throw new Error(`Gitea did not start:\n${log.join('').slice(-4000)}`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('close', resolve));
  server.kill('SIGTERM');
  const late = setTimeout(() => server.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
}
