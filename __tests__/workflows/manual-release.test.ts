/** The workflow that people start by hand: what the Action gets. */
import { expect, test } from 'vitest';
import { INPUTS } from '../../src/inputs/inputs-table.ts';
import { choicesOf } from '../../src/inputs/lookup.ts';
import { fill, fillAll, inputsOf, readWorkflow, stepsOf } from './workflow.ts';

const workflow = readWorkflow('.github/workflows/manual-release.yml');
const dispatch = workflow.on['workflow_dispatch'];
const [act] = stepsOf(workflow);

type Given = NonNullable<Parameters<typeof inputsOf>[1]>;
const RELEASE = { mode: 'release', app: 'web', version: '1.4.2' };
const ROLLBACK = { mode: 'rollback', app: 'web', environment: 'production' };

const givenTo = (given: Given, contexts: object = {}): Record<string, string> => {
  const all = { inputs: inputsOf(dispatch, given), vars: {}, secrets: {}, ...contexts };
  return Object.fromEntries(Object.entries(fillAll(act?.with, all)).filter(([, value]) => value !== ''));
};
const SWITCHES = { force: 'false', 'dry-run': 'false' };

test.each<[Given, Given]>([
  [RELEASE, RELEASE],
  [
    { ...RELEASE, environment: 'qa', reason: 'a fix', force: true },
    { ...RELEASE, environments: 'qa', reason: 'a fix', force: 'true' },
  ],
  [
    { mode: 'promote', app: 'web', from: 'staging', environment: 'production' },
    { mode: 'promote', app: 'web', from: 'staging', environments: 'production' },
  ],
  [
    { ...ROLLBACK, version: '1.4.1', reason: '$(id) "errors" since noon', 'dry-run': true },
    {
      mode: 'rollback',
      app: 'web',
      environments: 'production',
      version: '1.4.1',
      reason: '$(id) "errors" since noon',
      'dry-run': 'true',
    },
  ],
  [{ mode: 'status' }, { mode: 'status' }],
])('%j', (given, expected) => {
  expect(givenTo(given)).toEqual({ ...SWITCHES, ...expected });
});

test('the Action has every input and mode that it gives, and runs without a script beside it', () => {
  expect(stepsOf(workflow)).toHaveLength(1);
  expect(act?.uses).toMatch(/^acme\/manifest-release-pr@/);
  expect(INPUTS.map(({ name }): string => name)).toEqual(expect.arrayContaining(Object.keys(act?.with ?? {})));
  expect(choicesOf('mode')).toEqual(expect.arrayContaining([...(dispatch?.inputs?.['mode']?.options ?? ['none'])]));
});

test('with an App the Action gets its id and key; without, neither, and takes its default token', () => {
  const app = { vars: { RELEASE_APP_CLIENT_ID: 'Iv1' }, secrets: { RELEASE_APP_PRIVATE_KEY: 'PEM' } };
  expect(givenTo(RELEASE, app)).toMatchObject({ 'app-client-id': 'Iv1', 'app-private-key': 'PEM' });
  expect(Object.keys(givenTo(RELEASE)).filter((name) => /app-|token/.test(name))).toEqual([]);
});

test('the run has a name that tells what it does', () => {
  const name = (workflow as unknown as Record<string, string>)['run-name'] ?? '';
  expect(fill(name, { inputs: inputsOf(dispatch, { ...ROLLBACK, 'dry-run': true }) })).toBe(
    'rollback web production  (dry run)',
  );
  expect(fill(name, { inputs: inputsOf(dispatch, RELEASE) })).toBe('release web  1.4.2');
});
