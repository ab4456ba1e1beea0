/** Carries out a decision that writes no release. */
import { failure } from '../core/errors.ts';
import type { Decision } from './decide.ts';
import type { ReleaseState } from './observe.ts';
import { initialOutcome, type Outcome } from './outcome.ts';
import { nameOf } from './own-commits.ts';
import { closeObsolete } from './pull-request/close.ts';
import { correctDescription } from './pull-request/description.ts';
import { pullRequestName } from './pull-request/name.ts';
import { writeContent } from './pull-request/upsert.ts';
import type { ReleaseRequest } from './request.ts';
import type { Moved } from './retry-on-moved.ts';
import type { Workspace } from './workspace.ts';

/** Throws FOREIGN_COMMITS, ROLLBACK_OVERTAKEN. */
export async function conclude(
  workspace: Workspace,
  request: ReleaseRequest,
  state: ReleaseState,
  decision: Exclude<Decision, { kind: 'release' }>,
): Promise<Outcome | Moved> {
  const { store, forge, log } = workspace;
  const outcome = outcomeOf(workspace, request, state);
  const { dryRun } = request.inputs.policy;
  switch (decision.kind) {
    case 'skip': {
      const isRight = dryRun || (await correctText(workspace, request, state));
      return isRight
        ? { ...outcome, left: [], outcome: 'skipped-older', reason: decision.reason }
        : { moved: state.branch };
    }
    case 'close': {
      for (const { pullRequest } of decision.kept) {
        log.step(`${pullRequestName(forge, pullRequest.number)} stays open: its branch has commits by others`);
      }
      const reason = `Closed: ${store.base} has these versions already.`;
      const obsolete = dryRun ? [] : decision.closed;
      const closed = await closeObsolete(workspace, request, state, obsolete, reason);
      if (closed && 'moved' in closed) return closed;
      return closed ? { ...outcome, outcome: 'closed', pullRequest: closed } : { ...outcome, outcome: 'unchanged' };
    }
    case 'unchanged':
      return { ...outcome, outcome: 'unchanged' };
    case 'decline':
      return { ...outcome, left: [], outcome: 'declined', reason: decision.reason, pullRequest: decision.pullRequest };
    case 'overtaken':
      throw failure('ROLLBACK_OVERTAKEN', { ...request.inputs.identity, versions: decision.versions });
    case 'refuse':
      throw failure('FOREIGN_COMMITS', { branch: state.branch, commits: decision.commits.map(nameOf) });
  }
}

/** What the outcome of a release has before anything is written. */
export function outcomeOf(
  workspace: Pick<Workspace, 'store' | 'forge'>,
  { inputs, build }: ReleaseRequest,
  { branch, changes, planOnTop, pullRequests, checked }: ReleaseState,
): Omit<Outcome, 'outcome'> {
  return {
    ...initialOutcome(workspace, inputs, build),
    pullRequest: pullRequests.present?.pullRequest,
    branch,
    changes,
    left: planOnTop.leftovers,
    checked,
  };
}

/** Corrects a text that describes another build than the branch has. False when the branch changed meanwhile. */
async function correctText(workspace: Workspace, request: ReleaseRequest, state: ReleaseState): Promise<boolean> {
  const { forge, log } = workspace;
  const { pullRequests, tip } = state;
  const content = await correctDescription(workspace, request, state);
  if (!forge || !content || !pullRequests.present) return true;
  const written = await writeContent(forge, pullRequests.present, content);
  if (written === pullRequests.present.pullRequest) return true;
  const { number, headId } = written;
  log.step(`corrected the text of ${pullRequestName(forge, number)}: it described another version than its branch has`);
  return headId === tip?.id;
}
