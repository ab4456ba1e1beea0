/** Commits of a project: the comparison of two, who may read them, and whether a signature is good. */
import { utcTime } from '../../core/time.ts';
import type { Comparison } from '../forge.ts';
import { path } from '../http/address.ts';
import { finalRefusal } from '../http/refused-answer.ts';
import { relationBy } from '../relation.ts';
import { COMMIT, COMMITS, MERGE_BASE, PROJECT, SIGNATURE } from './answers.ts';
import type { Project } from './project.ts';

/** Commits that are read of one comparison. */
const MOST = 300;
const PAGE = 100;

/** As `Forge.compare`, of revisions of one project. Throws NETWORK. */
export async function compare(project: Project, base: string, head: string): Promise<Comparison> {
  const { client, at } = project;
  const commit = (revision: string) => client.get(COMMIT, at + path`/repository/commits/${revision}`);
  return project.comparing(async () => {
    const [one, other] = await Promise.all([commit(base), commit(head)]);
    const shared = await client.get(MERGE_BASE, `${at}/repository/merge_base`, { 'refs[]': [one.id, other.id] });
    const isAhead = shared.id !== other.id;
    // Without the diff, which the comparison of GitLab has too.
    const range = { ref_name: `${one.id}..${other.id}`, per_page: PAGE };
    const found = isAhead ? await client.list(COMMITS, `${at}/repository/commits`, range, MOST) : [];
    return {
      status: relationBy(one.id, other.id, shared.id),
      commits: found.toReversed().map((facts) => ({
        id: facts.id,
        author: facts.author_name,
        subject: facts.title,
        url: facts.web_url,
        time: utcTime(facts.committed_date),
      })),
      total: found.length,
      url: `${project.url}/-/compare/${encodeURI(base)}...${encodeURI(head)}`,
      pulls: '',
      baseTime: utcTime(one.committed_date),
    };
  });
}

/** As `Forge.isPublic`. Throws NETWORK. */
export async function isPublic(project: Project): Promise<boolean | undefined> {
  return project.isPublic(async () => (await project.client.get(PROJECT, project.at)).visibility === 'public');
}

/** As `Forge.isVerified`; GitLab answers 404 for a commit without a signature. */
export async function isVerified(project: Project, commit: string): Promise<boolean> {
  return project.call('read the commit', async () => {
    try {
      const address = project.at + path`/repository/commits/${commit}/signature`;
      const { verification_status: status } = await project.client.get(SIGNATURE, address);
      return status === 'verified';
    } catch (error) {
      if (finalRefusal(error)?.status === 404) return false;
      throw error;
    }
  });
}
