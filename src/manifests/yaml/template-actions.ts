/** The actions of templates: `{{ … }}` of Go, Jinja and Mustache, `{% … %}`, `{# … #}`, `<% … %>` of ERB, `%{ … }` of Terraform. */

/** Where an action is, and what it says of the text behind it, up to the next: that it is one branch of several. */
export interface TemplateAction {
  readonly start: number;
  readonly end: number;
  readonly role: 'opens' | 'alternates' | 'closes' | 'other';
}

interface Syntax {
  readonly close: string;
  /** Whether a closing mark may be in a string. */
  readonly hasStrings: boolean;
}

const SYNTAXES: ReadonlyMap<string, Syntax> = new Map([
  ['{{', { close: '}}', hasStrings: true }],
  ['{%', { close: '%}', hasStrings: true }],
  ['{#', { close: '#}', hasStrings: false }],
  ['<%', { close: '%>', hasStrings: false }],
  ['%{', { close: '}', hasStrings: false }],
]);

/** The beginning of an action. In a shell `${#array}` is a length; logs and patterns have `%{name}`. */
export const OPENING = /\{[{%]|(?<!\$)\{#|<%|%\{(?=~?[ \t]*(?:if|else|endif|for|endfor)\b)/g;
const GO_COMMENT = /\{\{-?\s*\/\*/y;
/** A string as a whole, a closing mark, or what is neither; each is tried once. */
const PART = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|\\.|[}%]\}|[^"'`\\}%]+|[^]/y;

const ROLES: readonly (readonly [role: TemplateAction['role'], words: RegExp])[] = [
  ['opens', /^(?:[#^]|(?:if|unless|for|range|with|block|define)\b)|\bdo(?:\s*\|[^|]*\|)?$/],
  ['alternates', /^(?:else|elif|elsif)\b/],
  ['closes', /^(?:\/(?!\*)|end(?:if|for|with|block)?\b)/],
];

/** The actions of a text, in its order. One without an end is none. Linear in the text's length. */
export function* templateActions(text: string): Generator<TemplateAction> {
  const unclosed = new Set<string>();
  let position = 0;
  for (const { 0: mark, index: start } of text.matchAll(OPENING)) {
    const syntax = SYNTAXES.get(mark);
    if (!syntax || start < position || unclosed.has(mark)) continue;
    const end = endOf(text, start, syntax);
    if (end < 0) {
      unclosed.add(mark);
    } else {
      yield { start, end, role: mark === '{#' ? 'other' : roleOf(text.slice(start + 2, end - syntax.close.length)) };
      position = end;
    }
  }
}

function endOf(text: string, start: number, { close, hasStrings }: Syntax): number {
  GO_COMMENT.lastIndex = start;
  const comment = GO_COMMENT.test(text) ? text.indexOf('*/', GO_COMMENT.lastIndex) : start;
  if (comment < 0) return -1;
  if (!hasStrings || comment > start) {
    const end = text.indexOf(close, comment + 2);
    return end < 0 ? -1 : end + close.length;
  }
  PART.lastIndex = start + 2;
  for (let match = PART.exec(text); match; match = PART.exec(text)) {
    if (match[0] === close) return PART.lastIndex;
  }
  return -1;
}

function roleOf(body: string): TemplateAction['role'] {
  const words = body
    .replace(/^[-~]?\s*/, '')
    .replace(/[-~]$/, '')
    .trimEnd();
  return ROLES.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other';
}
