/** People, teams and groups of an organization or collection, by the names that they are given by. */
import type { JsonClient } from '../http/client.ts';
import { CONNECTION, IDENTITIES, type IdentityFacts } from './answers.ts';
import { API_VERSION, type AzureRepository } from './repository.ts';

/** The id of an identity, or the reason why there is none. */
export type Found = { readonly id: string } | { readonly reason: string };

/**
 * A person by e-mail address, account name (`DOMAIN\name` on a Server) or display name, in any case of letters. Throws what
 * the client throws; Services want the scope Identity (Read).
 */
export async function findPerson(repository: AzureRepository, name: string): Promise<Found> {
  const people = (await search(repository.identities, name)).filter(
    (one) => !one.isContainer && one.isActive !== false,
  );
  const byAccount = people.filter((one) => accountsOf(one).some((account) => isSame(account, name)));
  const named =
    byAccount.length > 0 ? byAccount : people.filter((one) => displayNamesOf(one).some((shown) => isSame(shown, name)));
  return onlyOne(
    named,
    'there is no user of that name or e-mail address',
    'several users have that name: give the e-mail address',
  );
}

/** A team or group: `team` of the repository's project, `project/team`, or `[project]\team` as Azure shows it. Throws as findPerson. */
export async function findTeam(repository: AzureRepository, name: string): Promise<Found> {
  const [, owner = repository.place.project, team = name] =
    /^\[(.+?)\]\\(.+)$/s.exec(name) ?? /^(.+?)\/(.+)$/s.exec(name) ?? [];
  const groups = (await search(repository.identities, team)).filter((one) => one.isContainer);
  const shown = `[${owner}]\\${team}`;
  const named = groups.filter((one) => displayNamesOf(one).some((display) => isSame(display, shown)));
  return onlyOne(named, `there is no team ${shown}`, `several teams are ${shown}`);
}

/** The id of the owner of the token. Throws what the client throws. */
export async function ownId({ client }: AzureRepository): Promise<string> {
  // It has been in preview in every version.
  const query = { 'api-version': `${API_VERSION}-preview` };
  return (await client.get(CONNECTION, '/_apis/connectionData', query)).authenticatedUser.id;
}

async function search(client: JsonClient, name: string): Promise<readonly IdentityFacts[]> {
  const query = { searchFilter: 'General', filterValue: name, queryMembership: 'None', 'api-version': API_VERSION };
  return (await client.get(IDENTITIES, '/_apis/identities', query)).value;
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

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
