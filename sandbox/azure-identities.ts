/** The people and teams that Azure DevOps knows, each with an id. */
import type { SandboxRepository } from './repository.ts';

interface Identity {
  /** The account of a person, or the name of a team without its project. */
  readonly name: string;
  /** Of a team. */
  readonly project?: string;
}

export class AzureIdentities {
  readonly #known: Identity[] = [];

  idOf(identity: Identity): string {
    const is = (one: Identity): boolean => one.name === identity.name && one.project === identity.project;
    if (!this.#known.some(is)) this.#known.push(identity);
    return uuid(1, this.#known.findIndex(is));
  }

  find(id: string): Identity | undefined {
    return this.#known.find((_, index) => uuid(1, index) === id);
  }

  /** Those of the repositories that a search for a text finds; more than are called so. */
  search(repositories: readonly SandboxRepository[], text: string): readonly Identity[] {
    const all = repositories.flatMap((repository) => [
      ...[...repository.collaborators].map((name) => ({ name })),
      ...[...repository.teams].map((name) => ({ name, project: projectOf(repository) })),
    ]);
    const ids = new Set(all.map((one) => this.idOf(one)));
    const found = [...ids].flatMap((id) => this.find(id) ?? []);
    return found.filter((one) =>
      [displayNameOf(one), mailOf(one)].join('\n').toLowerCase().includes(text.toLowerCase()),
    );
  }
}

/** An id of one kind of things. */
export const uuid = (kind: number, index: number): string =>
  `0000000${kind}-0000-4000-8000-${(index + 1).toString(16).padStart(12, '0')}`;

export const projectOf = ({ owner }: SandboxRepository): string => owner.split('/').at(-2) ?? '';

const displayNameOf = ({ name, project }: Identity): string =>
  project === undefined ? `${name} (Fabrikam)` : `[${project}]\\${name}`;

const mailOf = ({ name }: Identity): string => `${name}@fabrikam.test`;

/** As the API of identities returns it. */
export function identityObject(identities: AzureIdentities, identity: Identity): object {
  const text = (value: string): object => ({ $type: 'System.String', $value: value });
  const isTeam = identity.project !== undefined;
  return {
    id: identities.idOf(identity),
    providerDisplayName: displayNameOf(identity),
    isActive: true,
    ...(isTeam && { isContainer: true }),
    properties: {
      Account: text(identity.name),
      Domain: text('7a394543-62fd-4274-a7d2-8fac775942b6'),
      Mail: text(isTeam ? '' : mailOf(identity)),
    },
  };
}

/** As a pull request names it. */
export function identityRef(identities: AzureIdentities, identity: Identity): object {
  const id = identities.idOf(identity);
  const isTeam = identity.project !== undefined;
  const uniqueName = isTeam ? `vstfs:///Classification/TeamProject/${id}\\${identity.name}` : identity.name;
  return { id, displayName: displayNameOf(identity), uniqueName, ...(isTeam && { isContainer: true }) };
}
