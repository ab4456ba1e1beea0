import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as arbitrary from './arbitraries.ts';
import { formatReference } from '../../src/core/image-reference.ts';
import { readManifest } from '../../src/manifests/yaml/manifest.ts';
import { findSites } from '../../src/manifests/find-sites.ts';

const sitesOf = (text: string, path = 'a.yaml'): string[] =>
  findSites(readManifest(path, Buffer.from(text))).map(
    ({ where, name, version }) => `${where}: ${formatReference({ name, ...version })}`,
  );

it.each<[string, string, string[]]>([
  [
    'in the order of the text',
    'b: web:1.0\na: {tag: v1, repository: api}\nc: [db:v2]',
    ['b: web:1.0', 'a: api:v1', 'c[0]: db:v2'],
  ],
  [
    'kustomize before helm values',
    'kind: Kustomization\nimages: [{name: web, digest: ~, newTag: v1}]',
    ['images[0]: web:v1'],
  ],
  ['a scalar has one owner', 'kind: Kustomization\nimages: [{name: "web:1.0", newTag: v2}]', ['images[0]: web:v2']],
  [
    'helm values before a whole reference',
    '{repository: web, tag: "1", other: web:v1}',
    ['tag: web:1', 'other: web:v1'],
  ],
  [
    'with the label of the document',
    'kind: Job\nmetadata: {name: a}\nimage: web:v1\n---\n[web:v2]',
    ['Job/a image: web:v1', '[0]: web:v2'],
  ],
  ['a word alone where an image belongs', 'app: web\nimage: web\nimages: [db]', ['image: web', 'images[0]: db']],
  ['an alias at each place', 'a: &a web:v1\nb: *a', ['a: web:v1', 'b: web:v1']],
  ['literal lines of a template', 'a: {{ x }}\nb: web:v1', ['b: web:v1']],
])('%s', (_, text, expected) => {
  expect(sitesOf(text)).toEqual(expected);
});

it('never throws, and each field is what the text has there', () => {
  fc.assert(
    fc.property(arbitrary.manifestText, fc.constantFrom('kustomization.yaml', 'values.yaml'), (text, path) => {
      const manifest = readManifest(path, Buffer.from(text));
      const wrong = findSites(manifest)
        .flatMap(({ fields }) => fields)
        .filter(
          ({ text: value, style, start, end }) =>
            style === 'plain' && manifest.text.slice(start, end) !== (value ?? ''),
        );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
