/** A page of Markdown as its readers see it: code, headings with the anchors that GitHub gives them, links, tables and running text. */
import { readFileSync } from 'node:fs';
import GithubSlugger from 'github-slugger';
import MarkdownIt, { type Token } from 'markdown-it';

export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly anchor: string;
}

export interface Link {
  readonly target: string;
  readonly line: number;
}

export interface Cell {
  readonly text: string;
  /** What is written as code in it. */
  readonly words: readonly string[];
}

export interface MarkdownPage {
  readonly blocks: readonly CodeBlock[];
  readonly headings: readonly Heading[];
  /** Of images too. */
  readonly links: readonly Link[];
  /** What is written as code in running text and tables. */
  readonly words: readonly string[];
  /** Tables by rows of cells, the head first. */
  readonly tables: readonly (readonly (readonly Cell[])[])[];
  /** The text of each paragraph, item, heading and cell, without code and words in bold. */
  readonly prose: readonly string[];
}

const parser = new MarkdownIt({ html: true });

export function readMarkdown(path: string): MarkdownPage {
  const tokens = parser.parse(withoutFrontMatter(readFileSync(path, 'utf8')), {});
  const inlines = tokens.filter(({ type }) => type === 'inline');
  const slugger = new GithubSlugger();
  return {
    blocks: tokens
      .filter(({ type }) => type === 'fence')
      .map((token) => ({ language: token.info.trim(), text: token.content, line: lineOf(token) })),
    headings: tokens.flatMap((token, index) => {
      const content = tokens[index + 1];
      if (token.type !== 'heading_open' || !content) return [];
      const text = shownText(content);
      return [{ level: Number(token.tag.slice(1)), text, anchor: slugger.slug(text) }];
    }),
    links: inlines.flatMap((token) => targetsIn(token).map((target) => ({ target, line: lineOf(token) }))),
    words: inlines.flatMap(wordsIn),
    tables: tablesOf(tokens),
    prose: inlines.map(proseOf).filter((prose) => prose !== ''),
  };
}

/** Blank lines in its place keep the numbers of the lines. */
const withoutFrontMatter = (text: string): string =>
  text.replace(/^---\n[\s\S]*?\n---\n/, (front) => front.replace(/[^\n]/g, ''));

const lineOf = ({ map }: Token): number => (map?.[0] ?? 0) + 1;

function targetsIn({ children }: Token): string[] {
  return (children ?? []).flatMap((child) => {
    const target = child.attrGet('href') ?? child.attrGet('src');
    return target === null ? [] : [decodeURI(String(target))];
  });
}

function shownText({ children }: Token): string {
  return (children ?? []).map(({ content }) => content).join('');
}

function wordsIn({ children }: Token): string[] {
  return (children ?? []).filter(({ type }) => type === 'code_inline').map(({ content }) => content);
}

function tablesOf(tokens: readonly Token[]): Cell[][][] {
  const tables: Cell[][][] = [];
  for (const [index, { type }] of tokens.entries()) {
    if (type === 'table_open') tables.push([]);
    if (type === 'tr_open') tables.at(-1)?.push([]);
    const content = tokens[index + 1];
    if ((type === 'th_open' || type === 'td_open') && content) {
      tables
        .at(-1)
        ?.at(-1)
        ?.push({ text: shownText(content), words: wordsIn(content) });
    }
  }
  return tables;
}

function proseOf({ children }: Token): string {
  let depth = 0;
  const texts = (children ?? []).map(({ type, content }) => {
    if (type === 'strong_open') depth += 1;
    if (type === 'strong_close') depth -= 1;
    if (type === 'softbreak') return '\n';
    return type === 'text' && depth === 0 ? content : '';
  });
  return texts.join('').trim();
}
