/**
 * Builds the one file of the Action and the one of the command line, each with all that it needs:
 * `node scripts/build.mjs [folder]`, into dist/ unless a folder is given.
 */
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const [folder = join(root, 'dist')] = process.argv.slice(2);

await build({
  absWorkingDir: root,
  entryPoints: ['src/index.ts', 'src/cli.ts'],
  outdir: folder,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  charset: 'utf8',
  legalComments: 'eof',
  logLevel: 'warning',
});
