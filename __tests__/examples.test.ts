/** The examples that people copy, and our own workflow: what they name exists, and what they say happens. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { renderTemplate } from '../src/release/pull-request/template.ts';
import type { Variables } from '../src/release/pull-request/template-variables.ts';
import { FLAGS } from './own-steps.ts';
import { readWorkflow, stepsOf } from './workflows/workflow.ts';

const VARIABLES: Variables = {
  name: 'web',
  version: '1.4.2',
  images: [],
  from: '1.4.1',
  bump: 'patch',
  step: 'patch',
  imageChanges: [],
  checked: '',
  unchecked: '',
  imagesMore: '',
  placeCount: '1 place in 1 file',
  placesFolded: '',
  places: [],
  placesMore: '',
  changes: [],
  rendered: '',
  leftCount: '',
  left: [],
  leftMore: '',
  skipped: '',
  contents: { summary: '', url: '' },
  commits: [],
  commitsMore: '',
  source: { repository: 'acme/web', commit: '8f14e45', shortCommit: '8f14e45', url: 'https://example.com' },
  run: { url: 'https://example.com' },
  actor: 'ada',
  action: 'Release',
  app: 'web',
  environment: 'staging',
  reason: 'as asked',
  origin: { environment: '', since: '', pull: '', pullUrl: '', age: '' },
  goBack: { command: '' },
  base: 'main',
  details: '',
};
const COMMANDS = ['release', 'promote', 'rollback', 'status', 'list-versions'];
const TEMPLATES = ['branch', 'title', 'body', 'commit-message', 'labels'];

const files = readdirSync('examples', { recursive: true, encoding: 'utf8' }).map((name) => `examples/${name}`);
const yamls = files.filter((path) => path.endsWith('.yml') || path.endsWith('.yaml'));
const workflows = yamls.filter((path) => /^examples\/(manifest-repository\/)?[\w-]+\.yml$/.test(path));

test.each(yamls)('%s is YAML', (path) => {
  const documents = parseAllDocuments(readFileSync(path, 'utf8'));
  expect([...documents].flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
});

describe.each([
  ['examples/azure/azure-pipelines.yml', 'azure-pipelines', { steps: [{ bash: 'true', enviroment: {} }] }],
  [
    'examples/bitbucket/bitbucket-pipelines.yml',
    'bitbucket-pipelines',
    { pipelines: { default: [{ step: { script: 'make' } }] } },
  ],
  ['examples/circleci/config.yml', 'circle-ci', { version: 2.1, jobs: { release: { steps: 'checkout' } } }],
  ['examples/gitlab/.gitlab-ci.yml', 'gitlab-ci', { release: { script: [], rules: 'always' } }],
])('%s', (path, name, wrong) => {
  const schema = JSON.parse(readFileSync(`__tests__/fixtures/ci-schemas/${name}.json`, 'utf8')) as object;
  // Formats are those of addresses and dates, which the examples have none of.
  const check = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

  test('is what the schema of its CI takes', () => {
    const isValid = check(parse(readFileSync(path, 'utf8'), { merge: true }));
    expect([isValid, check.errors]).toEqual([true, null]);
  });

  test('has a schema that refuses what is wrong', () => {
    expect(check(wrong)).toBe(false);
  });
});

test.each(workflows)('the templates of %s can be rendered', (path) => {
  const ours = stepsOf(readWorkflow(path)).filter(({ uses }) => uses?.includes('/manifest-release-pr@'));
  const given = ours.flatMap((step) => Object.entries(step.with ?? {}));
  for (const [name, value] of given.filter(([input]) => TEMPLATES.includes(input))) {
    expect(renderTemplate(name as 'title', String(value), VARIABLES, 'line')).not.toBe('');
  }
});

/** The texts of a file of YAML, as the shell gets them; of any other file all of it, with its long lines put together. */
function textsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.yml')) return [text.replace(/\\\n\s*/g, '')];
  return Object.values(parse(text) as Record<string, unknown>).flatMap(function textsIn(value: unknown): string[] {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
  });
}

