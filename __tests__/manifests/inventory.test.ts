import { describe, expect, it } from 'vitest';
import { formatVersion } from '../../src/core/image-reference.ts';
import type { ManifestFile } from '../../src/core/objects.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { presentImages, takeInventory } from '../../src/manifests/inventory.ts';
import { planOnInventory, planRelease } from '../../src/manifests/plan.ts';

function files(texts: Readonly<Record<string, string>>): ManifestFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, mode: '100644', bytes: Buffer.from(text) }));
}

const { released: images } = readReleasedImages('ghcr.io/acme/web:1.5.0 nginx:1.27.1');
const [web, nginx] = images;

describe('takeInventory', () => {
  const texts = {
    'web.yaml':
      'kind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - image: ghcr.io/acme/web:1.4.2\n    - image: library/nginx\n',
    'api.yaml': 'image: ghcr.io/acme/api:1.0.0\n',
    'broken.yaml': 'a: [\n',
  };

  it('lists every place of all files, with its file, line and path, name and repository', () => {
    const { places, files: parsed } = takeInventory(files(texts));
    const shown = places
      .filter(({ where }) => where.endsWith('image'))
      .map((place) => [
        place.file,
        place.line,
        place.where,
        place.image,
        place.repository,
        formatVersion(place.version),
      ]);
    expect(shown).toEqual([
      ['web.yaml', 5, 'spec.containers[0].image', 'ghcr.io/acme/web', 'ghcr.io/acme/web', '1.4.2'],
      ['web.yaml', 6, 'spec.containers[1].image', 'library/nginx', 'docker.io/library/nginx', ''],
      ['api.yaml', 1, 'image', 'ghcr.io/acme/api', 'ghcr.io/acme/api', '1.0.0'],
    ]);
    expect(parsed.map(({ manifest }) => manifest.defect?.kind)).toEqual([undefined, undefined, 'syntax']);
  });

  it('parses only files that may contain one of the images', () => {
    const { files: parsed } = takeInventory(files(texts), { images });
    expect(parsed.map(({ file }) => file.path)).toEqual(['web.yaml']);
  });

  it('parses the other values files of a chart, and HelmReleases of its name, only where one has the repository of an image', () => {
    const chart = {
      'chart/values-production.yaml': 'image: {tag: 1.4.2}\n',
      'chart/values.yaml': 'image: {repository: ghcr.io/acme/web}\n',
      'other/values.yaml': 'image: {tag: 1.4.2}\n',
      'release.yaml': 'kind: HelmRelease\nmetadata: {name: y}\n',
      'other.yaml': 'kind: HelmRelease\nmetadata: {name: x}\n',
    };
    const parsed = (texts: Readonly<Record<string, string>>): string[] =>
      takeInventory(files(texts), { images }).files.map(({ file }) => file.path);
    expect(parsed(chart)).toEqual(['chart/values-production.yaml', 'chart/values.yaml']);
    const release = 'kind: HelmRelease\nmetadata: {name: y}\nspec: {values: {image: {repository: nginx}}}\n';
    expect(
      parsed({
        'y.yaml': release,
        'release.yaml': chart['release.yaml'],
        'other.yaml': chart['other.yaml'],
        'a.yaml': 'a: 1',
      }),
    ).toEqual(['y.yaml', 'release.yaml']);
  });

  it('of all images is one from which each image is planned as from the files', () => {
    const given = files({ ...texts, 'broken.yaml': 'a: 1\n' });
    const inventory = takeInventory(given);
    for (const image of images) expect(planOnInventory([image], inventory)).toEqual(planRelease([image], given));
  });
});

describe('presentImages', () => {
  it.each<[string, readonly unknown[]]>([
    ['image: ghcr.io/acme/web:1.4.2', [web]],
    ['image: ghcr.io/acme/web', [web]],
    ['image: ghcr.io/acme/web-ui:1.4.2', []],
    ['# ghcr.io/acme/web:1.4.2', []],
    ['image: docker.io/library/nginx:1', [nginx]],
    ['image: nginx-unprivileged:1', []],
    ['a: {{ x }}\nimage: nginx:1', [nginx]],
    ['a: [\nimage: nginx-unprivileged:1 # nginx', []],
    ['why: version ghcr.io/acme/web:1.4.0 had a leak', []],
    ['start: docker run ghcr.io/acme/web:1.4.0', [web]],
    ['port: nginx:8080', []],
  ])('compares references, not substrings: %s', (text, expected) => {
    expect(presentImages(images, takeInventory(files({ 'a.yaml': text }), { images }))).toEqual(expected);
  });

  it('an image under the name that it replaces', () => {
    const { released: moving } = readReleasedImages('old/web=ghcr.io/acme/web:1.5.0');
    expect(presentImages(moving, takeInventory(files({ 'a.yaml': 'image: old/web:1' }), { images: moving }))).toEqual(
      moving,
    );
  });
});
