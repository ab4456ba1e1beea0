/** What is read of the answers of Bitbucket Data Center: each is checked where it comes in, and other fields are left out. */
import * as z from 'zod/mini';
import type { Part } from '../http/client.ts';

const text = z.string();

export const USER = z.object({ name: text });
export const USERS = z.array(USER);
const participant = z.object({ user: USER });

const ref = z.object({
  /** `refs/heads/main`. */
  id: text,
  displayId: text,
  latestCommit: z.nullish(text),
  repository: z.object({ id: z.int() }),
});

export const PULL_REQUEST = z.object({
  id: z.int(),
  version: z.int(),
  title: text,
  description: z.nullish(text),
  state: z.enum(['OPEN', 'MERGED', 'DECLINED']),
  /** Since 8.18. */
  draft: z.nullish(z.boolean()),
  fromRef: ref,
  toRef: ref,
  reviewers: z.nullish(z.array(participant)),
  links: z.object({ self: z.array(z.object({ href: text })) }),
  /** Milliseconds since 1970. */
  closedDate: z.nullish(z.int()),
  properties: z.nullish(z.object({ mergeCommit: z.nullish(z.object({ id: text })) })),
});
export type PullRequestFacts = z.output<typeof PULL_REQUEST>;

const person = z.nullish(
  z.object({ name: z.nullish(text), displayName: z.nullish(text), emailAddress: z.nullish(text) }),
);

export const COMMIT = z.object({
  id: text,
  message: text,
  parents: z.array(z.object({ id: text })),
  author: person,
  committer: person,
  /** Milliseconds since 1970. */
  committerTimestamp: z.int(),
});
export type CommitFacts = z.output<typeof COMMIT>;

/** Milliseconds since 1970; old servers have the third alone. */
const date = z.nullish(z.int());
export const BUILD_STATUS = z.object({
  key: text,
  name: z.nullish(text),
  state: text,
  description: z.nullish(text),
  url: z.nullish(text),
  updatedDate: date,
  createdDate: date,
  dateAdded: date,
});

const open = z.optional(z.boolean());
export const REPOSITORY = z.object({ id: z.int(), public: open, project: z.optional(z.object({ public: open })) });

/** What was wrong, by the name of an exception; of reviewers each that was not taken. */
export const REFUSAL = z.object({
  errors: z.array(
    z.object({
      exceptionName: z.nullish(text),
      reviewerErrors: z.nullish(z.array(z.object({ context: z.nullish(text), message: z.nullish(text) }))),
    }),
  ),
});

/** A page of a list. */
export const pageOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ values: z.array(item), isLastPage: z.boolean(), nextPageStart: z.nullish(z.int()) });

interface Page<Item> {
  readonly values: Item[];
  readonly isLastPage: boolean;
  readonly nextPageStart?: number | null | undefined;
}

/** What the client takes from such a page. */
export const partOf = <Item>({ values, isLastPage, nextPageStart }: Page<Item>): Part<Item> => ({
  values,
  next: isLastPage || nextPageStart == null ? undefined : { start: nextPageStart },
});
