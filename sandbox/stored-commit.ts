/** A commit as git stores it: read with all its headers, and written as GitHub's API does. */
import type { BareRepository } from './bare-repository.ts';
import type { Person } from './commit-stream.ts';
import { write } from './stored-tree.ts';

export interface StoredCommit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: DatedPerson;
  readonly committer: DatedPerson;
  readonly message: string;
  /** As it stands in the commit; undefined when there is none. */
  readonly signature: string | undefined;
  /** What was signed. */
  readonly payload: string;
}

export interface DatedPerson extends Person {
  /** ISO 8601. */
  readonly date: string;
}

export interface NewStoredCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: DatedPerson;
  readonly committer: DatedPerson;
  readonly message: string;
  /** Whether GitHub signs it. */
  readonly signed: boolean;
}

/** Who commits what is done by GitHub's pages and API. */
export const GITHUB: Person = { name: 'GitHub', email: 'noreply@github.com' };

/** The signature of the sandbox, which says nothing: whoever asks the sandbox whether it is good hears that it is. */
const SIGNATURE = `-----BEGIN PGP SIGNATURE-----

${Buffer.from('signed by the sandbox').toString('base64')}
-----END PGP SIGNATURE-----`;

/** Whether a signature is one that the sandbox takes for good: its own. */
export function isGood(signature: string | undefined): boolean {
  return signature?.trimEnd() === SIGNATURE;
}

/** The commits of these ids, those that are there. */
export async function readCommits(
  repository: BareRepository,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredCommit>> {
  const wanted = [...new Set(ids)];
  const objects = await repository.objects(wanted);
  const commits = objects.flatMap((object) => (object?.type === 'commit' ? [object] : []));
  return new Map(commits.map(({ id, content }) => [id, parsed(id, content.toString())]));
}

/** Writes a commit on no branch; gives its id. */
export async function writeCommit(repository: BareRepository, commit: NewStoredCommit): Promise<string> {
  const { tree, parents, author, committer, message, signed } = commit;
  const headers = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${written(author)}`,
    `committer ${written(committer)}`,
    ...(signed ? [`gpgsig ${SIGNATURE.replaceAll('\n', '\n ')}`] : []),
  ];
  return write(repository, 'commit', Buffer.from(`${headers.join('\n')}\n\n${message}`));
}

/** A person at this moment, or at a given one. */
export function dated({ name, email }: Person, date: string = new Date().toISOString()): DatedPerson {
  return { name, email, date: date.replace(/\.\d+Z$/, 'Z') };
}

function written({ name, email, date }: DatedPerson): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
}

function parsed(id: string, raw: string): StoredCommit {
  const end = raw.indexOf('\n\n');
  // A header goes on in the lines that begin with a space.
  const lines = raw.slice(0, end).split(/\n(?! )/);
  const headers = lines.map((line): [string, string] => {
    const space = line.indexOf(' ');
    return [line.slice(0, space), line.slice(space + 1).replaceAll('\n ', '\n')];
  });
  const all = (name: string): string[] => headers.filter(([header]) => header === name).map(([, value]) => value);
  return {
    id,
    tree: all('tree')[0] ?? '',
    parents: all('parent'),
    author: person(all('author')[0]),
    committer: person(all('committer')[0]),
    message: raw.slice(end + 2),
    signature: all('gpgsig')[0],
    payload: `${lines.filter((line) => !line.startsWith('gpgsig')).join('\n')}${raw.slice(end)}`,
  };
}

function person(header = ''): DatedPerson {
  const [, name = '', email = '', seconds = '0'] = /^(.*?) ?<(.*)> (\d+) \S+$/.exec(header) ?? [];
  return dated({ name, email }, new Date(Number(seconds) * 1000).toISOString());
}
