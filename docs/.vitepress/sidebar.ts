/** The pages of the site, by what a reader wants. A test finds a page that is in no group. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths below docs/, without `.md`. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  Start: ['index', 'scan-and-init', 'troubleshooting'],
  'By task': [
    'tasks/replace-the-shell-pipeline',
    'tasks/environments',
    'tasks/promote-and-roll-back',
    'tasks/github-app',
    'tasks/signed-commits-and-rulesets',
    'tasks/gitlab',
    'tasks/azure-devops',
    'tasks/flux',
    'tasks/argo-cd-applicationsets',
    'tasks/pipecd',
    'tasks/monorepos',
  ],
  'One release': [
    'inputs',
    'outputs',
    'images',
    'conventions',
    'editing',
    'left',
    'first-deploy',
    'pull-request',
    'templates',
    'rendered',
    'registry',
    'order',
    'after-the-merge',
  ],
  'Several environments': ['environments', 'promote-and-rollback'],
  Workflows: ['reusable-workflow', 'manual-release', 'other-ci', 'forges', 'gitea', 'without-a-clone'],
  Security: ['tokens', 'signatures', 'provenance', 'threat-model'],
  'The program': ['design', 'benchmark'],
};

export interface Group {
  readonly text: string;
  readonly items: { readonly text: string; readonly link: string }[];
}

const DOCS = join(import.meta.dirname, '..');
const JAPANESE = join(DOCS, 'ja');

/** With the first heading of each page as its name. */
const groupOf = (text: string, pages: readonly string[]): Group => ({
  text,
  items: pages.map((page) => {
    const [, title = page] = /^# (.*)$/m.exec(readFileSync(join(DOCS, `${page}.md`), 'utf8')) ?? [];
    return { text: title, link: `/${page === 'index' ? '' : page}` };
  }),
});

const inEnglish = Object.entries(GROUPS).map(([text, pages]) => groupOf(text, pages));

/** The pages in Japanese that there are. */
const inJapanese = existsSync(JAPANESE)
  ? readdirSync(JAPANESE, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => `ja/${path.slice(0, -'.md'.length)}`)
      .toSorted()
  : [];

export const sidebar: readonly Group[] =
  inJapanese.length === 0 ? inEnglish : [...inEnglish, groupOf('日本語', inJapanese)];
