/**
 * Fails on a circle of files in src/, or in another folder of rooms, and on an import that goes up, sideways or out of it;
 * imports of types and import() count: `node scripts/check-imports.mjs [folder]`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const EDGE = ['manifests', 'git', 'forge', 'registry', 'provenance', 'core'];
/** What the files of each folder may import beside each other; of two folders the deeper one is first. */
const MAY_IMPORT = {
  'manifests/yaml': ['core'],
  'manifests/conventions': ['manifests/yaml', 'core'],
  core: [],
  manifests: ['core'],
  git: ['core'],
  forge: ['core'],
  registry: ['core'],
  provenance: ['registry', 'core'],
  inputs: EDGE,
  rendering: ['manifests', 'git', 'core'],
  release: ['inputs', 'rendering', ...EDGE],
  environments: ['release', 'inputs', 'rendering', ...EDGE],
  main: ['environments', 'release', 'inputs', 'rendering', ...EDGE],
};

const IMPORT =
  /^\s*(?:import|export)\s(?:[^;'"]*?\sfrom\s*)?['"](\.{1,2}\/[^'"]+)['"]|^(?!\s*(?:\/\/|\/?\*)).*?\bimport\(\s*['"](\.{1,2}\/[^'"]+)['"]/gm;

const root = process.argv[2] ?? join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .toSorted();
const imports = new Map(files.map((file) => [file, importsOf(file)]));
const problems = [...files.flatMap(wrongArrows), ...circles()];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

/** Paths below the root; one that is elsewhere starts with `..`. */
function importsOf(file) {
  const found = [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)];
  return found.map(([, from, loaded]) => posix.join(posix.dirname(file), from ?? loaded));
}

function wrongArrows(file) {
  const isIn = (path, folder) => path.startsWith(`${folder}/`);
  const room = Object.keys(MAY_IMPORT).find((name) => isIn(file, name));
  if (room === undefined) return [`${file} is in no known room`];
  const isAllowed = (path) => [room, ...MAY_IMPORT[room]].some((name) => isIn(path, name));
  const wrong = imports.get(file).filter((path) => !isAllowed(path));
  return wrong.map((path) => `${file} imports ${path}, which a file of ${room} may not`);
}

/** Each circle that a walk in depth meets, with its path. */
function circles() {
  const done = new Set();
  const found = [];
  const visit = (file, path) => {
    const start = path.indexOf(file);
    if (start >= 0) found.push(`circle: ${[...path.slice(start), file].join(' -> ')}`);
    if (start >= 0 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}
