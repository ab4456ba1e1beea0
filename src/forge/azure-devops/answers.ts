/** What is read of the answers of Azure DevOps: each is checked where it comes in, and other fields are left out. */
import * as z from 'zod/mini';

const text = z.string();
const commitId = z.nullish(z.object({ commitId: text }));

/** A reviewer: a person or, where it is a container, a team or group. */
const REVIEWER = z.object({
  id: text,
  displayName: text,
  uniqueName: z.nullish(text),
  isContainer: z.nullish(z.boolean()),
});
export type Reviewer = z.output<typeof REVIEWER>;

const LABEL = z.object({ id: text, name: text, active: z.nullish(z.boolean()) });
export const LABELS = z.object({ value: z.array(LABEL) });

export const PULL_REQUEST = z.object({
  pullRequestId: z.int(),
  title: text,
  description: z.nullish(text),
  status: z.enum(['active', 'abandoned', 'completed']),
  isDraft: z.nullish(z.boolean()),
  sourceRefName: text,
  targetRefName: text,
  /** `queued` while it is tried. */
  mergeStatus: z.nullish(text),
  mergeFailureMessage: z.nullish(text),
  labels: z.nullish(z.array(LABEL)),
  reviewers: z.nullish(z.array(REVIEWER)),
  lastMergeSourceCommit: commitId,
  /** Once it is completed, the commit that the target has. */
  lastMergeCommit: commitId,
  closedDate: z.nullish(text),
  /** The fork that its branch is in. */
  forkSource: z.nullish(z.unknown()),
});
export type PullRequestFacts = z.output<typeof PULL_REQUEST>;

const SIGNED_OFF = z.nullish(z.object({ name: z.nullish(text), email: z.nullish(text), date: z.nullish(text) }));

export const COMMIT = z.object({
  commitId: text,
  /** Its message; in a list without what is behind its first line. */
  comment: z.nullish(text),
  commentTruncated: z.nullish(z.boolean()),
  parents: z.nullish(z.array(text)),
  author: SIGNED_OFF,
  committer: SIGNED_OFF,
});
export type CommitFacts = z.output<typeof COMMIT>;

export const COMPARISON = z.object({
  commonCommit: z.nullish(text),
  baseCommit: text,
  targetCommit: text,
  aheadCount: z.int(),
});

const STATUS = z.object({
  id: z.int(),
  state: z.nullish(text),
  description: z.nullish(text),
  targetUrl: z.nullish(text),
  context: z.object({ name: text }),
  createdBy: z.nullish(z.object({ uniqueName: z.nullish(text), displayName: z.nullish(text) })),
  creationDate: z.nullish(text),
});
export const STATUS_LIST = z.object({ value: z.array(STATUS) });

const property = z.nullish(z.object({ $value: z.optional(text) }));

export const IDENTITIES = z.object({
  value: z.array(
    z.object({
      id: text,
      providerDisplayName: z.nullish(text),
      customDisplayName: z.nullish(text),
      isActive: z.nullish(z.boolean()),
      isContainer: z.nullish(z.boolean()),
      properties: z.nullish(z.object({ Account: property, Domain: property, Mail: property })),
    }),
  ),
});
export type IdentityFacts = z.output<typeof IDENTITIES>['value'][number];

/** The owner of the token. */
export const CONNECTION = z.object({ authenticatedUser: z.object({ id: text }) });
