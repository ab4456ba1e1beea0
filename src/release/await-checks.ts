/** How long a release waits for registries: not at all where their answers change nothing. */
import { ReleaseError } from '../core/errors.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { planRelease } from '../manifests/plan.ts';
import type { CheckedImage } from './check-images.ts';
import type { ReadFiles } from './plan-manifests.ts';

type Asked = Pick<Inputs, 'images' | 'checks' | 'search'>;

/**
 * What registries say of the images. Where the files have every version already, and no digest is asked for, it is what they have
 * said so far. `files` are those of the base; absent where something beside the base may change.
 */
export async function awaitChecks(
  checking: Promise<readonly CheckedImage[]>,
  asked: Asked,
  files: ReadFiles | undefined,
): Promise<readonly CheckedImage[]> {
  const answered = await Promise.race([checking, Promise.resolve(undefined)]);
  if (answered) return answered;
  return files && isDone(asked, files) ? asked.images.released.map(unanswered) : checking;
}

/** Whether nothing would change, whatever the registries say. */
function isDone({ images, checks, search }: Asked, { manifests, others }: ReadFiles): boolean {
  const { registry, pin, platforms, signer } = checks;
  if (registry !== 'check' || pin === 'always' || platforms.length > 0 || signer) return false;
  try {
    const { files, left } = planRelease(images.released, manifests, { ...search.plan, others });
    const mayBePinned = pin !== 'never' && images.released.some(({ reference }) => reference.digest === undefined);
    return files.length === 0 && !(mayBePinned && left.some(({ place }) => place.version.digest !== undefined));
  } catch (error) {
    // With their digests it may be planned.
    if (error instanceof ReleaseError) return false;
    throw error;
  }
}

const unanswered = ({ reference, replaces }: Asked['images']['released'][number]): CheckedImage => ({
  reference,
  replaces,
  inspection: { kind: 'unreadable', reason: 'it had not answered when nothing was left to do' },
});
