import { expect, test } from 'vitest';
import {
  appsOf,
  chooseEnvironments,
  environmentsOf,
  readConfig,
  type Config,
} from '../../../src/environments/config/config.ts';

const FILE = '.github/manifest-release.yaml';
const read = (text: string): Config => readConfig(FILE, text);

const ACME = read(`defaults: { reviewers: [acme/all], labels: ['env/{{ environment }}'], base: main }
apps:
  web:
    images: [ghcr.io/acme/web, ghcr.io/acme/web-migrations]
    reviewers: [acme/web]
    environments:
      production:  { paths: [apps/web/overlays/production], after: staging, reviewers: [acme/sre, ada], allowed-versions: '>=1.0.0' }
      staging:     { paths: [apps/web/overlays/staging], auto-merge: squash, draft: true }
      development: { paths: apps/web/overlays/development, delivery: push, base: '{{ environment }}' }
  "*":
    images: 'ghcr.io/acme/{{ app }}'
    environments:
      staging:
        paths: ['apps/{{app}}/overlays/{{ environment }}', ':(exclude)apps/{{ app }}/docs']
        title: 'Release {{ app }} to {{ environment }}: {{ version }}'
      preview:
`);

test('an environment has what the defaults, the app and itself say, the nearer over the farther', () => {
  const raws = environmentsOf(ACME, 'web').map(({ environment, raw }) => [environment, raw]);
  expect(raws).toEqual([
    [
      'production',
      {
        base: 'main',
        labels: 'env/{{ environment }}',
        paths: 'apps/web/overlays/production',
        'allowed-versions': '>=1.0.0',
        reviewers: 'acme/sre\nada',
      },
    ],
    [
      'staging',
      {
        base: 'main',
        labels: 'env/{{ environment }}',
        paths: 'apps/web/overlays/staging',
        reviewers: 'acme/web',
        'auto-merge': 'squash',
        draft: 'true',
      },
    ],
    [
      'development',
      {
        base: 'development',
        labels: 'env/{{ environment }}',
        paths: 'apps/web/overlays/development',
        reviewers: 'acme/web',
        delivery: 'push',
      },
    ],
  ]);
});

test('an environment knows its app, its images, what it comes after and where it stands', () => {
  const [production] = environmentsOf(ACME, 'web');
  expect(production).toMatchObject({
    app: 'web',
    environment: 'production',
    images: ['ghcr.io/acme/web', 'ghcr.io/acme/web-migrations'],
    after: 'staging',
    place: { file: FILE, line: 7 },
  });
});

test('an environment knows where the file has its inputs: in its own part, that of the app or the defaults', () => {
  const [production, staging] = environmentsOf(ACME, 'web');
  expect(production?.placeOf('reviewers')).toEqual({ file: FILE, line: 7, column: 88 });
  expect(staging?.placeOf('reviewers')).toMatchObject({ line: 5 });
  expect(staging?.placeOf('labels')).toMatchObject({ line: 1 });
  expect(staging?.placeOf('title')).toBeUndefined();
});

test('"*" is every app without an entry of its own; placeholders are filled in, but not in templates', () => {
  const [staging] = environmentsOf(ACME, 'api.v2');
  expect(staging?.images).toEqual(['ghcr.io/acme/api.v2']);
  expect(staging?.raw).toEqual({
    base: 'main',
    labels: 'env/{{ environment }}',
    paths: 'apps/api.v2/overlays/staging\n:(exclude)apps/api.v2/docs',
    reviewers: 'acme/all',
    title: 'Release {{ app }} to {{ environment }}: {{ version }}',
  });
});

test('an empty value takes away what the defaults say', () => {
  const config = read(
    'defaults: { labels: [a], milestone: b }\napps: { web: { images: web, environments: { dev: { labels: [], milestone: "" } } } }',
  );
  expect(environmentsOf(config, 'web')[0]?.raw).toEqual({ labels: '', milestone: '' });
});

test('a name of the file is the name', () => {
  const config = read(
    'apps: { web: { images: web, name: "{{ app }}", environments: { dev: , qa: { name: "q-{{ environment }}" } } } }',
  );
  expect(environmentsOf(config, 'web').map(({ raw }) => raw.name)).toEqual(['web', 'q-qa']);
});

