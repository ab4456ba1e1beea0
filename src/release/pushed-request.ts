/** A pull request that no API opens: what the push says to the server, and what the run says that it cannot have. */
import { lackingNotes, type Reach } from '../forge/capabilities.ts';
import { opensByPush, pushOptions } from '../forge/push-options.ts';
import type { ReleaseState } from './observe.ts';
import type { Content } from './pull-request/upsert.ts';
import { renderLabels } from './pull-request/texts.ts';
import { planVariables, releaseVariables } from './pull-request/variables.ts';
import type { ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

/** Characters of a label, for a server that is not asked. */
const LABEL_LIMIT = 255;

/** How the server of a release is reached. */
function reachOf({ forge, access }: Pick<Workspace, 'forge' | 'access'>): Reach {
  if (forge) return 'api';
  return opensByPush(access.kind) ? 'push' : 'git';
}

/** The options of the push that ask for the pull request; none where an API opens it, or nothing does. */
export async function optionsOf(
  workspace: Pick<Workspace, 'access' | 'forge' | 'store'>,
  request: ReleaseRequest,
  { name, changes, tip }: Pick<ReleaseState, 'name' | 'changes' | 'tip'>,
  { texts }: Pick<Content, 'texts'>,
): Promise<readonly string[]> {
  const { policy, templates } = request.inputs;
  if (policy.delivery === 'push' || reachOf(workspace) !== 'push') return [];
  const { base } = workspace.store;
  const variables = planVariables(releaseVariables(request, name, base), changes);
  const { draft, ...attributes } = templates.attributes;
  return pushOptions(workspace.access.kind, {
    base,
    title: (await texts()).title,
    isNew: tip === undefined,
    attributes: {
      ...attributes,
      labels: renderLabels(templates, variables, LABEL_LIMIT),
      draft: draft !== 'false',
    },
  });
}

/** What the pull request was to have, and cannot have here. */
export function lackingOn(workspace: Pick<Workspace, 'access' | 'forge'>, request: ReleaseRequest): string[] {
  const { policy, templates } = request.inputs;
  if (policy.delivery === 'push') return [];
  const { draft, ...attributes } = templates.attributes;
  return lackingNotes(workspace.access.kind, { ...attributes, draft: draft !== 'false' }, reachOf(workspace));
}
