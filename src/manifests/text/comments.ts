/** The comments of a text, by the kind of its file. */
import { withoutTemplateEnding } from '../../core/manifest-names.ts';

type Comment = keyof typeof COMMENTS;

/** A mark inside a word or an address is none. */
const COMMENTS = {
  hash: /(?<=^|\s)#.*$/,
  slashes: /(?<=^|\s)\/\/.*$/,
  stars: /\/\*[\s\S]*?\*\//,
  dashes: /(?<=^|\s)--(?:\s.*)?$/,
  markup: /<!--[\s\S]*?-->/,
  semicolon: /^[ \t]*;.*$/,
  remark: /^[ \t]*(?:rem\b|::).*$/,
  go: /\{\{-?[ \t]*\/\*[\s\S]*?\*\/[ \t]*-?\}\}/,
  jinja: /(?<!\$)\{#[\s\S]*?#\}/,
} as const satisfies Readonly<Record<string, RegExp>>;

/** A quote that begins a value and ends on its line: a mark in it is text. */
const QUOTED = /(?<=^|[\s=:,([{])(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')/;

/** The first that has the file's name; comments of templates are everywhere. */
const KINDS: readonly (readonly [name: RegExp, comments: readonly Comment[]])[] = [
  [/\.(?:mdx?|markdown|x?html?|xml|svg|vue)$/i, ['markup']],
  [
    /\.(?:[cm]?[jt]sx?|go|java|kts?|groovy|gradle|c|cc|cpp|h|hpp|cs|rs|swift|scala|dart|proto|cue|(?:json|lib)sonnet|json[c5]?|bicep|s?css)$|(?:^|\/)Jenkinsfile[^/]*$/i,
    ['slashes', 'stars'],
  ],
  [/\.(?:tf|tfvars|hcl|nomad|php)$/i, ['hash', 'slashes', 'stars']],
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
  // The ending of a template or copy says nothing: `deploy.sh.tpl`.
  const name = withoutTemplateEnding(path).replace(/\.(?:dist|example|sample)$/i, '');
  const [, pattern = /(?!)/g] = PATTERNS.find(([kind]) => kind.test(name)) ?? [];
  return text.replace(pattern, (match: string, quoted: unknown) =>
    quoted === undefined ? match.replace(/[^\r\n]/g, ' ') : match,
  );
}
