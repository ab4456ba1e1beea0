/**
 * Builds the Action, the command line and its demo, the HTTP client that they share, and the licences of all packages in them:
 * `node scripts/build.mjs [folder]`, into dist/ unless a folder is given.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const [folder = join(root, 'dist')] = process.argv.slice(2);

/** Packages that are large and not needed at the start, by the names of their files. */
const LATE = {
  undici: 'undici',
  yaml: 'yaml',
  'rest-endpoints': '@octokit/plugin-rest-endpoint-methods',
  bottleneck: 'bottleneck/light.js',
};

/** The same of ours that have nothing but packages. */
const OWN = { sigstore: 'src/provenance/sigstore.ts', tuf: 'src/provenance/tuf.ts' };

/** What makes the start slow, out of the way of it: reading and compiling a megabyte of code takes 20 ms. */
const startFast = {
  name: 'start-fast',
  setup: ({ onLoad, onResolve }) => {
    // Files of their own, which are read when they are needed: most of that is while git waits for the server.
    const late = [
      ...Object.entries(LATE).map(([file, name]) => [file, new RegExp(`^${name}$`)]),
      ...Object.keys(OWN).map((file) => [file, new RegExp(`^\\./${file}\\.ts$`)]),
    ];
    for (const [file, filter] of late) {
      onResolve({ filter }, ({ kind }) =>
        kind === 'entry-point' ? undefined : { path: `./${file}.cjs`, external: true },
      );
    }
    // The HTTP client of tuf-js, 1.4 MB, in place of which it gets ours.
    onResolve({ filter: /^make-fetch-happen$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    onLoad({ filter: /./, namespace: 'empty' }, () => ({ contents: '' }));
    // With OIDC tokens, which we do not ask for, @actions/core would load it at once.
    onResolve({ filter: /^\.\/oidc-utils\.js$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      sideEffects: false,
    }));
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { index: 'src/main/index.ts', cli: 'src/main/bin.ts', demo: 'sandbox/demo.ts', ...LATE, ...OWN },
  outdir: folder,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Node's import() of such a file starts the loader for ES modules, 10 ms: require does the same.
  supported: { 'dynamic-import': false },
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  plugins: [startFast],
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
