/** Prints the end-to-end scenarios as a Markdown table: `npm run scenarios`. */
import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const listed = execFileSync(process.execPath, [vitest, 'list', '__tests__/end-to-end', '--json'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});

const rows = new Map();
for (const { name, file } of JSON.parse(listed.slice(listed.indexOf('[')))) {
  const [, group = name, runtime = '', scenario = ''] = /^(.*?) \((in process|Node [\d.]+)\) > (.*)$/.exec(name) ?? [];
  const key = `| ${basename(file, '.test.ts')} | ${group} | ${scenario.replaceAll('|', '\\|')} |`;
  rows.set(key, [...(rows.get(key) ?? []), runtime]);
}
process.stdout.write('| file | about | scenario | under |\n| --- | --- | --- | --- |\n');
for (const [row, runtimes] of rows) process.stdout.write(`${row} ${runtimes.join(', ')} |\n`);
