/** Measures this program beside the pipelines that it replaces: `npm run bench`. See docs/benchmark.md. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

process.chdir(join(import.meta.dirname, '..'));
// Node 20 runs no TypeScript.
const outfile = 'node_modules/.cache/bench.mjs';
await build({
  entryPoints: ['bench/main.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
});
const { main } = await import(pathToFileURL(outfile).href);
await main(process.argv.slice(2));
