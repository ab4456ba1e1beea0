/** Manifests that a reader may take minutes for, or never end with. The timeout of a test is what they would fail by. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRelease, type Plan } from '../../src/manifests/plan.ts';
import { ManifestScan } from '../../src/manifests/scan.ts';
import { readManifest } from '../../src/manifests/yaml/manifest.ts';

const IMAGE = 'ghcr.io/acme/web';
const TOO_MANY = 'has too many values, repeated ones included';
const FAR = 60_000;

function planOn(text: string, name = 'a.yaml'): Plan {
  const file = { path: name, mode: '100644', bytes: new TextEncoder().encode(text) };
  return planRelease([{ reference: { name: IMAGE, tag: '1.5.0' }, replaces: IMAGE }], [file]);
}

const lines = (count: number, lineOf: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${lineOf(index)}\n`).join('');

/** Levels of lists, each of nine aliases of the level below. */
const levels = (count: number, listOf: (items: string) => string): string =>
  `a0: &a0 {x: 1}\n${lines(count, (at) => `a${at + 1}: &a${at + 1} ${listOf(Array(9).fill(`*a${at}`).join(', '))}`)}`;

describe('a file that would take too long is told', () => {
  it.each<[string, string, string]>([
    ['merges of merges', levels(8, (items) => `{<<: [${items}]}`), TOO_MANY],
    ['a merge of lists of lists', `${levels(9, (items) => `[${items}]`)}b: {<<: *a9}\n`, TOO_MANY],
    [
      'one merge of a large map',
      `a: &a\n${lines(3000, (at) => `  k${at}: v`)}b: {<<: [${'*a, '.repeat(3000)}]}\n`,
      TOO_MANY,
    ],
    ['documents', '...\n'.repeat(200_000), TOO_MANY],
    ['small maps', '- a: 1\n'.repeat(200_000), TOO_MANY],
    ['depth', `a: ${'['.repeat(5_000_000)}\n`, 'is nested too deeply'],
    ['a long key around many values', `? ${'k'.repeat(200_000)}\n:\n${lines(20_000, (at) => `  v${at}: 1`)}`, TOO_MANY],
  ])(
    '%s',
    (_, text, reason) => {
      const { problems, changes } = planOn(`${text}# ${IMAGE}\n`);
      expect(changes).toEqual([]);
      expect(problems).toMatchObject([{ file: 'a.yaml', message: `was not searched: ${reason}` }]);
      expect(() => planOn(`image: ${IMAGE}:1.4.0\n---\n${text}`)).toThrow(reason);
    },
    FAR,
  );
});

describe('harmless files of that size are read', () => {
  const deployment = (at: number): string =>
    `---\nkind: Deployment\nmetadata: {name: d${at}}\nspec:\n  containers:\n  - image: ${IMAGE}:1.4.0\n    env: [{name: A, value: b}]`;

  it.each<[string, number, string]>([
    ['rendered Deployments', 2000, lines(2000, deployment)],
    ['small maps', 15_000, lines(15_000, () => `- image: ${IMAGE}:1.4.0`)],
    ['references in one script', 10_000, `a.sh: |\n${lines(10_000, () => `  docker run ${IMAGE}:1.4.0`)}`],
    ['markers in one list', 5000, lines(5000, () => `- 1.4.0 # manifest-release: ${IMAGE}`)],
    [
      'entries on one line',
      8000,
      `kind: Kustomization\nimages: [${`{name: ${IMAGE}, newTag: 1.4.0}, `.repeat(8000)}]\n`,
    ],
  ])(
    '%s',
    (_, places, text) => {
      expect(planOn(text).changes).toHaveLength(places);
    },
    FAR,
  );
});

it(
  'aliases of one reference are read, however many',
  () => {
    const text = `a: &a ${IMAGE}:1.4.0\n${lines(30_000, (at) => `k${at}: {image: *a}`)}`;
    const { problems, files } = planOn(text);
    expect(problems).toEqual([]);
    expect(new TextDecoder().decode(files[0]?.bytes)).toBe(text.replace('1.4.0', '1.5.0'));
  },
  FAR,
);

