/** The reusable workflow: what its expressions and scripts make of what a caller gives. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INPUT_TABLE } from '../../src/inputs/table.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { formatReference } from '../../src/core/image-reference.ts';
import { fill, fillAll, inputsOf, readWorkflow, runs, runScript, stepNamed, type Ran } from './workflow.ts';

const workflow = readWorkflow('.github/workflows/release-pr.yml');
const call = workflow.on['workflow_call'];
const { plan, release, summary } = workflow.jobs;
const step = {
  download: plan?.steps?.[0] ?? {},
  given: stepNamed(workflow, 'plan', 'given'),
  plan: stepNamed(workflow, 'plan', 'plan'),
  share: stepNamed(workflow, 'plan', 'share'),
  release: stepNamed(workflow, 'release', 'release'),
  keep: stepNamed(workflow, 'release', 'Keep the results'),
  sum: stepNamed(workflow, 'summary', 'sum'),
};

type Given = Readonly<Record<string, string | number | boolean>>;

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const metadataJson = JSON.stringify({ tags: ['ghcr.io/acme/web:1.4.2', 'ghcr.io/acme/web:latest'], labels: {} });
const buildJson = (name: string, digest: string): string =>
  JSON.stringify({ 'image.name': name, 'containerimage.digest': digest, 'buildx.build.ref': 'x' });
const bakeJson = JSON.stringify({
  web: { 'image.name': 'acme/web:2,acme/web:latest', 'containerimage.digest': A },
  api: { 'image.name': 'acme/api:2', 'containerimage.digest': B },
});

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'release-pr-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first script, with the artifacts that were downloaded. */
function readGiven(given: Given, artifacts: Readonly<Record<string, string>> = {}): Ran {
  const temp = mkdtempSync(join(folder, 'run-'));
  for (const [path, text] of Object.entries(artifacts)) {
    mkdirSync(dirname(join(temp, 'images', path)), { recursive: true });
    writeFileSync(join(temp, 'images', path), text);
  }
  return runScript(step.given, fillAll(step.given.env, { inputs: inputsOf(call, given), runner: { temp } }));
}

