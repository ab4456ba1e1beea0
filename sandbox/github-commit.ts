/** What GitHub's REST API tells about commits. */
import { nodeId, repositoryUrl, type Addresses, type Json } from './github-repository.ts';
import type { SandboxRepository } from './repository.ts';
import { isGood, type StoredCommit } from './stored-commit.ts';

/** A commit as the Git database has it. */
export function gitCommitObject(addresses: Addresses, repository: SandboxRepository, commit: StoredCommit): Json {
  const { id, author, committer, message } = commit;
  const database = `${repositoryUrl(addresses, repository)}/git`;
  return {
    sha: id,
    node_id: nodeId('Commit', id),
    url: `${database}/commits/${id}`,
    html_url: htmlUrl(addresses, repository, id),
    author,
    committer,
    message,
    tree: { sha: commit.tree, url: `${database}/trees/${commit.tree}` },
    parents: parentObjects(addresses, repository, commit, `${database}/commits`),
    verification: verificationObject(commit),
  };
}

/** A commit with what GitHub knows around it; that nobody there has its addresses is all that the sandbox knows. */
export function commitObject(addresses: Addresses, repository: SandboxRepository, commit: StoredCommit): Json {
  const { id, author, committer, message } = commit;
  const api = repositoryUrl(addresses, repository);
  const url = `${api}/commits/${id}`;
  return {
    sha: id,
    node_id: nodeId('Commit', id),
    url,
    html_url: htmlUrl(addresses, repository, id),
    comments_url: `${url}/comments`,
    commit: {
      url: `${api}/git/commits/${id}`,
      author,
      committer,
      message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      verification: verificationObject(commit),
    },
    author: null,
    committer: null,
    parents: parentObjects(addresses, repository, commit, `${api}/commits`),
  };
}

function parentObjects(addresses: Addresses, repository: SandboxRepository, { parents }: StoredCommit, url: string) {
  return parents.map((sha) => ({ sha, url: `${url}/${sha}`, html_url: htmlUrl(addresses, repository, sha) }));
}

function verificationObject({ signature, payload, committer }: StoredCommit): Json {
  if (signature === undefined) {
    return { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };
  }
  const verified = isGood(signature);
  const reason = verified ? 'valid' : 'unknown_key';
  return { verified, reason, signature, payload, verified_at: verified ? committer.date : null };
}

function htmlUrl({ serverUrl }: Addresses, { fullName }: SandboxRepository, id: string): string {
  return `${serverUrl}/${fullName}/commit/${id}`;
}
