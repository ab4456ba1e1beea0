/** What a release did. */
import type { Change, Leftover } from '../core/objects.ts';
import type { Forge, Merging, PullRequest } from '../forge/forge.ts';
import type { CheckedImage } from './check-images.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Wait } from '../inputs/wait.ts';
import type { Rendering } from '../rendering/rendering.ts';
import { versionOf, type Build } from './build.ts';
import type { Workspace } from './workspace.ts';

export interface Outcome {
  readonly outcome:
    | 'created'
    | 'updated'
    | 'unchanged'
    | 'merged'
    | 'closed'
    | 'skipped-older'
    | 'declined'
    | 'waiting'
    | 'pushed'
    | 'dry-run';
  readonly pullRequest: PullRequest | undefined;
  /** The result of the request for auto-merge; empty where none was sent in this run. */
  readonly merging: Merging | '';
  /** What is before its number in sentences. */
  readonly numberSign: Forge['numberSign'];
  /** The web page that the server printed on the push: of a pull request, or where one is opened; empty for none. */
  readonly page: string;
  readonly repository: string;
  readonly version: string;
  readonly delivery: 'pull-request' | 'push';
  readonly branch: string;
  readonly base: string;
  /** Empty where nothing was committed or kept. */
  readonly commit: string;
  /** Whether the server calls the commit's signature good. */
  readonly verified: boolean;
  readonly changes: readonly Change[];
  /** The lines that keep another version of a released image; none where nothing was released. */
  readonly left: readonly Leftover[];
  readonly diff: string;
  /** What is known of the released images; absent where nothing was asked. */
  readonly checked?: readonly CheckedImage[];
  /** What changes in the objects that are rendered; absent where nothing was. */
  readonly rendering?: Rendering | undefined;
  /** What its inputs wait for. */
  readonly wait?: Wait;
  /** Why a release was skipped, declined or has to wait, as a clause; else empty. */
  readonly reason: string;
}

/** The outcome of a run that has changed and read nothing yet: what it has is known from its inputs. */
export function initialOutcome(
  { store, forge }: Pick<Workspace, 'store' | 'forge'>,
  { access, policy }: Pick<Inputs, 'access' | 'policy'>,
  build: Pick<Build, 'images'>,
): Omit<Outcome, 'outcome'> {
  return {
    pullRequest: undefined,
    numberSign: forge?.numberSign ?? '#',
    merging: '',
    page: '',
    repository: access.remote.name,
    version: versionOf(build),
    delivery: policy.delivery,
    branch: '',
    base: store.base,
    commit: '',
    verified: false,
    changes: [],
    left: [],
    diff: '',
    reason: '',
  };
}
