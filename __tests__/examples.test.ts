/** The examples that people copy, and our own workflow: every input, flag and output in them exists. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { INPUT_TABLE } from '../src/input-table.ts';
import { OUTPUTS } from '../src/outputs.ts';
import { renderTemplate, type Variables } from '../src/template.ts';

interface Step {
  uses?: string;
  id?: string;
  run?: string;
  with?: Record<string, string>;
}
interface Workflow {
  permissions?: Record<string, string>;
  jobs?: Record<string, { permissions?: Record<string, string>; steps?: Step[] }>;
}

const VARIABLES: Variables = {
  name: 'web',
  version: '1.4.2',
  images: [],
  from: '1.4.1',
  bump: 'patch',
  changes: [],
  skipped: '',
  contents: { summary: '', url: '' },
  commits: [],
  source: { repository: 'acme/web', commit: '8f14e45', shortCommit: '8f14e45', url: 'https://example.com' },
  run: { url: 'https://example.com' },
  actor: 'ada',
  base: 'main',
};
const names = INPUT_TABLE.map(({ name }) => name);
const outputs: readonly string[] = OUTPUTS.map(({ name }) => name);
const templates = ['branch', 'title', 'body', 'commit-message', 'labels'];

for (const name of readdirSync('examples')) {
  const text = readFileSync(`examples/${name}`, 'utf8');

  test(`examples/${name} uses inputs that there are`, () => {
    const steps = stepsOf(parse(text) as Workflow).filter(({ uses }) => uses?.includes('/manifest-release-pr@'));
    const commandLine = text.split('dist/cli.cjs release')[1] ?? '';
    const flags = [...commandLine.matchAll(/--([a-z-]+)/g)].map(([, flag = '']) => flag);
    expect(steps.length + flags.length, 'uses the Action or the command line').toBeGreaterThan(0);
    for (const used of steps) {
      expect(names).toEqual(expect.arrayContaining(Object.keys(used.with ?? {})));
      expect(used.with).toHaveProperty('images');
      for (const [input, value] of Object.entries(used.with ?? {})) {
        if (templates.includes(input)) expect(renderTemplate(input, value, VARIABLES, 'line')).not.toBe('');
      }
    }
    expect([...names, 'json']).toEqual(expect.arrayContaining(flags));
  });

  test(`examples/${name} reads outputs that there are`, () => {
    const used = [...text.matchAll(/steps\.release\.outputs\.([a-z-]+)/g)].map(([, output = '']) => output);
    expect(outputs).toEqual(expect.arrayContaining(used));
  });
}

test('our workflow runs .ci/run, pins its actions by commit and gives the least permissions', () => {
  const text = readFileSync('.github/workflows/check.yml', 'utf8');
  const workflow = parse(text) as Workflow;
  expect(workflow.permissions).toEqual({});
  expect(Object.values(workflow.jobs ?? {}).map(({ permissions }) => permissions)).toEqual([{ contents: 'read' }]);
  const steps = stepsOf(workflow);
  expect(steps.map(({ run }) => run)).toContain('bash .ci/run');
  for (const { uses } of steps) expect(uses ?? 'a@'.padEnd(42, '0')).toMatch(/@[0-9a-f]{40}$/);
});

function stepsOf({ jobs }: Workflow): Step[] {
  return Object.values(jobs ?? {}).flatMap(({ steps }) => steps ?? []);
}
