/** Look-ups in the table of inputs. */
import { closest } from 'fastest-levenshtein';
import { failure, type ReleaseError } from '../core/errors.ts';
import { BOOLEAN, INPUT_TABLE, type ChoiceName, type ChoiceOf, type InputDefinition, type InputName } from './table.ts';

/** Names that other Actions have for these inputs, where the spelling is far from ours. */
const OTHER_NAMES: ReadonlyMap<string, readonly InputName[]> = new Map([
  ['app-id', ['app-client-id']],
  ['client-id', ['app-client-id']],
  ['private-key', ['app-private-key']],
  ['github-token', ['token']],
  ['gh-token', ['token']],
  ['repo-token', ['token']],
  ['tag', ['images', 'version']],
  ['digest', ['images', 'version']],
  ['image-tag', ['images', 'version']],
  ['file', ['paths']],
  ['files', ['paths']],
  ['directory', ['paths']],
  ['base-branch', ['base']],
  ['target-branch', ['base']],
  ['automerge', ['auto-merge']],
  ['environment', ['environments']],
  ['platform', ['forge']],
  ['provider', ['forge']],
]);

/** The inputs that an unknown name was probably meant to be; one or more. */
export function nearestInputs(name: string): readonly InputName[] {
  const folded = name.toLowerCase().replace(/[_\s]/g, '-');
  return OTHER_NAMES.get(folded) ?? [closest(folded, NAMES) as InputName];
}

const NAMES: readonly InputName[] = INPUT_TABLE.map(({ name }) => name);

/** INPUT_MISSING for an input, with the environment variable that is read in place of a flag where it is a secret. */
export function missingInput(input: InputName): ReleaseError {
  const variable = variableOf(input);
  return failure('INPUT_MISSING', { input, ...(variable !== undefined && { variable }) });
}

/** The environment variable of a secret on the command line; `undefined` for an input that has a flag. */
export function variableOf(input: InputName): string | undefined {
  return INPUT_TABLE.find(({ name }) => name === input)?.variable;
}

/** The value of an input that is not given. */
export function defaultOf(name: InputName): string {
  return INPUT_TABLE.find((input) => input.name === name)?.default ?? '';
}

/** Whether an input is true or false, so that its flag has no value. */
export function isSwitch({ choices }: InputDefinition): boolean {
  return choices === BOOLEAN;
}

/** The values of an input that has a closed set of them. */
export function choicesOf<Name extends ChoiceName>(name: Name): readonly ChoiceOf<Name>[] {
  return INPUT_TABLE.find((input) => input.name === name)?.choices as readonly ChoiceOf<Name>[];
}
