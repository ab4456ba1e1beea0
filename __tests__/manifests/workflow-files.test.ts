import { expect, test } from 'vitest';
import { isWorkflow, namesWorkflows } from '../../src/manifests/workflow-files.ts';

test.each([
  ['.github/workflows/ci.yml', true],
  ['.gitea/workflows/ci.yaml', true],
  ['.forgejo/workflows/deep/ci.yml', true],
  ['.github/manifest-release.yaml', false],
  ['.github/actions/build/action.yml', false],
  ['.circleci/config.yml', false],
  ['.gitlab-ci.yml', false],
  ['apps/.github/workflows/ci.yml', false],
  ['workflows/ci.yml', false],
])('%s is a workflow: %s', (path, expected) => {
  expect(isWorkflow(path)).toBe(expected);
});

test.each([
  ['.github/workflows', true],
  ['.github/workflows/ci.yml', true],
  ['./.github/workflows/', true],
  ['/.github/workflows', true],
  [':/.github/workflows', true],
  [':(glob).github/workflows/*.yml', true],
  [':(top,icase).gitea', true],
  ['.forgejo', true],
  ['.github', true],
  ['.', false],
  ['*.yml', false],
  ['apps', false],
  [':(exclude).github/workflows', false],
  [':(glob,exclude).github/**', false],
  [':!.github', false],
  [':^.github/workflows', false],
  ['.githubs', false],
])('%s names workflows: %s', (path, expected) => {
  expect(namesWorkflows(['apps', path])).toBe(expected);
});
