/** Which images of a release an environment has, and whether the release has to wait for another environment. */
import { formatReference } from '../core/image-reference.ts';
import type { Log } from '../core/log.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { presentImages, takeInventory, type Inventory } from '../manifests/inventory.ts';
import { planOnInventory } from '../manifests/plan.ts';
import { buildOf } from '../release/build.ts';
import { initialOutcome, type Outcome } from '../release/outcome.ts';
import { readManifests } from '../release/read-manifests.ts';
import { inputsOf, type Environment } from './environment.ts';

/** The inputs with the images that the environment has; an image of the app that it does not use is skipped. */
export async function inputsForPresent(environment: Environment, inputs: Inputs): Promise<Inputs> {
  if (inputs.images.released.length < 2) return inputs;
  return withoutAbsent(inputs, await inventoryOf(environment, inputs), environment.workspace.log);
}

/** Whether the base of an environment has the released versions at all its places of these images. */
export async function hasReleased(environment: Environment, { images, operation }: Inputs): Promise<boolean> {
  const lines = images.released.map(({ reference }) => formatReference(reference)).join('\n');
  const task = { images: lines, operation, defaults: { 'allowed-versions': '' }, ci: environment.ci };
  const wanted = inputsOf(environment, task);
  const inventory = await inventoryOf(environment, wanted);
  const inputs = withoutAbsent(wanted, inventory, environment.workspace.log);
  const { files, missing } = planOnInventory(inputs.images.released, inventory, inputs.search.plan);
  return files.length === 0 && missing.length === 0;
}

/** The outcome of a release that has to wait for another environment. */
export function waitingOutcome({ workspace, ci }: Environment, inputs: Inputs, reason: string): Outcome {
  const build = buildOf(inputs.images.released, inputs.operation, ci);
  return { ...initialOutcome(workspace, inputs, build), outcome: 'waiting', reason };
}

async function inventoryOf({ workspace }: Environment, { images, search }: Inputs): Promise<Inventory> {
  const { manifests } = await readManifests(workspace, { images: images.released, search });
  return takeInventory(manifests, { ...search.plan, images: images.released });
}

/** Without the images that are not in the inventory of the environment, as long as it has others of the app. */
function withoutAbsent(inputs: Inputs, inventory: Inventory, log: Log): Inputs {
  const { released, notes } = inputs.images;
  const present = presentImages(released, inventory);
  if (present.length === 0 || present.length === released.length) return inputs;
  const unused = released.filter((image) => !present.includes(image));
  for (const { replaces } of unused) log.step(`${replaces} is not used in this environment; skipped`);
  return { ...inputs, images: { released: present, unused, notes } };
}
