/** The inputs as flags of the command line, and the secrets in environment variables. */
import { Option } from 'commander';
import { failure } from '../core/errors.ts';
import { keepSecret } from '../core/secrets.ts';
import { isSwitch } from '../inputs/lookup.ts';
import { inputsOfMode } from '../inputs/mode-inputs.ts';
import type { RawInputs } from '../inputs/raw-inputs.ts';
import { INPUT_TABLE, type ChoiceOf } from '../inputs/table.ts';

/** As Commander gives them: by the names in camel case. */
export type Flags = Readonly<Record<string, string | string[] | boolean | undefined>>;

/** The mode is the command, secrets are in variables, and each setting has a flag of its own. */
const hasFlag = ({ name, variable }: (typeof INPUT_TABLE)[number]): boolean =>
  name !== 'mode' && name !== 'settings' && variable === undefined;

/** The names of the flags without a value. */
export const SWITCHES: ReadonlySet<string> = new Set(['json', ...INPUT_TABLE.filter(isSwitch).map(({ name }) => name)]);

/** One flag for each input and each setting; in the help are those that the mode reads. */
export function flags(mode: ChoiceOf<'mode'>): Option[] {
  const read = inputsOfMode(mode);
  return INPUT_TABLE.filter(hasFlag).map((input) => {
    const isShown = input.default !== '' && !isSwitch(input) && !input.default.startsWith('$');
    const description = input.description + (isShown ? ` (default: ${input.default})` : '');
    const option = new Option(`--${input.name}${isSwitch(input) ? '' : ' <text>'}`, description);
    if (input.list) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
    return option.hideHelp(!read.has(input.name));
  });
}

/** The inputs that flags and environment variables give. Keeps the secrets. Throws INPUT_INVALID. */
export function readFlags(given: Flags): RawInputs {
  const texts = INPUT_TABLE.map(({ name, variable }) => {
    const own = variable === undefined ? asText(given[camelCase(name)]) : (process.env[variable] ?? '');
    const text = name === 'token' ? readToken(given['tokenEnv'], own) : own;
    if (variable !== undefined) keepSecret(text);
    return [name, text];
  });
  return Object.fromEntries(texts) as RawInputs;
}

function readToken(variable: Flags[string], ours: string): string {
  if (typeof variable !== 'string') return ours;
  const token = process.env[variable];
  if (token === undefined) {
    // Not shown: it may be the token itself.
    throw failure('INPUT_INVALID', {
      input: 'token-env',
      value: '…',
      reason: 'is not the name of a variable that is set',
    });
  }
  return token;
}

function asText(value: Flags[string]): string {
  return Array.isArray(value) ? value.join('\n') : String(value ?? '');
}

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
