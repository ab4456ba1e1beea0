import { expect, test } from 'vitest';
import { readReleasedImages } from '../../src/inputs/images.ts';
import type { EmptyPlace } from '../../src/manifests/empty-places.ts';
import { planRelease } from '../../src/manifests/plan.ts';
import { readTargets } from '../../src/manifests/targets.ts';

const IMAGES = readReleasedImages('ghcr.io/acme/web:1.4.2').released;
const MARKER = '# manifest-release: ghcr.io/acme/web';

function plan(path: string, text: string, targets: readonly string[] = []) {
  const files = [{ path, mode: '100644', bytes: Buffer.from(text) }];
  return planRelease(IMAGES, files, { targets: readTargets(targets, IMAGES) });
}

const emptyPlaces = (path: string, text: string): readonly EmptyPlace[] => plan(path, text).emptyPlaces;

test.each<[string, string, string, string, Partial<EmptyPlace>]>([
  [
    'an empty tag',
    'values.yaml',
    'image:\n  repository: ghcr.io/acme/web\n  tag: "" # unset\n',
    'tag: ""',
    { line: 3, where: 'image', isInsertable: true, marker: `tag: "" ${MARKER} tag`, target: 'values.yaml#image.tag' },
  ],
  [
    'a tag without a value',
    'values.yaml',
    'a b:\n  repository: ghcr.io/acme/web\n  tag:\n',
    'tag:',
    { line: 3, isInsertable: true, marker: `tag: ${MARKER} tag`, target: 'values.yaml#["a b"].tag' },
  ],
  [
    'an image without a tag',
    'pod.yaml',
    'kind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - image: ghcr.io/acme/web\n---\nkind: Service\n',
    'image: ghcr.io/acme/web',
    {
      line: 5,
      isInsertable: true,
      marker: `image: ghcr.io/acme/web ${MARKER}`,
      target: 'pod.yaml#Pod/web#spec.containers[0].image',
    },
  ],
  [
    'a map without a tag',
    'values.yaml',
    'image:\n  repository: ghcr.io/acme/web\n',
    'repository: ghcr.io/acme/web\n  tag: ""',
    { line: 2, isInsertable: false, marker: `tag: "" ${MARKER} tag` },
  ],
  [
    'an entry without a tag',
    'kustomization.yaml',
    'images:\n  - name: ghcr.io/acme/web\n',
    'name: ghcr.io/acme/web\n    newTag: ""',
    { line: 2, isInsertable: true, marker: `newTag: "" ${MARKER} tag` },
  ],
  [
    'JSON',
    'values.json',
    '{"image": {"repository": "ghcr.io/acme/web", "tag": ""}}',
    '',
    { line: 1, isInsertable: true, target: 'values.json#image.tag' },
  ],
])('%s: what is said of it works', (_, path, text, before, expected) => {
  const [only, ...more] = emptyPlaces(path, text);
  const image = 'ghcr.io/acme/web';
  const target = expected.target === undefined ? {} : { target: `${expected.target}=${image}` };
  expect(only).toEqual({ where: expect.any(String) as string, ...expected, ...target, file: path, image });
  expect(more).toEqual([]);
  if (only?.target !== undefined) expect(plan(path, text, [only.target]).changes).toMatchObject([{ to: '1.4.2' }]);
  if (only?.marker === undefined) return;
  // The line with the marker is in place of the line, or behind the repository or name.
  const line = before.split('\n').at(-1)?.trim() ?? '';
  const added = before.replace(line, only.marker);
  const marked = text.replace(before.split('\n')[0] ?? '', added).replace(`${MARKER} tag # unset`, `${MARKER} tag`);
  expect(plan(path, marked).changes).toMatchObject([{ from: '', to: '1.4.2' }]);
});

test('no place is named where the image has a version elsewhere, or where another tool fills it in', () => {
  const one = 'a: {repository: ghcr.io/acme/web, tag: ""}\n';
  expect(emptyPlaces('values.yaml', `${one}b: {repository: ghcr.io/acme/web, tag: 1.4.1}\n`)).toEqual([]);
  expect(emptyPlaces('values.yaml', 'name: ghcr.io/acme/web\nargs: [ghcr.io/acme/web]\n')).toEqual([]);
});

test('beside a tag of another tool no tag is to be added', () => {
  const [only] = emptyPlaces('values.yaml', 'image:\n  repository: ghcr.io/acme/web\n  tag: ${TAG}\n');
  expect(only).toMatchObject({ line: 2, isInsertable: false });
  expect(only).not.toHaveProperty('marker');
});

test('a value in a block of text has a marker and no target', () => {
  const text = 'data:\n  values: |\n    image:\n      repository: ghcr.io/acme/web\n      tag: ""\n';
  expect(emptyPlaces('map.yaml', text)).toMatchObject([{ line: 5, marker: `tag: "" ${MARKER} tag` }]);
  expect(emptyPlaces('map.yaml', text)[0]).not.toHaveProperty('target');
});
