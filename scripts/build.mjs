/**
 * Builds the Action, the command line, its demo, the files that these read when they are needed, and the licences of all
 * packages in them: `node scripts/build.mjs [folder]`, into dist/ unless a folder is given.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const [folder = join(root, 'dist')] = process.argv.slice(2);

/** The files that Node is started with, and the modules in which they begin. */
const ENTRIES = { index: ['src/main/index.ts'], cli: ['src/main/bin.ts'] };
/** What npm makes a command of needs it. */
const HASHBANG = { cli: '#!/usr/bin/env node' };
const DEMO = { demo: ['sandbox/demo.ts'] };

/** The files that are read when they are needed, and the modules in which they begin: all that `import()` names. */
const LATE = {
  workspace: /^src\/environments\/release-once/,
  config: /^src\/environments\/config\//,
  release: /^src\/release\//,
  app: /^src\/forge\/github\/app-token/,
  github: /^src\/forge\/github\//,
  forges: /^src\/forge\//,
  registry: /^src\/registry\//,
  provenance: /^src\/provenance\//,
  rendering: /^src\/rendering\//,
  environments: /^src\/environments\//,
  rest: /^node_modules\/@octokit\/rest\//,
  proxy: /^node_modules\/@actions\//,
};

/** Files that others read whenever they are read themselves: what they share with these alone is in them. */
const READ_BY = {
  config: ['environments', 'demo'],
  release: ['environments', 'rendering', 'demo'],
  github: ['app'],
  registry: ['provenance'],
  rest: ['proxy'],
};
/** What is large, and shared by files of which none is read by the others. */
const YAML = /^node_modules\/yaml\//;

/** What packages import and nothing of ours needs. */
const UNNEEDED = [
  // The HTTP client of tuf-js, 1.4 MB, in place of which it gets ours.
  /^make-fetch-happen$/,
  // With OIDC tokens, which we do not ask for, @actions/core would load its HTTP client at once.
  /^\.\/oidc-utils\.js$/,
];

const ZOD = 'node_modules/zod/mini/index.js';
/** Marks what a plugin asks esbuild itself. */
const RESOLVING = Symbol('resolving');

const OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The same as ES modules, of which what is not needed is left out.
  alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
  // Node's import() of such a file starts the loader for ES modules, 10 ms: require does the same.
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

const withoutUnneeded = {
  name: 'without-unneeded',
  setup: ({ onLoad, onResolve }) => {
    for (const filter of UNNEEDED) onResolve({ filter }, ({ path }) => ({ path, namespace: 'unneeded' }));
    onLoad({ filter: /./, namespace: 'unneeded' }, () => ({ contents: 'module.exports = {}' }));
  },
};

const modules = await readModules();
const files = shareOut();
const exportsOf = await readExports();
await rm(folder, { recursive: true, force: true });
await mkdir(folder);
for (const file of new Set(files.values())) await writeFileOf(file);
await writeFile(join(folder, 'licenses.txt'), await readLicences());

/** All modules: what each of them imports, and its format. */
async function readModules() {
  const entryPoints = [ENTRIES, DEMO].flatMap(Object.values).flat();
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints,
    outdir: folder,
    write: false,
    plugins: [withoutUnneeded],
  });
  return metafile.inputs;
}

/** The file of each module. */
function shareOut() {
  const named = Object.values(modules).flatMap(({ imports }) => imports.filter(isLate).map(({ path }) => path));
  const late = Object.keys(LATE).map((file) => [file, named.filter((path) => lateFileOf(path) === file)]);
  const users = new Map();
  for (const [file, beginnings] of [...Object.entries({ ...ENTRIES, ...DEMO }), ...late]) {
    for (const path of closureOf(beginnings)) users.set(path, [...(users.get(path) ?? []), file]);
  }
  return new Map([...users].map(([path, ofPath]) => [path, YAML.test(path) ? 'yaml' : fileFor(ofPath)]));
}

/** The file for what some files need: the one that they have in common. */
function fileFor(users) {
  const [first, ...others] = users;
  if (others.length === 0) return first;
  if (first in ENTRIES) return 'start';
  const common = Object.keys(READ_BY).find((file) =>
    users.every((user) => user === file || READ_BY[file].includes(user)),
  );
  return common ?? 'workspace';
}

/** Whether a module is imported by `import()`; those of Node are not ours to share out. */
function isLate({ kind, external }) {
  return kind === 'dynamic-import' && !external;
}

function lateFileOf(path) {
  const file = Object.keys(LATE).find((name) => LATE[name].test(path));
  if (file === undefined) throw new Error(`${path} is imported by import(), and scripts/build.mjs has no file for it`);
  return file;
}

