import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { planRelease } from '../../src/plan.ts';
import { readReleasedImages } from '../../src/released-images.ts';
import { demoRepository } from '../../src/sandbox/demo-repository.ts';

test('each manifest is sound YAML', () => {
  const manifests = Object.entries(demoRepository).filter(([path]) => path.endsWith('.yaml'));
  const errors = manifests.flatMap(([path, text]) =>
    parseAllDocuments(text).flatMap((document) => document.errors.map(({ message }) => `${path}: ${message}`)),
  );
  expect(errors).toEqual([]);
});

test('a release finds the service wherever its version is written, and nothing beside it', () => {
  const files = Object.entries(demoRepository).map(([path, text]) => ({
    path,
    mode: '100644',
    bytes: Buffer.from(text),
  }));
  const { changes, problems, missing } = planRelease(readReleasedImages('ghcr.io/acme/web:1.4.2').images, files);
  expect(changes.map(({ file, where, from, to }) => `${file} ${where}: ${from} -> ${to}`).toSorted()).toEqual([
    'apps/web/deployment.yaml spec.template.spec.containers[0].image: 1.4.1 -> 1.4.2',
    'charts/web/values.yaml image: 1.4.1 -> 1.4.2',
    'kustomize/overlays/production/kustomization.yaml images[0]: 1.4.1 -> 1.4.2',
    'kustomize/overlays/staging/kustomization.yaml images[0]: 1.4.1 -> 1.4.2',
  ]);
  expect([problems, missing]).toEqual([[], []]);
});
