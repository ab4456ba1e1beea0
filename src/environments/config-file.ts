/** The text of the config file on a base. */
import { ReleaseError } from '../core/errors.ts';
import type { Place } from '../core/objects.ts';
import type { RawInputs } from '../inputs/raw-inputs.ts';
import { defaultOf } from '../inputs/lookup.ts';
import type { Workspace } from '../release/workspace.ts';

export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/** The path of the config file in the repository: as the step names it, else the default one. It need not be there. */
export const configPath = (step: RawInputs): string => step.config ?? defaultOf('config');

/** `undefined` where there is no such file. */
export async function readConfigFile({ store }: Workspace, step: RawInputs): Promise<ConfigFile | undefined> {
  const path = configPath(step);
  const { manifests } = await store.read({ words: [], files: [path] });
  const [file] = manifests;
  return file && { path, text: Buffer.from(file.bytes).toString() };
}

/** The same failure with its place in the config file, where the value that it is about is among those of the file. */
export function atInput(error: unknown, values: RawInputs, placeOf: (input: string) => Place | undefined): unknown {
  const input = error instanceof ReleaseError ? (error.input ?? '') : '';
  const place = Object.hasOwn(values, input) ? placeOf(input) : undefined;
  return place && error instanceof ReleaseError ? error.at(place) : error;
}
