/** The pages of the site, by what a reader wants. A test finds a page that is in no group. */
import { readdirSync, readFileSync } from 'node:fs';
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

/** With the first heading of each page as its name. */
const groupOf = (text: string, pages: readonly string[]): Group => ({
  text,
  items: pages.map((page) => {
    const [, title = page] = /^# (.*)$/m.exec(readFileSync(join(DOCS, `${page}.md`), 'utf8')) ?? [];
    return { text: title, link: `/${page === 'index' ? '' : page}` };
  }),
});

const inEnglish = Object.entries(GROUPS).map(([text, pages]) => groupOf(text, pages));

const inJapanese = readdirSync(join(DOCS, 'ja'))
  .map((name) => `ja/${name.replace(/\.md$/, '')}`)
  .toSorted();

export const sidebar: readonly Group[] = [...inEnglish, groupOf('日本語', inJapanese)];
