/** GitHub's REST API by the names of its operations. */
import type { Octokit } from '@octokit/rest';
import type { Client } from './client.ts';

export type Rest = Octokit['rest'];

/** The operations, sent by a client. Their table has a thousand and takes 10 ms to load; a release without labels and reviewers needs none of them. */
export async function restBy({ request }: Client): Promise<Rest> {
  const { Octokit: WithOperations } = await import('@octokit/rest');
  const Sending = WithOperations.plugin(() => ({ request }));
  return new Sending().rest;
}
