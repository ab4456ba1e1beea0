/** The reusable workflow: what its expressions make of what a caller gives. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { INPUTS } from '../../src/inputs/inputs-table.ts';
import { withImageFiles } from '../../src/inputs/image-files.ts';
import { fill, fillAll, inputsOf, readWorkflow, runs, stepsOf } from './workflow.ts';

const workflow = readWorkflow('.github/workflows/release-pr.yml');
const call = workflow.on['workflow_call'];
const [download, release] = stepsOf(workflow);
const job = workflow.jobs['release'];

type Given = NonNullable<Parameters<typeof inputsOf>[1]>;

let temp: string;
beforeAll(() => {
  temp = mkdtempSync(join(tmpdir(), 'release-pr-'));
  mkdirSync(join(temp, 'images/image-web'), { recursive: true });
  writeFileSync(join(temp, 'images/image-web/image.json'), JSON.stringify({ 'image.name': 'acme/web:2' }));
});
afterAll(() => rmSync(temp, { recursive: true }));

const contextsOf = (given: Given, secrets: object = {}) => ({
  inputs: inputsOf(call, given),
  secrets,
  github: { token: 'ghs_caller' },
  runner: { temp },
});
const givenTo = (given: Given, secrets: object = {}): Record<string, string> =>
  fillAll(release?.with, contextsOf(given, secrets));

test('is one job of two steps, and no script', () => {
  expect(Object.keys(workflow.jobs)).toEqual(['release']);
  expect(stepsOf(workflow).flatMap(({ run }) => run ?? [])).toEqual([]);
  expect(stepsOf(workflow)).toHaveLength(2);
});

test('passes every input of the Action, and none besides', () => {
  const secrets = ['token', 'app-private-key'];
  // Its default is the token of the workflow.
  const names = INPUTS.map(({ name }): string => name).filter((name) => name !== 'source-token');
  expect(Object.keys(release?.with ?? {}).toSorted()).toEqual(names.toSorted());
  const own = ['artifacts', 'runs-on'];
  expect(Object.keys(call?.inputs ?? {}).toSorted()).toEqual(
    [...names.filter((name) => !secrets.includes(name)), ...own].toSorted(),
  );
});

const plain = Object.keys(call?.inputs ?? {}).filter((name) => !['images', 'artifacts', 'runs-on'].includes(name));

test.each(plain)('%s, as the caller wrote it', (name) => {
  for (const value of ['', 'plain', 'two\nlines', "it's {{ name }} $(id)"]) {
    expect(givenTo({ [name]: value })[name]).toBe(value);
  }
});

test('what is not given is empty, so that the config file and the Action have their defaults', () => {
  const filled = Object.entries(givenTo({})).filter(([, value]) => value.trim() !== '');
  // Switches of the step alone.
  const switches = { force: 'false', 'dry-run': 'false' };
  const booleans = Object.entries(call?.inputs ?? {}).filter(([, { type }]) => type === 'boolean');
  expect(booleans.map(([name]) => name).toSorted()).toEqual(Object.keys(switches).toSorted());
  expect({ ...switches, ...Object.fromEntries(filled) }).toEqual({ ...switches, token: 'workflow:ghs_caller' });
});

test.each([
  ['names', { images: 'acme/api:2\nacme/job:2' }, false, 'acme/api:2\nacme/job:2'],
  ['the output of a build', { images: '{"image.name": "acme/api:2"}' }, false, '{"image.name": "acme/api:2"}'],
  ['artifacts', { artifacts: 'image-*' }, true, '\nacme/web:2'],
  ['both', { images: 'acme/api:2', artifacts: 'image-*' }, true, 'acme/api:2\nacme/web:2'],
  ['neither, as with a version', { version: '2' }, false, ''],
] as const)('images by %s', (_, given, isDownloaded, expected) => {
  expect(runs(download ?? {}, contextsOf(given))).toBe(isDownloaded);
  expect(withImageFiles(givenTo(given)['images'] ?? '').trim()).toBe(expected.trim());
});

test.each([
  ['nothing', {}, { token: 'workflow:ghs_caller', 'app-private-key': '' }],
  ['a token', { token: 'ghp_x' }, { token: 'ghp_x', 'app-private-key': '' }],
  ['an App', { 'app-private-key': 'PEM' }, { token: 'workflow:ghs_caller', 'app-private-key': 'PEM' }],
])('with %s to act as', (_, secrets, expected) => {
  expect(givenTo({ 'app-client-id': 'Iv1' }, secrets)).toMatchObject({ 'app-client-id': 'Iv1', ...expected });
});

test('keys reach the step in its environment alone', () => {
  const given = contextsOf({}, { 'signing-key': 'SIGN', 'ssh-key': 'SSH' });
  expect(fillAll(release?.env, given)).toEqual({
    MANIFEST_RELEASE_SIGNING_KEY: 'SIGN',
    MANIFEST_RELEASE_SSH_KEY: 'SSH',
  });
  expect(JSON.stringify(fillAll(release?.with, given))).not.toMatch(/SIGN|SSH/);
});

test('hands on outputs of the step', () => {
  for (const [name, value] of Object.entries(job?.outputs ?? {})) {
    expect(value).toBe(`\${{ steps.release.outputs.${name} }}`);
    expect(fill(call?.outputs?.[name]?.value ?? '', { jobs: { release: { outputs: { [name]: 'x' } } } })).toBe('x');
  }
  expect(Object.keys(call?.outputs ?? {})).toEqual(Object.keys(job?.outputs ?? {}));
});
