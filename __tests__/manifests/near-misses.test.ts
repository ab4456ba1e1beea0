import { expect, test } from 'vitest';
import { findMentions, findNearMisses, IMAGE_WORDS } from '../../src/manifests/near-misses.ts';
import type { ManifestFile } from '../../src/core/objects.ts';

function files(texts: Readonly<Record<string, string>>): ManifestFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, mode: '100644', bytes: Buffer.from(text) }));
}

function nearMisses(replaces: string, texts: Readonly<Record<string, string>>) {
  return findNearMisses(replaces, files(texts));
}

function pod(...images: string[]): string {
  const containers = images.map((image) => `    - image: ${image}\n`).join('');
  return `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n${containers}`;
}

test('finds nothing where there are no files, and no images', () => {
  expect(nearMisses('acme/web', {})).toEqual([]);
  expect(nearMisses('acme/web', { 'a.yaml': 'a: 1\n', 'b.yaml': '', 'c.yaml': '{{ if }}' })).toEqual([]);
});

test('names the nearest names first, each with its file and line', () => {
  const nearest = nearMisses('ghcr.io/acme/web', {
    'apps/db.yaml': pod('postgres:16.4'),
    'apps/web.yaml': pod('ghcr.io/acme/wep:1.4.1', 'ghcr.io/acme/website:1.0.0'),
  });
  expect(nearest).toEqual([
    'ghcr.io/acme/wep (apps/web.yaml:5)',
    'ghcr.io/acme/website (apps/web.yaml:6)',
    'postgres (apps/db.yaml:5)',
  ]);
});

test('names one image once, and at most five', () => {
  const images = Array.from({ length: 20 }, (_, index) => `acme/app${index}:1.0.0`);
  const nearest = nearMisses('acme/app7x', { 'a.yaml': pod(...images, ...images) });
  expect(nearest).toHaveLength(5);
  expect(nearest[0]).toMatch(/^acme\/app7 \(a\.yaml:\d+\)$/);
  expect(new Set(nearest).size).toBe(5);
});

test('takes spellings of one repository for one', () => {
  const nearest = nearMisses('ngnix', { 'a.yaml': pod('nginx:1', 'docker.io/library/nginx:1') });
  expect(nearest).toHaveLength(1);
});

test('an image without a version is none of them', () => {
  const nearest = nearMisses('acme/web', { 'apps/web.yaml': pod('postgres:16.4', 'acme/web', 'acme/api') });
  expect(nearest).toEqual(['postgres (apps/web.yaml:5)']);
});

test('reads past files that cannot be read', () => {
  const broken = [
    { path: 'broken.yaml', mode: '100644', bytes: Buffer.from('a: [') },
    { path: 'latin1.yaml', mode: '100644', bytes: Buffer.from([0xff, 0xfe, 0x00]) },
  ];
  const nearest = findNearMisses('acme/web', [...broken, ...files({ 'a.yaml': pod('acme/wep:1') })]);
  expect(nearest).toEqual(['acme/wep (a.yaml:5)']);
});

test.each([
  ['a Pod', pod('acme/wep:1')],
  ['a kustomization', 'images:\n  - name: web\n    newName: acme/wep\n    newTag: "1"\n'],
  ['a kustomization of a tag alone', 'images:\n  - name: acme/wep\n    newTag: "1"\n'],
  ['Helm values', 'image:\n  repository: acme/wep\n  tag: "1"\n'],
])('%s holds one of the words that are searched', (_, text) => {
  expect(nearMisses('acme/web', { 'values.yaml': text, 'kustomization.yaml': text })).toHaveLength(1);
  expect(IMAGE_WORDS.some((word) => new RegExp(`\\b${word}\\b`).test(text))).toBe(true);
});

test('mentions are lines of any text with the name and no version', () => {
  const image = { reference: { name: 'ghcr.io/acme/web', tag: '2' }, replaces: 'ghcr.io/acme/web' };
  const found = (texts: Readonly<Record<string, string>>): string[] => findMentions(image, files(texts));
  expect(
    found({
      'chart/web.tpl': '# ghcr.io/acme/web\nimage: ghcr.io/acme/web:{{ .tag }}\n',
      'a.yaml': '- { name: IMAGE, value: ghcr.io/acme/web }\n- ghcr.io/acme/web:1\n- ghcr.io/acme/web-ui\n',
    }),
  ).toEqual([
    'chart/web.tpl:2 names ghcr.io/acme/web without a version',
    'a.yaml:1 names ghcr.io/acme/web without a version',
  ]);
  expect(found({ 'a.sh': 'ghcr.io/acme/web\n'.repeat(20) })).toHaveLength(5);
});
