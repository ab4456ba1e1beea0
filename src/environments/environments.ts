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
import { defaultOf, type ChoiceOf, type InputName } from '../input-table.ts';
import type { Candidate } from '../git/search.ts';
import { formatReference } from '../image.ts';
import { readLines, readMode, type Access, type Inputs, type RawInputs } from '../inputs.ts';
import type { Log } from '../log.ts';
import type { Outcome, Result } from '../outputs.ts';
import { mayHold } from '../manifest.ts';
import { planRelease, searchTerms } from '../plan.ts';
import { releaseAt } from '../release.ts';
import type { ReleasedImage } from '../released-images.ts';
import { inWorkplace, type Workplace } from '../workplace.ts';
import { fetchManifests, inputsOf, type Stage, type Task } from './stage.ts';
import { promotionTask, releaseTask, rollbackTask } from './task.ts';

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
  const mode = readMode(step);
  const { names, needs, others, task } = MODES[mode] ?? MODES.release;
  for (const input of needs) if (step[input] === undefined) throw failure('INPUT_MISSING', { input });
  for (const input of others) {
    const value = step[input];
    if (value !== undefined) throw failure('INPUT_INVALID', { input, value, reason: `is not for mode ${mode}` });
  }
  const { app = '', name } = step;
  log.group(`Read the environments of ${app}`);
  return inWorkplace({ ...access, paths: EVERYTHING }, ci, log, async (workplace) => {
    const known = environmentsOf(await fetchConfig(workplace, step), app);
    const visit: Visit = (name, work) => visitEnvironment(find(known, name), workplace, step, work);
    const chosen = chooseEnvironments(known, readLines(step[names] ?? ''));
    if (name !== undefined && chosen.length > 1) {
      const reason = 'several environments would have, each of which needs a name of its own';
      throw failure('INPUT_INVALID', { input: 'name', value: name, reason });
    }
    const involved = new Set([...chosen.flatMap(({ environment, after }) => [environment, after]), step.from]);
    const looked = known.filter(({ environment }) => involved.has(environment));
    await prefetch(looked, workplace, step);
    const results: Result[] = [];
    for (const { environment, after } of chosen) {
      log.group(`${app} in ${environment}`);
      const outcome = visit(environment, async (stage) => {
        const wanted = await task(stage, visit);
        const inputs = await leaveOutAbsent(stage, inputsOf(stage, wanted));
        const isFirst = after === '' || inputs.story.action === 'Roll back';
        if (isFirst || (await visit(after, (before) => holdsAlready(before, inputs)))) {
          const released = await releaseAt({ ...stage.workplace, ci: wanted.ci }, inputs);
          await followBase(stage.workplace, released);
          return released;
        }
        return waiting(stage.workplace, inputs, `${after} does not hold it yet`);
      });
      results.push({ app, environment, ...(await settle(outcome, (error) => consult(error, patientOf(access, ci)))) });
    }
    return results;
  });
}

/** Does some work at an environment, on its base. */
export async function visitEnvironment<Value>(
  environment: EnvironmentConfig,
  workplace: Workplace,
  step: RawInputs,
  work: (stage: Stage) => Promise<Value>,
): Promise<Value> {
  const base = baseOf(environment, step) || workplace.repository.base;
  const isHere = base === workplace.repository.base;
  return work({ workplace: isHere ? workplace : await workplace.at(base), environment, step });
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
  { repository }: Workplace,
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
export async function fetchConfig({ repository }: Workplace, step: RawInputs): Promise<Config> {
  const path = step.config ?? defaultOf('config');
  const [candidate] = await repository.entries([path], repository.baseCommit);
  if (!candidate) throw failure('CONFIG_NOT_FOUND', { file: path, base: repository.base });
  await repository.fetch({ candidates: [candidate] });
  const [file] = await repository.read([candidate]);
  return readConfig(path, Buffer.from(file?.bytes ?? []).toString());
}

/** The next release is planned on top of what this one pushed, also where the forge made that commit. */
async function followBase({ repository }: Workplace, { outcome, delivery, commit }: Outcome): Promise<void> {
  const isBehind = outcome === 'pushed' && delivery === 'push' && commit !== repository.baseCommit;
  if (isBehind) await repository.fetch({ base: true });
}

/** Without the images that no manifest of the environment names, as long as it has others of the app. */
async function leaveOutAbsent(stage: Stage, inputs: Inputs): Promise<Inputs> {
  if (inputs.images.length < 2) return inputs;
  const manifests = await fetchManifests(stage, inputs);
  const isNamed = (image: ReleasedImage): boolean => {
    const { words } = searchTerms([image]);
    return manifests.some(({ bytes }) => mayHold(bytes, words));
  };
  if (inputs.images.every(isNamed)) return inputs;
  // A place may hold an image without its name.
  const { missing } = planRelease(inputs.images, manifests, inputs.plan);
  const absent = missing.filter((image) => !isNamed(image));
  if (absent.length === inputs.images.length) return inputs;
  for (const { replaces } of absent) stage.workplace.log.step(`${replaces} stands nowhere here and is left out`);
  return { ...inputs, images: inputs.images.filter((image) => !absent.includes(image)) };
}

/** Whether the base of an environment has the released versions at all its places of these images. */
async function holdsAlready(stage: Stage, { images, story }: Inputs): Promise<boolean> {
  const lines = images.map(({ reference }) => formatReference(reference)).join('\n');
  const inputs = await leaveOutAbsent(
    stage,
    inputsOf(stage, { images: lines, story, wishes: { 'only-versions': '' } }),
  );
  const { files, missing } = planRelease(inputs.images, await fetchManifests(stage, inputs), inputs.plan);
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
