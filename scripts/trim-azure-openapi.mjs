#!/usr/bin/env node
/**
 * Writes `__tests__/forge/azure-devops/azure-openapi.json`: what Microsoft's description of the REST API of Azure DevOps,
 * version 7.0, says about the operations below. It is in the repository MicrosoftDocs/vsts-rest-api-specs, whose licence is MIT.
 *
 * The tests check every request to the API and every answer of the sandbox against it. The whole description has 560 kB, so
 * the repository has the part in use, without the prose.
 *
 * To use another operation, add its operationId below and run
 *
 *     node scripts/trim-azure-openapi.mjs
 *
 * which clones the repository into a temporary folder, or, with a clone of it,
 *
 *     node scripts/trim-azure-openapi.mjs path/to/clone
 *
 * It fails, writing nothing, when git fails or when the description lacks one of the operations.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OPERATIONS = [
  'Commits_Get',
  'Commits_Get Commits',
  'Diffs_Get',
  'Identities_Read Identities',
  'Pull Request Commits_Get Pull Request Commits',
  'Pull Request Labels_Create',
  'Pull Request Labels_Delete',
  'Pull Request Labels_List',
  'Pull Request Reviewers_Create Pull Request Reviewer',
  'Pull Requests_Create',
  'Pull Requests_Get Pull Request',
  'Pull Requests_Get Pull Requests',
  'Pull Requests_Update',
  'Statuses_List',
];

const SOURCE = 'https://github.com/MicrosoftDocs/vsts-rest-api-specs.git';
const FILES = ['specification/git/7.0/git.json', 'specification/ims/7.0/identities.json'];
const OUTPUT = new URL('../__tests__/forge/azure-devops/azure-openapi.json', import.meta.url);

const DEFINITIONS = '#/definitions/';

/** Keywords which explain the API but constrain neither a request nor a JSON answer. */
const PROSE = new Set('description externalDocs produces consumes security summary tags title'.split(' '));

/** Keywords whose keys are names that Microsoft chose: a property called `description` is no prose. */
const NAMING = new Set(['properties', 'responses']);

const [folder] = process.argv.slice(2);
const excerpt = folder ? trim(folder) : cloned();
writeFileSync(OUTPUT, `${lines(excerpt, 3)}\n`);

function cloned() {
  const temporary = mkdtempSync(join(tmpdir(), 'vsts-'));
  try {
    execFileSync('git', ['clone', '--quiet', '--depth=1', '--filter=blob:none', '--no-checkout', SOURCE, temporary]);
    return trim(temporary);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function trim(clone) {
  const git = (...args) => execFileSync('git', args, { cwd: clone, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const missing = new Set(OPERATIONS);
  const excerpts = FILES.map((file) => {
    const description = JSON.parse(git('show', `HEAD:${file}`).replace(/^\uFEFF/, ''));
    const paths = wantedPaths(description, missing);
    return { paths, definitions: reachedDefinitions(paths, description) };
  });
  if (missing.size > 0) throw new Error(`Microsoft describes no operation ${[...missing].join(', ')}`);
  const merged = (name) => Object.assign({}, ...excerpts.map((one) => one[name]));
  return {
    info: {
      title: 'REST API of Azure DevOps 7.0, an excerpt of MicrosoftDocs/vsts-rest-api-specs',
      version: git('rev-parse', 'HEAD').trim(),
      license: 'MIT, Copyright (c) 2018 Microsoft Docs',
    },
    paths: merged('paths'),
    definitions: merged('definitions'),
  };
}

/** Operations that share a path with another one are described behind a `?`. */
function wantedPaths(description, missing) {
  const all = { ...description.paths, ...description['x-ms-paths'] };
  const paths = {};
  for (const path of Object.keys(all).toSorted()) {
    for (const [method, operation] of Object.entries(all[path])) {
      if (!missing.delete(operation.operationId)) continue;
      (paths[path.replace(/\?.*$/, '')] ??= {})[method] = trimmed(operation, description);
    }
  }
  return paths;
}

function reachedDefinitions(paths, description) {
  const reached = {};
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return;
    const name = isDefinition(node) && node.$ref.slice(DEFINITIONS.length);
    if (name && !reached[name]) visit((reached[name] = trimmed(description.definitions[name], description)));
    Object.values(node).forEach(visit);
  };
  visit(paths);
  return Object.fromEntries(Object.entries(reached).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A node without prose, and with shared parameters put in place, so that only definitions are referred to. */
function trimmed(node, description, keysAreNames = false) {
  if (Array.isArray(node)) return node.map((item) => trimmed(item, description));
  if (node === null || typeof node !== 'object') return node;
  if (typeof node.$ref === 'string') {
    if (isDefinition(node)) return { $ref: node.$ref };
    const [, ...keys] = node.$ref.split('/');
    return trimmed(
      keys.reduce((at, key) => at[key], description),
      description,
    );
  }
  const kept = Object.entries(node).filter(([key]) => keysAreNames || !(PROSE.has(key) || key.startsWith('x-')));
  return Object.fromEntries(
    kept.map(([key, value]) => [key, trimmed(value, description, !keysAreNames && NAMING.has(key))]),
  );
}

function isDefinition(node) {
  return typeof node.$ref === 'string' && node.$ref.startsWith(DEFINITIONS);
}

/** JSON whose outer `depth` levels of objects have one entry a line, so that a diff shows which operation changed. */
function lines(value, depth) {
  if (depth === 0 || value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${lines(entry, depth - 1)}`);
  return `{\n${entries.join(',\n')}\n}`;
}
