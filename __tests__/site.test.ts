/** The site of the documentation: its sidebar has every page, and its links go where those on GitHub go. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outside } from '../docs/.vitepress/links.ts';
import { sidebar } from '../docs/.vitepress/sidebar.ts';
import { PROJECT_URL } from '../src/core/errors.ts';

test('the sidebar has each page once', () => {
  const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.startsWith('.vitepress'))
    .map((path) => `/${path.slice(0, -'.md'.length)}`);
  const links = sidebar.flatMap(({ items }) => items.map(({ link }) => (link === '/' ? '/index' : link)));
  expect(links.toSorted()).toEqual(pages.toSorted());
});

test.each([
  ['inputs.md', 'outputs.md', undefined],
  ['tasks/flux.md', '../forges.md#gitlab', undefined],
  ['tasks/flux.md', 'https://example.com', undefined],
  ['inputs.md', '../README.md#inputs', '/blob/main/README.md#inputs'],
  ['tasks/flux.md', '../../examples/flux', '/blob/main/examples/flux'],
])('in %s the link %s', (page, target, address) => {
  expect(outside(page, target)).toBe(address === undefined ? undefined : PROJECT_URL + address);
});
