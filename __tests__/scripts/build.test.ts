import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** The files of `dist/` that are read when one of them is. */
function filesReadBy(file: string): string[] {
  const script = `require('./dist/${file}.cjs'); console.log(Object.keys(require.cache).join('\\n'))`;
  const read = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim().split('\n');
  return read.map((path) => /([\w-]+)\.cjs$/.exec(path)?.[1] ?? path).toSorted();
}

test.each<[file: string, read: string[]]>([
  ['start', ['start']],
  // What plans is read while the server answers.
  ['workspace', ['start', 'workspace']],
  ['github', ['github', 'start', 'workspace']],
  ['forges', ['forges', 'start', 'workspace']],
  ['config', ['config', 'start', 'workspace', 'yaml']],
  ['release', ['release', 'start', 'workspace', 'yaml']],
  ['environments', ['config', 'environments', 'release', 'start', 'workspace', 'yaml']],
])('%s.cjs reads no other files than it needs', (file, read) => {
  expect(filesReadBy(file)).toEqual(read);
});
