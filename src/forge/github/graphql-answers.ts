/** What is read of the answers of GitHub's GraphQL API: each is checked where it comes in, and other fields are left out. */
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
  earlier: nodes(z.object({ commit: z.object({ oid: text, message: text }) })),
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
/** `tip0`, `tip1` … of as many branches. */
export const tipFacts = (count: number) => z.object(numbered('tip', count, TIP_REF));
/** `files0`, `files1` … of as many objects; null for one that is not there. */
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
