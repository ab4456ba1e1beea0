/** One release: observe, decide, apply. The only file that has the order of the work. */
import { CloneNeeded } from '../core/repository-api.ts';
import type { Ci } from '../inputs/ci.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { refuseUnproved } from './checked-images.ts';
import { conclude } from './conclude.ts';
import { decide } from './decide.ts';
import { observe } from './observe.ts';
import type { Outcome } from './outcome.ts';
import { publishRelease } from './publish.ts';
import { readRequest } from './request.ts';
import { retryOnMoved } from './retry-on-moved.ts';
import { whyCloned } from './why-cloned.ts';
import type { Workspace } from './workspace.ts';

/**
 * Releases: afterwards the release branch and its pull request have the given versions, or the base has them, or the
 * outcome says why not. Running it again does nothing. Throws CloneNeeded, where the API of the forge is not enough, and
 * ReleaseError: then nothing was pushed, or what was pushed is whole and the next run goes on from there.
 */
export async function releaseAt(workspace: Workspace, inputs: Inputs, ci: Ci): Promise<Outcome> {
  const { log, store } = workspace;
  const reason = store.canPush ? undefined : whyCloned(inputs);
  if (reason !== undefined) throw new CloneNeeded(reason);
  for (const note of inputs.images.notes) log.step(`images: ${note}`);
  const asked = readRequest(workspace, inputs, ci);
  // Beside the read of the repository.
  const checking = workspace.check(inputs);
  checking.catch(() => undefined);
  const outcome = await retryOnMoved(log, async (again) => {
    const state = await observe(workspace, asked, { ci, checking }, again);
    const { request, checked, plan } = state;
    const decision = decide(request, state);
    if (decision.kind !== 'release') return conclude(workspace, request, state, decision);
    refuseUnproved(checked, inputs.checks, plan.missing);
    return publishRelease(workspace, request, state, ci);
  });
  return { ...outcome, wait: inputs.wait };
}
