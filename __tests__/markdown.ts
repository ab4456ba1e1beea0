/** Pages of Markdown as tests read them: code blocks, headings with the anchors that GitHub gives them, and links. */
import { readFileSync } from 'node:fs';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';

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

export interface MarkdownPage {
  readonly blocks: readonly CodeBlock[];
  readonly headings: readonly Heading[];
  /** Of images too. */
  readonly links: readonly Link[];
}

const parser = new MarkdownIt({ html: true });

export function readMarkdown(path: string): MarkdownPage {
  const tokens = parser.parse(withoutFrontMatter(readFileSync(path, 'utf8')), {});
  const slugger = new GithubSlugger();
  const lineOf = (token: { map: [number, number] | null } | undefined): number => (token?.map?.[0] ?? 0) + 1;
  const blocks = tokens
    .filter(({ type }) => type === 'fence')
    .map((token) => ({ language: token.info.trim(), text: token.content, line: lineOf(token) }));
  const headings = tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const text = (tokens[index + 1]?.children ?? []).map(({ content }) => content).join('');
    return [{ level: Number(token.tag.slice(1)), text, anchor: slugger.slug(text) }];
  });
  const links = tokens.flatMap((token) =>
    (token.children ?? []).flatMap((child) => {
      const target = child.attrGet('href') ?? child.attrGet('src');
      return target === null ? [] : [{ target: String(target), line: lineOf(token) }];
    }),
  );
  return { blocks, headings, links };
}

/** Blank lines in its place keep the numbers of the lines. */
const withoutFrontMatter = (text: string): string =>
  text.replace(/^---\n[\s\S]*?\n---\n/, (front) => front.replace(/[^\n]/g, ''));
