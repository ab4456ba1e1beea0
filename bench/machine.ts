/** What the figures were measured on and with. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus, platform, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { fileSystem } from './clean-folders.ts';
import { findTools } from './tools.ts';

const run = promisify(execFile);

/** Names and values, in the order to be told. */
export async function describeMachine(): Promise<[name: string, value: string][]> {
  const [processor] = cpus();
  const { stdout: git } = await run('git', ['--version']);
  const tools = await findTools();
  const missing = 'missing, so what needs it has no row';
  return [
    ['date', new Date().toISOString().slice(0, 10)],
    ['processor', `${cpus().length} × ${processor?.model}`],
    ['memory', `${Math.round(totalmem() / 1e9)} GB`],
    ['system', `${await systemName()}, ${platform()} ${release()}`],
    ['file system of the temporary folder', await fileSystem()],
    ['Node', process.versions.node],
    ['git', git.trim().replace('git version ', '')],
    ['yq (mikefarah)', tools.get('yq') ?? missing],
    ['kustomize', tools.get('kustomize') ?? missing],
    ['gh', tools.get('gh') ?? missing],
  ];
}

async function systemName(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="(.*)"$/m.exec(text)?.[1] ?? 'unknown';
}
