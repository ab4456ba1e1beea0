/** People, teams and groups of an organization or collection, by the names that they are given by. */
import type { JsonClient } from '../http/client.ts';
import { finalRefusal } from '../http/refused-answer.ts';
import { CONNECTION, IDENTITIES, type IdentityFacts } from './answers.ts';
import { API_VERSION, type AzureRepository } from './repository.ts';

/** The id of an identity, or the reason why there is none. */
export type Found = { readonly id: string } | { readonly reason: string };

/** Why there is none where the API of identities refuses the token. */
const NOT_READ = 'the token may not look it up: a personal access token needs the scope Identity (Read) for that';

/**
 * A person by e-mail address, account name (`DOMAIN\name` on a Server) or display name, in any case of letters. Throws what
 * the client throws; Services want the scope Identity (Read).
 */
export async function findPerson(repository: AzureRepository, name: string): Promise<Found> {
  const found = await search(repository.identities, name);
  if (found === undefined) return { reason: NOT_READ };
  const people = found.filter((one) => !one.isContainer && one.isActive !== false);
  const byAccount = people.filter((one) => isCalled(accountsOf(one), name));
  const named = byAccount.length > 0 ? byAccount : people.filter((one) => isCalled(displayNamesOf(one), name));
  return onlyOne(named, 'there is no user of that name', 'several users have that name: give the e-mail address');
}

/**
 * A team or group: `team` of the repository's project, `project/team`, or `[project]\team` as Azure shows it. Throws as findPerson.
 */
export async function findTeam(repository: AzureRepository, name: string): Promise<Found> {
  const [, owner = repository.place.project, team = name] =
    /^\[(.+?)\]\\(.+)$/s.exec(name) ?? /^(.+?)\/(.+)$/s.exec(name) ?? [];
  const found = await search(repository.identities, team);
  if (found === undefined) return { reason: NOT_READ };
  const shown = `[${owner}]\\${team}`;
  const named = found.filter((one) => one.isContainer && isCalled(displayNamesOf(one), shown));
  return onlyOne(named, `there is no team ${shown}`, `several teams are ${shown}`);
}

/** The id of the owner of the token. Throws what the client throws. */
export async function ownId({ client }: AzureRepository): Promise<string> {
  // It has been in preview in every version.
  const query = { 'api-version': `${API_VERSION}-preview` };
  return (await client.get(CONNECTION, '/_apis/connectionData', query)).authenticatedUser.id;
}

/** Those that a text finds; `undefined` where the token may not read identities. */
async function search(client: JsonClient, name: string): Promise<readonly IdentityFacts[] | undefined> {
  const query = { searchFilter: 'General', filterValue: name, queryMembership: 'None', 'api-version': API_VERSION };
  try {
    return (await client.get(IDENTITIES, '/_apis/identities', query)).value;
  } catch (error) {
    const { status } = finalRefusal(error) ?? {};
    if (status === 401 || status === 403) return undefined;
    throw error;
  }
}

function onlyOne(found: readonly IdentityFacts[], none: string, several: string): Found {
  const [id, ...more] = new Set(found.map((one) => one.id));
  if (id === undefined) return { reason: none };
  return more.length > 0 ? { reason: several } : { id };
}

function accountsOf({ properties }: IdentityFacts): string[] {
  const account = properties?.Account?.$value ?? '';
  return [account, properties?.Mail?.$value ?? '', `${properties?.Domain?.$value ?? ''}\\${account}`];
}

const displayNamesOf = ({ providerDisplayName, customDisplayName }: IdentityFacts): string[] =>
  [customDisplayName, providerDisplayName].flatMap((text) => text ?? []);

const isCalled = (names: readonly string[], name: string): boolean =>
  names.some((one) => one.toLowerCase() === name.toLowerCase());
