import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { environmentsOf, readConfig } from '../../src/environments/config/config.ts';
import { planRelease } from '../../src/manifests/plan.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { demoConfig, demoRepository } from '../../sandbox/demo-repository.ts';

const IMAGES = readReleasedImages('ghcr.io/acme/web:1.4.2').released;

test('each manifest is sound YAML', () => {
  const manifests = Object.entries(demoRepository).filter(([path]) => path.endsWith('.yaml'));
  const errors = manifests.flatMap(([path, text]) =>
    parseAllDocuments(text).flatMap((document) => document.errors.map(({ message }) => `${path}: ${message}`)),
  );
  expect(errors).toEqual([]);
});

test('a release finds the service wherever its version is written, and nothing beside it', () => {
  const { changes, problems, missing } = planRelease(IMAGES, files());
  expect(changes.map(({ file, where, from, to }) => `${file} ${where}: ${from} -> ${to}`).toSorted()).toEqual([
    'apps/web/deployment.yaml spec.template.spec.containers[0].image: 1.4.1 -> 1.4.2',
    'charts/web/values.yaml image: 1.4.1 -> 1.4.2',
    'kustomize/overlays/production/kustomization.yaml images[0]: 1.4.1 -> 1.4.2',
    'kustomize/overlays/staging/kustomization.yaml images[0]: 1.4.1 -> 1.4.2',
  ]);
  expect([problems, missing]).toEqual([[], []]);
});

test('each environment has one place of the service', () => {
  const [[path, text] = ['', '']] = Object.entries(demoConfig);
  const places = environmentsOf(readConfig(path, text), 'web').map(({ environment, raw }) => {
    const { changes } = planRelease(IMAGES, files(raw.paths));
    return [environment, ...changes.map(({ file }) => file)];
  });
  expect(places).toEqual([
    ['development', 'apps/web/deployment.yaml'],
    ['staging', 'kustomize/overlays/staging/kustomization.yaml'],
    ['production', 'kustomize/overlays/production/kustomization.yaml'],
  ]);
});

/** The manifests below a folder, as a release reads them. */
function files(folder = '') {
  return Object.entries(demoRepository)
    .filter(([path]) => path.startsWith(folder))
    .map(([path, text]) => ({ path, mode: '100644', bytes: Buffer.from(text) }));
}
