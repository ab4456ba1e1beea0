/** One release of many images at once, against one of a single image, in the largest repository. */
import { runAction } from './action-run.ts';
import { application } from './application.ts';
import { freshCopy, inTurn, type Bench } from './bench.ts';
import { manifestRepository } from './manifest-repository.ts';

const MANY = 500;
const TAG = '2.0.0';

export interface ManyImages {
  readonly files: number;
  readonly images: number;
  /** Seconds. */
  readonly one: readonly number[];
  readonly many: readonly number[];
}

export async function releaseManyImages(bench: Bench): Promise<ManyImages> {
  const manifests = await manifestRepository(Math.max(...bench.sizes));
  const images = Math.min(MANY, manifests.applications);
  const release = async (count: number): Promise<number> => {
    const repository = await freshCopy(bench, manifests);
    // Spread over the whole repository.
    const apps = Array.from({ length: count }, (_, index) =>
      application(Math.floor((index * manifests.applications) / count)),
    );
    const inputs = { images: apps.map(({ image }) => `${image}:${TAG}`).join('\n'), branch: 'many' };
    const { wall } = await runAction(bench, repository.fullName, inputs);
    const changed = await repository.text(['diff', '--name-only', 'main', 'many']);
    const expected = apps.map(({ versionFile }) => `${versionFile}\n`).join('');
    if (changed !== expected) throw new Error(`a release of ${count} images changed\n${changed}`);
    return wall;
  };
  const steps = { one: () => release(1), many: () => release(images) };
  await inTurn({ ...bench, pairs: 1 }, steps);
  return { files: manifests.files, images, ...(await inTurn(bench, steps)) };
}
