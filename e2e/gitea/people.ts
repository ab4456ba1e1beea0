/** Asks a Gitea as one of its people, and makes what tests need there. */
import { createHash } from 'node:crypto';
import type { GiteaAddress, User } from './server.ts';

/** Fields of an answer, as a test reads them. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Answer = any;

/** Sends a request to the API. Throws where the answer is no success, with what it says. */
export async function ask(
  { url }: Pick<GiteaAddress, 'url'>,
  user: User,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `token ${user.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} as ${user.name}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Makes a user with a token of these scopes. */
export async function createUser(
  gitea: GiteaAddress,
  name: string,
  { fullName = '', scopes = ['all'] }: { fullName?: string; scopes?: readonly string[] } = {},
): Promise<User> {
  await ask(gitea, gitea.admin, 'POST', '/admin/users', {
    username: name,
    full_name: fullName,
    email: `${name.toLowerCase()}@example.com`,
    password: passwordOf(name),
    must_change_password: false,
  });
  return createToken(gitea, name, scopes);
}

/** Makes one more token of a user. */
export async function createToken({ url }: GiteaAddress, name: string, scopes: readonly string[]): Promise<User> {
  const answer = await fetch(`${url}/api/v1/users/${name}/tokens`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${name}:${passwordOf(name)}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: scopes.join('-').slice(0, 40) + Math.random(), scopes }),
  });
  const { sha1 } = (await answer.json()) as { sha1?: string };
  if (sha1 === undefined) throw new Error(`no token for ${name}: ${answer.status}`);
  return { name, token: sha1 };
}

const passwordOf = (name: string): string => `Aa1-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;

/** A team of an organisation with these members; it may write to all repositories unless `permission` says otherwise. */
export async function createTeam(
  gitea: GiteaAddress,
  organisation: string,
  name: string,
  members: readonly string[],
  permission: 'read' | 'write' = 'write',
): Promise<void> {
  const team = await ask(gitea, gitea.admin, 'POST', `/orgs/${organisation}/teams`, {
    name,
    permission,
    includes_all_repositories: true,
    units_map: { 'repo.code': permission, 'repo.issues': permission, 'repo.pulls': permission },
  });
  for (const member of members) await ask(gitea, gitea.admin, 'PUT', `/teams/${team.id}/members/${member}`);
}
