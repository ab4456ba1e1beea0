/** The documentation as a site: `npm run docs:build`. A dead link ends the build. */
import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';
import { PROJECT_URL } from '../../src/core/errors.ts';
import { outside } from './links.ts';
import { sidebar } from './sidebar.ts';

export default defineConfig({
  title: 'manifest-release-pr',
  description: 'After an image build: rewrite image versions in a GitOps manifest repository and open a pull request.',
  // Pages of a project are below its name.
  base: '/manifest-release-pr/',
  themeConfig: {
    sidebar: sidebar.map(({ text, items }) => ({ text, items })),
    outline: 'deep',
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: PROJECT_URL }],
    editLink: { pattern: `${PROJECT_URL}/edit/main/docs/:path` },
  },
  markdown: {
    // A link to a heading is one on GitHub too.
    anchor: { slugify: (text) => slug(text) },
    config: (md) => {
      // Else Vue takes a template in a line for its own.
      md.core.ruler.push('no-vue-in-code', ({ tokens }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          if (token.type === 'code_inline') token.attrSet('v-pre', '');
        }
      });
      md.core.ruler.push('links-outside', ({ tokens, env }) => {
        for (const link of tokens.flatMap(({ children }) => children ?? [])) {
          const target = link.type === 'link_open' ? link.attrGet('href') : null;
          const address = target === null ? undefined : outside(env.relativePath, target);
          if (address !== undefined) link.attrSet('href', address);
        }
      });
    },
  },
});
