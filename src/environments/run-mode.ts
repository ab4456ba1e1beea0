/** The environments of an app, as a file of the manifest repository has them: each is a release of its own. */
import type { Ci } from '../inputs/ci.ts';
import { chooseEnvironments, environmentsOf, type EnvironmentConfig } from './config/config.ts';
import { asReleaseError, failure } from '../core/errors.ts';
import { consult, patientOf } from '../forge/github/explain-refusal.ts';
import type { ChoiceOf, InputName } from '../inputs/table.ts';
import { readLines, readMode, type Access, type RawInputs } from '../inputs/inputs.ts';
import type { Log } from '../core/log.ts';
import type { Outcome } from '../release/outcome.ts';
import type { Result } from './result.ts';
import { releaseAt } from '../release/release.ts';
import { withWorkspace, type Workspace } from '../release/workspace.ts';
import { fittingInputs, holdsAlready, waiting } from './readiness.ts';
import { inputsOf, type Stage, type Task } from './environment.ts';
import { promotionTask, releaseTask, rollbackTask } from './modes.ts';
import { EVERYTHING, fetchConfig, givenOf, prefetch, visitEnvironment } from './visit.ts';

/** Goes to another environment of the app, and does some work there. */
type Visit = <Value>(name: string, work: (stage: Stage) => Promise<Value>) => Promise<Value>;

interface Mode {
  /** Where the names of the environments stand that are written; none for all that come after no other. */
  readonly names: 'environments' | 'to';
  readonly needs: readonly InputName[];
  /** Inputs of other modes: whoever gives one means something else than what would be done. */
  readonly others: readonly InputName[];
  readonly task: (stage: Stage, visit: Visit) => Task | Promise<Task>;
}

const MODES: Readonly<Partial<Record<ChoiceOf<'mode'>, Mode>>> & { readonly release: Mode } = {
  release: { names: 'environments', needs: [], others: ['from', 'to', 'to-version'], task: releaseTask },
  promote: {
    names: 'to',
    needs: ['from', 'to'],
    others: ['images', 'version', 'environments', 'to-version'],
    task: (stage, visit) => visit(stage.step.from ?? '', (from) => promotionTask(stage, from)),
  },
  rollback: {
    names: 'environments',
    needs: ['environments'],
    others: ['images', 'version', 'from', 'to'],
    task: rollbackTask,
  },
};

/**
 * Carries out a mode for environments of an app, one after the other in one clone. A failure of one is told in its result
 * and does not stop the others. Throws what keeps all of them from being begun: INPUT_MISSING, CONFIG_NOT_FOUND,
 * CONFIG_INVALID, APP_UNKNOWN, ENVIRONMENT_UNKNOWN, and what withWorkspace throws.
 */
export async function releaseEnvironments(
  raw: RawInputs,
  access: Access,
  ci: Ci,
  log: Log,
): Promise<readonly Result[]> {
  const step = givenOf(raw);
  const mode = readMode(step);
  const { names, needs, others, task } = MODES[mode] ?? MODES.release;
  for (const input of needs) if (step[input] === undefined) throw failure('INPUT_MISSING', { input });
  for (const input of others) {
    const value = step[input];
    if (value !== undefined) throw failure('INPUT_INVALID', { input, value, reason: `is not for mode ${mode}` });
  }
  const { app = '', name } = step;
  log.group(`Read the environments of ${app}`);
  return withWorkspace({ ...access, paths: EVERYTHING }, ci, log, async (workspace) => {
    const known = environmentsOf(await fetchConfig(workspace, step), app);
    const visit: Visit = (name, work) => visitEnvironment(find(known, name), workspace, step, work);
    const chosen = chooseEnvironments(known, readLines(step[names] ?? ''));
    if (name !== undefined && chosen.length > 1) {
      const reason = 'several environments would have, each of which needs a name of its own';
      throw failure('INPUT_INVALID', { input: 'name', value: name, reason });
    }
    const involved = new Set([...chosen.flatMap(({ environment, after }) => [environment, after]), step.from]);
    const looked = known.filter(({ environment }) => involved.has(environment));
    await prefetch(looked, workspace, step);
    const results: Result[] = [];
    for (const { environment, after } of chosen) {
      log.group(`${app} in ${environment}`);
      const outcome = visit(environment, async (stage) => {
        const wanted = await task(stage, visit);
        const inputs = await fittingInputs(stage, inputsOf(stage, wanted));
        const isFirst = after === '' || inputs.story.action === 'Roll back';
        if (isFirst || (await visit(after, (before) => holdsAlready(before, inputs)))) {
          const released = await releaseAt({ ...stage.workspace, ci: wanted.ci }, inputs);
          await followBase(stage.workspace, released);
          return released;
        }
        return waiting(stage.workspace, inputs, `${after} does not hold it yet`);
      });
      results.push({ app, environment, ...(await settle(outcome, (error) => consult(error, patientOf(access, ci)))) });
    }
    return results;
  });
}

/** The next release is planned on top of what this one pushed, also where the forge made that commit. */
async function followBase({ repository }: Workspace, { outcome, delivery, commit }: Outcome): Promise<void> {
  const isBehind = outcome === 'pushed' && delivery === 'push' && commit !== repository.baseCommit;
  if (isBehind) await repository.fetch({ base: true });
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
  if (!environment) throw failure('INPUT_MISSING', { input: 'environments' });
  return environment;
}
