/** One Gitea for all test files, with the people, teams and repositories that they share. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { gitea as builtGitea } from './build.mjs';
import { GitRepository } from './git.ts';
import { ask, createTeam, createUser } from './people.ts';
import { startGitea, type GiteaAddress, type User } from './server.ts';

/** A running server with its people. All repositories belong to the organisation `acme`. */
export interface Gitea extends GiteaAddress {
  /** Whose token the releases have, with the scopes that the docs name. */
  readonly bot: User;
  /** Opens, merges and closes pull requests by hand. */
  readonly linus: User;
  /** In no team. */
  readonly stranger: User;
}

declare module 'vitest' {
  export interface ProvidedContext {
    gitea: Gitea;
  }
}

/** What docs/gitea.md asks for. */
export const SCOPES = ['write:repository', 'write:issue'];

export async function setup({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  if (!(await builtGitea.isBuilt()))
    throw new Error('there is no Gitea here: `node e2e/gitea/build.mjs` builds it, with Go');
  const gitea = await startGitea();
  try {
    const bot = await createUser(gitea, 'bot', { scopes: SCOPES });
    const linus = await createUser(gitea, 'linus');
    const stranger = await createUser(gitea, 'stranger');
    await createUser(gitea, 'ada', { fullName: 'Ada Lovelace' });
    await createUser(gitea, 'Grace');
    await ask(gitea, gitea.admin, 'POST', '/orgs', { username: 'acme' });
    await createTeam(gitea, 'acme', 'platform', ['ada', 'Grace']);
    await createTeam(gitea, 'acme', 'delivery', ['bot', 'linus']);
    provide('gitea', { url: gitea.url, admin: gitea.admin, bot, linus, stranger });
    await createSource(gitea, linus);
  } catch (error) {
    await gitea.stop();
    throw error;
  }
  return gitea.stop;
}

/** `acme/web`, which the images are built from: the tags v1.4.1 and v1.4.2, two commits later. */
async function createSource(gitea: GiteaAddress, user: User): Promise<void> {
  await createRepository(gitea, 'web');
  const folder = join(await mkdtemp(join(tmpdir(), 'gitea-source-')), 'web.git');
  const web = await GitRepository.at(folder, `${gitea.url}/acme/web.git`, user);
  // No user of the server has this address.
  const author = { name: 'Ada Lovelace', email: 'ada@lovelace.test' };
  await web.tag('v1.4.1', await web.commit('main', { 'main.go': 'v1' }, { author }));
  await web.commit('main', { 'main.go': 'v2' }, { message: 'Fix a typo\n\nCloses #7\n', author });
  await web.tag('v1.4.2', await web.commit('main', { 'main.go': 'v3' }, { message: 'Add a cart\n', author }));
  await web.close();
}

/** Makes an empty repository of `acme`. */
export async function createRepository(gitea: GiteaAddress, name: string): Promise<void> {
  await ask(gitea, gitea.admin, 'POST', '/orgs/acme/repos', { name, private: true, default_branch: 'main' });
}

/** Waits until Gitea has seen the first push to a repository: until then it has no pull requests there, and answers 404. */
export async function isFilled(gitea: GiteaAddress, name: string): Promise<void> {
  for (let tries = 0; (await ask(gitea, gitea.admin, 'GET', `/repos/acme/${name}`)).empty === true; tries += 1) {
    if (tries > 100) throw new Error(`acme/${name} stays empty`);
    await sleep(100);
  }
}
