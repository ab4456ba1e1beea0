/** What the pull request of a release is to have, and what of it goes to the server with the commit. */
import type { ReleaseState } from './observe.ts';
import { carryOver } from './pull-request/carry-over.ts';
import { isTemplatedLabel, renderLabels } from './pull-request/texts.ts';
import { openingOf, rewritingOf, type Content, type Wanted } from './pull-request/upsert.ts';
import { planVariables, releaseVariables } from './pull-request/variables.ts';
import type { BesideCommit } from './push-commit.ts';
import { optionsOf } from './pushed-request.ts';
import type { ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

/** Where the pull request goes, and what it has beside its text. Throws what is wrong in the template of a label. */
export function wantedPullRequest(
  { store, forge }: Workspace,
  request: ReleaseRequest,
  { name, branch, changes, checked, pullRequests }: ReleaseState,
): Omit<Wanted, 'head'> {
  const { templates } = request.inputs;
  const variables = planVariables(releaseVariables(request, name, store.base), changes, checked);
  const labels = forge ? renderLabels(templates, variables, forge.limits.label) : [];
  const attributes = { ...templates.attributes, labels };
  const isTemplated = (label: string): boolean => isTemplatedLabel(templates, label);
  const over = carryOver(pullRequests.others, attributes, isTemplated, request.key);
  return { branch, base: store.base, attributes, isTemplated, over };
}

/** What goes to the server with the commit. Throws what the forge throws. */
export async function besideCommit(
  workspace: Workspace,
  request: ReleaseRequest,
  state: ReleaseState,
  content: Content,
  wanted: Omit<Wanted, 'head'>,
): Promise<BesideCommit> {
  const { forge } = workspace;
  const { present } = state.pullRequests;
  if (request.inputs.policy.delivery === 'push') return {};
  if (!forge) return { options: await optionsOf(workspace, request, state, content) };
  if (present) return { rewriting: await rewritingOf(forge, present, content, wanted) };
  return { opening: (await openingOf(forge, content, wanted)).opening };
}
