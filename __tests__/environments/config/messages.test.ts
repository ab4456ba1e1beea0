/** What a config file is refused for, in the words and at the place that a person sees; the schema for editors agrees. */
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { environmentsOf, readConfig } from '../../../src/environments/config/config.ts';
import { ReleaseError } from '../../../src/core/errors.ts';
import schema from '../../../schema/manifest-release.json' with { type: 'json' };

const isForm = new Ajv({ strict: false }).compile(schema);
const dataOf = (text: string): unknown => parse(text, { merge: true });

const staging = (settings: string): string => `apps:
  web:
    images: [acme/web]
    environments:
      staging:
        ${settings}
      production:
`;

const QUOTES = 'Write it in quotes.';
const NAME = 'A name starts with a letter or digit and has at most 63 letters, digits, dots, hyphens and underscores.';
const ROOTED = 'Write it from the root of the repository, with "/" between folders: apps/web/overlays/staging.';

/** Place and message, then the text, then what to do where that is not the general word. */
type Refusal = [message: string, text: string, hint?: string];

/** Seen by the schema too. */
const FORM: readonly Refusal[] = [
  ['1:1: this is empty, and a map of keys and values is needed.', ''],
  ['1:1: this is a list, and a map of keys and values is needed.', '- apps'],
  ['1:1: the file has neither "apps" nor "defaults".', '{}'],
  ['1:1: "aps" is unknown here.', 'aps: {}\napps: {}', 'Did you mean "apps"?'],
  ['1:6: "apps" is empty, and a map of names is needed.', 'apps:'],
  ['1:7: "apps" is a list, and a map of names is needed.', 'apps: [web]'],
  ['1:13: "images" is not allowed here.', 'defaults: { images: x }\napps: {}', 'It belongs in an app.'],
  ['1:13: "after" is not allowed here.', 'defaults: { after: x }\napps: {}', 'It belongs in an environment.'],
  ['2:7: "web" is empty, and a map of keys and values is needed.', 'apps:\n  web:\n'],
  ['2:3: "environments" is missing.', 'apps:\n  web:\n    images: a\n'],
  ['2:3: "images" is missing.', 'apps:\n  web:\n    environments: { dev: }\n'],
  ['2:3: "my web" cannot be a name.', 'apps:\n  my web: { images: a, environments: { dev: } }\n', NAME],
  [
    '3:5: "image" is unknown here.',
    'apps:\n  web:\n    image: a\n    images: a\n    environments: { dev: }',
    'Did you mean "images"?',
  ],
  ['4:21: "*" cannot be a name.', 'apps:\n  web:\n    images: a\n    environments: { "*": }', NAME],
  ['4:21: ".." cannot be a name.', 'apps:\n  web:\n    images: a\n    environments: { .. : }', NAME],
  ['6:9: "delivry" is unknown here.', staging('delivry: push'), 'Did you mean "delivery"?'],
  ['6:9: "token" is not allowed here.', staging('token: x'), 'It is an input of the step only.'],
  [
    '6:9: "constructor" is unknown here.',
    staging('constructor: x'),
    'Known here: paths, base, branch, title, commit-message, labels, reviewers, draft, delivery, sign-commits, wait, only-tags and 23 more.',
  ],
  ['6:21: "auto-merge" is "fast", none of none, merge, squash and rebase.', staging('auto-merge: fast')],
  ['6:19: "delivery" is a list, none of pull-request and push.', staging('delivery: [push]')],
  [
    '6:16: "draft" is "true", none of false, true and always-true.',
    staging('draft: "true"'),
    'Write it without quotes.',
  ],
  ['6:20: "only-tags" is the number 1.1, and a text is needed.', staging('only-tags: 1.10'), QUOTES],
  ['6:20: "milestone" is the boolean true, and a text is needed.', staging('milestone: true'), QUOTES],
  ['6:15: "title" is empty, and a text is needed.', staging('title:')],
  ['6:16: "paths" is the number 1, and a text or a list of texts is needed.', staging('paths: 1'), QUOTES],
  ['6:20: item 2 of "paths" is the number 1, and a text is needed.', staging('paths: [a, 1]'), QUOTES],
  ['6:20: item 2 of "paths" is a list, and a text is needed.', staging('paths: [a, [b]]')],
  ['6:17: "labels" is a map, and a text or a list of texts is needed.', staging('labels: { a: b }')],
];

