import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReleasedImages } from '../../../src/inputs/images.ts';
import { findSites } from '../../../src/manifests/find-sites.ts';
import { planRelease } from '../../../src/manifests/plan.ts';
import { readManifest } from '../../../src/manifests/yaml/manifest.ts';
import { branchesOf } from '../../../src/manifests/yaml/template-branches.ts';
import { templateActions } from '../../../src/manifests/yaml/template-actions.ts';
import { ReleaseError } from '../../../src/core/errors.ts';

describe('actions', () => {
  it.each([
    ['a {{ .x }} b', ['{{ .x }}']],
    ['{{ "}}" }} {{ `}}` }} {{ \'}}\' }}', ['{{ "}}" }}', '{{ `}}` }}', "{{ '}}' }}"]],
    ['{{ "\\"}}" }}', ['{{ "\\"}}" }}']],
    ['{{ printf "it\'s" }} it\'s {{ .x }}', ['{{ printf "it\'s" }}', '{{ .x }}']],
    ['{{/* }} " {{ */}} {{- /* \' */ -}}', ['{{/* }} " {{ */}}', "{{- /* ' */ -}}"]],
    ['{{ dict\n  "a" 1 }}', ['{{ dict\n  "a" 1 }}']],
    ['{{{ x }}}', ['{{{ x }}']],
    ['{% if "%}" %}{# " %} #}', ['{% if "%}" %}', '{# " %} #}']],
    ['<% if x %>%{ if y ~}%{ endif }', ['<% if x %>', '%{ if y ~}', '%{ endif }']],
    ['%{NUMBER:n} ${#array} {{', []],
    ['{{ "unclosed }} {{ .x }}', ['{{ "unclosed }}', '{{ .x }}']],
    ['{# unclosed {{ .x }}', ['{{ .x }}']],
  ])('%s', (text, expected) => {
    expect([...templateActions(text)].map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });
});

describe('branches', () => {
  const shown = (template: string): string[] =>
    branchesOf(template).map((branch) => branch.split(/\s+/).filter(Boolean).join(' '));

  it.each([
    ['a\n{{ .x }}\nb', ['a b']],
    ['{{ if .x }}\na\n{{ end }}', ['a', '']],
    ['{{ if .x }}\na\n{{ else }}\nb\n{{ end }}\nc', ['a c', 'b c', 'c']],
    ['{% if x %}\na\n{% elif y %}\nb\n{% else %}\nc\n{% endif %}', ['a', 'b', 'c', '']],
    [
      '{{ if .x }}\na\n{{ if .y }}\nb\n{{ else }}\nc\n{{ end }}\n{{ else }}\nd\n{{ end }}',
      ['a b', 'a c', 'a', 'd', ''],
    ],
    ['{{ if .x }}\na\n{{ end }}\n{{ range .y }}\nb\n{{ end }}', ['a b', '']],
    ['{{#x}}\na\n{{/x}}\n{{^x}}\nb\n{{/x}}', ['a b', '']],
    ['<% list.each do |one| %>\na\n<% end %>', ['a', '']],
    ['{{ if .x }}a{{ else }}b{{ end }}\nc', [`${'\ue000'.repeat(11)}a${'\ue000'.repeat(10)}b${'\ue000'.repeat(9)} c`]],
    ['{{ end }}\na\n{{ else }}\nb\n{{ if }}\nc', ['a b c']],
  ])('%j', (template, expected) => {
    expect(shown(template)).toEqual(expected);
  });

  it('are as long as the template, with the same characters or none', () => {
    const piece = fc.constantFrom(
      '{{ if }}',
      '{{ else }}',
      '{{ end }}',
      '{{',
      '}}',
      '"',
      'a: 1',
      '\n',
      ' ',
      '{% if %}',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        (template) => {
          for (const branch of branchesOf(template)) {
            expect(branch.length).toBe(template.length);
            const changed = branch.split('').filter((one, at) => one !== template.charAt(at));
            expect(changed.filter((one) => one !== ' ' && one !== '\ue000')).toEqual([]);
          }
        },
      ),
    );
  });
});

it.each([
  ['actions without an end', '{{ '.repeat(10_000)],
  ['comments without an end', '{{/* '.repeat(10_000)],
  ['quotes without an end', `{{ ${'`"\''.repeat(10_000)}`],
  ['branches without an end', 'a: {{ x }}\n{{ if x }}\n'.repeat(1_000)],
  ['branches in branches', `${'{{ if x }}\n'.repeat(1_000)}a: {{ x }}\n${'{{ end }}\n'.repeat(1_000)}`],
  ['branches beside branches', 'a{{ x }}: 1\n{{ if x }}\nb: 1\n{{ end }}\n'.repeat(1_000)],
  ['masked lines', 'a: x{{ x }}\n'.repeat(5_000)],
  ['one long line', `{{ x }}: [${'"ghcr.io/acme/web:1", '.repeat(5_000)}]`],
  ['marks of Jinja', '{# {% '.repeat(10_000)],
])('%s are read', (_, text) => {
  expect(() => findSites(readManifest('a.yaml', Buffer.from(text)))).not.toThrow();
});

const PIECES = [
  ['{{ if .x }}', '{{- else }}', '{{ end -}}', '{{ .tag }}', '{{- .x }}', '{{', '}}', '{% if x %}', '{% endif %}'],
  ['{# ', ' #}', '{{/* ', ' */}}', '"', "'", '`', ' ', '  ', '\n', '\n', '\n  ', '\n    ', '- ', '|', ': '],
  ['image:', 'repository: ghcr.io/acme/web', 'tag: 1.4.2', 'tag: ', 'registry: ghcr.io'],
  Array<string>(10).fill('\nimage: ghcr.io/acme/web:1.4.2\n'),
].flat();
const { released } = readReleasedImages('ghcr.io/acme/web:1.5.0');

/** The text after a release; `undefined` for one that a person must mend. */
function afterRelease(text: string): string | undefined {
  try {
    const file = { path: 'a.yaml', mode: '100644', bytes: Buffer.from(text) };
    const [changed = file] = planRelease(released, [file], { insert: true }).files;
    return Buffer.from(changed.bytes).toString();
  } catch (error) {
    if (error instanceof ReleaseError && error.code === 'MANIFEST_UNREADABLE') return undefined;
    throw error;
  }
}

it('random templates: nothing is thrown but what a person can mend, and planning the result changes nothing', () => {
  const template = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(''));
  let changes = 0;
  fc.assert(
    fc.property(template, (text) => {
      const after = afterRelease(text);
      if (after !== text && after !== undefined) changes += 1;
      expect(after === undefined ? after : afterRelease(after)).toBe(after);
    }),
    { numRuns: 600 },
  );
  expect(changes).toBeGreaterThan(5);
});
