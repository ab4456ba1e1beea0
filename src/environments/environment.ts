/** One environment with all that was said of it, and what its manifests hold. */
import type { Build } from '../release/build.ts';
import type { Ci } from '../inputs/ci.ts';
import type { EnvironmentConfig } from './config/config.ts';
import { readHoldings, type Holding } from './deployed-versions.ts';
import { readInputs, type Inputs, type RawInputs } from '../inputs/inputs.ts';
import { readPast, type PastVersion } from './version-history.ts';
import { readManifests, searchManifests } from '../release/plan-manifests.ts';
import { mayContain, searchTerms } from '../manifests/search-terms.ts';
import { mergedBuilds } from '../release/pull-request/select.ts';
import type { Story } from '../inputs/operation.ts';
import { renderTemplate } from '../release/pull-request/template.ts';
import type { Workspace } from '../release/workspace.ts';
import type { ManifestFile } from '../core/objects.ts';

export interface Stage {
  /** A clone of its base. */
  readonly workspace: Workspace;
  readonly environment: EnvironmentConfig;
  /** What the step says, which wins over the file. */
  readonly step: RawInputs;
}

/** What is to be written into an environment. */
export interface Task {
  /** The input `images`. */
  readonly images: string;
  readonly story: Story;
  /** What this task wants, unless the step says otherwise; it wins over the file. */
  readonly wishes: RawInputs;
  /** The run, as far as it is also the build of the images. */
  readonly ci: Ci;
}

/** The inputs of a task, of the file and of the step, as one. Throws what readInputs throws. */
export function inputsOf({ workspace, environment, step }: Stage, { images, story, wishes }: Omit<Task, 'ci'>): Inputs {
  return readInputs({ ...environment.raw, ...wishes, ...step, images }, workspace.ci, story);
}

/** The manifests on the base that hold the released images, or may. */
export async function fetchManifests({ workspace }: Stage, inputs: Inputs): Promise<readonly ManifestFile[]> {
  const { repository } = workspace;
  const planning = { ...workspace, inputs };
  const candidates = await searchManifests(planning, repository.baseCommit);
  await repository.fetch({ candidates });
  return readManifests(planning, candidates, repository.baseCommit);
}

/** What stands in an environment now, and how to find what stood there before. */
export interface Present {
  /** Every place of the app's images on the base. */
  readonly holdings: readonly Holding[];
  /** What these places held, the newest first, as far back as `enough` wants it. One call after the other. */
  readonly past: (enough: (past: readonly PastVersion[]) => boolean) => Promise<readonly PastVersion[]>;
}

/** `builds` are those of pull requests, as far as they are known. */
export async function readPresent(stage: Stage, builds: ReadonlyMap<string, Build> = new Map()): Promise<Present> {
  const { repository } = stage.workspace;
  const { images } = stage.environment;
  const inputs = unversioned(stage);
  const manifests = await fetchManifests(stage, inputs);
  const holdings = readHoldings(images, manifests, inputs.plan);
  const { words } = searchTerms(inputs.images);
  const isPlace = ({ path }: ManifestFile): boolean => holdings.some(({ file }) => file === path);
  // A tag may stand in one file and its image in another.
  const files = manifests.filter((file) => isPlace(file) || mayContain(file.bytes, words)).map(({ path }) => path);
  const sought = { name: inputs.name, builds, images, files, options: inputs.plan };
  return { holdings, past: (enough) => readPast(repository, sought, repository.baseCommit, enough) };
}

/** What the pull requests of a branch brought, by number: a squash may leave nothing of it in the commit. */
export async function fetchBuilds(stage: Stage, template: string): Promise<ReadonlyMap<string, Build>> {
  const { forge, repository } = stage.workspace;
  const { name, paths } = unversioned(stage);
  const branch = renderTemplate('branch', template, { name }, 'ref');
  return forge ? mergedBuilds(await forge.find(branch, repository.base), { name, paths }) : new Map();
}

/** The inputs before any version is known. */
export function unversioned({ workspace, environment, step }: Stage): Inputs {
  const images = environment.images.map((name) => `${name}:unknown`).join('\n');
  return readInputs({ ...environment.raw, ...step, images, 'only-versions': '' }, workspace.ci);
}
