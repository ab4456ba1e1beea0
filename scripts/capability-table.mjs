/**
 * Writes the table of docs/forges.md from src/forge/capabilities.ts; with `--check` it fails where that is not the one of today.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/forges.md');
const [BEGIN, END] = ['<!-- table: written by scripts/capability-table.mjs -->', '<!-- end of the table -->'];

/** The name of each kind; kinds with the same row share a column. */
const NAMES = {
  github: 'GitHub',
  gitlab: 'GitLab',
  gitea: 'Gitea',
  forgejo: 'Forgejo',
  'bitbucket-cloud': 'Bitbucket Cloud',
  'bitbucket-data-center': 'Bitbucket Data Center',
  'azure-devops': 'Azure DevOps',
  codecommit: 'CodeCommit',
  git: 'any other git',
};

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['src/forge/capabilities.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const { CAPABILITIES, FEATURES, REPORTED } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);

/** The kinds whose rows have the same words, each group once. */
function columns() {
  const groups = new Map();
  for (const kind of Object.keys(NAMES)) {
    const key = JSON.stringify(Object.keys(FEATURES).map((feature) => wordOf(CAPABILITIES[kind][feature])));
    groups.set(key, [...(groups.get(key) ?? []), kind]);
  }
  return [...groups.values()];
}

const wordOf = (capability) => (capability === 'yes' ? 'yes' : capability.has);

/** A cell has the note of what is had in part. */
function cellOf(feature, capability) {
  if (capability === 'yes') return 'yes';
  if (capability.has === 'partly') return `yes: ${capability.note}`;
  return REPORTED.has(feature) ? 'no, logged' : 'no';
}

function table() {
  const groups = columns();
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  const rows = Object.entries(FEATURES).map(([feature, title]) =>
    line([title, ...groups.map(([kind]) => cellOf(feature, CAPABILITIES[kind][feature]))]),
  );
  const head = line(['', ...groups.map((kinds) => kinds.map((kind) => NAMES[kind]).join(', '))]);
  return head + line(['---', ...groups.map(() => '---')]) + rows.join('');
}

const text = await readFile(page, 'utf8');
const [before, rest = ''] = text.split(BEGIN, 2);
const [, after = ''] = rest.split(END, 2);
const wanted = `${before}${BEGIN}\n\n${table()}\n${END}${after}`;
if (!process.argv.includes('--check')) await writeFile(page, wanted);
else if (wanted !== text) {
  console.error('docs/forges.md has not the table of today: run node scripts/capability-table.mjs');
  process.exitCode = 1;
}
