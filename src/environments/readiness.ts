/** Which images of a release an environment has, and whether the release has to wait for another environment. */
import { formatReference } from '../core/image-reference.ts';
import type { Log } from '../core/log.ts';
import type { ManifestFile, ReleasedImage } from '../core/objects.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { planRelease, searchTerms } from '../manifests/plan.ts';
import { mayHold } from '../manifests/yaml/manifest.ts';
import type { Outcome } from '../release/outcome.ts';
import { readManifests } from '../release/plan-manifests.ts';
import { inputsOf, type Environment } from './environment.ts';

/** The inputs with the images that the environment has; an image of the app that it does not use is skipped. */
export async function inputsForPresent(environment: Environment, inputs: Inputs): Promise<Inputs> {
  if (inputs.images.released.length < 2) return inputs;
  return withoutAbsent(inputs, await readManifestsOf(environment, inputs), environment.workspace.log);
}

/** Whether the base of an environment has the released versions at all its places of these images. */
export async function hasReleased(environment: Environment, { images, operation }: Inputs): Promise<boolean> {
  const lines = images.released.map(({ reference }) => formatReference(reference)).join('\n');
  const task = { images: lines, operation, defaults: { 'only-versions': '' }, ci: environment.ci };
  const wanted = inputsOf(environment, task);
  const manifests = await readManifestsOf(environment, wanted);
  const inputs = withoutAbsent(wanted, manifests, environment.workspace.log);
  const { files, missing } = planRelease(inputs.images.released, manifests, inputs.search.plan);
  return files.length === 0 && missing.length === 0;
}

/** The outcome of a release that has to wait for another environment. */
export function waitingOutcome({ workspace: { store } }: Environment, inputs: Inputs, reason: string): Outcome {
  const [image] = inputs.images.released;
  return {
    outcome: 'waiting',
    pullRequest: undefined,
    repository: inputs.access.remote.name,
    version: image?.reference.tag ?? image?.reference.digest ?? '',
    delivery: inputs.policy.delivery,
    branch: '',
    base: store.base,
    commit: '',
    verified: false,
    changes: [],
    diff: '',
    reason,
  };
}

async function readManifestsOf({ workspace }: Environment, inputs: Inputs): Promise<readonly ManifestFile[]> {
  const { manifests } = await readManifests(workspace, { images: inputs.images.released, search: inputs.search });
  return manifests;
}

/** Without the images that no manifest of the environment has, as long as it has others of the app. */
function withoutAbsent(inputs: Inputs, manifests: readonly ManifestFile[], log: Log): Inputs {
  const { released, notes } = inputs.images;
  const isNamed = (image: ReleasedImage): boolean => {
    const { words } = searchTerms([image]);
    return manifests.some(({ bytes }) => mayHold(bytes, words));
  };
  if (released.every(isNamed)) return inputs;
  // A place may have an image without its name.
  const { missing } = planRelease(released, manifests, inputs.search.plan);
  const absent = missing.filter((image) => !isNamed(image));
  if (absent.length === released.length) return inputs;
  for (const { replaces } of absent) log.step(`${replaces} is not used in this environment; skipped`);
  return { ...inputs, images: { released: released.filter((image) => !absent.includes(image)), notes } };
}