describe('no expression takes more than linear time', () => {
  const LENGTH = 1_000_000;
  const fill = (unit: string): string => unit.repeat(LENGTH / unit.length);

  it.each<[string, string]>([
    ['blanks in an action', `b: {{ if${fill(' ')}x }}\n`],
    ['empty lines and blanks in a template', `a: |\n${fill(' \n')}{{ x }}${fill(' ')}x\n`],
    ['carriage returns in a block', `a: |\n  ${fill('\r')}\nb: 1 # manifest-release: acme/api\n`],
    [
      'keys in front of one comment',
      `a: {${fill('a: ,').slice(0, 400_000)}} #${fill('x')}\n# manifest-release: acme/api\n`,
    ],
  ])('%s', (_, text) => expect(planOn(`${text}# ${IMAGE}:1.4.0\n`).changes).toEqual([]), FAR);

  it.each<[string, string]>([
    ['variables', fill('$(')],
    ['actions', fill('{{')],
    ['blocks', fill('{%')],
    ['tags', fill('<%')],
    ['assignments', fill('a=')],
    ['dots', `a${fill('.')}a`],
  ])(
    '%s in a named value',
    (_, value) => {
      expect(() => planOn(`a: '${value}' # manifest-release: ${IMAGE}\n`)).toThrow('is named for');
    },
    FAR,
  );

  it.each<[string, string, string]>([
    ['comments without an end', 'a.js', fill('/* ')],
    ['comments of markup', 'a.md', fill('<!--')],
    ['comments of Go templates', 'a.sh', fill('{{/*')],
    ['comments of Jinja', 'a.sh', fill('{#')],
    ['blanks behind a key', 'a.sh', `a:${fill(' ')}b c\nb: ${IMAGE}\n`],
    ['a key of many words', 'a.sh', `${fill('tag')}x: 1\nb: ${IMAGE}\n`],
    ['keys on one line', 'a.sh', fill(`key12=acme/web;`)],
    ['dots behind a name', 'a.sh', `web${fill('.')}/\n`],
    ['scanned images', 'a.sh', fill('kind: ImageRepository\n')],
  ])(
    '%s',
    (_, path, text) => {
      const others = [{ path, mode: '100644', bytes: new TextEncoder().encode(`${text}\n${IMAGE}:1.4.0`) }];
      const image = { reference: { name: IMAGE, tag: '1.5.0' }, replaces: IMAGE };
      expect(planRelease([image], [], { others }).leftovers).toHaveLength(1);
    },
    FAR,
  );
});

it('two long files with the same text take the time of two', () => {
  const text = `# x\nregistry: ghcr.io\n${'k: web\n'.repeat(60_000)}${'x'.repeat(5_000_000)}\n${IMAGE}:1.4.0\n`;
  const others = ['a.sh', 'b.sh'].map((path) => ({ path, mode: '100644', bytes: new TextEncoder().encode(text) }));
  const image = { reference: { name: IMAGE, tag: '1.5.0' }, replaces: IMAGE };
  expect(planRelease([image], [], { others }).leftovers).toHaveLength(2);
}, 30_000);

describe('nor does one of a scan', () => {
  const scanned = (text: string): string[] => {
    const scan = new ManifestScan();
    scan.add({ path: 'a.yaml', mode: '100644', bytes: new TextEncoder().encode(text) });
    return scan.end().places.map(({ image, version }) => `${image} ${version}`);
  };

  it('names without a version', () => expect(scanned(`k: ${'a.a/a'.repeat(1_000_000)}\n`)).toEqual([]), FAR);

  it.each<[string, string]>([
    ['a name with a registry', 'k: a.b/c.d/web:1.4.0\n'],
    ['a name with a port', 'k: registry:5000/c.d/web:1.4.0\n'],
  ])('%s is found without a word that says so', (_, text) => expect(scanned(text)).toHaveLength(1));

  it.each<[string, string]>([
    ['digits', `${'0'.repeat(1_000_000)}]0`],
    ['images', 'image'.repeat(200_000)],
  ])(
    'a long key of %s',
    (_, key) => {
      expect(scanned(`? "${key}"\n: {repository: nginx, image: "nginx:1.27.0"}\n`)).toEqual(['nginx 1.27.0']);
    },
    FAR,
  );
});

it(
  'entries without a version on one line are told',
  () => {
    const entries = `{name: ${IMAGE}, x: ${'x'.repeat(200)}}, `.repeat(20_000);
    expect(planOn(`kind: Kustomization\nimages: [${entries}]\n`, 'kustomization.yaml').emptyPlaces).toHaveLength(
      20_000,
    );
  },
  FAR,
);

it('random aliases and merges end: the tree has no more values than the budget', () => {
  const alias = fc.nat(9).map((at) => `*a${at}`);
  const value = fc.oneof(
    fc.array(alias, { maxLength: 9 }).map((items) => `[${items.join(', ')}]`),
    fc.array(alias, { maxLength: 9 }).map((items) => `{<<: [${items.join(', ')}], x: 1}`),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
      const text = values.map((one, at) => `k${at}: &a${at % 10} ${one}`).join('\n');
      const { documents, defect } = readManifest('a.yaml', new TextEncoder().encode(text));
      expect(defect?.reason ?? TOO_MANY).toBe(TOO_MANY);
      expect(documents.length).toBe(defect ? 0 : 1);
    }),
    { numRuns: 200 },
  );
});
