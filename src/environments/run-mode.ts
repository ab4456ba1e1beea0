/** Runs a mode that writes: each environment of an app is a release of its own. */
import { asReleaseError, failure, ReleaseError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { explainRefusal } from '../forge/connect.ts';
import type { Ci } from '../inputs/ci.ts';
import { readMode, type Access, type RawInputs } from '../inputs/inputs.ts';
import { missingInput } from '../inputs/lookup.ts';
import type { ChoiceOf, InputName } from '../inputs/table.ts';
import { readLines } from '../inputs/values.ts';
import type { Outcome } from '../release/outcome.ts';
import { releaseAt } from '../release/release.ts';
import { withWorkspace, type Workspace } from '../release/workspace.ts';
import { chooseEnvironments, environmentsOf, type EnvironmentConfig } from './config/config.ts';
import { inputsOf, type Environment, type Task } from './environment.ts';
import { promotionTask, releaseTask, rollbackTask } from './modes.ts';
import { EVERYTHING, fetchConfig, givenOf, openEnvironment, prefetch } from './open-environment.ts';
import { hasReleased, inputsForPresent, waitingOutcome } from './readiness.ts';
import type { Result } from './result.ts';

/** Opens another environment of the app by its name. */
type Open = (name: string) => Promise<Environment>;

interface Mode {
  /** The input that names the environments; without names those that have no `after`. */
  readonly names: 'environments' | 'to';
  readonly needs: readonly InputName[];
  /** Inputs that are for other modes. */
  readonly others: readonly InputName[];
  readonly task: (environment: Environment, open: Open) => Task | Promise<Task>;
}

const MODES: Readonly<Partial<Record<ChoiceOf<'mode'>, Mode>>> & { readonly release: Mode } = {
  release: { names: 'environments', needs: [], others: ['from', 'to', 'to-version'], task: releaseTask },
  promote: {
    names: 'to',
    needs: ['from', 'to'],
    others: ['images', 'version', 'environments', 'to-version'],
    task: async (target, open) => promotionTask(target, await open(target.step.from ?? '')),
  },
  rollback: {
    names: 'environments',
    needs: ['environments'],
    others: ['images', 'version', 'from', 'to'],
    task: rollbackTask,
  },
};

/**
 * Runs a mode for environments of an app, one after the other in one clone. A failure of one is in its result
 * and does not stop the others. Throws before the first of them: INPUT_MISSING, CONFIG_NOT_FOUND,
 * CONFIG_INVALID, APP_UNKNOWN, ENVIRONMENT_UNKNOWN, and what withWorkspace throws.
 */
export async function runMode(raw: RawInputs, access: Access, ci: Ci, log: Log): Promise<readonly Result[]> {
  const step = givenOf(raw);
  const mode = readMode(step);
  const { names, needs, others, task } = MODES[mode] ?? MODES.release;
  for (const input of needs) if (step[input] === undefined) throw missingInput(input);
  for (const input of others) {
    const value = step[input];
    if (value !== undefined) throw failure('INPUT_INVALID', { input, value, reason: `is not for mode ${mode}` });
  }
  const { app = '', name } = step;
  log.group(`Read the environments of ${app}`);
  return withWorkspace({ access, paths: EVERYTHING, ci, log }, async (workspace) => {
    const known = environmentsOf(await fetchConfig(workspace, step), app);
    const open: Open = (environment) => openEnvironment(find(known, environment), workspace, step, ci);
    const chosen = chooseEnvironments(known, readLines(step[names] ?? ''));
    if (name !== undefined && chosen.length > 1) {
      const reason = 'several environments would have, each of which needs a name of its own';
      throw failure('INPUT_INVALID', { input: 'name', value: name, reason });
    }
    const involved = new Set([...chosen.flatMap(({ environment, after }) => [environment, after]), step.from]);
    await prefetch(
      known.filter(({ environment }) => involved.has(environment)),
      workspace,
      step,
      true,
    );
    const results: Result[] = [];
    for (const { environment, after } of chosen) {
      log.group(`${app} in ${environment}`);
      const outcome = open(environment).then((opened) => runIn(opened, after, open, task));
      results.push({ app, environment, ...(await settle(outcome, (error) => explainRefusal(error, access, ci))) });
    }
    return results;
  });
}

/** Releases to one environment, or waits while the environment `after` (empty for none) lacks the versions. */
async function runIn(environment: Environment, after: string, open: Open, task: Mode['task']): Promise<Outcome> {
  const wanted = await task(environment, open);
  try {
    return await runTask(environment, wanted, after, open);
  } catch (error) {
    throw inFile(environment, wanted, error);
  }
}

/** The same failure with its place in the config file, where the value that it is about is there. */
function inFile({ config, step }: Environment, { defaults }: Task, error: unknown): unknown {
  const input = error instanceof ReleaseError ? (error.input ?? '') : '';
  const isInFile = Object.hasOwn(config.raw, input) && ![defaults, step].some((raw) => Object.hasOwn(raw, input));
  const place = isInFile ? config.placeOf(input) : undefined;
  return place && error instanceof ReleaseError ? error.at(place) : error;
}

async function runTask(environment: Environment, wanted: Task, after: string, open: Open): Promise<Outcome> {
  const inputs = await inputsForPresent(environment, inputsOf(environment, wanted));
  const isFirst = after === '' || inputs.operation.action === 'Roll back';
  if (isFirst || (await hasReleased(await open(after), inputs))) {
    const released = await releaseAt(environment.workspace, inputs, wanted.ci);
    await followBase(environment.workspace, released);
    return released;
  }
  return waitingOutcome(environment, inputs, `${after} does not have it yet`);
}

/** The next release is planned on the commit that this one pushed, also where the forge made it. */
async function followBase(
  { store }: Workspace,
  { outcome, delivery, commit }: Pick<Outcome, 'outcome' | 'delivery' | 'commit'>,
): Promise<void> {
  const isBehind = outcome === 'pushed' && delivery === 'push' && commit !== store.baseCommit;
  if (isBehind) await store.refresh();
}

async function settle(
  outcome: Promise<Outcome>,
  explain: (error: unknown) => Promise<unknown>,
): Promise<Pick<Result, 'outcome' | 'error'>> {
  try {
    return { outcome: await outcome };
  } catch (error) {
    return { error: asReleaseError(await explain(error)) };
  }
}

function find(known: readonly EnvironmentConfig[], name: string): EnvironmentConfig {
  const [environment] = chooseEnvironments(known, [name]);
  if (!environment) throw missingInput('environments');
  return environment;
}
