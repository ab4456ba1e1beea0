/** What is read of GitLab's answers: each is checked where it comes in, and other fields are left out. */
import * as z from 'zod/mini';

const text = z.string();

export const USER = z.object({ id: z.int(), username: text });
export const USERS = z.array(USER);
export type User = z.output<typeof USER>;

export const MERGE_REQUEST = z.object({
  id: z.int(),
  iid: z.int(),
  web_url: text,
  title: text,
  description: z.nullable(text),
  // `locked` is one that is being merged.
  state: z.enum(['opened', 'closed', 'merged', 'locked']),
  draft: z.boolean(),
  /** Whether auto-merge is set, of whatever kind. */
  merge_when_pipeline_succeeds: z.optional(z.boolean()),
  labels: z.array(text),
  reviewers: z.nullish(USERS),
  assignees: z.nullish(USERS),
  milestone: z.nullish(z.object({ title: text })),
  source_branch: text,
  target_branch: text,
  /** Null where the fork is gone. */
  source_project_id: z.nullable(z.int()),
  target_project_id: z.int(),
  sha: z.nullable(text),
  closed_at: z.nullish(text),
  merged_at: z.nullish(text),
  /** Null after a fast-forward. */
  merge_commit_sha: z.nullish(text),
  squash_commit_sha: z.nullish(text),
  /** Why it cannot be merged now, in one word; GitLab has it since 15.6. */
  detailed_merge_status: z.optional(text),
});
export const MERGE_REQUESTS = z.array(MERGE_REQUEST);
export type MergeRequest = z.output<typeof MERGE_REQUEST>;

export const COMMIT = z.object({
  id: text,
  parent_ids: z.array(text),
  title: text,
  message: text,
  author_name: text,
  committer_email: z.nullish(text),
  committed_date: text,
  web_url: text,
});
export const COMMITS = z.array(COMMIT);
export type CommitFacts = z.output<typeof COMMIT>;

export const STATUSES = z.array(
  z.object({
    id: z.int(),
    status: text,
    name: text,
    description: z.nullish(text),
    target_url: z.nullish(text),
    author: z.nullish(z.object({ username: text })),
    created_at: text,
    finished_at: z.nullish(text),
  }),
);

export const NOTES = z.array(z.object({ system: z.boolean(), body: text, created_at: text }));
export const MILESTONES = z.array(z.object({ id: z.int(), iid: z.int(), title: text, state: text }));
export const MERGE_BASE = z.object({ id: text });
export const SIGNATURE = z.object({ verification_status: text });
/** `private`, `internal` or `public`. */
export const PROJECT = z.object({ visibility: text });
