/** Which files are read for the values of variables behind names: a release greps for the names, and these have none. */
import { expect, test, vi } from 'vitest';
import { SILENT } from '../../src/core/log.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { readManifests } from '../../src/release/read-manifests.ts';
import { eachWithClones } from '../git/clones.ts';

const ofPath = (path: string, name = 'web_tag'): string =>
  `kind: Kustomization\nmetadata: {name: x}\nspec: {path: ${path}, postBuild: {substitute: {${name}: 1.4.0}}}\n`;

const clones = eachWithClones({
  'apps/web/d.yaml': 'image: ghcr.io/acme/web:${web_tag}\n',
  'apps/api/d.yaml': 'image: ghcr.io/acme/api:1.0.0\n',
  'clusters/web.yaml': ofPath('./apps/web'),
  'clusters/other.yaml': ofPath('./apps/other', 'other_tag'),
  'compose/compose.yaml': 'services: \n  web: {image: "ghcr.io/acme/job:${JOB_TAG}"}\n',
  'compose/.env': 'JOB_TAG=1.4.0\n',
  '.env': 'JOB_TAG=1.4.0\n',
});

/** The paths of what is read, and what the store was asked for because of variables. */
async function read(images: string, paths: readonly string[] = [], others = true) {
  const clone = await clones().clone({ paths });
  const asked: string[] = [];
  const readOf = clone.read.bind(clone);
  vi.spyOn(clone, 'read').mockImplementation((terms, options) => {
    asked.push(...[...terms.words, ...(terms.files ?? [])].filter((term) => /postBuild|\.env$/.test(term)));
    return readOf(terms, options);
  });
  const wanted = { images: readReleasedImages(images).released, search: { paths, plan: {} } };
  const found = await readManifests({ store: clone, log: SILENT }, wanted, { others });
  return { manifests: found.manifests.map(({ path }) => path), others: found.others.map(({ path }) => path), asked };
}

const [WEB, API, JOB] = ['ghcr.io/acme/web:1.4.1', 'ghcr.io/acme/api:1.4.1', 'ghcr.io/acme/job:1.4.1'];

test('a Kustomization that substitutes a variable, wherever it is', async () => {
  const manifests = ['apps/web/d.yaml', 'clusters/web.yaml'];
  expect(await read(WEB)).toEqual({ manifests, others: [], asked: ['postBuild'] });
});

test('below paths what is read anyway', async () => {
  expect(await read(WEB, ['apps'])).toMatchObject({ manifests: ['apps/api/d.yaml', 'apps/web/d.yaml'], asked: [] });
});

test('the .env beside a Compose file, which is no manifest', async () => {
  const expected = { manifests: ['compose/compose.yaml'], others: ['compose/.env'], asked: ['compose/.env'] };
  expect(await read(JOB)).toEqual(expected);
  expect(await read(JOB, ['compose'])).toEqual(expected);
});

test('nothing more without a variable, or where nothing is told', async () => {
  expect(await read(API)).toEqual({ manifests: ['apps/api/d.yaml'], others: [], asked: [] });
  expect(await read(WEB, [], false)).toEqual({ manifests: ['apps/web/d.yaml'], others: [], asked: [] });
});
