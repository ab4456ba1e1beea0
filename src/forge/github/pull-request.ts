/** A pull request as GitHub's two APIs return it. */
import type { PullRequest } from '../forge.ts';

/** The fields of PullRequestFacts in github-documents.ts. */
export interface PullRequestFacts {
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  readonly isCrossRepository: boolean;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly labels: { readonly nodes: readonly { readonly name: string }[] } | null;
  readonly headRef: { readonly target: HeadFacts | null } | null;
}

interface HeadFacts {
  readonly oid: string;
  readonly message?: string;
  readonly tree?: { readonly oid: string };
  readonly parents?: { readonly nodes: readonly { readonly oid: string }[] };
  readonly committer?: { readonly email: string | null } | null;
  readonly signature?: { readonly isValid: boolean } | null;
}

/** None for one from a fork: its branch is not ours, whatever its body contains. */
export function fromGraphql(facts: PullRequestFacts): PullRequest[] {
  if (facts.isCrossRepository) return [];
  const { id, number, url, title, body, state, isDraft, headRefName, headRefOid, labels } = facts;
  const target = facts.headRef?.target;
  return [
    {
      number,
      url,
      id,
      title,
      body,
      state: state === 'OPEN' ? 'open' : state === 'MERGED' ? 'merged' : 'closed',
      draft: isDraft,
      labels: labels?.nodes.map(({ name }) => name) ?? [],
      branch: headRefName,
      headId: headRefOid,
      head: target
        ? {
            id: target.oid,
            tree: target.tree?.oid ?? '',
            parents: target.parents?.nodes.map(({ oid }) => oid) ?? [],
            committerEmail: target.committer?.email ?? '',
            message: target.message ?? '',
            signed: (target.signature ?? null) !== null,
          }
        : undefined,
      verified: target?.signature?.isValid ?? false,
    },
  ];
}

/** What REST answers to a change. */
export function fromRest(data: {
  node_id: string;
  number: number;
  html_url: string;
  title: string;
  body: string | null;
  state: string;
  merged_at: string | null;
  draft?: boolean;
  labels: { name?: string }[];
  head: { ref: string; sha: string };
}): PullRequest {
  return {
    number: data.number,
    url: data.html_url,
    id: data.node_id,
    title: data.title,
    body: data.body ?? '',
    state: data.state === 'open' ? 'open' : data.merged_at ? 'merged' : 'closed',
    draft: data.draft ?? false,
    labels: data.labels.flatMap(({ name }) => name ?? []),
    branch: data.head.ref,
    headId: data.head.sha,
    head: undefined,
    verified: false,
  };
}
