/** What of a release an environment can take, and whether it has to wait for another one. */
import { formatReference } from '../core/image-reference.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Outcome } from '../main/outputs.ts';
import { presentImages, takeInventory, type Inventory } from '../manifests/inventory.ts';
import { planOnInventory } from '../manifests/plan.ts';
import type { Workspace } from '../release/workspace.ts';
import { fetchManifests, inputsOf, type Stage } from './environment.ts';

/** Without the images that are not in the inventory of the environment, as long as it has others of the app. */
function leaveOutAbsent(inputs: Inputs, inventory: Inventory, { log }: Workspace): Inputs {
  const present = presentImages(inputs.images, inventory);
  if (present.length === 0 || present.length === inputs.images.length) return inputs;
  const absent = inputs.images.filter((image) => !present.includes(image));
  for (const { replaces } of absent) log.step(`${replaces} stands nowhere here and is left out`);
  return { ...inputs, images: present };
}

async function inventoryOf(stage: Stage, inputs: Inputs): Promise<Inventory> {
  return takeInventory(await fetchManifests(stage, inputs), { ...inputs.plan, images: inputs.images });
}

/** The inputs for what is there of the app. */
export async function fittingInputs(stage: Stage, inputs: Inputs): Promise<Inputs> {
  if (inputs.images.length < 2) return inputs;
  return leaveOutAbsent(inputs, await inventoryOf(stage, inputs), stage.workspace);
}

/** Whether the base of an environment has the released versions at all its places of these images. */
export async function holdsAlready(stage: Stage, { images, story }: Inputs): Promise<boolean> {
  const lines = images.map(({ reference }) => formatReference(reference)).join('\n');
  const wanted = inputsOf(stage, { images: lines, story, wishes: { 'only-versions': '' } });
  const inventory = await inventoryOf(stage, wanted);
  const inputs = leaveOutAbsent(wanted, inventory, stage.workspace);
  const { files, missing } = planOnInventory(inputs.images, inventory, inputs.plan);
  return files.length === 0 && missing.length === 0;
}

/** The outcome of a release that has to wait for another environment. */
export function waiting({ repository }: Workspace, inputs: Inputs, reason: string): Outcome {
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
