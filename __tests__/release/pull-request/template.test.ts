import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReleaseError } from '../../../src/core/errors.ts';
import { isBranchName } from '../../../src/git/branch-name.ts';
import { renderTemplate, type Place } from '../../../src/release/pull-request/template.ts';
import { VARIABLES, type Variables } from '../../../src/release/pull-request/template-variables.ts';

const PLACES: readonly Place[] = ['ref', 'line', 'markdown'];
const CHANGE = {
  file: 'apps/web.yaml',
  line: '16',
  where: 'Deployment/web',
  image: 'web',
  from: '1.4.1',
  to: '1.4.2',
  note: 'quoted',
  bump: 'patch',
};
const COMMIT = {
  commit: 'c9f0f895fb98ab91',
  shortCommit: 'c9f0f89',
  author: 'bob',
  subject: 'Mend-it',
  mark: 'Revert',
  url: 'https://git.test/c/c9',
  pull: '12',
  pullUrl: 'https://git.test/pull/12',
};
const { bump: _, ...PLACE } = CHANGE;
const VALUES: Variables = {
  name: 'web',
  version: '1.4.2',
  images: [
    { name: 'acme/web', tag: '1.4.2', digest: 'sha256-aa', version: '1.4.2' },
    { name: 'acme/api', tag: '2.0.0', digest: 'sha256-bb', version: '2.0.0' },
  ],
  from: '1.4.1',
  bump: 'minor',
  step: 'down',
  imageChanges: [
    {
      image: 'acme/web',
      from: '1.4.1',
      to: '1.4.2',
      step: 'patch',
      places: '2',
      registry: 'sha256-cc',
      builtBy: 'ci-workflow',
    },
  ],
  checked: 'asked-for',
  unchecked: 'no-answer',
  imagesMore: '2',
  placeCount: 'two-places',
  placesFolded: 'folded',
  places: [PLACE],
  placesMore: '3',
  changes: [CHANGE, { ...CHANGE, file: 'apps/api.yaml' }],
  leftCount: 'one-line',
  leftMore: '4',
  left: [{ file: 'run.sh', line: '3', image: 'acme/web', version: '1.4.1', reason: 'left-out' }],
  rendered: 'five-objects',
  skipped: '1.4.1-rc.1',
  contents: { summary: 'two-commits', url: 'https://git.test/compare/1-2' },
  commits: [COMMIT, { ...COMMIT, subject: 'Test-it' }],
  commitsMore: '5',
  source: { repository: 'acme/web', commit: '8f14e45fceea167a', shortCommit: '8f14e45', url: 'https://git.test/c/8f' },
  run: { url: 'https://git.test/runs/42' },
  actor: 'ada',
  action: 'Release',
  app: 'web',
  environment: 'staging',
  reason: 'asked',
  origin: {
    environment: 'development',
    since: '2026-11-20T09:00:00Z',
    pull: '12',
    pullUrl: 'https://git.test/pull/13',
    age: '3-days',
  },
  goBack: { command: 'rollback' },
  base: 'main',
  details: 'details',
};

/** Every variable: a template that writes it out, and the value that it is to show. */
const ALL = Object.entries(VARIABLES).flatMap(([name, meaning]): [template: string, values: string[]][] => {
  const value: unknown = VALUES[name as keyof Variables];
  const rows = (Array.isArray(value) ? value : [value]) as Record<string, string>[];
  if (typeof meaning === 'string') return [[`{{ ${name} }}`, [String(value)]]];
  if (!Array.isArray(meaning))
    return Object.keys(meaning).map((key) => [`{{ ${name}.${key} }}`, [rows[0]?.[key] ?? '']]);
  const keys = Object.keys(meaning[0] as object);
  return keys.map((key) => [`{{#${name}}}{{ ${key} }} {{/${name}}}`, rows.map((row) => row[key] ?? '')]);
});

function render(template: string, values: Partial<Variables> = VALUES, place: Place = 'line'): string {
  return renderTemplate('title', template, values, place);
}

function refusal(template: string, values?: Partial<Variables>): ReleaseError {
  try {
    render(template, values);
  } catch (error) {
    if (error instanceof ReleaseError) return error;
    throw error;
  }
  throw new Error(`${template} was rendered`);
}

