/** The Japanese README says what the English one says, and the Japanese pages name only what there is. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { failureCodes } from '../src/core/errors.ts';
import { readConfig } from '../src/environments/config/config.ts';
import { INPUT_TABLE, SETTING_NAMES } from '../src/inputs/table.ts';
import { readMarkdown, type CodeBlock, type MarkdownPage } from './markdown.ts';
import { FLAGS, ownStepsIn } from './own-steps.ts';

const EXAMPLES = {
  'docs/ja/circleci-argo-cd.md': 'examples/circleci/config.yml',
  'docs/ja/gitlab-argo-cd.md': 'examples/gitlab/.gitlab-ci.yml',
  'docs/ja/aks-flux.md': 'examples/aks-flux.yml',
  'docs/ja/eks.md': 'examples/eks-argo-cd.yml',
};
const PAGES = readdirSync('docs/ja').map((name) => `docs/ja/${name}`);
const MODES = INPUT_TABLE.find(({ name }) => name === 'mode')?.choices ?? [];

const english = readMarkdown('README.md');
const japanese = readMarkdown('README.ja.md');

const targetsOf = ({ links }: MarkdownPage): string[] => links.map(({ target }) => target);

/** Comments are in the language of the page: whole lines, and behind a command after several spaces. */
function withoutComments(text: string): string {
  return text.replaceAll(/^ *#.*\n| {2,}#.*$/gm, '');
}

describe('README.ja.md', () => {
  test('has the code of README.md', () => {
    const codes = ({ blocks: all }: typeof english): Pick<CodeBlock, 'language' | 'text'>[] =>
      all.map(({ language, text }) => ({ language, text: withoutComments(text) }));
    expect(codes(japanese)).toEqual(codes(english));
  });

  test('has the tables of README.md, with the same code in each cell', () => {
    const words = ({ tables }: typeof english): string[][][][] =>
      tables.map((rows) => rows.map((cells) => cells.map((cell) => cell.words.toSorted())));
    expect(words(japanese)).toEqual(words(english));
  });

  test('names what README.md names', () => {
    expect(japanese.words.toSorted()).toEqual(english.words.toSorted());
  });

  test('has as many headings as README.md', () => {
    expect(japanese.headings).toHaveLength(english.headings.length);
  });

  test('has the links of README.md; each of the two begins with a link to the other', () => {
    const [[toJapanese, ...ofEnglish], [toEnglish, ...ofJapanese]] = [targetsOf(english), targetsOf(japanese)];
    expect([toJapanese, toEnglish]).toEqual(['README.ja.md', 'README.md']);
    expect(ofJapanese.toSorted()).toEqual(ofEnglish.toSorted());
  });
});

test('each Japanese page is linked in both READMEs, and has an example', () => {
  expect(PAGES.toSorted()).toEqual(Object.keys(EXAMPLES).toSorted());
  for (const readme of [english, japanese]) expect(targetsOf(readme)).toEqual(expect.arrayContaining(PAGES));
});

describe.each(['README.ja.md', ...PAGES])('%s', (path) => {
  const page = readMarkdown(path);

  test('is in Japanese', () => {
    const rest = page.prose.filter((text) => {
      const hasSentence = /[A-Za-z]+(?:[ ,]+[A-Za-z]+){4}/.test(text);
      const isLong = /(?:[A-Za-z]+\W+){3}[A-Za-z]/.test(text);
      return hasSentence || (isLong && !/[ぁ-ん]/.test(text) && !text.includes('、'));
    });
    expect(rest).toEqual([]);
  });

  test('ends its sentences politely', () => {
    const sentences = page.prose.flatMap((text) => text.split(/(?<=。)\s*/)).filter((text) => text.endsWith('。'));
    const rude = sentences.filter(
      (text) => !/(?:です|ます|ません|でした|ました|ください)(?:（[^）]*）)?。$/.test(text),
    );
    expect(rude).toEqual([]);
  });
});

describe.each(Object.entries(EXAMPLES))('%s', (path, example) => {
  const page = readMarkdown(path);
  const yamls = page.blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);

  test('shows its example as it is, but for the comments, and links to it', () => {
    const shown = yamls.map(withoutComments);
    expect(shown).toContain(withoutComments(readFileSync(example, 'utf8')));
    expect(targetsOf(page)).toContain(`../../${example}`);
  });

  test('has an example that releases to staging alone', () => {
    const text = readFileSync(example, 'utf8');
    expect(text).toMatch(/--paths "\*staging\*"|paths: '\*staging\*'/);
  });

  test('uses commands and flags that there are', () => {
    const commands = page.blocks.flatMap(({ text }) => text.split('/cli.cjs ').slice(1));
    const lines = commands.map((text) => text.split(/\n(?! +--)/)[0] ?? '');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.map((line) => line.split(/\s/)[0]).filter((mode) => !MODES.includes(mode ?? ''))).toEqual([]);
    const used = [...lines, ...page.words].join(' ').matchAll(/(?<=\s)--([a-z-]+)/g);
    expect([...used].map(([, flag = '']) => flag).filter((flag) => !FLAGS.includes(flag))).toEqual([]);
  });

  test('uses inputs and settings that there are', () => {
    const settingNames: ReadonlySet<string> = SETTING_NAMES;
    const inputs: string[] = INPUT_TABLE.map(({ name }) => name).filter((name) => !settingNames.has(name));
    const given = yamls.flatMap((text) => ownStepsIn(parse(text))).map((step) => step.with ?? {});
    expect(given.flatMap(Object.keys).filter((name) => !inputs.includes(name))).toEqual([]);
    const settings = given.flatMap((values) => Object.keys((parse(values['settings'] ?? '') ?? {}) as object));
    expect(settings.filter((name) => !settingNames.has(name))).toEqual([]);
  });

  test('has a config file that is taken', () => {
    const configs = yamls.filter((text) => text.startsWith('# .github/manifest-release.yaml'));
    expect(configs).toHaveLength(1);
    expect(() => readConfig('.github/manifest-release.yaml', configs[0] ?? '')).not.toThrow();
  });

  test('names errors that there are', () => {
    const column = page.tables.flatMap(([head, ...rows]) => {
      const index = head?.findIndex(({ text }) => text === 'エラー') ?? -1;
      return rows.flatMap((cells) => cells[index]?.words ?? []);
    });
    expect(column.length).toBeGreaterThan(3);
    expect(column.filter((code) => !failureCodes.includes(code as never))).toEqual([]);
  });
});
