/** A real Gitea on loopback with sqlite in a temporary folder: its people, its API and its git, for tests. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, startServer } from '../server-process.ts';
import { gitea as builtGitea } from './build.mjs';

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

/** Starts the server that build.mjs built. Throws where it is not built, or does not answer; the message has the end of its log. */
export async function startGitea(): Promise<StartedGitea> {
  const { program, static: files } = await builtGitea.place();
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
    const end = await startServer({
      title: 'Gitea',
      program,
      args: ['web', '--config', config],
      env,
      isAnswering: async () => (await fetch(`${url}/api/v1/version`)).ok,
    });
    return {
      url,
      admin: { name: 'keeper', token },
      stop: async () => {
        await end();
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
