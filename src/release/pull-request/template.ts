/** Mustache templates over one documented set of variables, rendered safely for the place they go to. */
import Mustache from 'mustache';
import { failure } from '../../core/errors.ts';
import { forCommit, forMarkdown, markdownCode, markdownUrl, oneLine } from '../../core/escape.ts';
import { nearName } from '../../core/near-name.ts';
import { memoized } from '../../core/objects.ts';
import { safeText } from '../../core/secrets.ts';
import { SafeContext, StrictWriter, type MakeSafe } from './strict-writer.ts';
import { VARIABLES, type Variables } from './template-variables.ts';

type Row = Readonly<Record<string, string>>;
type Table = Readonly<Record<string, string | Row | readonly [Row]>>;

/** Where a rendered text goes; the values are made safe for it, the template's own text is the author's. */
export type Place = 'ref' | 'line' | 'commit' | 'markdown';

const SAFE: Readonly<Record<Place, MakeSafe>> = {
  // No part of the path may begin with a dot, be empty or end in .lock.
  ref: (value) =>
    value
      .replace(/[^\w./-]+/g, '-')
      .replace(/\.{2,}/g, '.')
      .replace(/(^|\/)[./]+/g, '$1-')
      .replace(/\.lock(?=\/|$)/g, '-lock')
      .replace(/[./]$/, '-'),
  line: (value) => oneLine(value, 1000),
  commit: forCommit,
  markdown: (value, key) => {
    // Markdown already, whose values were made safe.
    if (key === 'rendered') return value;
    if (key === 'command') return markdownCode(value);
    return /url$/i.test(key) ? markdownUrl(value) : forMarkdown(value);
  },
};

/**
 * Renders the template of an input. Throws TEMPLATE_INVALID, TEMPLATE_VARIABLE_UNKNOWN, and TEMPLATE_VARIABLE_EMPTY
 * for a variable without a value outside a section that asks for it.
 */
export function renderTemplate(input: string, template: string, variables: Partial<Variables>, place: Place): string {
  const known = Object.fromEntries(Object.entries(VARIABLES).filter(([name]) => name in variables));
  try {
    checkNames(input, Mustache.parse(template) as Token[], [known]);
  } catch (error) {
    if (error instanceof Error && error.name === 'Error') {
      throw failure('TEMPLATE_INVALID', { input, reason: error.message }, error);
    }
    throw error;
  }
  // Also the template's own text, which may be given with a secret in it.
  const context = new SafeContext(variables, memoized(SAFE[place]));
  return safeText(new StrictWriter(input, variables).render(template, context));
}

/** `[type, name, start, end, children?]`, see mustache.js. */
type Token = [type: string, name: string, start: number, end: number, children?: Token[]];

/** Sections in sections: more than any text needs. */
const MAX_DEPTH = 20;

function checkNames(input: string, tokens: readonly Token[], scopes: readonly Table[], depth = 0): void {
  if (depth > MAX_DEPTH) {
    throw failure('TEMPLATE_INVALID', { input, reason: `has sections in sections, more than ${MAX_DEPTH} deep` });
  }
  for (const [type, name, , , children] of tokens) {
    if (type === 'text' || type === '!' || type === '=') continue;
    const found = type === '>' ? undefined : lookUp(name, scopes);
    if (found === undefined || (typeof found === 'object' && !children)) {
      throw failure('TEMPLATE_VARIABLE_UNKNOWN', { input, variable: name, nearest: nearestOf(name, scopes) });
    }
    if (children) {
      checkNames(input, children, typeof found === 'object' ? [rowOf(found), ...scopes] : scopes, depth + 1);
    }
  }
}

/** The variable that was probably meant. */
function nearestOf(name: string, scopes: readonly Table[]): string | undefined {
  const names = scopes.flatMap(namesOf);
  return names.find((one) => one.endsWith(`.${name}`) && !one.includes('[]')) ?? nearName(name, names);
}

function lookUp(name: string, scopes: readonly Table[]): Table[string] | undefined {
  const [first = '', second, ...rest] = name.split('.');
  const scope = scopes.find((candidate) => Object.hasOwn(candidate, first));
  const value = scope?.[first];
  if (second === undefined) return value;
  if (rest.length > 0 || typeof value !== 'object' || isList(value)) return undefined;
  return Object.hasOwn(value, second) ? value[second] : undefined;
}

const isList = (value: Row | readonly [Row]): value is readonly [Row] => Array.isArray(value);

const rowOf = (value: Row | readonly [Row]): Row => (isList(value) ? value[0] : value);

/** The names in a scope, as docs/templates.md lists them. */
function namesOf(scope: Table): string[] {
  return Object.entries(scope).flatMap(([name, value]) =>
    typeof value === 'string'
      ? name
      : Object.keys(rowOf(value)).map((key) => `${name}${isList(value) ? '[]' : ''}.${key}`),
  );
}
