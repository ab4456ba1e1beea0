/** The contract of a forge, on a real Gitea. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import type { MergeMethod } from '../../src/core/objects.ts';
import { describeForge, type Seen, type StartedForge } from '../../__tests__/forge/contract.ts';
import { gitea as giteaForge } from '../../src/forge/gitea/gitea.ts';
import { GitRepository } from './git.ts';
import { ask, type Answer } from './people.ts';
import { createRepository, isFilled, type Gitea } from './setup.ts';

let made = 0;

/** Branches of a fresh manifest repository, and what their `web.yaml` has. */
const BRANCHES = { staging: '1.4.0', 'release/web': '1.4.2', 'release/web-admin': '1.4.3' };

/** Gitea has no setting that allows auto-merge and no merge queue, and makes no commit of a tree for us. */
describeForge('Gitea', start, { lacks: ['auto-merge setting', 'merge queue', 'commits by the API'] });

async function start(): Promise<StartedForge> {
  const gitea = inject('gitea');
  const { url, bot, linus, stranger, admin } = gitea;
  made += 1;
  const name = `contract-${process.pid}-${made}`;
  const path = `/repos/acme/${name}`;
  await createRepository(gitea, name);
  const folder = await mkdtemp(join(tmpdir(), 'gitea-contract-'));
  const git = await GitRepository.at(join(folder, 'own.git'), `${url}/acme/${name}.git`, linus);
  await git.commit('main', { 'web.yaml': 'image: web:1.4.1\n' });
  for (const [branch, tag] of Object.entries(BRANCHES)) await git.commit(branch, { 'web.yaml': `image: web:${tag}\n` });
  await isFilled(gitea, name);
  const milestoneNumbers: Record<string, number> = {};
  for (const title of ['Sprint 11', 'Sprint 12b', 'Sprint 12']) {
    const state = title === 'Sprint 11' ? 'closed' : 'open';
    const { id } = await ask(gitea, linus, 'POST', `${path}/milestones`, { title, state });
    milestoneNumbers[title] = Number(id);
  }
  const asLinus = (method: string, below: string, body?: unknown): Promise<Answer> =>
    ask(gitea, linus, method, path + below, body);
  // Rules are set before anything is opened.
  let rules: Promise<unknown> = Promise.resolve();
  const open = async (head: string, base: string, title: string, body: string | null): Promise<number> => {
    await rules;
    return (await asLinus('POST', '/pulls', { head, base, title, ...(body !== null && { body }) })).number;
  };
  let forks = 0;
  return {
    forge: giteaForge({
      name: 'Gitea',
      address: { serverUrl: url, owner: 'acme', name },
      token: bot.token,
      source: { serverUrl: url, token: bot.token },
    }),
    open,
    milestoneNumbers,
    openFromFork: async (branch, base) => {
      const fork = await forkOf(gitea, name);
      forks += 1;
      const theirs = await GitRepository.at(join(folder, `fork-${forks}.git`), `${url}/${fork}.git`, admin);
      const parent = (await theirs.tip(base)) ?? '';
      await theirs.commit(branch, { [`fork-${forks}.yaml`]: `image: web:6.6.${forks}\n` }, { parent });
      const opening = { head: `${stranger.name}:${branch}`, base, title: 'From afar' };
      return (await ask(gitea, stranger, 'POST', `${path}/pulls`, opening)).number;
    },
    close: (number) => asLinus('PATCH', `/pulls/${number}`, { state: 'closed' }),
    merge: (number, method) => mergeOf(asLinus, number, method),
    addStatus: (commit, status) => asLinus('POST', `/statuses/${commit}`, status),
    see: (number) => see(asLinus, number),
    set: (setting) => {
      if (setting === 'public') return ask(gitea, admin, 'PATCH', path, { private: false });
      if (setting === 'checks')
        rules = ask(gitea, admin, 'POST', `${path}/branch_protections`, {
          rule_name: 'main',
          enable_push: true,
          enable_status_check: true,
          status_check_contexts: ['ci'],
        });
    },
    push: (branch, files) =>
      git.commit(branch, Object.fromEntries(files.map(({ path: at, mode, bytes }) => [at, { mode, content: bytes }]))),
    tip: (branch) => git.tip(branch),
    look: (commit) => git.look(commit),
    stop: () => git.close(),
  };
}

/** The stranger's fork, made once. */
async function forkOf(gitea: Gitea, name: string): Promise<string> {
  const { stranger, admin } = gitea;
  await ask(gitea, admin, 'PUT', `/repos/acme/${name}/collaborators/${stranger.name}`, { permission: 'read' });
  const fork = `${stranger.name}/${name}`;
  await ask(gitea, stranger, 'POST', `/repos/acme/${name}/forks`, {}).catch(() => undefined);
  return fork;
}

/** Gitea looks for conflicts for a moment before it merges. */
async function mergeOf(
  asLinus: (method: string, below: string, body?: unknown) => Promise<Answer>,
  number: number,
  method: MergeMethod = 'merge',
) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await asLinus('POST', `/pulls/${number}/merge`, { Do: method });
    } catch (error) {
      if (!String(error).includes('try again later') || tries > 50) throw error;
      await sleep(300);
    }
  }
}

/** That a merge is scheduled is in the timeline alone, and the way of merging nowhere: auto-merge.test.ts sees what comes of it. */
async function see(asLinus: (method: string, below: string) => Promise<Answer>, number: number): Promise<Seen> {
  const pull = await asLinus('GET', `/pulls/${number}`);
  const events: { type: string }[] = (await asLinus('GET', `/issues/${number}/timeline`)) ?? [];
  const scheduled = events.findLast(({ type }) => /^pull_(?:scheduled|cancel_scheduled)_merge$/.test(type));
  return {
    title: pull.draft ? pull.title.replace(/^WIP: /, '') : pull.title,
    body: pull.body,
    head: pull.head.label,
    state: pull.merged ? 'merged' : pull.state,
    draft: pull.draft,
    labels: names(pull.labels, 'name'),
    reviewers: names(pull.requested_reviewers, 'login'),
    teamReviewers: names(pull.requested_reviewers_teams, 'name'),
    assignees: names(pull.assignees, 'login'),
    milestone: pull.milestone?.title,
    autoMerge: scheduled?.type === 'pull_scheduled_merge' ? 'squash' : undefined,
    queued: false,
  };
}

const names = (list: readonly Readonly<Record<string, string>>[] | null, field: string): string[] =>
  (list ?? []).map((one) => one[field] ?? '');
