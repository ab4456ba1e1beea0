/** What is read of the answers of GitHub's REST API: each is checked where it comes in, and other fields are left out. */
import * as z from 'zod/mini';

const text = z.string();

/** Answered to a change of a pull request. */
export const REST_PULL_REQUEST = z.object({
  node_id: text,
  number: z.int(),
  html_url: text,
  title: text,
  body: z.nullish(text),
  state: text,
  merged_at: z.nullish(text),
  draft: z.optional(z.boolean()),
  labels: z.array(z.object({ name: z.optional(text) })),
  assignees: z.nullish(z.array(z.object({ login: text }))),
  requested_reviewers: z.nullish(z.array(z.object({ login: text }))),
  requested_teams: z.nullish(z.array(z.object({ slug: text }))),
  head: z.object({ ref: text, sha: text }),
});

export type RestPullRequest = z.output<typeof REST_PULL_REQUEST>;

/** A pull request, as far as its merge is concerned. */
export const MERGE = z.object({
  state: text,
  merged_at: z.nullish(text),
  merge_commit_sha: z.nullish(text),
  base: z.object({ ref: text }),
});

const creator = z.nullish(z.object({ login: text }));

export const STATUSES = z.array(
  z.object({
    context: text,
    state: text,
    description: z.nullish(text),
    target_url: z.nullish(text),
    creator,
    created_at: text,
  }),
);

export const DEPLOYMENTS = z.array(z.object({ id: z.int(), environment: text }));

export const DEPLOYMENT_STATUSES = z.array(
  z.object({
    state: text,
    description: z.nullish(text),
    log_url: z.optional(text),
    target_url: z.nullish(text),
    creator,
    created_at: text,
  }),
);

export const CHECK_RUNS = z.object({
  check_runs: z.array(
    z.object({
      id: z.int(),
      name: text,
      conclusion: z.nullish(text),
      details_url: z.nullish(text),
      html_url: z.nullish(text),
      started_at: z.nullish(text),
      completed_at: z.nullish(text),
      output: z.object({ title: z.nullish(text), summary: z.nullish(text) }),
      app: z.nullish(z.object({ slug: z.optional(text) })),
    }),
  ),
});

export const ISSUE = z.object({ assignees: z.nullish(z.array(z.object({ login: text }))) });

export const TREE = z.object({ sha: text });

export const GIT_COMMIT = z.object({ sha: text, verification: z.object({ verified: z.boolean() }) });

const SIGNED_OFF = z.nullable(z.object({ name: z.optional(text), date: z.optional(text) }));

export const COMPARISON = z.object({
  status: z.enum(['ahead', 'behind', 'identical', 'diverged']),
  total_commits: z.int(),
  html_url: text,
  base_commit: z.object({ commit: z.object({ committer: SIGNED_OFF }) }),
  commits: z.array(
    z.object({
      sha: text,
      html_url: text,
      commit: z.object({ message: text, author: SIGNED_OFF, committer: SIGNED_OFF }),
      author: z.nullish(z.object({ login: z.optional(text) })),
    }),
  ),
});

/** The repository, for what a token may do in it. */
export const REPOSITORY = z.object({
  archived: z.optional(z.boolean()),
  permissions: z.optional(z.object({ push: z.optional(z.boolean()) })),
});

export const INSTALLATION = z.object({ id: z.int(), permissions: z.record(text, text) });

export const INSTALLATION_TOKEN = z.object({ token: text });
