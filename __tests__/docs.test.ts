/** All links and anchors of the documentation lead somewhere, and each page is found. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { readMarkdown } from './markdown.ts';

const docs = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .map((name) => join('docs', name))
  .filter((path) => path.endsWith('.md') && !path.includes('.vitepress'));
const roots = readdirSync('.').filter((path) => path.endsWith('.md'));
const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .map((name) => join('examples', name))
  .filter((path) => path.endsWith('.md'));
const read = new Map([...docs, ...roots, ...examples].map((path) => [path, readMarkdown(path)]));

const isElsewhere = (target: string): boolean => /^[a-z]+:/.test(target);

/** The links of a page into this repository, as paths with their anchors. */
function linksOf(page: string): { path: string; anchor: string; at: string }[] {
  const links = read.get(page)?.links ?? [];
  return links
    .filter(({ target }) => !isElsewhere(target))
    .map(({ target, line }) => {
      const [path = '', anchor = ''] = target.split('#');
      const to = path === '' ? page : posix.join(posix.dirname(page), path);
      return { path: to.replace(/\/$/, ''), anchor, at: `${page}:${line}: ${target}` };
    });
}

test.each([...read.keys()])('%s has links that lead somewhere', (page) => {
  const broken = linksOf(page).filter(({ path, anchor }) => {
    if (!existsSync(path)) return true;
    if (anchor === '' || statSync(path).isDirectory() || !path.endsWith('.md')) return false;
    return !(read.get(path)?.headings ?? []).some((heading) => heading.anchor === anchor);
  });
  expect(broken.map(({ at }) => at)).toEqual([]);
});

test('each page is reached from a README or the start page', () => {
  const reached = new Set<string>();
  const visit = (page: string): void => {
    if (reached.has(page)) return;
    reached.add(page);
    for (const { path } of linksOf(page)) if (read.has(path)) visit(path);
  };
  for (const start of ['README.md', 'README.ja.md', 'docs/index.md']) visit(start);
  expect(docs.filter((page) => !reached.has(page))).toEqual([]);
});

test.each(['CONTRIBUTING.md', 'docs/design.md'])('%s names files that there are', (page) => {
  const named = [
    ...readFileSync(page, 'utf8').matchAll(/`((?:src|sandbox|scripts|e2e|bench|docs|schema|__tests__)\/[\w./-]+)`/g),
  ];
  expect(named.length).toBeGreaterThan(0);
  expect(named.flatMap(([, path = '']) => (existsSync(path) ? [] : path))).toEqual([]);
});

test('docs/without-a-clone.md has reasons as the program says them', () => {
  const page = readFileSync('docs/without-a-clone.md', 'utf8');
  const [, table = ''] = page.split('| reason in the log | |');
  const rows = (table.split('\n\n')[0] ?? '').split('\n').map((row) => row.split(' | ')[0] ?? '');
  const reasons = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, reason = '']) => reason));
  const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join('src', path), 'utf8'))
    .join('\n');
  // What differs from run to run: a path before the reason, a number in it.
  const unsaid = reasons.filter((reason) => !source.includes(reason.replace(/^\S*[/*]\S* |^.*\d{4} /, '')));
  expect([reasons.length > 10, unsaid]).toEqual([true, []]);
});
