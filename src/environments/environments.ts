/** The environments of an app, as a file of the manifest repository has them: each is a release of its own. */
import type { Ci } from '../ci.ts';
import {
  chooseEnvironments,
  environmentsOf,
  readConfig,
  type Config,
  type EnvironmentConfig,
} from '../config/config.ts';
import { asReleaseError, failure } from '../errors.ts';
import { consult, patientOf } from '../forge/consultation.ts';
import { defaultOf, type ChoiceOf } from '../input-table.ts';
import { formatReference } from '../image.ts';
import { readLines, readMode, type Access, type Inputs, type RawInputs } from '../inputs.ts';
import type { Log } from '../log.ts';
import type { Outcome, Result } from '../outputs.ts';
import { planRelease } from '../plan.ts';
import { releaseAt } from '../release.ts';
import { inWorkplace, type Workplace } from '../workplace.ts';
import { fetchManifests, inputsOf, type Stage, type Task } from './stage.ts';
import { promotionTask, releaseTask, rollbackTask } from './task.ts';

/** Goes to another environment of the app, and does some work there. */
type Visit = <Value>(name: string, work: (stage: Stage) => Promise<Value>) => Promise<Value>;

interface Mode {
  /** The names of the environments that are written; none for all that come after no other. */
  readonly namesIn: (step: RawInputs) => readonly string[];
  readonly task: (stage: Stage, visit: Visit) => Task | Promise<Task>;
}

const MODES: Readonly<Partial<Record<ChoiceOf<'mode'>, Mode>>> & { readonly release: Mode } = {
  release: { namesIn: (step) => readLines(step.environments ?? ''), task: releaseTask },
  promote: {
    namesIn: (step) => [required(step, 'to')],
    task: (stage, visit) => visit(required(stage.step, 'from'), (from) => promotionTask(stage, from)),
  },
  rollback: { namesIn: (step) => readLines(required(step, 'environments')), task: rollbackTask },
};

/** The whole repository: what an environment has of it is not known before the file is read. */
export const EVERYTHING = ['.'];

/**
 * Carries out a mode for environments of an app, one after the other in one clone. A failure of one is told in its result
 * and does not stop the others. Throws what keeps all of them from being begun: INPUT_MISSING, CONFIG_NOT_FOUND,
 * CONFIG_INVALID, APP_UNKNOWN, ENVIRONMENT_UNKNOWN, and what inWorkplace throws.
 */
export async function releaseEnvironments(
  raw: RawInputs,
  access: Access,
  ci: Ci,
  log: Log,
): Promise<readonly Result[]> {
  const step = givenOf(raw);
  const { namesIn, task } = MODES[readMode(step)] ?? MODES.release;
  const [app, names] = [required(step, 'app'), namesIn(step)];
  log.group(`Read the environments of ${app}`);
  return inWorkplace({ ...access, paths: EVERYTHING }, ci, log, async (workplace) => {
    const known = environmentsOf(await fetchConfig(workplace, step), app);
    const visit: Visit = (name, work) => visitEnvironment(find(known, name), workplace, { access, step }, work);
    const results: Result[] = [];
    for (const { environment, after } of chooseEnvironments(known, names)) {
      log.group(`${app} in ${environment}`);
      const outcome = visit(environment, async (stage) => {
        const inputs = inputsOf(stage, await task(stage, visit));
        const isFirst = after === '' || inputs.story.action === 'Roll back';
        if (isFirst || (await visit(after, (before) => holdsAlready(before, inputs)))) {
          return releaseAt(stage.workplace, inputs);
        }
        return waiting(stage.workplace, inputs, `${after} does not hold it yet`);
      });
      const result = await settle(outcome, (error) => consult(error, patientOf(access, ci)));
      results.push({ app, environment, ...result });
      // The next one is planned on top of what this one pushed.
      if (result.outcome?.outcome === 'pushed') await workplace.repository.fetch({ base: true });
    }
    return results;
  });
}

/** Does some work at an environment; where it has another base than the file, in a clone of that. */
export function visitEnvironment<Value>(
  environment: EnvironmentConfig,
  workplace: Workplace,
  { access, step }: { readonly access: Access; readonly step: RawInputs },
  work: (stage: Stage) => Promise<Value>,
): Promise<Value> {
  const { base = '' } = { ...environment.raw, ...step };
  const begin = (place: Workplace): Promise<Value> => work({ workplace: place, environment, step });
  if (base === '' || base === workplace.repository.base) return begin(workplace);
  return inWorkplace({ ...access, base, paths: EVERYTHING }, workplace.ci, workplace.log, begin);
}

/** Reads the config file on the base. Throws CONFIG_NOT_FOUND, CONFIG_INVALID. */
export async function fetchConfig({ repository }: Workplace, step: RawInputs): Promise<Config> {
  const path = step.config ?? defaultOf('config');
  const [candidate] = await repository.entries([path], repository.baseCommit);
  if (!candidate) throw failure('CONFIG_NOT_FOUND', { file: path, base: repository.base });
  await repository.fetch({ candidates: [candidate] });
  const [file] = await repository.read([candidate]);
  return readConfig(path, Buffer.from(file?.bytes ?? []).toString());
}

/** Whether the base of an environment has the released versions at all its places. */
async function holdsAlready(stage: Stage, { images, story }: Inputs): Promise<boolean> {
  const lines = images.map(({ reference }) => formatReference(reference)).join('\n');
  const inputs = inputsOf(stage, { images: lines, story, wishes: { 'only-versions': '' } });
  const { files, missing } = planRelease(images, await fetchManifests(stage, inputs), inputs.plan);
  return files.length === 0 && missing.length === 0;
}

/** The outcome of a release that has to wait for another environment. */
function waiting({ repository }: Workplace, inputs: Inputs, reason: string): Outcome {
  const [image] = inputs.images;
  return {
    outcome: 'waiting',
    pullRequest: undefined,
    repository: inputs.remote.name,
    version: image?.reference.tag ?? image?.reference.digest ?? '',
    delivery: inputs.delivery,
    branch: '',
    base: repository.base,
    commit: '',
    verified: false,
    changes: [],
    diff: '',
    reason,
  };
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

/** What was given, without blanks around it. */
export function givenOf(raw: RawInputs): RawInputs {
  const entries = Object.entries(raw).map(([name, text]) => [name, text.trim()] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

function required(step: RawInputs, name: 'app' | 'environments' | 'from' | 'to'): string {
  const text = step[name];
  if (text === undefined) throw failure('INPUT_MISSING', { input: name });
  return text;
}
