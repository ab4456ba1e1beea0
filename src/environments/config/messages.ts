/** Messages for problems of a config file. */
import type * as z from 'zod/mini';
import { quote } from '../../core/escape.ts';
import { nearName } from '../../core/near-name.ts';
import { INPUT_TABLE } from '../../inputs/table.ts';
import { KEYS } from './schema.ts';

export interface ConfigProblem {
  readonly path: readonly PropertyKey[];
  /** Which of the two the position is of. */
  readonly part: 'key' | 'value';
  readonly reason: string;
  /** What to do, or empty. */
  readonly advice: string;
}

type Issue = z.core.$ZodIssue;
type Explanations = {
  readonly [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>) => ConfigProblem;
};

const EXPLANATIONS: Explanations = {
  unrecognized_keys: ({ path, keys: [key = ''] }) => {
    const place = ADVICE_FOR_KEYS.get(key);
    return {
      path: [...path, key],
      part: 'key',
      reason: `${quote(key)} ${place === undefined ? 'is unknown' : 'is not allowed'} here`,
      advice: place ?? didYouMean(key, KEYS[path.length] ?? []),
    };
  },
  invalid_type: ({ path, expected, input }) => wrongType(path, input, NEEDED[expected] ?? expected),
  invalid_union: ({ path, input }) => {
    const index = Array.isArray(input) ? input.findIndex((item) => typeof item !== 'string') : -1;
    return index < 0
      ? wrongType(path, input, 'a text or a list of texts')
      : wrongType([...path, index], (input as unknown[])[index], 'a text');
  },
  invalid_value: ({ path, input, values }) => ({
    path,
    part: 'value',
    reason: `${subject(path)} is ${shown(input)}, none of ${values.slice(0, -1).map(String).join(', ')} and ${String(values.at(-1))}`,
    advice: values.some((value) => typeof value !== 'string' && String(value) === input)
      ? 'Write it without quotes.'
      : '',
  }),
  invalid_key: ({ path }) => ({
    path,
    part: 'key',
    reason: `${quote(String(path.at(-1)))} cannot be a name`,
    advice: 'A name starts with a letter or digit and has at most 63 letters, digits, dots, hyphens and underscores.',
  }),
};

/** The message for an issue of the schema. */
export function explain(issue: Issue): ConfigProblem {
  const explanation = EXPLANATIONS[issue.code] as ((issue: Issue) => ConfigProblem) | undefined;
  return explanation?.(issue) ?? { path: issue.path, part: 'value', reason: issue.message, advice: '' };
}

/** The known name that was probably meant; where none is near, those that there are. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearName(name, known);
  if (near !== undefined) return `Did you mean ${quote(near)}?`;
  const more = known.length - MOST_KNOWN;
  const named = known.slice(0, MOST_KNOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return named === '' ? '' : `Known here: ${named}.`;
}

const MOST_KNOWN = 12;

/** Where a key belongs that is not allowed where it is. */
const ADVICE_FOR_KEYS: ReadonlyMap<string, string> = new Map([
  ...INPUT_TABLE.map(({ name }) => [name, 'It is an input of the step only.'] as const),
  ['defaults', 'It belongs at the top of the file.'],
  ['apps', 'It belongs at the top of the file.'],
  ['images', 'It belongs in an app.'],
  ['environments', 'It belongs in an app.'],
  ['after', 'It belongs in an environment.'],
]);

const NEEDED: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'a map of keys and values',
  record: 'a map of names',
};

function wrongType(path: ConfigProblem['path'], input: unknown, needed: string): ConfigProblem {
  if (input === undefined) return { path, part: 'key', reason: `${subject(path)} is missing`, advice: '' };
  const isScalar = typeof input === 'number' || typeof input === 'boolean';
  return {
    path,
    part: 'value',
    reason: `${subject(path)} is ${shown(input)}, and ${needed} is needed`,
    advice: isScalar && needed.startsWith('a text') ? 'Write it in quotes.' : '',
  };
}

function subject(path: ConfigProblem['path']): string {
  const last = path.at(-1);
  if (last === undefined) return 'this';
  return typeof last === 'number' ? `item ${last + 1} of ${quote(String(path.at(-2)))}` : quote(String(last));
}

function shown(input: unknown): string {
  if (input === null || input === '') return 'empty';
  if (typeof input === 'string') return quote(input);
  if (typeof input === 'number' || typeof input === 'boolean') return `the ${typeof input} ${input}`;
  return Array.isArray(input) ? 'a list' : 'a map';
}
