/** What is read of the answers of Bitbucket Cloud: each is checked where it comes in, and other fields are left out. */
import * as z from 'zod/mini';
import type { Part } from '../http/client.ts';

const text = z.string();

/** A person, or the app behind an access token, which has no nickname. */
export const ACCOUNT = z.object({
  uuid: text,
  account_id: z.nullish(text),
  nickname: z.nullish(text),
  display_name: z.nullish(text),
});
export type Account = z.output<typeof ACCOUNT>;

const link = z.object({ href: text });
const END = z.object({
  branch: z.object({ name: text }),
  /** Its id is cut to twelve digits; absent where it is gone. */
  commit: z.nullish(z.object({ hash: text })),
  /** Absent where the fork is gone. */
  repository: z.nullish(z.object({ uuid: text })),
});

export const PULL_REQUEST = z.object({
  id: z.int(),
  title: text,
  description: z.nullish(text),
  state: z.enum(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']),
  draft: z.nullish(z.boolean()),
  /** Of one that was merged; its id is cut to twelve digits. */
  merge_commit: z.nullish(z.object({ hash: text })),
  author: z.nullish(ACCOUNT),
  /** In a list only where it is asked for. */
  reviewers: z.nullish(z.array(ACCOUNT)),
  source: END,
  destination: END,
  links: z.object({ html: link }),
});
export type PullRequestFacts = z.output<typeof PULL_REQUEST>;

/** `Ada Lovelace <ada@example.com>`. */
const SIGNATURE = z.nullish(
  z.object({ raw: z.nullish(text), user: z.nullish(z.object({ display_name: z.nullish(text) })) }),
);

export const COMMIT = z.object({
  hash: text,
  message: text,
  date: text,
  parents: z.array(z.object({ hash: text })),
  author: SIGNATURE,
  committer: SIGNATURE,
  links: z.object({ html: link }),
});
export type CommitFacts = z.output<typeof COMMIT>;

export const BUILD_STATUS = z.object({
  key: text,
  name: z.nullish(text),
  state: text,
  description: z.nullish(text),
  url: z.nullish(text),
  updated_on: z.nullish(text),
});

/** A tag of either kind, with the commit that it is on. */
export const TAG = z.object({ target: z.object({ hash: text, date: text }) });

export const DEFAULT_REVIEWER = z.object({ user: ACCOUNT });
export const MEMBER = z.object({ user: ACCOUNT });

/** A page of a list. */
export const pageOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ values: z.array(item), next: z.nullish(text) });

/** What the client takes from such a page. */
export const partOf = <Item>({ values, next }: { values: Item[]; next?: string | null | undefined }): Part<Item> => ({
  values,
  next: next ?? undefined,
});

export const REPOSITORY = z.object({ is_private: z.boolean() });
