/** Runs a mode that writes: each environment of an app is a release of its own. */
import { asReleaseError, failure, ReleaseError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { explainRefusal } from '../forge/connect.ts';
import type { Ci } from '../inputs/ci.ts';
import type { Access } from '../inputs/access.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { givenOf, type RawInputs } from '../inputs/raw-inputs.ts';
import { missingInput } from '../inputs/lookup.ts';
import type { ChoiceOf } from '../inputs/table.ts';
import { splitNames } from '../inputs/values.ts';
import type { Outcome } from '../release/outcome.ts';
import { releaseAt } from '../release/release.ts';
import { branchNames } from '../release/request.ts';
import { orInClone, withWorkspace, type Workspace } from '../release/workspace.ts';
import { chooseEnvironments, environmentsOf, type EnvironmentConfig } from './config/config.ts';
import { inputsOf, type Environment, type Task } from './environment.ts';
import { promotionTask, releaseTask, rollbackTask } from './modes.ts';
import { atInput, configPaths } from './config-file.ts';
import { deliveryOf, EVERYTHING, fetchConfig, openEnvironment, prefetch } from './open-environment.ts';
import { releaseEach } from './release-each.ts';
import { hasReleased, inputsForPresent, waitingOutcome } from './readiness.ts';
import type { Result } from './result.ts';
import { whyNotDeployed } from './verdict.ts';

/** Opens another environment of the app by its name. */
type Open = (name: string) => Promise<Environment>;

type MakeTask = (environment: Environment, open: Open) => Task | Promise<Task>;

const TASKS = {
  release: releaseTask,
  promote: async (target, open) => {
    const { from = '' } = target.step;
    if (from !== target.config.environment) return promotionTask(target, await open(from));
    const reason = 'is the environment that gets the versions';
    const hint = 'Name the environment whose versions are taken in "from", and those that get them in "environments".';
    throw failure('INPUT_INVALID', { input: 'from', value: from, reason, hint });
  },
  rollback: (environment) => rollbackTask(environment),
} satisfies Readonly<Partial<Record<ChoiceOf<'mode'>, MakeTask>>>;

/**
 * Runs a mode for environments of an app. A failure of one is in its result and does not stop the others. Throws before
 * the first of them: CONFIG_NOT_FOUND, CONFIG_INVALID, APP_UNKNOWN, ENVIRONMENT_UNKNOWN, INPUT_INVALID, and what withWorkspace
 * throws. `task` may be another one than the mode's.
 */
export async function runMode(
  mode: keyof typeof TASKS,
  raw: RawInputs,
  access: Access,
  ci: Ci,
  log: Log,
  task: MakeTask = TASKS[mode],
): Promise<readonly Result[]> {
  const step = givenOf(raw);
  const { app = '', name } = step;
  log.group(`Read the environments of ${app}`);
  const isRelease = task === releaseTask;
  const withoutClone = isRelease ? { first: configPaths(step) } : 'the history of files is read';
  return withWorkspace({ access, paths: EVERYTHING, withoutClone, ci, log }, async (first) => {
    const opening = (known: readonly EnvironmentConfig[], workspace: Workspace): Open => {
      return (environment) => openEnvironment(find(known, environment), workspace, step, ci);
    };
    const { workspace, known, chosen } = await orInClone(first, async (one) => {
      const all = environmentsOf(await fetchConfig(one, step), app);
      const wanted = chooseEnvironments(all, splitNames(step.environments ?? ''));
      if (name !== undefined && wanted.length > 1) {
        const reason = 'several environments would have, each of which needs a name of its own';
        const hint = 'Leave it out, or name one environment in "environments".';
        throw failure('INPUT_INVALID', { input: 'name', value: name, reason, hint });
      }
      const involved = new Set([...wanted.flatMap(({ environment, after }) => [environment, after]), step.from]);
      await prefetch(
        all.filter(({ environment }) => involved.has(environment)),
        one,
        step,
        { others: true, branches: isRelease ? wanted.flatMap((config) => branchesOf(config, step, ci, one)) : [] },
      );
      return { workspace: one, known: all, chosen: wanted };
    });
    const outcomes = await releaseEach(
      workspace,
      chosen.map((config) => ({
        title: `${app} in ${config.environment}`,
        movesBase: deliveryOf(config, step) === 'push',
        release: async (inside: Workspace) => {
          const open = opening(known, inside);
          return runIn(await open(config.environment), config.after, open, task);
        },
      })),
    );
    return Promise.all(
      outcomes.map(async (outcome, index) => ({
        app,
        environment: chosen[index]?.environment ?? '',
        // What a rollback is refused for, another rollback does not mend.
        ...(mode !== 'rollback' && { onFailure: chosen[index]?.onFailure ?? 'none' }),
        ...(await settled(outcome, (error) => explainRefusal(error, first.access, ci))),
      })),
    );
  });
}

/** The branches that a release into an environment may go to; none where its inputs are wrong, which its release says. */
function branchesOf(config: EnvironmentConfig, step: RawInputs, ci: Ci, workspace: Workspace): readonly string[] {
  try {
    const environment = { config, step, ci, workspace };
    return branchNames(inputsOf(environment, releaseTask(environment)), ci, workspace.store.base);
  } catch (error) {
    if (error instanceof ReleaseError) return [];
    throw error;
  }
}

/** Releases to one environment, or waits while the environment `after` (empty for none) lacks the versions. */
async function runIn(environment: Environment, after: string, open: Open, task: MakeTask): Promise<Outcome> {
  const wanted = await task(environment, open);
  try {
    return await runTask(environment, wanted, after, open);
  } catch (error) {
    const { config, step } = environment;
    const isElsewhere = (input: string): boolean =>
      [wanted.defaults, step].some((values) => Object.hasOwn(values, input));
    throw atInput(error, config.raw, (input) => (isElsewhere(input) ? undefined : config.placeOf(input)));
  }
}

async function runTask(environment: Environment, wanted: Task, after: string, open: Open): Promise<Outcome> {
  const inputs = await inputsForPresent(environment, inputsOf(environment, wanted));
  const isFirst = after === '' || inputs.operation.action === 'Roll back';
  const reason = isFirst ? undefined : await whyNotReady(await open(after), inputs);
  if (reason !== undefined) return waitingOutcome(environment, inputs, reason);
  return releaseAt(environment.workspace, inputs, wanted.ci);
}

/** Why the environment that comes first keeps a release waiting, as a clause. */
async function whyNotReady(first: Environment, inputs: Inputs): Promise<string | undefined> {
  if (await hasReleased(first, inputs)) return whyNotDeployed(first);
  return `${first.config.environment} does not have it yet`;
}

async function settled(
  outcome: PromiseSettledResult<Outcome>,
  explain: (error: unknown) => Promise<unknown>,
): Promise<Pick<Result, 'outcome' | 'error'>> {
  if (outcome.status === 'fulfilled') return { outcome: outcome.value };
  return { error: asReleaseError(await explain(outcome.reason)) };
}

function find(known: readonly EnvironmentConfig[], name: string): EnvironmentConfig {
  const [environment] = chooseEnvironments(known, [name], 'from');
  if (!environment) throw missingInput('environments');
  return environment;
}
