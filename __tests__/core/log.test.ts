import { afterEach, describe, expect, test } from 'vitest';
import { failure } from '../../src/core/errors.ts';
import { describe as told, LineLog, type Log } from '../../src/core/log.ts';
import { forgetSecrets, keepSecret } from '../../src/core/secrets.ts';

const TOKEN = 'ghp_topSecret123';
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');

afterEach(forgetSecrets);

/** What a log writes when `use` uses it. */
function written(use: (log: Log) => void, secret = ''): string[] {
  const lines: string[] = [];
  keepSecret(secret);
  use(new LineLog((line) => lines.push(line)));
  return lines;
}

test('writes a step, a problem, a warning, a group and a text', () => {
  const lines = written((log) => {
    log.group('Plan the release of web');
    log.step('cloned acme/manifests');
    log.problem({ file: 'apps/web.yaml', line: 3, message: 'is a template' });
    log.warn('label deploy was refused');
    log.line('a\n\tb');
  });
  expect(lines).toEqual([
    'Plan the release of web:',
    '- cloned acme/manifests',
    '- warning: apps/web.yaml:3: is a template',
    '- warning: label deploy was refused',
    'a\n\tb',
  ]);
});

describe('LineLog.debug', () => {
  test('writes nothing unless debugging', () => {
    expect(written((log) => log.debug('git clone'))).toEqual([]);
  });

  test('writes one line without secrets when debugging', () => {
    const lines: string[] = [];
    keepSecret(TOKEN);
    const log = new LineLog((line) => lines.push(line), { debug: true });
    log.debug(`git clone ${TOKEN}\n::error::x`);
    expect(lines).toEqual(['- debug: git clone ***\\u{a}::error::x']);
  });
});

/** Each way to write a text. */
const WAYS: [way: string, write: (log: Log, text: string) => void][] = [
  ['step', (log, text) => log.step(text)],
  ['problem of a file', (log, text) => log.problem({ file: text, line: 1, message: 'x' })],
  ['problem', (log, text) => log.problem({ file: 'x', line: 1, message: text })],
  ['warning', (log, text) => log.warn(text)],
  ['group', (log, text) => log.group(text)],
  ['line', (log, text) => log.line(text)],
];

describe.each(WAYS)('a %s', (way, write) => {
  test.each([TOKEN, BASIC, `a ${TOKEN}${TOKEN} b`, `https://x:${TOKEN}@git.test/`])('tells no secret: %s', (text) => {
    const lines = written((log) => write(log, text), TOKEN).join('\n');
    expect(lines).not.toContain(TOKEN);
    expect(lines).not.toContain(BASIC);
    expect(lines).toContain('***');
  });

  test.each([
    '::error::x',
    '::set-output name=x::y',
    '::add-mask::a',
    'x\n::stop-commands::t',
    'x\r\n  ::warning file=a::b',
    'x\r::error::b',
    '##[error]x',
    'a ##[add-path]/tmp',
    '\u001b]8;;x\u0007',
  ])('gives the runner no command: %j', (text) => {
    const [line = ''] = written((log) => write(log, text));
    expect(line).not.toMatch(/^\s*::/m);
    expect(line).not.toContain('##[');
    expect(line).not.toMatch(/[\r\u001b\u0007]/);
    if (way !== 'line') expect(line).not.toContain('\n');
  });
});

test('keeps the text of a harmless line', () => {
  for (const text of ['a::b', 'std::string', '## [x]', 'image: web:1.4.2', '+  key: "größe 🚀"']) {
    expect(written((log) => log.line(text))).toEqual([text]);
  }
});

test('a long step is cut', () => {
  const [line = ''] = written((log) => log.step('x'.repeat(5000)));
  expect(line).toBe(`- ${'x'.repeat(1000)}…`);
});

test('secrets that come later are kept too', () => {
  const lines: string[] = [];
  const log = new LineLog((line) => lines.push(line));
  keepSecret(TOKEN);
  log.line(TOKEN);
  expect(lines).toEqual(['***']);
});

test('describes a failure by what happened, what to do and its code', () => {
  expect(told(failure('INPUT_MISSING', { input: 'images', where: 'under "with:" in the workflow' }))).toBe(
    'Input "images" is empty.\nGive it under "with:" in the workflow. [INPUT_MISSING]',
  );
});
