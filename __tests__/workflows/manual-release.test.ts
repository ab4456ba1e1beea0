/** The workflow that people start by hand: what it refuses, and what the Action gets. */
import { describe, expect, test } from 'vitest';
import { isName } from '../../src/environments/config/schema.ts';
import { INPUT_TABLE } from '../../src/inputs/table.ts';
import { fill, fillAll, inputsOf, readWorkflow, runScript, stepsOf } from './workflow.ts';

const workflow = readWorkflow('.github/workflows/manual-release.yml');
const dispatch = workflow.on['workflow_dispatch'];
const [check, act] = stepsOf(workflow);
if (!check || !act) throw new Error('the workflow has two steps');

const DIGEST = `sha256:${'a'.repeat(64)}`;
type Given = NonNullable<Parameters<typeof inputsOf>[1]>;
const RELEASE = { mode: 'release', app: 'web', version: '1.4.2' };
const PROMOTE = { mode: 'promote', app: 'web', from: 'staging', environment: 'production' };
const ROLLBACK = { mode: 'rollback', app: 'web', environment: 'production' };

const refuse = (given: Given): ReturnType<typeof runScript> =>
  runScript(check, fillAll(check.env, { inputs: inputsOf(dispatch, given) }));
const givenTo = (given: Given): Record<string, string> => {
  const contexts = {
    inputs: inputsOf(dispatch, given),
    vars: { RELEASE_APP_CLIENT_ID: 'Iv1' },
    secrets: { RELEASE_APP_PRIVATE_KEY: 'PEM' },
  };
  return Object.fromEntries(Object.entries(fillAll(act.with, contexts)).filter(([, value]) => value !== ''));
};
const APP = { 'app-client-id': 'Iv1', 'app-private-key': 'PEM', 'dry-run': 'false' };

describe('takes', () => {
  test.each<[Given, Given]>([
    [RELEASE, { mode: 'release', app: 'web', version: '1.4.2' }],
    [
      { ...RELEASE, version: `1.4.2@${DIGEST}` },
      { mode: 'release', app: 'web', version: `1.4.2@${DIGEST}` },
    ],
    [
      { ...RELEASE, version: DIGEST },
      { mode: 'release', app: 'web', version: DIGEST },
    ],
    [
      { ...RELEASE, version: 'main-8f14e45_x.1' },
      { mode: 'release', app: 'web', version: 'main-8f14e45_x.1' },
    ],
    [
      { ...RELEASE, environment: 'qa', reason: 'a fix' },
      { ...RELEASE, environments: 'qa', reason: 'a fix' },
    ],
    [PROMOTE, { mode: 'promote', app: 'web', from: 'staging', to: 'production' }],
    [ROLLBACK, { mode: 'rollback', app: 'web', environments: 'production' }],
    [
      { ...ROLLBACK, version: '1.4.1', reason: '$(id) "errors" since noon', 'dry-run': true },
      {
        mode: 'rollback',
        app: 'web',
        environments: 'production',
        'to-version': '1.4.1',
        reason: '$(id) "errors" since noon',
        'dry-run': 'true',
      },
    ],
    [
      { ...RELEASE, app: 'web.api-1_x' },
      { ...RELEASE, app: 'web.api-1_x' },
    ],
  ])('%j', (given, expected) => {
    expect(refuse(given)).toMatchObject({ status: 0, log: '' });
    expect(givenTo(given)).toEqual({ ...APP, ...expected });
  });
});

describe('refuses', () => {
  test.each<[Given, string]>([
    [{ ...RELEASE, version: '' }, 'version: a release needs one'],
    [{ ...RELEASE, from: 'staging' }, 'from: only promote takes it'],
    [{ ...RELEASE, version: 'ghcr.io/acme/web:1.4.2' }, 'version: give a tag, tag@sha256:… or sha256:…'],
    [{ ...RELEASE, version: '1.4.2@sha256:abc' }, 'version: give a tag, tag@sha256:… or sha256:…'],
    [{ ...RELEASE, version: `sha256:${'A'.repeat(64)}` }, 'version: give a tag, tag@sha256:… or sha256:…'],
    [{ ...RELEASE, version: ' 1.4.2' }, 'version: give a tag, tag@sha256:… or sha256:…'],
    [{ ...RELEASE, version: '-1' }, 'version: give a tag, tag@sha256:… or sha256:…'],
    [{ ...RELEASE, version: 'x'.repeat(129) }, 'version: give a tag, tag@sha256:… or sha256:…'],
    [{ ...RELEASE, version: '1.4.2\n::set-output name=x::y' }, 'version: give a tag, tag@sha256:… or sha256:…'],
    [{ ...RELEASE, version: '$(touch /tmp/owned)' }, 'version: give a tag, tag@sha256:… or sha256:…'],
    [{ ...RELEASE, app: '' }, 'app: give the name of one app'],
    [{ ...RELEASE, app: 'web api' }, 'app: give the name of one app'],
    [{ ...RELEASE, app: 'web,api' }, 'app: give the name of one app'],
    [{ ...RELEASE, environment: 'a\nb' }, 'environment: give the name of one environment'],
    [{ ...PROMOTE, from: 'a b' }, 'from: give the name of one environment'],
    [{ ...PROMOTE, from: '' }, 'from, environment: promote needs both'],
    [{ ...PROMOTE, environment: '' }, 'from, environment: promote needs both'],
    [{ ...PROMOTE, environment: 'staging' }, 'from, environment: promote needs two different ones'],
    [{ ...PROMOTE, version: '1.4.2' }, 'version: promote takes the version that from has; leave it empty'],
    [{ ...ROLLBACK, environment: '' }, 'environment: a rollback needs one'],
    [{ ...ROLLBACK, from: 'staging' }, 'from: only promote takes it'],
    [{ ...ROLLBACK, app: '' }, 'app: give the name of one app'],
    [{ ...RELEASE, mode: 'deploy' }, 'mode: give release, promote or rollback'],
  ])('%j', (given, message) => {
    expect(refuse(given)).toMatchObject({ status: 1, log: `::error::${message}\n` });
  });
});

test('a name that it takes is one that the config file may have, and the other way round', () => {
  for (const name of ['web', 'Web_2.x-1', 'x'.repeat(63), 'x'.repeat(64), '-x', '.x', 'a/b', 'é', '*']) {
    expect([name, refuse({ ...RELEASE, app: name }).status === 0]).toEqual([name, isName(name)]);
  }
});

test('it refuses before the Action runs, and the Action has every input that it gives', () => {
  expect(check.run).toBeDefined();
  expect(act.uses).toMatch(/^acme\/manifest-release-pr@/);
  expect(INPUT_TABLE.map(({ name }): string => name)).toEqual(expect.arrayContaining(Object.keys(act.with ?? {})));
});

test('without an App the Action gets neither id nor key, and takes its default token', () => {
  const given = fillAll(act.with, { inputs: inputsOf(dispatch, RELEASE), vars: {}, secrets: {} });
  expect(given).toMatchObject({ 'app-client-id': '', 'app-private-key': '' });
  expect(given).not.toHaveProperty('token');
});

test('the run has a name that tells what it does', () => {
  const name = (workflow as unknown as Record<string, string>)['run-name'] ?? '';
  expect(fill(name, { inputs: inputsOf(dispatch, { ...ROLLBACK, 'dry-run': true }) })).toBe(
    'rollback web production  (dry run)',
  );
  expect(fill(name, { inputs: inputsOf(dispatch, RELEASE) })).toBe('release web  1.4.2');
});
