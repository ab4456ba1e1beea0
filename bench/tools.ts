/** The programs of other contenders: found on this machine, or installed where Go is there to build them, which it cannot `gh`. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE } from './manifest-repository.ts';

const run = promisify(execFile);
const FOLDER = join(CACHE, 'bin');

export type Tool = 'yq' | 'kustomize' | 'gh';

/** Another program of the same name answers differently. */
const TOOLS: Readonly<Record<Tool, { module?: string; version: readonly string[]; answer: RegExp }>> = {
  yq: {
    module: 'github.com/mikefarah/yq/v4@v4.53.2',
    version: ['--version'],
    answer: /mikefarah\/yq.* version (v4\.\S+)/,
  },
  kustomize: {
    module: 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1',
    version: ['version'],
    answer: /^(v5\.\S+)/,
  },
  // Debian 12's, since the sandbox answers what this version asks.
  gh: {
    version: ['--version'],
    answer: /^gh version (2\.23\.\S+)/,
  },
};

/** PATH with the folder that tools are installed in before all others. */
export const TOOL_PATH = `${FOLDER}:${process.env['PATH']}`;

/** The versions of the tools that are here; what is not, and cannot be installed, is left out. */
export async function findTools(): Promise<ReadonlyMap<Tool, string>> {
  const found = new Map<Tool, string>();
  for (const [tool, { module }] of Object.entries(TOOLS) as [Tool, (typeof TOOLS)[Tool]][]) {
    const version = (await versionOf(tool)) ?? (await install(module).then(() => versionOf(tool)));
    if (version !== undefined) found.set(tool, version);
  }
  return found;
}

async function install(module: string | undefined): Promise<void> {
  if (module === undefined) return;
  const environment = { ...process.env, GOBIN: FOLDER };
  // Where there is no Go, or no way to the module, the tool is missing.
  await run('go', ['install', module], { env: environment }).catch(() => undefined);
}

async function versionOf(tool: Tool): Promise<string | undefined> {
  const { version, answer } = TOOLS[tool];
  const answered = await run(tool, version, { env: { PATH: TOOL_PATH } }).catch(() => undefined);
  return answer.exec(answered?.stdout ?? '')?.[1];
}