describe.each([
  'examples/circleci/config.yml',
  'examples/gitlab/.gitlab-ci.yml',
  'examples/azure/azure-pipelines.yml',
  'examples/bitbucket/bitbucket-pipelines.yml',
  'examples/gitea/release.yml',
  'examples/jenkins/Jenkinsfile',
])('%s', (path) => {
  const lines = textsOf(path)
    .flatMap((text) => text.split(/\/dist\/cli\.cjs /).slice(1))
    .map((line) => line.split('\n')[0] ?? '');

  test('uses the command line with flags that there are', () => {
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(COMMANDS).toContain(line.split(' ')[0]);
      const used = [...line.matchAll(/ --([a-z-]+)/g)].map(([, flag]) => flag);
      expect(used).toContain('repository');
      expect(FLAGS).toEqual(expect.arrayContaining(used));
    }
  });

  test('clones the program that it runs, and takes no secret as a flag', () => {
    const all = readFileSync(path, 'utf8');
    const folders = [...all.matchAll(/git clone .*manifest-release-pr (\S+manifest-release-pr)/g)].map(([, to]) => to);
    const run = [...all.matchAll(/node (\S+)\/dist\/cli\.cjs/g)].map(([, from]) => from);
    expect(new Set(run)).toEqual(new Set(folders));
    expect(lines.join(' ')).not.toMatch(/token|secret|password/i);
  });

  test('has templates that can be rendered', () => {
    for (const [, name = '', value = ''] of lines.join('\n').matchAll(/ --(branch|title) "([^"]*)"/g)) {
      expect(renderTemplate(name as 'title', value, VARIABLES, 'line')).not.toBe('');
    }
  });
});

describe.each([
  ['argo-cd', ['apps/web/staging/kustomization.yaml:8']],
  ['flux', ['apps/web/production/deploy/kustomization.yaml:8', 'apps/web/production/migrate/kustomization.yaml:8']],
  ['flux-image-automation', ['apps/web/production/kustomization.yaml:8']],
  ['pipecd', ['web/production/deployment.yaml:16', 'web/production/deployment.yaml:20']],
])('examples/%s', (name, places) => {
  test('the step in its README changes what it says', () => {
    const readme = readFileSync(`examples/${name}/README.md`, 'utf8');
    const [step] = parse(readme.split('```')[1]?.replace(/^yaml/, '') ?? '') as [{ with: Record<string, string> }];
    const { images = '', paths = '' } = step.with;
    expect(changesOf(`examples/${name}`, ['--images', images, '--paths', paths])).toEqual(places);
  });
});

test('staging of the image automation is Flux’s: without paths the Action would write there too', () => {
  expect(changesOf('examples/flux-image-automation', ['--images', 'ghcr.io/acme/web:1.4.2'])).toEqual([
    'apps/web/production/kustomization.yaml:8',
    'apps/web/staging/kustomization.yaml:8',
  ]);
});

/** Where a dry run in that folder would write. */
function changesOf(example: string, args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'example-'));
  const git = (...given: string[]): string =>
    execFileSync('git', ['-C', folder, ...given], { stdio: 'pipe', encoding: 'utf8' });
  cpSync(example, folder, { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git(
    '-c',
    'user.name=x',
    '-c',
    'user.email=x@example.com',
    '-c',
    'commit.gpgsign=false',
    'commit',
    '--quiet',
    '--message',
    'x',
  );
  const command = ['dist/cli.cjs', 'release', '--repository', folder, ...args, '--dry-run', '--json'];
  const told = execFileSync(process.execPath, command, { encoding: 'utf8', stdio: 'pipe' });
  rmSync(folder, { recursive: true });
  const { changes } = JSON.parse(told) as { changes: { file: string; line: number }[] };
  return changes.map(({ file, line }) => `${file}:${line}`).toSorted();
}

test('each example of another CI is listed in the README and in docs/other-ci.md', () => {
  const examples = files.filter((path) =>
    /^examples\/(?:circleci|gitlab|azure|bitbucket|gitea|jenkins)\/[^/]+$/.test(path),
  );
  expect(examples).toHaveLength(6);
  for (const page of ['README.md', 'docs/other-ci.md']) {
    const text = readFileSync(page, 'utf8');
    expect(examples.filter((path) => !text.includes(`${path})`))).toEqual([]);
  }
});

test('our workflow runs .ci/run, and gives the least permissions', () => {
  const workflow = readWorkflow('.github/workflows/check.yml');
  expect(Object.values(workflow.jobs).map(({ permissions }) => permissions)).toEqual([{ contents: 'read' }]);
  expect(stepsOf(workflow).map(({ run }) => run)).toContain('bash .ci/run');
});
