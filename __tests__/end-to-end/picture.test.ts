/**
 * The text of a pull request and the summary of its job in a real browser, as a forge shows their Markdown. With PICTURES=docs the
 * pictures of the docs are written.
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoSource, pushDemoImages } from '../../sandbox/demo-source.ts';
import { demoRepository } from '../../sandbox/demo-repository.ts';
import { startImageRegistry } from '../../sandbox/image-registry.ts';
import { hasChromium, openBrowser, type Page } from '../chromium.ts';
import { installRenderers } from '../manifests/renderers.ts';
import { scenarios, type Scenario } from './harness.ts';
import { nameServers } from './named-servers.ts';

const STYLE = `body { font: 14px/1.5 sans-serif; color: #1f2328; margin: 24px; }
h1 { font-size: 24px; font-weight: 400; border-bottom: 1px solid #d1d9e0; padding-bottom: 8px; }
table { border-collapse: collapse; margin: 16px 0; }
td, th { border: 1px solid #d1d9e0; padding: 6px 13px; }
code { background: #f0f1f2; border-radius: 6px; padding: 2px 5px; font-size: 85%; }
a { color: #0969da; text-decoration: none; }`;

let page: Page;
beforeAll(async () => {
  if (hasChromium()) page = await openBrowser();
});
afterAll(() => page?.close());

const { renderers } = installRenderers();
const isSeen = hasChromium() && renderers.length > 0;

const see = (current: () => Scenario): void => {
  test.skipIf(!isSeen)('is seen as it is meant (needs chromium and kubectl)', async () => {
    const { action, sandbox } = current();
    let jobSummary = '';
    const commits = await createDemoSource(sandbox);
    const registry = await startImageRegistry();
    pushDemoImages(registry, sandbox, commits);
    const servers = await nameServers({ 'ghcr.io': { serverUrl: `http://${registry.host}` } });
    try {
      const environment = {
        ...servers.environment,
        PATH: `${process.env['PATH']}:${dirname(renderers[0]?.kubectl ?? '/')}`,
        GITHUB_SHA: commits.get('1.5.0') ?? '',
      };
      const inputs = { images: 'ghcr.io/acme/web:1.5.0', registry: 'check', render: 'auto' };
      const { exitCode, stdout, summary } = await action(inputs, environment);
      expect(exitCode, stdout).toBe(0);
      jobSummary = summary;
    } finally {
      await Promise.all([servers.close(), registry.close()]);
    }
    const [pullRequest] = await sandbox.pullRequests();
    const { title = '', body = '' } = pullRequest ?? {};
    const shown = (markdown: string): string => new MarkdownIt({ html: true, breaks: true }).render(markdown);
    const show = (html: string): Promise<Buffer> => page.picture(`<style>${STYLE}</style>${html}`, 860);
    const picture = await show(`<h1>${title} <small>#1</small></h1>${shown(body ?? '')}`);

    const seen = await page.read<string>('document.body.innerText');
    expect(seen).toContain('Release web 1.4.1 → 1.5.0 (minor): 4 places in 4 files.');
    expect(seen).toContain('Breaking change: feat(cart)!: carts outlive the session – Ada Lovelace');
    expect(seen).toContain('What changes in the cluster: 2 objects, only images');
    expect(seen, 'metadata, markup and what is folded').not.toMatch(/<!--|\*\*|\| ---|\\|Closing it without merging/);
    expect(await page.read(`[...document.querySelectorAll('tr')].map((row) => row.innerText)`)).toEqual([
      'Image\tFrom\tTo\tStep\tPlaces\tRegistry\tBuilt by',
      expect.stringMatching(
        /^ghcr\.io\/acme\/web\t1\.4\.1\t1\.5\.0\tminor\t4\tsha256:[\da-f]{12}, linux\/amd64 linux\/arm64, 2 hours old\tnot checked$/,
      ),
    ]);
    const isInside = 'document.documentElement.scrollWidth <= document.documentElement.clientWidth';
    expect(await page.read(isInside), 'nothing is to be scrolled sideways').toBe(true);

    // Addresses of a sandbox have another port in each run.
    const ofSummary = await show(shown(jobSummary.replaceAll(sandbox.serverUrl, 'https://github.com')));
    const summary = await page.read<string>('document.body.innerText');
    expect(summary).toMatch(/^Opened pull request #1 \(\S+\): 4 places in 4 files\./);
    expect(summary, 'markup').not.toMatch(/<!--|\*\*|\| ---/);
    const folder = process.env['PICTURES'];
    if (folder === undefined) return;
    writeFileSync(join(folder, 'pull-request.png'), picture);
    writeFileSync(join(folder, 'job-summary.png'), ofSummary);
  });
};

scenarios('the text of a pull request', demoRepository, see, { runs: 'processes' });
