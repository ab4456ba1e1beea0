/** How an environment is come to: what the step says, the config file, the base, and the manifests there. */
import { readConfig, type Config, type EnvironmentConfig } from './config/config.ts';
import { failure } from '../core/errors.ts';
import type { Candidate } from '../git/search.ts';
import { defaultOf } from '../inputs/lookup.ts';
import { readLines, type RawInputs } from '../inputs/inputs.ts';
import type { Workspace } from '../release/workspace.ts';
import type { Stage } from './environment.ts';

/** The whole repository: what an environment has of it is not known before the file is read. */
export const EVERYTHING = ['.'];

/** What was given, without blanks around it. */
export function givenOf(raw: RawInputs): RawInputs {
  const entries = Object.entries(raw).map(([name, text]) => [name, text.trim()] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

/** Does some work at an environment, on its base. */
export async function visitEnvironment<Value>(
  environment: EnvironmentConfig,
  workspace: Workspace,
  step: RawInputs,
  work: (stage: Stage) => Promise<Value>,
): Promise<Value> {
  const base = baseOf(environment, step) || workspace.repository.base;
  const isHere = base === workspace.repository.base;
  return work({ workspace: isHere ? workspace : await workspace.at(base), environment, step });
}

/** Empty for that of the config file. */
const baseOf = ({ raw }: EnvironmentConfig, step: RawInputs): string =>
  (step.base ?? raw.base ?? '').replace(/^refs\/heads\//, '');

/**
 * Fetches the manifests of all environments on the base of the config file at once. Whatever is wrong with one of them is
 * told when that is visited.
 */
export async function prefetch(
  environments: readonly EnvironmentConfig[],
  { repository }: Workspace,
  step: RawInputs,
): Promise<void> {
  const here = environments.filter((one) => [repository.base, ''].includes(baseOf(one, step)));
  const candidates: Candidate[] = [];
  for (const { raw } of here.length > 1 ? here : []) {
    const terms = { words: [], paths: readLines(step.paths ?? raw.paths ?? '') };
    const found = await repository.search(terms, repository.baseCommit).catch(() => undefined);
    candidates.push(...(found?.candidates ?? []));
  }
  await repository.fetch({ candidates });
}

/** Reads the config file on the base. Throws CONFIG_NOT_FOUND, CONFIG_INVALID. */
export async function fetchConfig({ repository }: Workspace, step: RawInputs): Promise<Config> {
  const path = step.config ?? defaultOf('config');
  const [candidate] = await repository.entries([path], repository.baseCommit);
  if (!candidate) throw failure('CONFIG_NOT_FOUND', { file: path, base: repository.base });
  await repository.fetch({ candidates: [candidate] });
  const [file] = await repository.read([candidate]);
  return readConfig(path, Buffer.from(file?.bytes ?? []).toString());
}
