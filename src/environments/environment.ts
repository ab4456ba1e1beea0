/** One environment of an app: its manifests, the inputs of its releases, and its deployed versions. */
import { memoized, type ReleasedImage } from '../core/objects.ts';
import type { Ci } from '../inputs/ci.ts';
import { identityKey, identityOf } from '../inputs/identity.ts';
import { readInputs, readSearch, type Inputs, type Search } from '../inputs/inputs.ts';
import type { RawInputs } from '../inputs/raw-inputs.ts';
import type { Operation } from '../inputs/operation.ts';
import { takeInventory } from '../manifests/inventory.ts';
import type { Build } from '../release/build.ts';
import type { Wanted } from '../release/plan-manifests.ts';
import { namesOf } from '../release/release-branches.ts';
import { readManifests } from '../release/read-manifests.ts';
import { findMergedBuilds } from '../release/pull-request/find-merged-builds.ts';
import { renderTemplate } from '../release/pull-request/template.ts';
import type { Workspace } from '../release/workspace.ts';
import type { EnvironmentConfig } from './config/config.ts';
import { deployedVersionsIn, type DeployedVersion } from '../manifests/deployed-versions.ts';
import { readPast, type PastVersion } from './version-history.ts';

export interface Environment {
  /** On its base. */
  readonly workspace: Workspace;
  readonly config: EnvironmentConfig;
  /** The inputs of the step, which override the config file. */
  readonly step: RawInputs;
  readonly ci: Ci;
}

/** The base that the step or the file names; empty for that of the config file. */
export const baseOf = ({ raw }: EnvironmentConfig, step: RawInputs): string =>
  (step.base ?? raw.base ?? '').replace(/^refs\/heads\//, '');

/** A release to be made in an environment. */
export interface Task {
  /** The input `images`. */
  readonly images: string;
  readonly operation: Operation;
  /** Inputs of this task, unless the step has them; they override the file. */
  readonly defaults: RawInputs;
  /** The run, with the source that the images were built from. */
  readonly ci: Ci;
}

/** The inputs of a task, of the file and of the step, as one. Throws what readInputs throws. */
export function inputsOf({ config, step }: Environment, { images, operation, defaults, ci }: Task): Inputs {
  return readInputs({ ...config.raw, ...defaults, ...step, images }, ci, operation, config);
}

/** The key of the environment's identity. */
export const keyOf = ({ config: { app, environment } }: Pick<Environment, 'config'>): string =>
  keyFor(app, environment);

const keyFor = memoized((app: string, environment: string) => identityKey(identityOf({ app, environment }, [], [])));

/** The images of the app, before any version is known, and where they are looked for. */
function wantedOf({ config, step }: Pick<Environment, 'config' | 'step'>): Wanted & { readonly search: Search } {
  const images = config.images.map((name): ReleasedImage => ({ reference: { name }, replaces: name }));
  return { images, search: readSearch({ ...config.raw, ...step }, images) };
}

/** The deployed versions of an environment, and its history. */
export interface Deployed {
  /** Every place of the app's images on the base. */
  readonly places: readonly DeployedVersion[];
  /** The paths of all that was read. */
  readonly files: readonly string[];
  /** The versions of these places, the newest first, until `enough` is true. Calls are made one after the other. */
  readonly history: (enough: (past: readonly PastVersion[]) => boolean) => Promise<readonly PastVersion[]>;
}

/** `builds` are those of pull requests, as far as they are known. */
export async function readDeployed(
  environment: Environment,
  builds: ReadonlyMap<string, Build> = new Map(),
): Promise<Deployed> {
  const { store } = environment.workspace;
  const { images } = environment.config;
  const wanted = wantedOf(environment);
  const { manifests } = await readManifests(environment.workspace, wanted);
  const { plan } = wanted.search;
  const inventory = takeInventory(manifests, { ...plan, images: wanted.images });
  const places = deployedVersionsIn(inventory, images, plan.onlyTags);
  const { read } = inventory;
  const sought = { key: keyOf(environment), builds, images, read, places, options: plan };
  const files = read.map(({ path }) => path);
  return { places, files, history: (enough) => readPast(store, sought, store.baseCommit, enough) };
}

/** The builds of merged pull requests from the branches of a template, by number. Throws what findMergedBuilds throws. */
export async function fetchBuilds(environment: Environment, template: string): Promise<ReadonlyMap<string, Build>> {
  const { workspace, config, step } = environment;
  const name = step.name ?? config.raw.name ?? '';
  const { names } = namesOf(identityOf(config, [], []), name, baseOf(config, step), []);
  const branches = names.map((one) => renderTemplate('branch', template, { name: one }, 'ref'));
  return findMergedBuilds(workspace, branches, keyOf(environment));
}
