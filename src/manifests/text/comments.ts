/** The comments of a text, by the kind of its file. */
import { withoutTemplateEnding } from '../../core/manifest-names.ts';

type Comment = keyof typeof COMMENTS;

/** A mark inside a word or an address is none. Of a comment that may have several lines, what opens it. */
const COMMENTS = {
  hash: /(?<=^|\s)#.*$/,
  slashes: /(?<=^|\s)\/\/.*$/,
  stars: /\/\*/,
  dashes: /(?<=^|\s)--(?:\s.*)?$/,
  markup: /<!--/,
  semicolon: /^[ \t]*;.*$/,
  remark: /^[ \t]*(?:rem\b|::).*$/,
  go: /\{\{-?[ \t]*\/\*/,
  jinja: /(?<!\$)\{#/,
} as const satisfies Readonly<Record<string, RegExp>>;

/** What closes a comment, by what opens it. */
const CLOSINGS: readonly (readonly [opening: RegExp, closing: RegExp])[] = [
  [/^\/\*$/, /\*\//g],
  [/^<!--$/, /-->/g],
  [/^\{\{/, /\*\/[ \t]*-?\}\}/g],
  [/^\{#$/, /#\}/g],
];

/** A quote that begins a value and ends on its line: a mark in it is text. */
const QUOTED = /(?<=^|[\s=:,([{])(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')/;

/** The first that has the file's name; comments of templates are everywhere. */
const KINDS: readonly (readonly [name: RegExp, comments: readonly Comment[]])[] = [
  [/\.(?:mdx?|markdown|x?html?|xml|svg|vue)$/i, ['markup']],
  [
    /\.(?:[cm]?[jt]sx?|go|java|kts?|groovy|gradle|c|cc|cpp|h|hpp|cs|rs|swift|scala|dart|proto|cue|json[c5]?|bicep|s?css)$|(?:^|\/)Jenkinsfile[^/]*$/i,
    ['slashes', 'stars'],
  ],
  [/\.(?:tf|tfvars|hcl|nomad|php|jsonnet|libsonnet)$/i, ['hash', 'slashes', 'stars']],
  [/\.(?:sql|lua|hs)$/i, ['dashes', 'stars']],
  [/\.(?:ini|cfg|conf|properties)$/i, ['hash', 'semicolon']],
  [/\.(?:bat|cmd)$/i, ['remark']],
  [/(?:)/, ['hash']],
];

const PATTERNS = KINDS.map(([name, comments]) => {
  const marks = [...comments, 'go' as const, 'jinja' as const].map((comment) => COMMENTS[comment].source);
  return [name, new RegExp(`(?<quoted>${QUOTED.source})|${marks.join('|')}`, 'gm')] as const;
});

/** The text of a file, as long as before and with the same lines, with blanks for its comments. */
export function withoutComments(path: string, text: string): string {
  // The ending of a template or copy is not that of the language: `deploy.sh.tpl`.
  const name = withoutTemplateEnding(path).replace(/\.(?:dist|example|sample)$/i, '');
  const [, pattern = /(?!)/g] = PATTERNS.find(([kind]) => kind.test(name)) ?? [];
  const parts: string[] = [];
  // Behind an opening without an end no other has one: each search goes over the text once.
  const unclosed = new Set<RegExp>();
  let position = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { 0: mark, index } = match;
    if (match.groups?.['quoted'] !== undefined) continue;
    const closing = CLOSINGS.find(([opening]) => opening.test(mark))?.[1];
    if (closing && !unclosed.has(closing)) {
      closing.lastIndex = pattern.lastIndex;
      if (!closing.test(text)) unclosed.add(closing);
    }
    if (closing && unclosed.has(closing)) {
      pattern.lastIndex = index + 1;
      continue;
    }
    const end = closing?.lastIndex ?? pattern.lastIndex;
    parts.push(text.slice(position, index), text.slice(index, end).replace(/[^\r\n]/g, ' '));
    position = pattern.lastIndex = end;
  }
  return [...parts, text.slice(position)].join('');
}
