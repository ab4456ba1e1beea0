/** What of a release an environment can take, and whether it has to wait for another one. */
import { formatReference } from '../core/image-reference.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Outcome } from '../main/outputs.ts';
import { planRelease } from '../manifests/plan.ts';
import { mayContain, searchTerms } from '../manifests/search-terms.ts';
import type { Workspace } from '../release/workspace.ts';
import { fetchManifests, inputsOf, type Stage } from './environment.ts';
import type { ManifestFile, ReleasedImage } from '../core/objects.ts';

/** Without the images that no manifest of the environment names, as long as it has others of the app. */
function leaveOutAbsent(inputs: Inputs, manifests: readonly ManifestFile[], { log }: Workspace): Inputs {
  const isNamed = (image: ReleasedImage): boolean => {
    const { words } = searchTerms([image]);
    return manifests.some(({ bytes }) => mayContain(bytes, words));
  };
  if (inputs.images.every(isNamed)) return inputs;
  // A place may hold an image without its name.
  const { missing } = planRelease(inputs.images, manifests, inputs.plan);
  const absent = missing.filter((image) => !isNamed(image));
  if (absent.length === inputs.images.length) return inputs;
  for (const { replaces } of absent) log.step(`${replaces} stands nowhere here and is left out`);
  return { ...inputs, images: inputs.images.filter((image) => !absent.includes(image)) };
}

/** The inputs for what is there of the app. */
export async function fittingInputs(stage: Stage, inputs: Inputs): Promise<Inputs> {
  if (inputs.images.length < 2) return inputs;
  return leaveOutAbsent(inputs, await fetchManifests(stage, inputs), stage.workspace);
}

/** Whether the base of an environment has the released versions at all its places of these images. */
export async function holdsAlready(stage: Stage, { images, story }: Inputs): Promise<boolean> {
  const lines = images.map(({ reference }) => formatReference(reference)).join('\n');
  const wanted = inputsOf(stage, { images: lines, story, wishes: { 'only-versions': '' } });
  const manifests = await fetchManifests(stage, wanted);
  const inputs = leaveOutAbsent(wanted, manifests, stage.workspace);
  const { files, missing } = planRelease(inputs.images, manifests, inputs.plan);
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
