/** Versions that one file gives to a variable, and another has behind the name of an image. */
import { describe, expect, it } from 'vitest';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { planRelease } from '../../src/manifests/plan.ts';
import type { ManifestFile } from '../../src/core/objects.ts';

type Texts = Readonly<Record<string, string>>;

const USE = 'image: ghcr.io/acme/web:${web_tag}\n';
const NO_CONVENTION = 'is in keys of no known convention';
const NO_MANIFEST = 'is in a file that is neither YAML nor JSON';

const kustomization = (spec: string): string =>
  `kind: Kustomization\napiVersion: kustomize.toolkit.fluxcd.io/v1\nmetadata: {name: web}\nspec: ${spec}\n`;
const ofWeb = (substitute: string, path = './apps/web'): string =>
  kustomization(`{path: ${path}, postBuild: {substitute: {${substitute}}}}`);

const filesOf = (texts: Texts): ManifestFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, mode: '100644', bytes: Buffer.from(text) }));

/** What a release of 1.4.1 tells. */
function told(manifests: Texts, others: Texts = {}): string[] {
  const { released } = readReleasedImages('ghcr.io/acme/web:1.4.1');
  const { leftovers } = planRelease(released, filesOf(manifests), { others: filesOf(others) });
  return leftovers.map(({ file, line, image, version, reason }) => `${file}:${line} ${image} ${version} ${reason}`);
}

describe('what a Flux Kustomization substitutes is told', () => {
  it.each<[about: string, files: Texts, expected: readonly string[]]>([
    ['below its path', { 'ks.yaml': ofWeb('web_tag: 1.4.0'), 'apps/web/d.yaml': USE }, ['ks.yaml:4']],
    ['in a folder below that', { 'ks.yaml': ofWeb('web_tag: "1.4.0"'), 'apps/web/a/b/d.yaml': USE }, ['ks.yaml:4']],
    [
      'of each one with the path',
      { 'a.yaml': ofWeb('web_tag: 1.4.0'), 'apps/web/d.yaml': USE, 'b.yaml': ofWeb('web_tag: 1.4.0', 'apps/web/') },
      ['a.yaml:4', 'b.yaml:4'],
    ],
    [
      'once for two uses, with other objects in the file',
      {
        'ks.yaml': `kind: List\n---\n${ofWeb('x: 1, web_tag: 1.4.0')}`,
        'apps/web/d.yaml': USE + USE,
        'apps/web/e.yaml': USE,
      },
      ['ks.yaml:6'],
    ],
    [
      'also where the variable has a default, which changes',
      { 'ks.yaml': ofWeb('web_tag: 1.4.0'), 'apps/web/d.yaml': 'image: ghcr.io/acme/web:${web_tag:=1.3.0}\n' },
      ['ks.yaml:4'],
    ],
    [
      'in a file that changes, as it is then',
      {
        'ks.yaml': `image: ghcr.io/acme/web # manifest-release: ghcr.io/acme/web\n---\n${ofWeb('web_tag: 1.4.0')}`,
        'apps/web/d.yaml': USE,
      },
      ['ks.yaml:6'],
    ],
  ])('%s', (_, files, expected) => {
    expect(told(files)).toEqual(expected.map((place) => `${place} ghcr.io/acme/web 1.4.0 ${NO_CONVENTION}`));
  });

  it.each<[about: string, files: Texts]>([
    ['with another path', { 'ks.yaml': ofWeb('web_tag: 1.4.0', './apps/api'), 'apps/web/d.yaml': USE }],
    ['with a path that begins like it', { 'ks.yaml': ofWeb('web_tag: 1.4.0'), 'apps/web-admin/d.yaml': USE }],
    ['with the top folder', { 'ks.yaml': ofWeb('web_tag: 1.4.0', './'), 'apps/web/d.yaml': USE }],
    ['without a path', { 'ks.yaml': kustomization('{postBuild: {substitute: {web_tag: 1.4.0}}}'), 'd.yaml': USE }],
    ['with the released version', { 'ks.yaml': ofWeb('web_tag: 1.4.1'), 'apps/web/d.yaml': USE }],
    ['with no version', { 'ks.yaml': ofWeb('web_tag: "${other}"'), 'apps/web/d.yaml': USE }],
    ['with another variable', { 'ks.yaml': ofWeb('a_web_tag: 1.4.0, web_tag_b: 1.4.0'), 'apps/web/d.yaml': USE }],
    ['of another kind', { 'ks.yaml': ofWeb('web_tag: 1.4.0').replace('Kust', 'Cust'), 'apps/web/d.yaml': USE }],
    ['of another image', { 'ks.yaml': ofWeb('web_tag: 1.4.0'), 'apps/web/d.yaml': USE.replace('web:', 'api:') }],
    ['behind a part of a tag', { 'ks.yaml': ofWeb('web_tag: 1.4.0'), 'apps/web/d.yaml': `${USE.trim()}-alpine\n` }],
    [
      'where the file itself has the value',
      { 'ks.yaml': ofWeb('web_tag: 1.4.0'), 'apps/web/d.yaml': `web_tag: 1.4.1\n${USE}` },
    ],
  ])('and not one %s', (_, files) => {
    expect(told({ ...files, 'web.yaml': 'image: ghcr.io/acme/web:1.4.0\n' })).toEqual([]);
  });

  it('and nothing outside of the paths', () => {
    const [file, ...more] = filesOf({ 'ks.yaml': ofWeb('web_tag: 1.4.0'), 'apps/web/d.yaml': USE });
    const { released } = readReleasedImages('ghcr.io/acme/web:1.4.1');
    const files = file ? [{ ...file, isContext: true as const }, ...more] : [];
    expect(planRelease(released, files).leftovers).toEqual([]);
  });
});

describe('the value in an .env is told', () => {
  const COMPOSE = 'services:\n  web:\n    image: ghcr.io/acme/web:${WEB_TAG:?}\n';
  const ENV = '# WEB_TAG=1.3.0\nWEB_TAG=1.4.0 # of web\n';

  it('beside a Compose file', () => {
    const place = (file: string): string => `${file}:2 ghcr.io/acme/web 1.4.0 ${NO_MANIFEST}`;
    expect(told({ 'compose.yaml': COMPOSE }, { '.env': ENV })).toEqual([place('.env')]);
    expect(told({ 'web/compose.prod.yml': COMPOSE }, { 'web/.env': ENV })).toEqual([place('web/.env')]);
    expect(told({ 'a/compose.yml': COMPOSE.replace('{WEB_TAG:?}', 'WEB_TAG') }, { 'a/.env': ENV })).toHaveLength(1);
  });

  it('with the registry in a variable too', () => {
    expect(told({ 'compose.yaml': COMPOSE.replace('ghcr.io', '${REGISTRY}') }, { '.env': ENV })).toEqual([
      '.env:2 acme/web 1.4.0 has a variable in place of its registry',
    ]);
  });

  it('and of no other folder, file or kind of manifest', () => {
    expect(told({ 'web/compose.yaml': COMPOSE }, { '.env': ENV, 'api/.env': ENV, 'web/x.env': ENV })).toEqual([]);
    expect(told({ 'web.yaml': COMPOSE.replace('services', 'containers') }, { '.env': ENV })).toEqual([]);
    expect(told({ 'compose.yaml': COMPOSE }, { '.env': 'WEB_TAG=1.4.1\nOTHER=1.4.0\n' })).toEqual([]);
    expect(told({ 'compose.yaml': COMPOSE, 'ks.yaml': ofWeb('WEB_TAG: 1.4.0') })).toEqual([]);
  });
});