describe('images', () => {
  const legs = {
    'image-web/image.json': buildJson('acme/web:2', A),
    'image-api/image.json': buildJson('acme/api:2', B),
  };
  test.each<[string, Given, Readonly<Record<string, string>>, string[]]>([
    ['none, as with a version', {}, {}, []],
    ['a line', { images: 'acme/web:2' }, {}, ['acme/web:2']],
    ['lines', { images: '\n  acme/web:2\n  acme/api:3\n' }, {}, ['acme/web:2', 'acme/api:3']],
    [
      'commas, as metadata-action can give them',
      { images: 'acme/web:2,acme/web:latest' },
      {},
      ['acme/web:2', 'acme/web:latest'],
    ],
    ['a move', { images: 'old=acme/web:2', digest: A }, {}, [`old=acme/web:2@${A}`]],
    [
      'lines and a digest',
      { images: 'acme/web:2\nacme/web:latest\n', digest: A },
      {},
      [`acme/web:2@${A}`, `acme/web:latest@${A}`],
    ],
    ['json of metadata-action', { images: metadataJson }, {}, ['ghcr.io/acme/web:1.4.2', 'ghcr.io/acme/web:latest']],
    [
      'json and digest',
      { images: metadataJson, digest: `${A}\n` },
      {},
      [`ghcr.io/acme/web:1.4.2@${A}`, `ghcr.io/acme/web:latest@${A}`],
    ],
    [
      'metadata of a build',
      { images: buildJson('acme/web:2,acme/web:latest', A) },
      {},
      [`acme/web:2@${A}`, `acme/web:latest@${A}`],
    ],
    ['metadata and its digest once more', { images: buildJson('acme/web:2', A), digest: A }, {}, [`acme/web:2@${A}`]],
    ['metadata of bake', { images: bakeJson }, {}, [`acme/web:2@${A}`, `acme/web:latest@${A}`, `acme/api:2@${B}`]],
    ['artifacts', { artifacts: 'image-*' }, legs, [`acme/api:2@${B}`, `acme/web:2@${A}`]],
    [
      'json of metadata-action as artifacts',
      { artifacts: 'i*' },
      { 'i/a.json': metadataJson },
      ['ghcr.io/acme/web:1.4.2', 'ghcr.io/acme/web:latest'],
    ],
    [
      'tags and digest of our own as artifacts',
      { artifacts: 'i*' },
      { 'i/a.json': `{"tags":["a:1"],"digest":"${A}"}` },
      [`a:1@${A}`],
    ],
    ['a file beside', { artifacts: 'i*' }, { 'i/a.json': buildJson('a:1', A), 'i/notes.txt': 'x' }, [`a:1@${A}`]],
    [
      'lines and artifacts',
      { images: 'acme/job:7', artifacts: 'image-*' },
      legs,
      ['acme/job:7', `acme/api:2@${B}`, `acme/web:2@${A}`],
    ],
    ['what a shell would run', { images: '$(id):1\n`id`:2' }, {}, ['$(id):1', '`id`:2']],
  ])('%s', (_, given, artifacts, images) => {
    const ran = readGiven(given, artifacts);
    expect(ran).toMatchObject({ status: 0, log: '' });
    expect(ran.outputs['images']).toBe(images.join('\n'));
    expect(ran.outputs['call']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('the Action reads them, and takes the version with its digest', () => {
    const { released: images } = readReleasedImages(
      readGiven({ images: metadataJson, digest: A }).outputs['images'] ?? '',
    );
    expect(images.map(({ reference }) => formatReference(reference))).toEqual([`ghcr.io/acme/web:1.4.2@${A}`]);
  });

  test.each<[string, Given, Readonly<Record<string, string>>, string]>([
    ['JSON that is none', { images: '{"tags":' }, {}, '::error::the input images cannot be read: "'],
    ['JSON of something else', { images: '{"a":1}' }, {}, '::error::the input images has neither tags nor image.name'],
    ['a digest alone', { digest: A }, {}, '::error::the input digest needs the input images'],
    ['two digests', { images: `a:1@${B}`, digest: A }, {}, `::error::"a:1@${B}" has another digest already`],
    ['no artifact', { artifacts: 'x*' }, {}, '::error::no artifact of this run matches "x*" and has a JSON file'],
    [
      'no file in it',
      { artifacts: 'x*' },
      { 'x/a.txt': '' },
      '::error::no artifact of this run matches "x*" and has a JSON file',
    ],
    ['a file that is no JSON', { artifacts: 'x*' }, { 'x/a.json': 'a:1' }, '::error::"x/a.json" cannot be read: "'],
    [
      'a file of something else',
      { artifacts: 'x*' },
      { 'x/a.json': '[]' },
      '::error::"x/a.json" has neither tags nor image.name',
    ],
    ['a file with null', { artifacts: 'x*' }, { 'x/a.json': 'null' }, '::error::"x/a.json" cannot be read: "'],
    [
      'a command in a name',
      { artifacts: 'x\n::warning::y' },
      {},
      '::error::no artifact of this run matches "x\\n::warning::y"',
    ],
  ])('refuses %s', (_, given, artifacts, message) => {
    const ran = readGiven(given, artifacts);
    expect(ran.status).toBe(1);
    expect(ran.log.startsWith(message) ? message : ran.log).toBe(message);
    expect(ran.log.trim().split('\n')).toHaveLength(1);
  });

  test('are downloaded only where artifacts are asked for, into the folder that is read', () => {
    const contexts = (artifacts: string): object => ({
      inputs: inputsOf(call, { artifacts }),
      runner: { temp: '/tmp/r' },
    });
    expect(runs(step.download, { ...contexts('') })).toBe(false);
    expect(runs(step.download, { ...contexts('image-*') })).toBe(true);
    expect(fillAll(step.download.with, { ...contexts('image-*') })).toEqual({
      pattern: 'image-*',
      path: '/tmp/r/images',
    });
    expect(fill(step.given.env?.['FOLDER'] ?? '', { ...contexts('') })).toBe('/tmp/r/images');
  });
});

describe('repositories', () => {
  test.each([
    ['', ['']],
    ['acme/manifests', ['acme/manifests']],
    ['acme/manifests\n', ['acme/manifests']],
    ['acme/one\nacme/two\n', ['acme/one', 'acme/two']],
  ])('%j', (repository, repositories) => {
    expect(JSON.parse(readGiven({ repository }).outputs['repositories'] ?? '')).toEqual(repositories);
  });
});

/** The second script, after the Action has planned (maybe with a failure) or was not asked to. */
function share(
  given: Given,
  repositories: readonly string[],
  planned?: readonly string[],
  outcome = planned ? 'success' : 'skipped',
): Ran {
  const temp = mkdtempSync(join(folder, 'share-'));
  const file = join(temp, 'results.json');
  if (planned) writeFileSync(file, JSON.stringify(planned.map((environment) => ({ app: 'web', environment }))));
  const steps = {
    given: { outputs: { repositories: JSON.stringify(repositories) } },
    plan: { outcome, outputs: planned ? { 'results-file': file } : {} },
  };
  const contexts = { inputs: inputsOf(call, given), runner: { temp }, steps };
  const ran = runScript(step.share, fillAll(step.share.env, contexts));
  // What the summary reads is what the matrix has.
  if (ran.status === 0) {
    expect(JSON.parse(readFileSync(join(temp, 'legs.json'), 'utf8'))).toEqual(legsOf(ran));
  }
  return ran;
}
interface Leg {
  index: number;
  repository: string;
  environments: string;
  title: string;
}
const legsOf = ({ outputs }: Ran): Leg[] =>
  (JSON.parse(outputs['legs'] ?? '{"include":[]}') as { include: Leg[] }).include;

describe('sharing out', () => {
  test.each<[string, Parameters<typeof share>, Leg[]]>([
    ['own repository, no app', [{}, ['']], [{ index: 0, repository: '', environments: '', title: 'this repository' }]],
    [
      'one repository, no app',
      [{}, ['acme/m']],
      [{ index: 0, repository: 'acme/m', environments: '', title: 'acme/m' }],
    ],
    [
      'an app, two environments',
      [{ app: 'web' }, ['acme/m'], ['staging', 'qa']],
      [
        { index: 0, repository: 'acme/m', environments: 'staging', title: 'staging' },
        { index: 1, repository: 'acme/m', environments: 'qa', title: 'qa' },
      ],
    ],
    [
      'an app, more environments than jobs',
      [{ app: 'web', 'max-parallel': 2 }, ['acme/m'], ['a', 'b', 'c']],
      [
        { index: 0, repository: 'acme/m', environments: 'a', title: 'a' },
        { index: 1, repository: 'acme/m', environments: 'b\nc', title: 'b and 1 more' },
      ],
    ],
    [
      'an app, two repositories: each has its own config file',
      [{ app: 'web', environments: 'a\nb' }, ['acme/m', 'acme/n']],
      [
        { index: 0, repository: 'acme/m', environments: 'a\nb', title: 'acme/m' },
        { index: 1, repository: 'acme/n', environments: 'a\nb', title: 'acme/n' },
      ],
    ],
    ['an app, nothing to do', [{ app: 'web' }, ['acme/m'], []], []],
  ])('%s', (_, given, legs) => {
    const ran = share(...given);
    expect(ran).toMatchObject({ status: 0, log: '' });
    expect(legsOf(ran)).toEqual(legs);
    expect('legs' in ran.outputs).toBe(legs.length > 0);
  });

  test.each([1, 255, 256, 257, 1_000, 5_000])(
    '%i environments: each once, in order, in at most 256 even jobs',
    (count) => {
      const names = Array.from({ length: count }, (_, index) => `customer-${index}`);
      const legs = legsOf(share({ app: 'web' }, ['acme/m'], names));
      const shares = legs.map(({ environments }) => environments.split('\n'));
      expect(shares.flat()).toEqual(names);
      expect(legs.length).toBe(Math.min(count, 256));
      expect(
        Math.max(...shares.map(({ length }) => length)) - Math.min(...shares.map(({ length }) => length)),
      ).toBeLessThan(2);
      expect(legs.map(({ index }) => index)).toEqual(legs.map((_, index) => index));
    },
  );

  test.each([1, 256])(
    '3,000 environments with the longest names, in %d jobs at a time: none is in a variable',
    (most) => {
      const names = Array.from({ length: 3_000 }, (_, index) => `customer-${index}`.padEnd(63, 'x'));
      const legs = legsOf(share({ app: 'web', 'max-parallel': most }, ['acme/m'], names));
      expect(legs.flatMap(({ environments }) => environments.split('\n'))).toEqual(names);
      expect(legs.length).toBe(Math.max(most, 3));
      // Linux takes 128 KiB for a variable.
      for (const { environments } of legs) expect(environments.length).toBeLessThan(100_000);
      const results = legs.map(({ environments }) =>
        environments.split('\n').map((name, index) => created(name, index)),
      );
      const ran = sumUp(legs, Object.fromEntries(results.entries()));
      expect(ran.status, ran.log).toBe(0);
      expect(JSON.parse(ran.outputs['results'] ?? '')).toHaveLength(3_000);
    },
  );

  test('an environment that cannot be planned gets its job like the others', () => {
    expect(
      legsOf(share({ app: 'web' }, ['acme/m'], ['a', 'b'], 'failure')).map(({ environments }) => environments),
    ).toEqual(['a', 'b']);
  });

  test('no plan at all is a failure', () => {
    const ran = share({ app: 'web' }, ['acme/m'], undefined, 'failure');
    expect(ran).toMatchObject({
      status: 1,
      outputs: {},
      log: '::error::there is no plan; the step before tells why\n',
    });
  });

  test('more repositories than a matrix takes are refused', () => {
    const ran = share(
      {},
      Array.from({ length: 257 }, (_, index) => `acme/${index}`),
    );
    expect(ran).toMatchObject({ status: 1, outputs: {} });
    expect(ran.log).toMatch(/^::error::257 repositories are more than the 256 jobs of a matrix/);
  });
});

const INPUTS = Object.keys(call?.inputs ?? {});
const ours = INPUT_TABLE.map(({ name }): string => name);
const SECRETS = ['app-private-key', 'token', 'signing-key'];

describe('what the Action gets', () => {
  /** Inputs whose value is the caller's own; the others are computed. */
  const computed = ['images', 'repository', 'environments', 'dry-run'];
  const passed = INPUTS.filter((name) => (step.release.with ?? {})[name] !== undefined && !computed.includes(name));
  const outputs = { images: 'acme/web:2', repositories: '["acme/m"]' };
  const matrix: Leg = { index: 3, repository: 'acme/m', environments: 'staging', title: 'staging' };

  const contextsOf = (given: Given, secrets: object = {}): Record<string, unknown> => ({
    inputs: inputsOf(call, given),
    secrets,
    github: { token: 'ghs_caller' },
    steps: { given: { outputs } },
    needs: { plan: { outputs: { images: outputs.images } } },
    matrix,
  });

  test('nothing that the workflow declares is forgotten, and all of it is the Action’s', () => {
    const own = ['digest', 'artifacts', 'max-parallel', 'runs-on'];
    expect([...passed, ...computed, ...own].toSorted()).toEqual([...INPUTS].toSorted());
    expect(Object.keys(call?.secrets ?? {})).toEqual(SECRETS);
    expect(Object.keys(step.release.with ?? {}).toSorted()).toEqual([...passed, ...computed, ...SECRETS].toSorted());
    expect(ours).toEqual(expect.arrayContaining(Object.keys(step.release.with ?? {})));
    expect(Object.keys(step.release.with ?? {})).toEqual(expect.arrayContaining(Object.keys(step.plan.with ?? {})));
  });

  test.each(passed)('%s, as the caller wrote it', (name) => {
    for (const value of ['', 'plain', 'two\nlines', "it's {{ name }} $(id)"]) {
      const contexts = contextsOf({ [name]: value });
      expect(fillAll(step.release.with, contexts)[name]).toBe(value);
      if (step.plan.with?.[name] !== undefined) expect(fillAll(step.plan.with, contexts)[name]).toBe(value);
    }
  });

  test('all that is not given is empty, so that the Action and the config file have their defaults', () => {
    const given = fillAll(step.release.with, contextsOf({}));
    const filled = Object.entries(given).filter(([, value]) => value !== '');
    expect(Object.fromEntries(filled)).toEqual({
      repository: 'acme/m',
      environments: 'staging',
      images: 'acme/web:2',
      token: 'workflow:ghs_caller',
      'dry-run': 'false',
    });
  });

  describe.each([
    ['nothing', {}, {}, { token: 'workflow:ghs_caller', 'app-client-id': '', 'app-private-key': '' }],
    ['a token', {}, { token: 'ghp_x' }, { token: 'ghp_x', 'app-client-id': '', 'app-private-key': '' }],
    [
      'an App',
      { 'app-client-id': 'Iv1' },
      { 'app-private-key': 'PEM' },
      { token: 'workflow:ghs_caller', 'app-client-id': 'Iv1', 'app-private-key': 'PEM' },
    ],
    [
      'both',
      { 'app-client-id': 'Iv1' },
      { 'app-private-key': 'PEM', token: 'ghp_x' },
      { token: 'ghp_x', 'app-client-id': 'Iv1', 'app-private-key': 'PEM' },
    ],
  ])('with %s to act as', (_, given, secrets, identity) => {
    test.each([true, false])('dry-run %s', (dryRun) => {
      const contexts = contextsOf({ ...given, app: 'web', environments: 'staging\nqa', 'dry-run': dryRun }, secrets);
      const released = fillAll(step.release.with, contexts);
      const planned = fillAll(step.plan.with, contexts);
      expect(released).toMatchObject({ ...identity, app: 'web', environments: 'staging', 'dry-run': String(dryRun) });
      // The plan is for all environments and never writes.
      expect(planned).toMatchObject({ ...identity, app: 'web', environments: 'staging\nqa', 'dry-run': 'true' });
      expect([released['repository'], planned['repository']]).toEqual(['acme/m', 'acme/m']);
    });
  });

  test.each([
    ['', '[""]', false],
    ['', '["acme/m","acme/n"]', false],
    ['web', '[""]', true],
    ['web', '["acme/m"]', true],
    ['web', '["acme/m","acme/n"]', false],
  ])('app %j and repositories %s: planned first: %s', (app, repositories, isPlanned) => {
    const contexts = { inputs: inputsOf(call, { app }), steps: { given: { outputs: { repositories } } } };
    expect(runs(step.plan, contexts)).toBe(isPlanned);
  });

  test('a signing key goes to the release alone', () => {
    const contexts = contextsOf({ sign: 'ssh' }, { 'signing-key': 'KEY' });
    expect(fillAll(step.release.with, contexts)).toMatchObject({ sign: 'ssh', 'signing-key': 'KEY' });
    expect(JSON.stringify(step.plan)).not.toContain('signing-key');
  });
});

describe('the matrix', () => {
  const needs = (legs: string): object => ({ plan: { outputs: { legs, call: 'c0ffee' }, result: 'success' } });
  const legs = JSON.stringify({ include: [{ index: 0, repository: 'acme/m', environments: 'a', title: 'a' }] });

  test('is what was shared out; nothing to do is no job', () => {
    expect(release?.strategy).toMatchObject({ 'fail-fast': false, matrix: '${{ fromJSON(needs.plan.outputs.legs) }}' });
    expect(runs(release ?? {}, { needs: needs('') })).toBe(false);
    expect(runs(release ?? {}, { needs: needs(legs) })).toBe(true);
    expect(fill(release?.name ?? '', { matrix: { title: 'staging' } })).toBe('release (staging)');
    expect(fill(release?.strategy?.['max-parallel'] ?? '', { inputs: inputsOf(call) })).toBe('256');
  });

  test('each leg leaves its results under its own name, also after a failure', () => {
    const contexts = {
      needs: needs(legs),
      matrix: { index: 7 },
      runner: { temp: folder },
      steps: { release: { outputs: { 'results-file': join(folder, 'results.json') } } },
    };
    const upload = release?.steps?.at(-1) ?? {};
    expect([step.keep, upload].map((one) => runs(one, contexts))).toEqual([true, true]);
    expect([step.keep, upload].map((one) => runs(one, { ...contexts, steps: { release: { outputs: {} } } }))).toEqual([
      false,
      false,
    ]);
    expect(fillAll(upload.with, contexts)).toMatchObject({
      name: 'manifest-release-c0ffee-7',
      path: `${folder}/7.json`,
      overwrite: 'true',
    });
    expect(fillAll(summary?.steps?.[0]?.with, contexts)).toMatchObject({
      pattern: 'manifest-release-c0ffee-*',
      'merge-multiple': 'true',
    });
    writeFileSync(join(folder, 'results.json'), '[{"outcome":"failed"}]');
    expect(runScript(step.keep, fillAll(step.keep.env, contexts))).toMatchObject({ status: 0, log: '' });
    expect(readFileSync(join(folder, '7.json'), 'utf8')).toBe('[{"outcome":"failed"}]');
  });
});

/** The last script, with the results that the legs have left. */
function sumUp(
  legs: readonly Partial<Leg>[],
  results: Readonly<Record<number, unknown>>,
  planned = 'success',
  released = 'success',
): Ran {
  const temp = mkdtempSync(join(folder, 'sum-'));
  mkdirSync(join(temp, 'results'));
  for (const [index, result] of Object.entries(results)) {
    writeFileSync(join(temp, 'results', `${index}.json`), JSON.stringify(result));
  }
  const include = legs.map((leg, index) => ({ index, repository: 'acme/m', environments: '', title: 'x', ...leg }));
  if (legs.length > 0) writeFileSync(join(temp, 'results', 'legs.json'), JSON.stringify(include));
  const needs = { plan: { result: planned }, release: { result: released } };
  return runScript(step.sum, fillAll(step.sum.env, { needs, runner: { temp } }));
}
const created = (environment: string, number: number): Record<string, unknown> => ({
  app: 'web',
  environment,
  outcome: 'created',
  sentence: `Opened pull request #${number}: 1 place in 1 file.`,
  'pull-request-number': number,
  'pull-request-url': `https://github.com/acme/m/pull/${number}`,
});

describe('the summary', () => {
  test('has a line for each environment, and the results of all as outputs', () => {
    const ran = sumUp([{ environments: 'a' }, { environments: 'b\nc' }], {
      0: [created('a', 1)],
      1: [created('b', 2), created('c', 3)],
    });
    expect(ran).toMatchObject({ status: 0, log: '' });
    expect(ran.summary).toBe(
      [
        '| Repository | App | Environment | Outcome | Pull request | |',
        '| --- | --- | --- | --- | --- | --- |',
        '| acme/m | web | a | created | [#1](https://github.com/acme/m/pull/1) | Opened pull request #1: 1 place in 1 file. |',
        '| acme/m | web | b | created | [#2](https://github.com/acme/m/pull/2) | Opened pull request #2: 1 place in 1 file. |',
        '| acme/m | web | c | created | [#3](https://github.com/acme/m/pull/3) | Opened pull request #3: 1 place in 1 file. |',
        '',
      ].join('\n'),
    );
    expect(ran.outputs['pull-request-urls']?.split('\n')).toHaveLength(3);
    expect(JSON.parse(ran.outputs['results'] ?? '')).toEqual([
      { repository: 'acme/m', ...created('a', 1) },
      { repository: 'acme/m', ...created('b', 2) },
      { repository: 'acme/m', ...created('c', 3) },
    ]);
  });

  test('fails when one failed, and still tells of the others and of a job that left nothing', () => {
    const ran = sumUp([{ environments: 'a' }, { environments: 'b' }], { 0: [created('a', 1)] }, 'success', 'failure');
    expect(ran).toMatchObject({ status: 1, log: '::error::not everything was released; the summary tells what\n' });
    expect(ran.summary).toContain('| acme/m |  | b | failed |  | No result; the log of the job tells why. |');
    expect(ran.outputs['pull-request-urls']).toBe('https://github.com/acme/m/pull/1');
  });

  test.each([
    ['the plan failed', [], 'failure', 'skipped', 1, 'The plan failed; its job tells why.\n'],
    ['nothing was to be done', [], 'success', 'skipped', 0, 'Nothing to release.\n'],
    ['the run was cancelled', [], 'success', 'cancelled', 1, 'Nothing to release.\n'],
  ])('when %s', (_, legs, planned, released, status, text) => {
    expect(sumUp(legs, {}, planned, released)).toMatchObject({ status, summary: text, outputs: { results: '[]' } });
  });

  test('names the caller where the repository was not given, and lets no text break the table', () => {
    const sentence = 'two\nlines | <b>of</b> [x](y)';
    const ran = sumUp([{ repository: '' }], { 0: [{ outcome: 'unchanged', sentence }] });
    expect(ran.summary.split('\n')[2]).toBe(
      '| acme/caller |  |  | unchanged |  | two lines \\| \\<b\\>of\\</b\\> \\[x\\](y) |',
    );
  });

  test('of thousands stays within what GitHub takes', () => {
    const many = Array.from({ length: 20 }, (_, job) =>
      Array.from({ length: 200 }, (_each, index) => created(`e${job}-${index}`, index)),
    );
    const ran = sumUp(
      many.map(() => ({})),
      Object.fromEntries(many.entries()),
    );
    expect(ran.status).toBe(0);
    expect(JSON.parse(ran.outputs['results'] ?? '')).toHaveLength(4_000);
    expect((ran.outputs['results'] ?? '').length).toBeLessThan(400_000);
    expect(Buffer.byteLength(ran.summary)).toBeLessThan(1_048_576);
    expect(ran.summary).toContain('… and 3000 more');
  });

  test('runs in any case', () => {
    expect(runs(summary ?? {}, { needs: {} })).toBe(true);
    expect(summary?.permissions).toEqual({});
  });
});
