/** What a person sees of a release on a real Gitea, in a real browser. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasChromium, openBrowser, type Page } from '../../__tests__/chromium.ts';
import { ask } from './people.ts';
import { eachWithRepository } from './scenario.ts';

const isHere = hasChromium();
const current = eachWithRepository({
  'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
  'run.sh': 'pull ghcr.io/acme/web:1.4.0\n',
});

let page: Page;
beforeAll(async () => {
  if (isHere) page = await openBrowser();
});
afterAll(() => page?.close());

test.skipIf(!isHere)(
  'the page of a pull request shows the text as it is meant, and no metadata (needs chromium)',
  async () => {
    const { cli, api, gitea, name } = current();
    const { outputs, log } = await cli('release', { images: 'ghcr.io/acme/web:1.4.2', labels: 'release' });
    expect(outputs, log).toMatchObject({ outcome: 'created' });
    // So that the browser needs no login.
    await ask(gitea, gitea.admin, 'PATCH', `/repos/${name}`, { private: false });
    await page.open(String(outputs['pull-request-url']));
    // Of the module of Go there are no styles; the page has the source of the text too, which they hide.
    await page.read(`document.head.appendChild(document.createElement('style')).textContent =
      '.tw-hidden { display: none !important }'`);

    const shown = await page.read<string>('document.body.innerText');
    expect(shown).toContain('Release web 1.4.1 → 1.4.2 (patch)');
    expect(shown).toContain('Release web 1.4.1 → 1.4.2 (patch): 1 place in 1 file.');
    // Folded.
    expect(shown).not.toContain('Closing it without merging');
    expect((await api('GET', '/pulls/1')).body).toContain('manifest-release-pr');
    expect(shown).not.toMatch(/manifest-release-pr: \{|<!--|\| ---|\*\*/);

    const text = "document.querySelector('.comment-body .render-content')";
    expect(
      await page.read(`[...${text}.querySelectorAll('table tr')].map((row) =>
      [...row.cells].map((cell) => cell.nodeName + ' ' + cell.innerText))`),
    ).toEqual([
      ['TH Image', 'TH From', 'TH To', 'TH Step', 'TH Places'],
      ['TD ghcr.io/acme/web', 'TD 1.4.1', 'TD 1.4.2', 'TD patch', 'TD 1'],
    ]);
    expect(await page.read(`${text}.querySelector('table').getBoundingClientRect().height > 20`)).toBe(true);
    expect(await page.read(`[...${text}.querySelectorAll('strong')].map((one) => one.innerText)`)).toEqual([
      'web',
      '1.4.2',
      'Where',
      'Left as it is:',
    ]);
    expect(await page.read(`[...${text}.querySelectorAll(':scope > ul > li')].map((one) => one.innerText)`)).toEqual([
      'web.yaml:1 image: ghcr.io/acme/web 1.4.1 → 1.4.2',
      'run.sh:1 has ghcr.io/acme/web 1.4.0: it is in a file that is neither YAML nor JSON',
    ]);
    expect(await page.read("[...document.querySelectorAll('.labels-list a')].map((one) => one.innerText)")).toContain(
      'release',
    );
  },
);
