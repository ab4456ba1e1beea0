/** Look-ups in the table of inputs for messages. */
import { failure, type ReleaseError } from '../core/errors.ts';
import { INPUT_TABLE, type InputName } from './table.ts';

/** INPUT_MISSING for an input, with the environment variable that is read in place of a flag where it is a secret. */
export function missingInput(input: InputName): ReleaseError {
  const variable = INPUT_TABLE.find(({ name }) => name === input)?.variable;
  return failure('INPUT_MISSING', { input, ...(variable !== undefined && { variable }) });
}
