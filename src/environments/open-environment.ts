/** How an environment is opened: the inputs of the step, the config file, and the clone of its base. */
import { failure } from '../core/errors.ts';
import type { Ci } from '../inputs/ci.ts';
import type { RawInputs } from '../inputs/raw-inputs.ts';
import { defaultOf } from '../inputs/lookup.ts';
import { readLines } from '../inputs/values.ts';
import type { Workspace } from '../release/workspace.ts';
import { configPath, readConfigFile } from './config-file.ts';
import { readConfig, type Config, type EnvironmentConfig } from './config/config.ts';
import { baseOf, type Environment } from './environment.ts';

/** The whole repository: the paths of an environment are not known before the file is read. */
export const EVERYTHING = ['.'];

/** The environment on its base. Throws what withWorkspace throws. */
export async function openEnvironment(
  config: EnvironmentConfig,
  workspace: Workspace,
  step: RawInputs,
  ci: Ci,
): Promise<Environment> {
  const base = baseOf(config, step);
  const isHere = base === '' || base === workspace.store.base;
  if (isHere) return { workspace, config, step, ci };
  const there = await workspace.at(base);
  // Another environment of that base may be released at this moment.
  return { workspace: there.beside?.(workspace.log) ?? there, config, step, ci };
}

/** How a release gets to the base of an environment. */
export const deliveryOf = ({ raw }: EnvironmentConfig, step: RawInputs): string =>
  step.delivery ?? raw.delivery ?? defaultOf('delivery');

/**
 * Fetches in one request the manifests of all environments that have the base of the config file; with `others` also files
 * of other kinds, which a release searches, and what is known of the branches of releases.
 */
export async function prefetch(
  environments: readonly EnvironmentConfig[],
  { store }: Workspace,
  step: RawInputs,
  { others, branches }: { readonly others: boolean; readonly branches: readonly string[] },
): Promise<void> {
  const here = environments.filter((one) => [store.base, ''].includes(baseOf(one, step)));
  // In a clone the one environment reads them by itself.
  if (here.length < 2 && store.canPush) return;
  const pathsOf = ({ raw }: EnvironmentConfig): string[] => readLines(step.paths ?? raw.paths ?? '');
  await store.prefetch(
    here.map((one) => ({ words: [], paths: pathsOf(one), others })),
    branches,
  );
}

/** Reads the config file on the base. Throws CONFIG_NOT_FOUND, CONFIG_INVALID. */
export async function fetchConfig(workspace: Workspace, step: RawInputs): Promise<Config> {
  const file = await readConfigFile(workspace, step);
  if (!file) throw failure('CONFIG_NOT_FOUND', { file: configPath(step), base: workspace.store.base });
  return readConfig(file.path, file.text);
}
