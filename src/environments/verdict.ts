/** The verdict of the agents on the versions that an environment has. */
import { oneLine } from '../core/escape.ts';
import { readVerdict } from '../inputs/wait.ts';
import { readStatuses } from '../release/after-merge/landing.ts';
import { mergesFor } from '../release/after-merge/merges-for.ts';
import { verdictOf, type Verdict } from '../release/after-merge/verdict.ts';
import { readDeployed, type Deployed, type Environment } from './environment.ts';
import { isDeployed, type PastVersion } from './version-history.ts';

/** Whether the config file or the step names the agents of an environment. */
export const hasVerdict = ({ config, step }: Pick<Environment, 'config' | 'step'>): boolean =>
  readVerdict(step.verdict ?? config.raw.verdict).length > 0;

/**
 * The verdict on the commit that introduced the present versions. `undefined` where no agent is named, or that commit is not
 * known. Throws what mergesFor and the forge throw.
 */
export async function verdictIn(environment: Environment, known?: Deployed): Promise<Verdict | undefined> {
  if (!hasVerdict(environment)) return undefined;
  const { places, history } = known ?? (await readDeployed(environment));
  const [present] = await history((found) => found.length > 0);
  if (!present || !isDeployed(present, places)) return undefined;
  return verdictOn(environment, present);
}

/**
 * The verdict on versions that an environment has, or had until the commit `next` replaced them. Throws what mergesFor and the forge
 * throw.
 */
export async function verdictOn(
  { config, step, workspace }: Environment,
  { commit }: PastVersion,
  next?: string,
): Promise<Verdict> {
  const { store, forge, access } = workspace;
  const watched = readVerdict(step.verdict ?? config.raw.verdict);
  const merges = mergesFor(forge, watched, access.remote.name);
  const { onCommits } = await readStatuses(merges, watched, { commit: commit.id, base: store.base }, next);
  return verdictOf(watched, onCommits);
}

/** Why the versions of an environment are not known to be deployed, as a clause; `undefined` where they are, or no agent is named. */
export async function whyNotDeployed(environment: Environment): Promise<string | undefined> {
  const verdict = await verdictIn(environment);
  if (!verdict || verdict.kind === 'deployed') return undefined;
  const name = environment.config.environment;
  if (verdict.kind === 'pending') return `${name} has it, but no agent says yet that it is deployed there`;
  const { context, description } = verdict.by;
  return `${name} has it, but ${oneLine(context)} reports no success there${description === '' ? '' : ` (${oneLine(description, 200)})`}`;
}