/** Of the right form, and yet not right. */
const MEANING: readonly Refusal[] = [
  ['1:7: "apps" is empty.', 'apps: {}'],
  ['1:24: "images" is empty.', 'apps: { web: { images: [], environments: { dev: } } }'],
  ['1:41: "environments" is empty.', 'apps: { web: { images: a, environments: {} } }'],
  [
    '1:24: "acme/web:1.4" has a version, which is not allowed here.',
    'apps: { web: { images: "acme/web:1.4", environments: { dev: } } }',
    'Write registry/path alone.',
  ],
  [
    '1:35: "acme/Web" has an uppercase letter in its repository; write acme/web.',
    'apps: { web: { images: [acme/web, acme/Web], environments: { dev: } } }',
    'Write registry/path alone.',
  ],
  [
    '1:24: "acme/{{ environment }}" has "environment" between braces, which is unknown here.',
    'apps: { "*": { images: "acme/{{ environment }}", environments: { dev: } } }',
    'Known here: app.',
  ],
  [
    '6:15: "env/{{ enviroment }}" has "enviroment" between braces, which is unknown here.',
    staging("base: 'env/{{ enviroment }}'"),
    'Did you mean "environment"?',
  ],
  ...['/etc', 'a/../..', '..', String.raw`a\b`, 'C:/a', ':(exclude)../a', ':!../a', ':(glob)/a', './/../a'].map(
    (path): Refusal => [`6:25: "${path}" leads out of the repository.`, staging(`paths: [a/../b, '${path}']`), ROOTED],
  ),
  ['6:16: "/b" leads out of the repository.', staging('paths: |\n          a\n          /b'), ROOTED],
  [
    '1:20: "/a" leads out of the repository.',
    'defaults: { paths: /a }\napps: { web: { images: a, environments: { dev: } } }',
    ROOTED,
  ],
  [
    '6:16: "after" is "prod", which is no environment of this app.',
    staging('after: prod'),
    'Did you mean "production"?',
  ],
  [
    '1:96: "name" is "web", as in "dev", and each environment needs a name of its own.',
    'apps: { web: { images: a, environments: { dev: { name: "{{ app }}", base: dev }, prod: { name: web } } } }',
    'Write "{{ environment }}" in it, or leave it out.',
  ],
  ['6:16: "after" goes in a circle: staging -> staging.', staging('after: staging')],
  [
    '1:72: "after" goes in a circle: b -> c -> b.',
    'apps: { web: { images: a, environments: { a: { after: b }, b: { after: c }, c: { after: b } } } }',
  ],
];

/** No data at all. */
const TEXT: readonly Refusal[] = [
  [
    '1:8: this is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ].',
    'apps: [',
  ],
  ['2:1: this is not valid YAML: Tabs are not allowed as indentation.', 'apps:\n\tweb:'],
  ['2:1: a second document starts here, and there may be only one.', 'apps: {}\n---\napps: {}'],
  ['3:1: "apps" appears here twice.', 'apps: {}\n# the same again\napps: {}'],
  ['7:7: "staging" appears here twice.', staging('base: a').replace('production', 'staging')],
  ['1:9: "__proto__" cannot be a key.', 'apps: { __proto__: { images: a } }'],
  ['1:1: a key must be a text.', '[a]: b'],
  ['1:7: "*web" is an alias of nothing.', 'apps: *web'],
  ['1:19: this is nested too deeply.', 'apps: &web { web: *web }'],
  ['1:1: this is nested too deeply.', '['.repeat(100_000)],
  ['1:20: "<<" merges what is not a map.', 'apps: { web: { <<: text } }'],
  [
    '6:22: this is not valid YAML: Missing , or : between flow sequence items.',
    staging('paths: [apps/{{ app }}]'),
    'A text with "{{ app }}" in it must be in quotes.',
  ],
  ['6:16: a key must be a text.', staging('name: {{ app }}'), 'A text with "{{ app }}" in it must be in quotes.'],
];

const GENERAL =
  'What may be written here is in docs/environments.md (config file) and docs/inputs.md (settings) of manifest-release-pr.';

describe.each([
  { what: 'its form', problems: FORM },
  { what: 'its meaning', problems: MEANING },
  { what: 'its text', problems: TEXT },
])('refused for $what:', ({ problems }) => {
  test.each(problems)('%s', (message, text, hint = GENERAL) => {
    const [line, column] = message.split(':').map(Number);
    expect(() => readConfig('c.yaml', text)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: `c.yaml:${message}`,
        hint,
        place: { file: 'c.yaml', line, column },
      }),
    );
  });
});

