#!/usr/bin/env node
/**
 * Writes `__tests__/forge/github-openapi.json` and `github-enterprise-openapi.json`: what GitHub's OpenAPI descriptions,
 * of github.com and of the oldest Enterprise Server that is still described, say about the operations below.
 *
 * The tests hold every request this project sends against both files, and every answer its sandbox gives against the
 * first; so the second has the requests only. A whole description is 13 MB, so the repository keeps the part in use.
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

const OPERATIONS = [
  'apps/create-installation-access-token',
  'apps/get-repo-installation',
  'apps/revoke-installation-access-token',
  'checks/list-for-ref',
  'git/create-commit',
  'git/create-tree',
  'git/get-commit',
  'issues/add-assignees',
  'issues/add-labels',
  'issues/remove-label',
  'issues/update',
  'pulls/create',
  'pulls/get',
  'pulls/list',
  'pulls/merge',
  'pulls/request-reviewers',
  'pulls/update',
  'repos/compare-commits-with-basehead',
  'repos/get',
  'repos/list-commit-statuses-for-ref',
  'repos/list-deployment-statuses',
  'repos/list-deployments',
];

const PACKAGE = '@octokit/openapi@23.0.2';
const GITHUB = {
  description: 'generated/api.github.com.json',
  title: 'GitHub REST API, an excerpt of @octokit/openapi',
  output: new URL('../__tests__/forge/github/github-openapi.json', import.meta.url),
  answers: true,
};
const ENTERPRISE = {
  description: 'generated/ghes-3.17.json',
  title: 'REST API of GitHub Enterprise Server 3.17, the requests in an excerpt of @octokit/openapi',
  output: new URL('../__tests__/forge/github/github-enterprise-openapi.json', import.meta.url),
  answers: false,
};

const SCHEMAS = '#/components/schemas/';

/** Keywords which explain the API but constrain neither a request nor a JSON answer. */
const PROSE = new Set(
  'default deprecated description example examples externalDocs headers summary tags title'.split(' '),
);

/** Keywords whose keys are names that GitHub chose: a property called `description` is no prose. */
const NAMING = new Set(['content', 'patternProperties', 'properties', 'responses']);

const [folder] = process.argv.slice(2);
const excerpts = folder ? readExcerpts(folder) : download();
for (const [output, excerpt] of excerpts) writeFileSync(output, `${lines(excerpt, 3)}\n`);

function readExcerpts(folder) {
  return [GITHUB, ENTERPRISE].map((server) => {
    const description = JSON.parse(readFileSync(join(folder, server.description), 'utf8'));
    return [server.output, trim(description, server)];
  });
}

function download() {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    const packed = execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder], {
      encoding: 'utf8',
    });
    // Only these files: the whole package unpacks to 375 MB.
    const wanted = [GITHUB, ENTERPRISE].map(({ description }) => `package/${description}`);
    execFileSync('tar', ['-xzf', packed.trim(), ...wanted], { cwd: folder });
    return readExcerpts(join(folder, 'package'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function trim(description, { title, answers }) {
  const paths = wantedPaths(description, answers);
  const { version, license } = description.info;
  return {
    openapi: description.openapi,
    info: { title, version, license },
    paths,
    components: { schemas: reachedSchemas(paths, description) },
  };
}

function wantedPaths(description, answers) {
  const paths = {};
  const missing = new Set(OPERATIONS);
  // Sorted, a concrete path precedes a templated one, as `{` sorts after letters: a reader may take the first match.
  for (const path of Object.keys(description.paths).sort()) {
    for (const [method, operation] of Object.entries(description.paths[path])) {
      if (!missing.delete(operation.operationId)) continue;
      (paths[path] ??= {})[method] = trimmed(answers ? operation : { ...operation, responses: {} }, description);
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
