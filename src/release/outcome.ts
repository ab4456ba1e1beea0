/** The result of one release. */
import type { Change } from '../core/objects.ts';
import type { PullRequest } from '../forge/forge.ts';

export interface Outcome {
  readonly outcome:
    'created' | 'updated' | 'unchanged' | 'closed' | 'skipped-older' | 'declined' | 'waiting' | 'pushed' | 'dry-run';
  readonly pullRequest: PullRequest | undefined;
  readonly repository: string;
  readonly version: string;
  readonly delivery: 'pull-request' | 'push';
  readonly branch: string;
  readonly base: string;
  /** Empty where nothing was committed or kept. */
  readonly commit: string;
  readonly verified: boolean;
  readonly changes: readonly Change[];
  readonly diff: string;
  /** Why a release was skipped, declined or has to wait, as a clause; else empty. */
  readonly reason: string;
}