/** Modules, with all that they import at once. */
function closureOf(paths) {
  const found = new Set(paths);
  for (const path of found) {
    for (const one of modules[path].imports) if (!one.external && one.kind !== 'dynamic-import') found.add(one.path);
  }
  return found;
}

/** Writes a file. Those of its modules that modules of other files import are in its export `modules`, by their paths. */
async function writeFileOf(file) {
  const isHere = (path) => files.get(path) === file;
  const elsewhere = [...files.keys()].filter((path) => !isHere(path));
  const wanted = new Set(elsewhere.flatMap((path) => modules[path].imports.map((one) => one.path).filter(isHere)));
  const [entry] = { ...ENTRIES, ...DEMO }[file] ?? [];
  const own = entry === undefined ? [] : [`export * from './${entry}';`];
  const shared = [...wanted].sort();
  const imports = shared.map(
    (path, index) => `import ${isEsModule(path) ? '* as ' : ''}module${index} from './${path}';`,
  );
  const values = shared.map((path, index) => `${JSON.stringify(path)}: ${valueOf(path, `module${index}`)},`);
  const { outputFiles } = await build({
    ...OPTIONS,
    write: false,
    // A file of the name index would get the name of its folder, which is another on each machine.
    stdin: {
      contents: [...own, ...imports, 'export const modules = {', ...values, '};'].join('\n'),
      resolveDir: root,
      sourcefile: `${file}-file.mjs`,
    },
    banner: { js: HASHBANG[file] ?? '' },
    plugins: [withoutUnneeded, fromOtherFiles(isHere)],
  });
  // In ASCII, also the comments and expressions that esbuild leaves: Node reads that four times as fast.
  const text = outputFiles[0].text.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  await writeFile(join(folder, `${file}.cjs`), text);
}

/** The names that ES modules export. Of zod only those that our modules call: all of it has a quarter of a megabyte. */
async function readExports() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...files.keys()].filter(isEsModule),
    format: 'esm',
    outdir: folder,
    write: false,
    metafile: true,
  });
  const names = new Map(Object.values(metafile.outputs).map((output) => [output.entryPoint, output.exports]));
  return names.set(ZOD, await namesOfZod());
}

/** The names of our modules behind `z.` */
async function namesOfZod() {
  const ours = Object.keys(modules).filter((path) => modules[path].imports.some((one) => one.path === ZOD));
  const texts = await Promise.all(ours.map((path) => readFile(join(root, path), 'utf8')));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\bz\.(\w+)\(/g)].map(([, name]) => name)))].sort();
}

/** A module as other files get it: an ES module as an object of plain values, for esbuild's own has a function for each. */
function valueOf(path, name) {
  if (!isEsModule(path)) return name;
  const entries = exportsOf.get(path).map((key) => `${key}: ${name}.${key}`);
  return `{ ${entries.join(', ')} }`;
}

function isEsModule(path) {
  return modules[path].format !== 'cjs';
}

/** Reads modules of other files from these, when they are imported. */
function fromOtherFiles(isHere) {
  const shared = (path) => `require('./${files.get(path)}.cjs').modules[${JSON.stringify(path)}]`;
  return {
    name: 'from-other-files',
    setup: ({ onLoad, onResolve, resolve }) => {
      onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, namespace, pluginData }) => {
        if (namespace === 'elsewhere') return { path, external: true };
        if (pluginData === RESOLVING || kind === 'entry-point') return undefined;
        const resolved = await resolve(path, { kind, importer, resolveDir, namespace, pluginData: RESOLVING });
        const module = relative(root, resolved.path);
        if (!files.has(module) || isHere(module)) return resolved;
        // What is read late is an object; in place of all else are constants, of which none is looked up when it is called.
        return { path: module, namespace: 'elsewhere', pluginData: kind === 'dynamic-import' || !isEsModule(module) };
      });
      onLoad({ filter: /./, namespace: 'elsewhere' }, ({ path, pluginData: isObject }) => ({
        contents: isObject
          ? `module.exports = ${shared(path)};`
          : `export const { ${exportsOf.get(path).join(', ')} } = ${shared(path)};`,
      }));
    },
  };
}

/** The licences of all packages. */
async function readLicences() {
  const packages = new Set(
    Object.keys(modules).flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  return (await Promise.all([...packages].sort().map(readLicence))).join('\n\n');
}

/** Name, version and the text that the licence asks to be passed on. */
async function readLicence(path) {
  const { name, version, license } = JSON.parse(await readFile(join(root, path, 'package.json'), 'utf8'));
  const file = (await readdir(join(root, path))).find((candidate) => /^licen[cs]e/i.test(candidate));
  const text = file ? await readFile(join(root, path, file), 'utf8') : `Licence: ${license}\n`;
  return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}
