/** The text of the config file on a base. */
import { failure, ReleaseError } from '../core/errors.ts';
import type { Place } from '../core/objects.ts';
import type { RawInputs } from '../inputs/raw-inputs.ts';
import { defaultOf } from '../inputs/lookup.ts';
import type { Workspace } from '../release/workspace.ts';

export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/** The path of the config file in the repository: as the step names it, else the default one. It need not be there. */
export const configPath = (step: RawInputs): string => step.config?.replace(/^(?:\.?\/)+/, '') ?? defaultOf('config');

/** Where the config file is, and where it is by mistake: with the other of the two extensions of YAML. */
export function configPaths(step: RawInputs): readonly [path: string, ...mistaken: string[]] {
  const path = configPath(step);
  const mistaken = path.replace(/\.ya?ml$/, (extension) => (extension === '.yml' ? '.yaml' : '.yml'));
  return mistaken === path ? [path] : [path, mistaken];
}

/**
 * `undefined` where there is no such file. Throws CONFIG_NOT_FOUND where the step names it, or where one with the other extension
 * would have no effect.
 */
export async function readConfigFile({ store }: Workspace, step: RawInputs): Promise<ConfigFile | undefined> {
  const files = configPaths(step);
  const [path] = files;
  const { manifests } = await store.read({ words: [], files });
  const file = manifests.find((one) => one.path === path);
  if (file) return { path, text: Buffer.from(file.bytes).toString() };
  const [other] = manifests;
  if (!other && step.config === undefined) return undefined;
  throw failure('CONFIG_NOT_FOUND', { file: path, base: store.base, other: other?.path });
}

/** The same failure with its place in the config file, where the value that it is about is among those of the file. */
export function atInput(error: unknown, values: RawInputs, placeOf: (input: string) => Place | undefined): unknown {
  const input = error instanceof ReleaseError ? (error.input ?? '') : '';
  const place = Object.hasOwn(values, input) ? placeOf(input) : undefined;
  return place && error instanceof ReleaseError ? error.at(place) : error;
}
