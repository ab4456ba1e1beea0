/**
 * Builds the one file of the Action and the one of the command line, each with all that it needs, and the licences of
 * what is in them: `node scripts/build.mjs [folder]`, into dist/ unless a folder is given.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const [folder = join(root, 'dist')] = process.argv.slice(2);

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/index.ts', 'src/cli.ts'],
  outdir: folder,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

const packages = new Set(
  Object.keys(metafile.inputs).flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
);
const licences = await Promise.all([...packages].sort().map(readLicence));
await writeFile(join(folder, 'licenses.txt'), licences.join('\n\n'));

/** Name, version and the text that the licence asks to be passed on. */
async function readLicence(path) {
  const { name, version, license } = JSON.parse(await readFile(join(root, path, 'package.json'), 'utf8'));
  const file = (await readdir(join(root, path))).find((candidate) => /^licen[cs]e/i.test(candidate));
  const text = file ? await readFile(join(root, path, file), 'utf8') : `Licence: ${license}\n`;
  return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}
