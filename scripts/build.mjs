/** Builds dist/: one file for the Action, one for the command line, each with all that it needs. */
import { build } from 'esbuild';

const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  charset: 'utf8',
  legalComments: 'eof',
  logLevel: 'warning',
};

export const ENTRIES = { 'dist/index.cjs': 'src/index.ts', 'dist/cli.cjs': 'src/cli.ts' };

for (const [outfile, entry] of Object.entries(ENTRIES)) {
  await build({ ...OPTIONS, entryPoints: [entry], outfile });
}