test.each(FORM)('an editor sees it too: %s', (_, text) => {
  expect(isForm(dataOf(text))).toBe(false);
});

test.each(MEANING)('an editor takes it: %s', (_, text) => {
  expect(isForm(dataOf(text)), JSON.stringify(isForm.errors)).toBe(true);
});

test('of several problems the first in the file is told', () => {
  const text = 'apps:\n  web:\n    images: 1\n    environments: { dev: { b: } }\n  a b: {}\ndefaults: 1';
  expect(() => readConfig('c.yaml', text)).toThrow('c.yaml:3:13: ');
});

test('a few lines of aliases that mean millions of values are refused soon', () => {
  const more = (name: string, of: string): string => `  ${name}: &${name} [${`*${of},`.repeat(100)}]\n`;
  const text = `apps:\n  a: &a [x]\n${more('b', 'a')}${more('c', 'b')}${more('d', 'c')}`;
  expect(() => readConfig('c.yaml', text)).toThrow('with its aliases the file has too many values');
});

test('maps that merge maps that merge are looked through once', () => {
  const maps = Array.from({ length: 60 }, (_, index) => {
    return `  m${index + 1}: &m${index + 1} { k${index}: v, <<: [${`*m${index},`.repeat(100)}] }\n`;
  });
  const text = `apps:\n  m0: &m0 { images: a, environments: { dev: } }\n${maps.join('')}`;
  expect(() => readConfig('c.yaml', text)).toThrow('c.yaml:3:13: "k0" is unknown here.');
});

describe('any text of the file', () => {
  const word = fc.oneof(
    fc.constantFrom('apps', 'defaults', 'web', '"*"', 'images', 'environments', 'dev', 'after', 'paths', '<<'),
    fc.constantFrom(
      ': ',
      ':\n  ',
      '\n',
      '\n    ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '&a ',
      '*a',
      '? ',
      '|\n  ',
      '"',
      "'",
    ),
    fc.constantFrom(
      '!!set ',
      '!!binary ',
      '#',
      '---\n',
      '%YAML 1.1\n---\n',
      '\t',
      '\0',
      '\ufeff',
      '__proto__',
      '{{ x }}',
      '1',
    ),
  );
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word, { maxLength: 30 }).map((words) => words.join('')),
  );
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
    fc.constant({ a: 1 }),
  );
  const key = fc.oneof(
    fc.constantFrom('paths', 'images', 'after', 'draft', 'delivery', 'title', 'environments'),
    fc.string(),
  );
  const map = fc.dictionary(key, value);
  const wild = { arbitrary: map, weight: 1 };
  const right = fc.constantFrom(
    null,
    {},
    { after: 'qa' },
    { paths: ['a'], draft: true },
    { title: '{{ x }}', labels: 'a' },
  );
  const settings = fc.oneof({ arbitrary: right, weight: 9 }, wild);
  const shaped = fc
    .record({
      defaults: fc.oneof({ arbitrary: fc.constantFrom({}, { base: '{{ app }}' }), weight: 9 }, wild),
      apps: fc.dictionary(
        fc.constantFrom('web', '*', 'toString', '1'),
        fc.record({
          images: fc.constantFrom('acme/web', ['acme/{{ app }}']),
          environments: fc.dictionary(fc.constantFrom('dev', 'qa', '2'), settings, { minKeys: 1 }),
        }),
      ),
    })
    .map((data) => stringify(data));

  test('it is read or CONFIG_INVALID, and what is read has the form that editors know', () => {
    const text = fc.oneof(
      noise,
      shaped,
      fc.tuple(shaped, noise, fc.nat()).map(([all, part, at]) => {
        const cut = at % (all.length + 1);
        return all.slice(0, cut) + part + all.slice(cut);
      }),
    );
    fc.assert(
      fc.property(text, (source) => {
        const config = readOrCode(source);
        if (config === 'CONFIG_INVALID') return;
        for (const app of config.apps.keys()) environmentsOf(config, app === '*' ? 'any' : app);
        expect(isForm(dataOf(source))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  function readOrCode(source: string): ReturnType<typeof readConfig> | 'CONFIG_INVALID' {
    try {
      return readConfig('c.yaml', source);
    } catch (error) {
      if (error instanceof ReleaseError && error.code === 'CONFIG_INVALID' && error.place?.column) return error.code;
      throw error;
    }
  }
});
