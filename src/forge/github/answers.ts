/** What is read of GitHub's answers: each is checked where it comes in, and other fields are left out. */
import * as z from 'zod/mini';

const text = z.string();
const ids = z.object({ oid: text });
const nodes = <Node extends z.ZodMiniType>(node: Node) => z.object({ nodes: z.array(node) });

const COMMIT_FACTS = z.object({
  oid: text,
  message: text,
  tree: ids,
  parents: nodes(ids),
  committer: z.nullable(z.object({ email: z.nullable(text) })),
  signature: z.nullable(z.object({ isValid: z.boolean() })),
});

/** The fields of PullRequestFacts in graphql-documents.ts. */
const PULL_REQUEST_FACTS = z.object({
  id: text,
  number: z.int(),
  url: text,
  title: text,
  body: text,
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  isCrossRepository: z.boolean(),
  headRefName: text,
  headRefOid: text,
  baseRefName: text,
  closedAt: z.nullable(text),
  labels: z.nullable(nodes(z.object({ name: text }))),
  assignees: nodes(z.object({ login: text })),
  reviewRequests: z.nullable(nodes(z.object({ requestedReviewer: z.nullable(z.object({ login: z.optional(text) })) }))),
  headRef: z.nullable(z.object({ target: z.nullable(ids) })),
  commits: z.object({ totalCount: z.int(), nodes: z.array(z.object({ commit: COMMIT_FACTS })) }),
  timelineItems: nodes(z.object({ createdAt: z.optional(text) })),
});
export type PullRequestFacts = z.output<typeof PULL_REQUEST_FACTS>;
export type CommitFacts = z.output<typeof COMMIT_FACTS>;

const LIST = nodes(PULL_REQUEST_FACTS);
export type PullRequestList = z.output<typeof LIST>;
const PAGE = z.extend(LIST, { pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.nullable(text) }) });

/** As many fields with numbered names as there are variables of that name. */
const numbered = <Name extends string, Shape extends z.ZodMiniType>(name: Name, count: number, shape: Shape) =>
  Object.fromEntries([...Array(count).keys()].map((index) => [`${name}${index}`, shape])) as Record<
    `${Name}${number}`,
    Shape
  >;

/** The lists of pull requests: a page of the open ones, and the past ones. */
export const pullRequestLists = (branches: number) =>
  z.object({ open: PAGE, merged: LIST, ...numbered('past', branches, LIST) });
export type PullRequestLists = z.output<ReturnType<typeof pullRequestLists>>;

const NAMED_REF = z.nullable(z.object({ name: text, target: z.nullable(COMMIT_FACTS) }));
const TIP_REF = z.nullable(z.object({ target: z.nullable(COMMIT_FACTS) }));

/** An object, with all that is known of it: the text of a file, the entries of a folder. */
export interface GitObjectFacts {
  readonly oid: string;
  readonly text?: string | null | undefined;
  readonly isBinary?: boolean | null | undefined;
  readonly isTruncated?: boolean | undefined;
  readonly byteSize?: number | undefined;
  readonly entries?: readonly TreeEntryFacts[] | null | undefined;
}

interface TreeEntryFacts {
  readonly name: string;
  readonly mode: number;
  readonly oid: string;
  readonly object?: GitObjectFacts | null | undefined;
}

const TREE_ENTRY: z.ZodMiniType<TreeEntryFacts> = z.object({
  name: text,
  mode: z.int(),
  oid: text,
  object: z.nullish(z.lazy(() => GIT_OBJECT)),
});

const GIT_OBJECT: z.ZodMiniType<GitObjectFacts> = z.object({
  oid: text,
  text: z.nullish(text),
  isBinary: z.nullish(z.boolean()),
  isTruncated: z.optional(z.boolean()),
  byteSize: z.optional(z.int()),
  entries: z.nullish(z.array(TREE_ENTRY)),
});

const FOUND = z.nullable(GIT_OBJECT);

/** Of `baseQuery`, beside its lists. */
export const REPOSITORY_FACTS = z.object({ id: text, isPrivate: z.boolean() });
export type RepositoryFacts = z.output<typeof REPOSITORY_FACTS>;
export const BASE = z.extend(REPOSITORY_FACTS, { base: NAMED_REF });
export const tipFacts = (count: number) => z.object(numbered('tip', count, TIP_REF));
export const objectFacts = <Name extends 'listing' | 'files' | 'object'>(name: Name, count: number) =>
  z.object(numbered(name, count, FOUND));

/** Of an object that may be no commit. */
const MAYBE_COMMIT = z.nullable(z.union([COMMIT_FACTS, z.strictObject({})]));
export const COMMIT_OBJECT = z.object({ commit: MAYBE_COMMIT });
export const TIP_FACTS = z.object({ repository: z.object({ ref: TIP_REF }) });

const HISTORY = nodes(z.extend(COMMIT_FACTS, { committedDate: text }));
/** Of `historyQuery`. */
export const HISTORY_FACTS = z.object({ commit: z.nullable(z.record(text, HISTORY)) });

export const REPOSITORY_ANSWER = z.object({ repository: REPOSITORY_FACTS });

/** Of `commitMutation`; what was refused is null. */
export const MADE_COMMIT = z.object({
  createRef: z.nullish(z.object({})),
  createCommitOnBranch: z.nullable(z.object({ commit: z.nullable(COMMIT_FACTS) })),
  createPullRequest: z.nullish(z.object({ pullRequest: z.nullable(PULL_REQUEST_FACTS) })),
});

export const MILESTONES = z.object({
  repository: z.object({
    milestones: nodes(z.object({ number: z.int(), title: text })),
    milestone: z.nullish(z.object({ number: z.int(), state: text })),
  }),
});

/** Of `moveMutation`; what was refused is null. */
export const MOVED = z.object({
  updateRefs: z.nullable(z.object({})),
  updatePullRequest: z.nullish(z.object({ pullRequest: z.nullable(PULL_REQUEST_FACTS) })),
});

/** What REST answers to a change of a pull request. */
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
