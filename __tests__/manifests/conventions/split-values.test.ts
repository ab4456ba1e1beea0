import { describe, expect, it } from 'vitest';
import { planRelease } from '../../../src/manifests/plan.ts';
import { readReleasedImages } from '../../../src/inputs/images.ts';

const { released: images } = readReleasedImages('ghcr.io/acme/web:v2');
const REPOSITORY = 'image:\n  repository: ghcr.io/acme/web\n';
const TAG = 'image:\n  tag: v1\n';
const CHART = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';

/** The places that change, as `file where`. */
function changesIn(files: Readonly<Record<string, string>>): string[] {
  const manifests = Object.entries(files).map(([path, text]) => ({ path, mode: '100644', bytes: Buffer.from(text) }));
  return planRelease(images, manifests).changes.map(({ file, where }) => `${file} ${where}`);
}

describe('splitValues: a tag belongs to the repository in', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'another values file of its chart',
      { 'chart/Chart.yaml': CHART, 'chart/values.yaml': REPOSITORY, 'chart/prod.yaml': TAG },
      'chart/prod.yaml image (its repository is in chart/values.yaml:2)',
    ],
    [
      'another values file, with the registry in a key of its own',
      {
        'chart/Chart.yaml': CHART,
        'chart/values.yaml': 'image:\n  registry: ghcr.io\n  repository: acme/web\n',
        'chart/prod.yaml': TAG,
      },
      'chart/prod.yaml image (its repository is in chart/values.yaml:3)',
    ],
    [
      'another values file of the top folder',
      { 'Chart.yaml': CHART, 'values.yaml': REPOSITORY, 'prod.yaml': TAG },
      'prod.yaml image (its repository is in values.yaml:2)',
    ],
  ])('%s', (_, files, expected) => {
    expect(changesIn(files)).toEqual([expected]);
  });
});

describe('splitValues: a tag is left', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    [
      'in a file of a kind',
      { 'chart/Chart.yaml': CHART, 'chart/values.yaml': REPOSITORY, 'chart/prod.yaml': `kind: Example\n${TAG}` },
    ],
    [
      'in a block of text',
      {
        'chart/Chart.yaml': CHART,
        'chart/values.yaml': REPOSITORY,
        'chart/prod.yaml': `data: |\n${TAG.replace(/^/gm, '  ')}`,
      },
    ],
    ['in the file of its repository', { 'chart/Chart.yaml': CHART, 'chart/values.yaml': `${REPOSITORY}---\n${TAG}` }],
    [
      'beside another repository, also one that is a variable',
      {
        'chart/Chart.yaml': CHART,
        'chart/values.yaml': REPOSITORY,
        'chart/prod.yaml': `${TAG}  repository: \${REPOSITORY}\n`,
      },
    ],
    [
      'in the folder of another chart',
      { 'Chart.yaml': CHART, 'sub/Chart.yaml': CHART, 'values.yaml': REPOSITORY, 'sub/prod.yaml': TAG },
    ],
    [
      'where the repository is in a file of a kind',
      { 'chart/Chart.yaml': CHART, 'chart/a.yaml': `kind: Example\n${REPOSITORY}`, 'chart/b.yaml': TAG },
    ],
  ])('%s', (_, files) => {
    expect(changesIn(files)).toEqual([]);
  });
});
