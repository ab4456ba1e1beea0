/** A page of the documentation as its readers see it: its code, headings, links, tables and running text. */
import { readFileSync } from 'node:fs';
import GithubSlugger from 'github-slugger';
import MarkdownIt, { type Token } from 'markdown-it';

export interface Code {
  readonly language: string;
  readonly text: string;
}

export interface Cell {
  readonly text: string;
  /** What is written as code in it. */
  readonly words: readonly string[];
}

export interface Page {
  readonly codes: readonly Code[];
  /** What is written as code in running text and tables. */
  readonly words: readonly string[];
  /** The part of an address behind "#" that GitHub gives each heading. */
  readonly anchors: readonly string[];
  /** Addresses of links and pictures. */
  readonly links: readonly string[];
  /** Tables by rows of cells, the head first. */
  readonly tables: readonly (readonly (readonly Cell[])[])[];
  /** The text of each paragraph, item, heading and cell, without code and words in bold. */
  readonly prose: readonly string[];
}

export function readPage(path: string): Page {
  return parsePage(readFileSync(path, 'utf8'));
}

export function parsePage(text: string): Page {
  const tokens = new MarkdownIt().parse(text, {});
  const inlines = tokens.filter(({ type }) => type === 'inline');
  const slugger = new GithubSlugger();
  const headings = inlines.filter((token) => tokens[tokens.indexOf(token) - 1]?.type === 'heading_open');
  return {
    codes: tokens
      .filter(({ type }) => type === 'fence')
      .map(({ info, content }) => ({ language: info, text: content })),
    words: inlines.flatMap(wordsIn),
    anchors: headings.map((heading) => slugger.slug(shownText(heading))),
    links: inlines.flatMap(({ children }) => (children ?? []).flatMap(addressesIn)),
    tables: tablesOf(tokens),
    prose: inlines.map(proseOf).filter((prose) => prose !== ''),
  };
}

function addressesIn(token: Token): string[] {
  const address = token.type === 'link_open' ? token.attrGet('href') : token.type === 'image' && token.attrGet('src');
  return address ? [decodeURI(String(address))] : [];
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
