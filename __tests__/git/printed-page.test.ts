import { expect, test } from 'vitest';
import { pageIn } from '../../src/git/printed-page.ts';

const HERE = { host: 'git.test', transport: 'https' } as const;
const NEW = 'https://git.test/acme/m/-/merge_requests/new?merge_request%5Bsource_branch%5D=release%2Fweb';

test.each([
  ['GitLab', `remote: \nremote: To create a merge request for release/web, visit:\nremote:   ${NEW}\nremote: \n`, NEW],
  [
    'GitHub',
    "remote: Create a pull request for 'a' on GitHub by visiting:\nremote:      https://git.test/acme/m/pull/new/a\n",
    'https://git.test/acme/m/pull/new/a',
  ],
  ['the first of two', `remote: ${NEW}\nremote: https://git.test/other\n`, NEW],
  ['one behind another server', `remote: https://evil.test/x\nremote: ${NEW}\n`, NEW],
])('finds the page of %s', (_, stderr, page) => {
  expect(pageIn(stderr, HERE)).toBe(page);
});

test.each([
  ['of git itself', `To ${NEW}\n`],
  ['on another server', 'remote: https://evil.test/git.test/\n'],
  ['on another port', 'remote: https://git.test:8443/x\n'],
  ['with a user', 'remote: https://ada@git.test/x\n'],
  ['with a server in its user', 'remote: https://git.test@evil.test/x\n'],
  ['without TLS', 'remote: http://git.test/x\n'],
  ['that is no address', 'remote: https://\n'],
  ['that is very long', `remote: https://git.test/${'x'.repeat(2000)}\n`],
])('takes no page %s', (_, stderr) => {
  expect(pageIn(stderr, HERE)).toBe('');
});

test('has no characters of a terminal', () => {
  expect(pageIn('remote: https://git.test/a\u001b[31mb\u202e\n', HERE)).toBe('https://git.test/a');
});

test('by ssh it is one of the same host, whatever the port of ssh', () => {
  expect(pageIn(`remote: ${NEW}\n`, { host: 'git.test', transport: 'ssh' })).toBe(NEW);
  expect(pageIn('remote: https://git.test:8443/x\n', { host: 'git.test', transport: 'ssh' })).toBe(
    'https://git.test:8443/x',
  );
});
