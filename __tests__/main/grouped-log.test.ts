import { afterEach, describe, expect, test } from 'vitest';
import { forgetSecrets, keepSecret } from '../../src/core/secrets.ts';
import type { Ci } from '../../src/inputs/ci.ts';
import { GroupedLog } from '../../src/main/grouped-log.ts';

function lines(ci: Ci['name'], work: (log: GroupedLog) => void): string[] {
  const written: string[] = [];
  const log = new GroupedLog((line) => written.push(line), ci, { debug: false });
  work(log);
  return written;
}

const twoGroups = (log: GroupedLog): void => {
  log.group('Diff');
  log.line('-a');
  log.group('web in staging');
  log.step('pushed');
  log.endGroup();
  log.endGroup();
};

afterEach(forgetSecrets);

test.each(['GitHub Actions', 'Gitea Actions', 'Forgejo Actions'] as const)('%s', (ci) => {
  expect(lines(ci, twoGroups)).toEqual([
    '::group::Diff',
    '-a',
    '::endgroup::',
    '::group::web in staging',
    '- pushed',
    '::endgroup::',
  ]);
});

test('Azure Pipelines', () => {
  expect(lines('Azure Pipelines', twoGroups)).toEqual([
    '##[group]Diff',
    '-a',
    '##[endgroup]',
    '##[group]web in staging',
    '- pushed',
    '##[endgroup]',
  ]);
});

test('GitLab CI: sections have times and names of their own', () => {
  const written = lines('GitLab CI', twoGroups).map((line) => line.replaceAll(/:\d{10}:/g, ':<time>:'));
  expect(written).toEqual([
    '\u001b[0Ksection_start:<time>:manifest_release_1\r\u001b[0KDiff',
    '-a',
    '\u001b[0Ksection_end:<time>:manifest_release_1\r\u001b[0K',
    '\u001b[0Ksection_start:<time>:manifest_release_2\r\u001b[0Kweb in staging',
    '- pushed',
    '\u001b[0Ksection_end:<time>:manifest_release_2\r\u001b[0K',
  ]);
});

test.each(['CircleCI', 'Bitbucket Pipelines', 'Jenkins', 'plain'] as const)('%s folds nothing', (ci) => {
  expect(lines(ci, twoGroups)).toEqual(['Diff:', '-a', 'web in staging:', '- pushed']);
});

describe.each(['GitHub Actions', 'GitLab CI', 'Azure Pipelines', 'plain'] as const)('in %s', (ci) => {
  test('a title is one line, and no command of the CI', () => {
    for (const title of [
      'a\n::error::x',
      'a ##[error]x',
      'a ##vso[task.complete]x',
      'a\rsection_end:1:manifest_release_1\r',
    ]) {
      const [line = '', ...others] = lines(ci, (log) => log.group(title));
      expect(others).toEqual([]);
      const shown = line.replace(/^(?:::group::|##\[group\]|\u001b\[0Ksection_start:\d+:\w+\r\u001b\[0K)/, '');
      expect(shown).not.toMatch(/\n|\r|^::|##\[|##vso\[|section_end:/);
    }
  });

  test('a title has no secret', () => {
    keepSecret('s3cret-token');
    expect(lines(ci, (log) => log.group('for s3cret-token')).join('\n')).not.toContain('s3cret-token');
  });
});
