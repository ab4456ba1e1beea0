/** A pull request that no API opens: what the push says to the server, and what the run says of its answer. */
import { lackingNotes, type Reach } from '../forge/capabilities.ts';
import { opensByPush, pushOptions } from '../forge/push-options.ts';
import type { ReleaseState } from './observe.ts';
import type { Content } from './pull-request/upsert.ts';
import { planVariables, releaseVariables, renderLabels } from './pull-request/variables.ts';
import type { ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

/** Characters of a label, for a server that is not asked. */
const LABEL_LIMIT = 255;

/** How the server of a release is reached. */
function reachOf({ forge }: Pick<Workspace, 'forge'>, { inputs: { access } }: ReleaseRequest): Reach {
  if (forge) return 'api';
  return opensByPush(access.kind) ? 'push' : 'git';
}

/** The options of the push that ask for the pull request; none where an API opens it, or nothing does. */
export async function optionsOf(
  workspace: Pick<Workspace, 'forge' | 'store'>,
  request: ReleaseRequest,
  { name, plan, tip }: Pick<ReleaseState, 'name' | 'plan' | 'tip'>,
  { texts }: Pick<Content, 'texts'>,
): Promise<readonly string[]> {
  const { access, policy, templates } = request.inputs;
  if (policy.delivery === 'push' || reachOf(workspace, request) !== 'push') return [];
  const { base } = workspace.store;
  const variables = planVariables(releaseVariables(request, name, base), plan.changes);
  const { draft, ...attributes } = templates.attributes;
  return pushOptions(access.kind, {
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
export function lackingOn(workspace: Pick<Workspace, 'forge'>, request: ReleaseRequest): string[] {
  const { access, policy, templates } = request.inputs;
  if (policy.delivery === 'push') return [];
  const { draft, ...attributes } = templates.attributes;
  return lackingNotes(access.kind, { ...attributes, draft: draft !== 'false' }, reachOf(workspace, request));
}

/** The first page that a server names in its answer to a push, with the words before it; `undefined` where it names none. */
export function pageIn(answer: readonly string[]): { readonly words: string; readonly page: string } | undefined {
  const index = answer.findIndex((line) => /^https?:\/\/\S+$/.test(line));
  const page = answer[index];
  return page === undefined ? undefined : { words: answer[index - 1] ?? '', page };
}