test('the apps of a file', () => {
  expect(appsOf(ACME)).toEqual({ names: ['web'], hasWildcard: true });
  expect(
    appsOf(read('apps: { b: { images: b, environments: { dev: } }, a: { images: a, environments: { dev: } } }')),
  ).toEqual({ names: ['b', 'a'], hasWildcard: false });
});

test.each(['*', '', '../web', 'a/b', 'a b', 'web\n', '__proto__', 'a'.repeat(64)])(
  'the name %j is no app, not even by "*"',
  (app) => {
    expect(() => environmentsOf(ACME, app)).toThrow(expect.objectContaining({ code: 'APP_UNKNOWN' }));
  },
);

test('names as JavaScript has them in every object are names like others', () => {
  const config = read(
    'apps: { constructor: { images: web, environments: { toString: , "2": , "1": { after: "2" } } } }',
  );
  expect(environmentsOf(config, 'constructor').map(({ environment }) => environment)).toEqual(['toString', '2', '1']);
  expect(() => environmentsOf(config, 'valueOf')).toThrow(expect.objectContaining({ code: 'APP_UNKNOWN' }));
});

test('an app that is not there is told with the nearest that are', () => {
  const names = ['web', 'worker', 'web-ui', 'api', 'db', 'mail'];
  const config = read(`apps:\n${names.map((name) => `  ${name}: { images: x, environments: { dev: } }\n`).join('')}`);
  expect(() => environmentsOf(config, 'wbe')).toThrow(
    expect.objectContaining({
      message: `Input "app" is "wbe", which is not in "${FILE}".`,
      hint: expect.stringMatching(/there:\n {2}web\n {2}db\n {2}api\n(?!.*mail.*\n.*mail)/s) as string,
    }),
  );
});

const names = (app: string, chosen: readonly string[]): string[] =>
  chooseEnvironments(environmentsOf(ACME, app), chosen).map(({ environment }) => environment);

test.each([
  { chosen: [], order: ['development', 'staging'] },
  { chosen: ['production', 'staging', 'development'], order: ['development', 'staging', 'production'] },
  { chosen: ['production', 'development'], order: ['development', 'production'] },
  { chosen: ['production', 'production'], order: ['production'] },
])('of three environments $chosen are $order', ({ chosen, order }) => {
  expect(names('web', chosen)).toEqual(order);
});

test('what comes after an environment that is not chosen keeps its turn; a push waits for what it names', () => {
  const config = read(`apps: { web: { images: web, environments: {
    c: { after: b, delivery: push }, b: { after: a }, a: , d: { delivery: push } } } }`);
  const all = environmentsOf(config, 'web');
  const order = (chosen: readonly string[]) => chooseEnvironments(all, chosen).map(({ environment }) => environment);
  expect(order(['c', 'a'])).toEqual(['a', 'c']);
  expect(order(['a', 'b', 'c', 'd'])).toEqual(['d', 'a', 'b', 'c']);
  expect(order([])).toEqual(['d', 'a']);
});

test('an environment that is not there is told with the nearest that are', () => {
  expect(() => names('web', ['staging', 'prodction'])).toThrow(
    expect.objectContaining({
      code: 'ENVIRONMENT_UNKNOWN',
      message: `Input "environments" has "prodction", which "${FILE}" does not have for the app "web".`,
      hint: expect.stringContaining('there:\n  production\n') as string,
    }),
  );
});

test.each([
  'apps/web',
  './a',
  'a/../b',
  '*.yaml',
  ':(exclude)a',
  ':(glob)**/x',
  ':!a',
  ':^a/..',
  ':/a',
  'a..b',
  '.../a',
])('the path %j stays in the repository', (path) => {
  const config = read(`apps: { web: { images: web, environments: { dev: { paths: ['${path}'] } } } }`);
  expect(environmentsOf(config, 'web')[0]?.raw.paths).toBe(path);
});

test('a chain of thousands of environments is read and ordered', () => {
  const names = Array.from({ length: 5000 }, (_, index) => `e${index}`);
  const lines = names.map((name, index) => `      ${name}: { after: ${names[index + 1] ?? "''"} }\n`).join('');
  const config = readConfig('c.yaml', `apps:\n  web:\n    images: [acme/web]\n    environments:\n${lines}`);
  const ordered = chooseEnvironments(environmentsOf(config, 'web'), names);
  expect(ordered.map(({ environment }) => environment)).toEqual(names.toReversed());
}, 20_000);
