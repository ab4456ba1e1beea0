import { expect, test } from 'vitest';
import { missingInput, nearestInputs } from '../../src/inputs/lookup.ts';

test.each([
  ['image', ['images']],
  ['path', ['paths']],
  ['dryrun', ['dry-run']],
  ['dry_run', ['dry-run']],
  ['COMMIT_MESSAGE', ['commit-message']],
  ['repositry', ['repository']],
  ['app-id', ['app-client-id']],
  ['app_id', ['app-client-id']],
  ['github-token', ['token']],
  ['tag', ['images', 'version']],
  ['provider', ['forge']],
  ['repo', ['repository']],
  ['env', ['environments']],
  ['environment', ['environments']],
  ['pr-title', ['title']],
  ['pull-request-body', ['body']],
  ['access-token', ['token']],
  ['ssh-private-key', ['ssh-key']],
  ['verbose', []],
  ['password', []],
])('nearestInputs of %s is %j', (given, meant) => {
  expect(nearestInputs(given)).toEqual(meant);
});

test('missingInput names a flag, and an environment variable for a secret', () => {
  expect(missingInput('images').hint).toContain('--images');
  expect(missingInput('token').hint).toContain('MANIFEST_RELEASE_TOKEN');
});
