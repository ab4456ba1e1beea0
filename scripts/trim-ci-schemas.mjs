#!/usr/bin/env node
/**
 * Writes `__tests__/fixtures/ci-schemas/`: the schemas by which CI systems check their own files, without their prose. The
 * examples of `examples/` are held against them.
 *
 * They are those of GitLab (MIT), Microsoft (MIT), Atlassian (MIT) and of SchemaStore (Apache-2.0) for CircleCI, as the
 * package check-jsonschema of PyPI collects them.
 *
 *     node scripts/trim-ci-schemas.mjs
 *
 * downloads that package into a temporary folder with pip; with the package already unpacked
 *
 *     node scripts/trim-ci-schemas.mjs path/to/package
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = 'check-jsonschema==0.39.0';
const SCHEMAS = ['azure-pipelines', 'bitbucket-pipelines', 'circle-ci', 'gitlab-ci'];
const OUTPUT = new URL('../__tests__/fixtures/ci-schemas/', import.meta.url);

/** Keywords that explain a file, and constrain none. */
const PROSE = new Set(
  (
    '$comment deprecated deprecationMessage default description doNotSuggest errorMessage examples firstProperty ' +
    'markdownDescription title'
  ).split(' '),
);
/** Keywords whose keys are names of the CI: a property called `description` is no prose. */
const NAMING = new Set(['definitions', 'patternProperties', 'properties']);

const [given] = process.argv.slice(2);
const folder = given ?? download();
mkdirSync(OUTPUT, { recursive: true });
for (const name of SCHEMAS) {
  const path = join(folder, 'check_jsonschema/builtin_schemas/vendor', `${name}.json`);
  const { $id, ...schema } = withoutTasks(trimmed(JSON.parse(readFileSync(path, 'utf8'))));
  const source = { $comment: `${PACKAGE}, without prose: scripts/trim-ci-schemas.mjs`, source: $id };
  writeFileSync(new URL(`${name}.json`, OUTPUT), `${JSON.stringify({ ...source, ...schema })}\n`);
}
if (given === undefined) rmSync(folder, { recursive: true });

function download() {
  const into = mkdtempSync(join(tmpdir(), 'ci-schemas-'));
  execFileSync('pip', ['download', '--quiet', '--no-deps', '--dest', into, PACKAGE]);
  execFileSync('sh', ['-c', 'python3 -m zipfile -e *.whl .'], { cwd: into });
  return into;
}

function trimmed(node, keysAreNames = false) {
  if (Array.isArray(node)) return node.map((item) => trimmed(item));
  if (node === null || typeof node !== 'object') return node;
  const kept = Object.entries(node).filter(([key]) => keysAreNames || !(PROSE.has(key) || key.startsWith('x-')));
  return Object.fromEntries(kept.map(([key, value]) => [key, trimmed(value, !keysAreNames && NAMING.has(key))]));
}

/** Azure lists the inputs of each of its tasks, five times as much as all the rest. */
function withoutTasks(schema) {
  if (schema.definitions.task === undefined) return schema;
  const { task, ...definitions } = schema.definitions;
  const properties = { ...task.properties, task: { type: 'string' }, inputs: { type: 'object' } };
  return { ...schema, definitions: { ...definitions, task: { type: 'object', required: ['task'], properties } } };
}
