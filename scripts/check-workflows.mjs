/**
 * Runs actionlint and zizmor on the project's workflows, its Action and the workflows of examples: `node scripts/check-workflows.mjs`. Each
 * is installed once a machine; one that cannot be had here is left out, and a line says so. GitHub's own parser is a test of its own.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installTool } from './tools.mjs';

const root = join(import.meta.dirname, '..');
const workflows = ['.github/workflows', 'examples', 'examples/manifest-repository'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`),
);

const LINTERS = {
  // Without the programs for scripts, which differ from machine to machine.
  actionlint: ['-no-color', '-shellcheck=', '-pyflakes=', ...workflows],
  zizmor: [
    '--offline',
    '--no-progress',
    '--quiet',
    '--color=never',
    '--config=.github/zizmor.yml',
    'action.yml',
    ...workflows,
  ],
};

for (const [name, args] of Object.entries(LINTERS)) {
  let program;
  try {
    program = await installTool(name);
  } catch (error) {
    console.warn(`${name} cannot be installed here, and the workflows are not checked by it: ${error.message}`);
    continue;
  }
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) console.log(`${name}: no findings in ${workflows.length} workflows`);
  else process.exitCode = 1;
}
