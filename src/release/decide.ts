/** What is done about a release, from what was observed: all policy is here. Pure. */
import { isSameVersion, repositoryOf, versionIn } from '../core/image-reference.ts';
import type { Change, Commit } from '../core/objects.ts';
import type { PullRequest } from '../forge/forge.ts';
import type { Policy } from '../inputs/inputs.ts';
import type { Plan } from '../manifests/plan.ts';
import { versionsOf, type Build } from './build.ts';
import { whyOlder, type Present } from './compare-builds.ts';
import type { KnownPullRequest, ReleasePullRequest, ReleasePullRequests } from './pull-request/select.ts';

/** The facts that a decision is made on. */
export interface Facts {
  readonly pullRequests: ReleasePullRequests;
  /** The commits by others on the release branch, the newest first. */
  readonly foreign: readonly Commit[];
  /** What changes on the base. */
  readonly plan: Pick<Plan, 'files' | 'changes'>;
  /** Everything that is there already, each with its versions or build. */
  readonly present: readonly Present[];
  /** Tips of branches of open pull requests that have nothing of others, as far as that matters. */
  readonly disposable: ReadonlySet<string>;
  /** The rollback that removed this very release, as a subject ("pull request #3"). */
  readonly rolledBackBy: string | undefined;
}

/** What of a request a decision depends on. */
export interface Asked {
  readonly inputs: { readonly policy: Policy };
  readonly build: Build;
}

export type Decision =
  /** Write it. */
  | { readonly kind: 'release' }
  /** Something newer is there; a wrong text of the pull request is corrected. */
  | { readonly kind: 'skip'; readonly reason: string }
  /** The base has everything: open pull requests are closed, but for those with commits by others (`kept`). */
  | {
      readonly kind: 'close';
      readonly closed: readonly ReleasePullRequest[];
      readonly kept: readonly ReleasePullRequest[];
    }
  /** The base has everything and no pull request is open for it. */
  | { readonly kind: 'unchanged' }
  /** A person decided against this version: `pullRequest` was closed, or a rollback removed it (`reason`). */
  | { readonly kind: 'decline'; readonly reason: string; readonly pullRequest: PullRequest | undefined }
  /** The base has these versions, which are others than a rollback is to remove. */
  | { readonly kind: 'overtaken'; readonly versions: readonly string[] }
  /** The release branch has commits by others, and the input says to stop. */
  | { readonly kind: 'refuse'; readonly commits: readonly Commit[] };

/** The first rule that applies decides. */
export function decide(asked: Asked, facts: Facts): Decision {
  const {
    inputs: { policy },
    build,
  } = asked;
  const { pullRequests, plan, foreign, present, rolledBackBy } = facts;
  const older = policy.order === 'newest' ? whyOlderThanAny(present, build) : undefined;
  if (older !== undefined) return { kind: 'skip', reason: older };
  if (plan.files.length === 0) return decideObsolete(asked, facts);
  const overtaking = overtakingVersions(build, plan);
  if (overtaking.length > 0) return { kind: 'overtaken', versions: overtaking };
  if (!policy.force && rolledBackBy !== undefined) {
    return { kind: 'decline', reason: `${rolledBackBy} rolled it back`, pullRequest: undefined };
  }
  if (!policy.force && pullRequests.declined && !pullRequests.present) {
    return { kind: 'decline', reason: '', pullRequest: pullRequests.declined };
  }
  if (policy.onForeignCommits === 'stop' && foreign.length > 0) return { kind: 'refuse', commits: foreign };
  return { kind: 'release' };
}

/** The versions that are there in place of those that a rollback removes; none for any other operation. */
function overtakingVersions({ operation: { rollsBack } }: Build, { changes }: Facts['plan']): readonly string[] {
  const removed = versionsOf({ images: rollsBack });
  const isOther = ({ image, from }: Change): boolean => {
    const known = removed.filter(([repository]) => repository === repositoryOf(image));
    return from !== '' && known.length > 0 && !known.some(([, version]) => isSameVersion(version, versionIn(from)));
  };
  return [...new Set(changes.filter(isOther).map(({ from }) => from))];
}

function decideObsolete({ inputs: { policy } }: Asked, { pullRequests, disposable }: Facts): Decision {
  const { present, others } = pullRequests;
  const open = [...(present ? [present] : []), ...others];
  if (open.length === 0) return { kind: 'unchanged' };
  const isFree = ({ pullRequest: { head } }: ReleasePullRequest): boolean =>
    head !== undefined && (policy.onForeignCommits === 'reset' || disposable.has(head.id));
  return { kind: 'close', closed: open.filter(isFree), kept: open.filter((one) => !isFree(one)) };
}

/** What becomes of the open pull requests of other versions once one was published. */
export type Supersession =
  | { readonly newer: KnownPullRequest; readonly reason: string }
  /** All of these are closed with a link to the published one. */
  | { readonly superseded: readonly KnownPullRequest[] };

/** `others` has each with what it has already; a newer one, opened by another run at the same time, wins. */
export function decideSuperseded(
  { inputs: { policy }, build }: Asked,
  others: readonly { readonly known: KnownPullRequest; readonly present: Present }[],
): Supersession {
  for (const { known, present } of policy.order === 'newest' ? others : []) {
    const reason = whyOlder(present, build);
    if (reason !== undefined) return { newer: known, reason };
  }
  return { superseded: others.map(({ known }) => known) };
}

/** Why the build is older than one of these, as a clause; `undefined` when it is not. */
export function whyOlderThanAny(present: readonly Present[], build: Build): string | undefined {
  for (const one of present) {
    const reason = whyOlder(one, build);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
