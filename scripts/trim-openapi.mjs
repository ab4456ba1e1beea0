#!/usr/bin/env node
/**
 * Writes `__tests__/forge/github-openapi.json`: what GitHub's OpenAPI description says about the operations below.
 *
 * The tests hold every request this project sends, and every answer its sandbox gives, against that file. The whole
 * description is 13 MB, so the repository keeps only the part in use.
 *
 * To use another operation, add its operationId below and run
 *
 *     node scripts/trim-openapi.mjs
 *
 * which downloads the package into a temporary folder, or, with the package already unpacked,
 *
 *     node scripts/trim-openapi.mjs path/to/package
 *
 * It fails, writing nothing, when npm or tar fails or when the description lacks one of the operations.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OPERATIONS = ['pulls/create', 'pulls/list', 'pulls/update', 'repos/get'];

const PACKAGE = '@octokit/openapi@23.0.2';
const DESCRIPTION = 'generated/api.github.com.json';
const OUTPUT = new URL('../__tests__/forge/github-openapi.json', import.meta.url);

const SCHEMAS = '#/components/schemas/';

/** Keywords which explain the API but constrain neither a request nor a JSON answer. */
const PROSE = new Set(
  'default deprecated description example examples externalDocs headers summary tags title'.split(' '),
);

/** Keywords whose keys are names that GitHub chose: a property called `description` is no prose. */
const NAMING = new Set(['content', 'patternProperties', 'properties', 'responses']);

const [folder] = process.argv.slice(2);
const description = folder ? read(folder) : download();
writeFileSync(OUTPUT, `${lines(trim(description), 3)}\n`);

function read(folder) {
  return JSON.parse(readFileSync(join(folder, DESCRIPTION), 'utf8'));
}

function download() {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    const packed = execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder], {
      encoding: 'utf8',
    });
    // Only the one file: the whole package unpacks to 375 MB.
    execFileSync('tar', ['-xzf', packed.trim(), `package/${DESCRIPTION}`], { cwd: folder });
    return read(join(folder, 'package'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function trim(description) {
  const paths = wantedPaths(description);
  const { version, license } = description.info;
  return {
    openapi: description.openapi,
    info: { title: 'GitHub REST API, an excerpt of @octokit/openapi', version, license },
    paths,
    components: { schemas: reachedSchemas(paths, description) },
  };
}

function wantedPaths(description) {
  const paths = {};
  const missing = new Set(OPERATIONS);
  // Sorted, a concrete path precedes a templated one, as `{` sorts after letters: a reader may take the first match.
  for (const path of Object.keys(description.paths).sort()) {
    for (const [method, operation] of Object.entries(description.paths[path])) {
      if (missing.delete(operation.operationId)) (paths[path] ??= {})[method] = trimmed(operation, description);
    }
  }
  if (missing.size > 0) throw new Error(`GitHub describes no operation ${[...missing].join(', ')}`);
  return paths;
}

function reachedSchemas(paths, description) {
  const reached = {};
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return;
    const name = isSchemaReference(node) && node.$ref.slice(SCHEMAS.length);
    if (name && !reached[name]) visit((reached[name] = trimmed(description.components.schemas[name], description)));
    Object.values(node).forEach(visit);
  };
  visit(paths);
  return Object.fromEntries(Object.entries(reached).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A node without prose, and with shared parameters and answers put in place, so that only schemas are referred to. */
function trimmed(node, description, keysAreNames = false) {
  if (Array.isArray(node)) return node.map((item) => trimmed(item, description));
  if (node === null || typeof node !== 'object') return node;
  if (typeof node.$ref === 'string' && !isSchemaReference(node)) return trimmed(target(node, description), description);
  const kept = Object.entries(node).filter(([key]) => keysAreNames || !(PROSE.has(key) || key.startsWith('x-')));
  return Object.fromEntries(
    kept.map(([key, value]) => [key, trimmed(value, description, !keysAreNames && NAMING.has(key))]),
  );
}

function isSchemaReference(node) {
  return typeof node.$ref === 'string' && node.$ref.startsWith(SCHEMAS);
}

function target({ $ref }, description) {
  const [, ...keys] = $ref.split('/');
  return keys.reduce((node, key) => node[key], description);
}

/** JSON whose outer `depth` levels of objects have one entry a line, so that a diff shows which operation changed. */
function lines(value, depth) {
  if (depth === 0 || value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${lines(entry, depth - 1)}`);
  return `{\n${entries.join(',\n')}\n}`;
}
