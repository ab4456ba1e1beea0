import { afterEach, describe, expect, test } from 'vitest';
import { forgetSecrets, keepSecret } from '../../src/core/secrets.ts';
import type { Ci } from '../../src/inputs/ci.ts';
import { CI_SYSTEMS } from '../../src/inputs/ci-systems/index.ts';
import { GroupedLog } from '../../src/main/grouped-log.ts';

function lines(ci: Ci['name'], work: (log: GroupedLog) => void): string[] {
  const written: string[] = [];
  const log = new GroupedLog((line) => written.push(line), CI_SYSTEMS.find(({ name }) => name === ci)?.marks, {
    debug: false,
  });
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

const ISSUES = (log: GroupedLog): void => {
  log.warn('label deploy was refused; 50% are there');
  log.problem({ file: 'apps/web.yaml', line: 3, message: 'is a template' });
  log.error('It failed.\nTry again.');
};

test.each(['GitHub Actions', 'Gitea Actions', 'Forgejo Actions'] as const)('%s marks warnings and errors', (ci) => {
  expect(lines(ci, ISSUES)).toEqual([
    '::warning::label deploy was refused; 50%25 are there',
    '::warning::apps/web.yaml:3: is a template',
    '::error::It failed.%0ATry again.',
  ]);
});

test('Azure Pipelines marks warnings and errors', () => {
  expect(lines('Azure Pipelines', ISSUES)).toEqual([
    '##vso[task.logissue type=warning]label deploy was refused; 50%AZP25 are there',
    '##vso[task.logissue type=warning]apps/web.yaml:3: is a template',
    '##vso[task.logissue type=error]It failed.%0ATry again.',
  ]);
});

test.each(['GitLab CI', 'CircleCI', 'Bitbucket Pipelines', 'Jenkins', 'plain'] as const)('%s marks neither', (ci) => {
  expect(lines(ci, ISSUES)).toEqual([
    '- warning: label deploy was refused; 50% are there',
    '- warning: apps/web.yaml:3: is a template',
    'error: It failed.\nTry again.',
  ]);
});

/** What CI systems take for commands, and how a text could have one in it. */
const HOSTILE = [
  'a\n::error::x',
  'a%0A::error::x',
  'a ##[error]x',
  'a ##vso[task.complete]x',
  '##vso[task.setvariable variable=a]b',
  'a\rsection_end:1:manifest_release_1\r',
  '\u001b[0Ksection_start:1:x\r\u001b[0K',
  '\u001b[8mha:AAAA\u001b[0m',
];
const COMMAND = /^\s*::\w|##\[|##vso\[|section_(?:start|end):|\u001b|\r/m;
/** The marks at the beginning of a line of our own. */
const OWN =
  /^(?:::(?:group|warning|error)::|##\[group\]|##vso\[task\.logissue type=(?:warning|error)\]|\u001b\[0Ksection_start:\d+:\w+\r\u001b\[0K)/;

describe.each([...CI_SYSTEMS.map(({ name }) => name), 'plain' as const])('in %s', (ci) => {
  test.each([
    ['title', (log: GroupedLog, text: string) => log.group(text), false],
    ['warning', (log: GroupedLog, text: string) => log.warn(text), false],
    ['problem', (log: GroupedLog, text: string) => log.problem({ file: text, line: 1, message: text }), false],
    ['error', (log: GroupedLog, text: string) => log.error(text), true],
    ['line', (log: GroupedLog, text: string) => log.line(text), true],
  ])('a %s is no other command of any CI', (_, write, mayHaveLines) => {
    for (const text of HOSTILE) {
      const [line = '', ...others] = lines(ci, (log) => write(log, text));
      expect(others).toEqual([]);
      expect(line.replace(OWN, '')).not.toMatch(COMMAND);
      if (!mayHaveLines) expect(line).not.toContain('\n');
    }
  });

  test('a title and an error have no secret', () => {
    keepSecret('s3cret-token');
    const written = lines(ci, (log) => {
      log.group('for s3cret-token');
      log.error('s3cret-token was refused');
    });
    expect(written.join('\n')).not.toContain('s3cret-token');
  });
});