describe.each(ALL)('%s', (template, values) => {
  test.each(PLACES)('shows its value in place %s', (place) => {
    const plain = (text: string): string =>
      text
        .replace(/[\\:`\u200b-]/g, '')
        .replace(/\/+/g, '/')
        .trim();
    expect(plain(render(template, VALUES, place))).toBe(plain(values.join(' ')));
  });
});

test('takes the template’s own text as it is, in every place', () => {
  for (const place of PLACES) expect(render('<b>@ada</b>\n~^:?*', VALUES, place)).toBe('<b>@ada</b>\n~^:?*');
});

test('shows the nearest of two variables of one name', () => {
  expect(render('{{ name }}:{{#images}} {{ name }}{{/images}} {{#source}}{{ commit }} {{ base }}{{/source}}')).toBe(
    'web: acme/web acme/api 8f14e45fceea167a main',
  );
});

describe('an unknown variable', () => {
  test.each([
    ['{{ nmae }}', 'nmae', 'name'],
    ['{{ source.comit }}', 'source.comit', 'source.commit'],
    ['{{ commit }}', 'commit', 'source.commit'],
    ['${{ github.sha }}', 'github.sha', undefined],
    ['{{ source }}', 'source', undefined],
    ['{{ images }}', 'images', undefined],
    ['{{ changes.file }}', 'changes.file', 'changes[].file'],
    ['{{ images.0.tag }}', 'images.0.tag', 'images[].tag'],
    ['{{ images.length }}', 'images.length', undefined],
    ['{{ name.length }}', 'name.length', undefined],
    ['{{ source.url.host }}', 'source.url.host', 'source.url'],
    ['{{#changes}}{{ fil }}{{/changes}}', 'fil', 'file'],
    ['{{#changes}}{{ . }}{{/changes}}', '.', undefined],
    ['{{#chnages}}x{{/chnages}}', 'chnages', undefined],
    ['{{^actr}}x{{/actr}}', 'actr', 'actor'],
    ['{{#actor}}{{ actorr }}{{/actor}}', 'actorr', 'actor'],
    ['{{& nmae }}', 'nmae', 'name'],
    ['{{{ nmae }}}', 'nmae', 'name'],
    ['{{> header }}', 'header', undefined],
    ['{{> name }}', 'name', undefined],
    ['{{ constructor }}', 'constructor', undefined],
    ['{{ source.__proto__ }}', 'source.__proto__', undefined],
    ['{{=<% %>=}}<% nmae %>', 'nmae', 'name'],
  ])('in %s is refused with the nearest', (template, variable, nearest) => {
    const error = refusal(template);
    expect(error).toMatchObject({ code: 'TEMPLATE_VARIABLE_UNKNOWN', blame: 'yours' });
    expect(error.message).toBe(`Input "title" uses the unknown template variable "${variable}".`);
    expect(error.hint).toContain(nearest === undefined ? 'All are in docs/templates.md' : `Did you mean "${nearest}"?`);
  });

  test('is one that is known elsewhere but not here', () => {
    const { changes: _, ...early } = VALUES;
    expect(refusal('{{#changes}}{{ file }}{{/changes}}', early).code).toBe('TEMPLATE_VARIABLE_UNKNOWN');
  });
});

describe('a variable without a value', () => {
  const none: Variables = { ...VALUES, actor: '', changes: [], source: { ...VALUES.source, url: '' } };

  test.each(['{{ actor }}', '{{{ actor }}}', '{{& actor }}', '{{^actor}}{{ actor }}{{/actor}}'])(
    'is refused where it is needed: %s',
    (template) => {
      expect(refusal(template, none)).toMatchObject({
        code: 'TEMPLATE_VARIABLE_EMPTY',
        message: 'Input "title" uses {{ actor }}, which has no value in this run.',
        hint: expect.stringContaining('{{#actor}} … {{/actor}}'),
      });
    },
  );

  test.each([
    ['{{#actor}}by {{ actor }}{{/actor}}', ''],
    ['{{^actor}}by nobody{{/actor}}', 'by nobody'],
    ['{{#source.url}}see {{ source.url }}{{/source.url}}', ''],
    ['{{#changes}}{{ file }}{{/changes}}{{^changes}}none{{/changes}}', 'none'],
  ])('leaves out the section that asks for it: %s', (template, expected) => {
    expect(render(template, none)).toBe(expected);
  });

  test('is an address that is none, in Markdown', () => {
    const source = { ...VALUES.source, url: 'javascript:alert(1)' };
    const template = '{{#source.url}}[x]({{ source.url }}){{/source.url}}';
    expect(render(template, { ...VALUES, source }, 'markdown')).toBe('');
  });
});

test.each(['{{ name', '{{#changes}}', '{{/changes}}', '{{#changes}}{{/images}}', '{{{ name }}', '{{=x=}}'])(
  'refuses the broken template %s',
  (template) => {
    expect(refusal(template)).toMatchObject({
      code: 'TEMPLATE_INVALID',
      message: expect.stringMatching(/^Input "title" is not a valid template: .+[^.]\.$/),
    });
  },
);

test.each(PLACES)('{{{ x }}}, {{& x }} and other delimiters are as safe as {{ x }} in place %s', (place) => {
  const hostile = { ...VALUES, name: '<img src=x> @ada\n::error::..~^ |`*' };
  const plain = render('{{ name }}', hostile, place);
  expect(plain).not.toContain('\n');
  for (const template of ['{{{ name }}}', '{{& name }}', '{{=<% %>=}}<% name %>', '{{=<% %>=}}<%& name %>']) {
    expect(render(template, hostile, place), template).toBe(plain);
  }
});

test('changed delimiters do not outlive their template', () => {
  expect(render('{{=<% %>=}}<% name %>{{ name }}')).toBe('web{{ name }}');
  expect(render('{{ name }}<% name %>')).toBe('web<% name %>');
});

test('a value is text, never a template', () => {
  for (const place of PLACES) {
    const shown = render('{{ name }}', { ...VALUES, name: '{{ actor }}{{#changes}}{{/changes}}' }, place);
    expect(shown).not.toContain('ada');
  }
});

describe('any text at all', () => {
  const fragment = fc.constantFrom(
    '/',
    '.',
    '..',
    '.lock',
    '@{',
    '@',
    '~',
    '\\',
    ' ',
    '-',
    'a',
    'ä',
    '\n',
    '\u202e',
    '|',
  );
  const word = fc.constantFrom(
    '<img>',
    '<!--',
    '-->',
    '@ada',
    '@acme/team',
    '#1',
    'GH-1',
    '```',
    '[a](b)',
    '**',
    '&lt;',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc
      .array(fc.oneof(fragment, word, fc.string({ maxLength: 2 })), { minLength: 1 })
      .map((parts) => `${parts.join('')}.`),
  );
  const rendered = (name: string, place: Place): string => render('release/x-{{ name }}-y', { name }, place);

  test('is part of a branch’s name that git takes', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (name) => {
        expect(isBranchName(rendered(name, 'ref')), rendered(name, 'ref')).toBe(true);
        expect(isBranchName(render('release/{{ name }}', { name }, 'ref'))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('is one line', () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(rendered(name, 'line')).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
      }),
    );
  });

  test('has no markup, no mention and no reference in Markdown', () => {
    fc.assert(
      fc.property(text, (name) => {
        const shown = rendered(name, 'markdown');
        expect(shown).not.toMatch(/@\w|\bGH-\d|\n/i);
        expect(shown.replace(/\\[^a-zA-Z0-9\s]/g, '')).not.toMatch(/[\\`*_{}[\]<>#!|~&]/);
      }),
      { numRuns: 1000 },
    );
  });
});

test.each([
  ['1.4.2', '1.4.2'],
  ['Web shop: großes Release', 'Web-shop-gro-es-Release'],
  ['acme/web', 'acme/web'],
  ['a//b/./c', 'a/-b/-c'],
  ['.github', '-github'],
  ['..', '-'],
  ['web.lock', 'web-lock'],
  ['web.lock/x', 'web-lock/x'],
  ['web.', 'web-'],
  ['web/', 'web-'],
  ['@{-1}', '--1-'],
])('writes %j into a branch’s name as %j', (name, expected) => {
  expect(render('{{ name }}', { name }, 'ref')).toBe(expected);
});

describe('a template that multiplies', () => {
  const nested = (section: string, depth: number, text: string): string =>
    `{{#${section}}}`.repeat(depth) + text + `{{/${section}}}`.repeat(depth);
  const change = { file: 'a', line: '1', where: 'b', image: 'c', from: '1', to: '2', note: '', bump: 'patch' };
  const changes = Array.from({ length: 50 }, () => change);

  test.each([
    ['lists in lists', nested('changes', 8, 'x')],
    ['lists in lists without a text', nested('changes', 8, '')],
    ['sections without end', nested('changes', 5000, 'x')],
    ['sections of a text', nested('name', 5000, 'x')],
  ])('%s ends in an error', (_, template) => {
    expect(() => renderTemplate('body', template, { changes, name: 'web' }, 'markdown')).toThrow(
      /Input "body" .*(?:more than \d{7} characters|more than 20 deep)/,
    );
  });

  test('a table of very many changes is no such', () => {
    const many = Array.from({ length: 100_000 }, () => change);
    const text = renderTemplate(
      'body',
      '{{#changes}}{{ file }}:{{ line }} {{ image }}\n{{/changes}}',
      { changes: many },
      'line',
    );
    expect(text.split('\n')).toHaveLength(100_001);
  });
});
