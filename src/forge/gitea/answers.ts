/** What is read of the answers of Gitea and Forgejo: each is checked where it comes in, and other fields are left out. */
import * as z from 'zod/mini';

const text = z.string();
const users = z.nullish(z.array(z.object({ login: text })));

const BRANCH = z.object({ label: text, ref: text, sha: text, repo_id: z.int() });

export const PULL_REQUEST = z.object({
  id: z.int(),
  number: z.int(),
  html_url: text,
  title: text,
  body: text,
  state: text,
  merged: z.boolean(),
  draft: z.optional(z.boolean()),
  closed_at: z.nullish(text),
  merged_at: z.nullish(text),
  /** Set once it is merged, however that was done. */
  merge_commit_sha: z.nullish(text),
  labels: z.nullish(z.array(z.object({ name: text }))),
  assignees: users,
  requested_reviewers: users,
  requested_reviewers_teams: z.nullish(z.array(z.object({ name: text }))),
  base: z.object({ ref: text, repo_id: z.int() }),
  head: BRANCH,
});
export type PullRequestFacts = z.output<typeof PULL_REQUEST>;

export const PULL_REQUESTS = z.array(PULL_REQUEST);

const SIGNED_OFF = z.nullish(z.object({ name: z.optional(text), email: z.optional(text), date: z.optional(text) }));

export const COMMIT = z.object({
  sha: text,
  html_url: text,
  parents: z.nullish(z.array(z.object({ sha: text }))),
  author: z.nullish(z.object({ login: z.optional(text) })),
  commit: z.object({
    message: text,
    author: SIGNED_OFF,
    committer: SIGNED_OFF,
    verification: z.nullish(z.object({ verified: z.boolean(), signature: z.nullish(text), payload: z.nullish(text) })),
  }),
});
export type CommitFacts = z.output<typeof COMMIT>;

export const COMMITS = z.array(COMMIT);

/** A page of the entries of a commit's root folder. */
export const TREE = z.object({
  tree: z.nullable(z.array(z.object({ path: text, mode: text, sha: text }))),
  truncated: z.optional(z.boolean()),
});

export const COMPARISON = z.object({ total_commits: z.int(), commits: z.nullish(COMMITS) });

/** Newer versions have more words than ours. */
export const STATUSES = z.array(
  z.object({
    id: z.int(),
    status: text,
    context: text,
    description: text,
    target_url: text,
    creator: z.nullish(z.object({ login: text })),
    updated_at: text,
  }),
);
export type StatusFacts = z.output<typeof STATUSES>[number];

/** What happened to a pull request: `close`, `delete_branch`. */
export const TIMELINE = z.nullable(z.array(z.nullable(z.object({ type: text, created_at: text }))));

export const LABELS = z.array(z.object({ id: z.int(), name: text }));

export const MILESTONE = z.object({ id: z.int(), title: text, state: text });
export const MILESTONES = z.array(MILESTONE);

/** Limits of the server. */
export const API_SETTINGS = z.object({ max_response_items: z.int() });

export const USERS = z.array(z.object({ login: text }));

/** The repository: who may read it, and what a token may do in it. */
export const REPOSITORY = z.object({
  private: z.boolean(),
  internal: z.optional(z.boolean()),
  archived: z.optional(z.boolean()),
  permissions: z.optional(z.object({ push: z.optional(z.boolean()) })),
});
