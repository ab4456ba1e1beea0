/** The real command line `gh`, where it is, run in a repository whose remote is the sandbox. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** The version of which the sandbox knows what it asks; undefined where there is none, or another one. */
export const GH = versionOf('gh');
export const NEEDS_GH = GH === undefined ? ' (skipped: needs gh 2.23, apt-get install gh on Debian 12)' : '';

export interface GhAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs it in a repository that has nothing but the remote `acme/manifests`, with a token. */
export async function gh(sandbox: Sandbox, token: string, ...args: readonly string[]): Promise<GhAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'gh-'));
  const [cwd, home] = [join(folder, 'repository'), join(folder, 'home')];
  try {
    await mkdir(home);
    execFileSync('git', ['init', '--quiet', cwd]);
    execFileSync('git', ['remote', 'add', 'origin', 'http://github.localhost/acme/manifests.git'], { cwd });
    const variables = { GH_HOST: 'github.localhost', GH_PROMPT_DISABLED: '1', GH_NO_UPDATE_NOTIFIER: '1' };
    const env = { PATH: process.env['PATH'], HOME: home, HTTP_PROXY: sandbox.serverUrl, GH_TOKEN: token, ...variables };
    return await new Promise((resolve) => {
      const child = execFile('gh', args, { cwd, env }, (_, stdout, stderr) =>
        resolve({ exitCode: child.exitCode ?? NaN, stdout, stderr }),
      );
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function versionOf(program: string): string | undefined {
  try {
    const told = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return /^gh version (2\.23\.\S+)/.exec(told)?.[1];
  } catch {
    return undefined;
  }
}
