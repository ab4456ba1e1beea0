/** Each failure is explained in docs/troubleshooting.md, under the anchor that its log line names. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failure, failureCodes, PROJECT_URL } from '../src/core/errors.ts';
import { readMarkdown } from './markdown.ts';

const { repository, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  repository: { url: string };
  version: string;
};

test('each code has a section, and each section is of a code', () => {
  const { headings } = readMarkdown('docs/troubleshooting.md');
  const sections = headings.filter(({ level }) => level === 3);
  expect(sections.map(({ text }) => text).toSorted()).toEqual(failureCodes.toSorted());
  expect(
    sections.map(({ text, anchor }) => [text.toLowerCase(), anchor]).filter(([code, anchor]) => code !== anchor),
  ).toEqual([]);
});

test('the address of a section is that of this repository and its major version', () => {
  expect(repository.url).toBe(`git+${PROJECT_URL}.git`);
  const [major] = version.split('.');
  expect(failure('GIT_MISSING').page).toBe(`${PROJECT_URL}/blob/v${major}/docs/troubleshooting.md#git_missing`);
});
