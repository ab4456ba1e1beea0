/** Objects, commits and refs as GitHub's GraphQL API shows them. */
import type { GraphQlOperation } from './github-graphql-operation.ts';
import { commitFacts, ofRepository, pullRequestLists, repositoryFacts } from './github-graphql-queries.ts';
import { textOrNull } from './github-operation.ts';
import type { Json } from './github-repository.ts';
import type { GitObject } from './object-reader.ts';
import type { SandboxRepository } from './repository.ts';
import { readCommits } from './stored-commit.ts';

/** Bytes of a file beyond which GitHub cuts its text. */
const MOST_TEXT = 512_000;
/** How many folders deep the documents of a release go. */
const DEPTH = 4;

const READ = { ...ofRepository, needs: [{ contents: 'read' }] } as const;

export const objectQueries: Readonly<Record<string, GraphQlOperation>> = {
  Base: {
    ...ofRepository,
    schema: { movingRefs: { name: 'UpdateRefsInput' } },
    // Without the lists of pull requests it needs no more than the contents.
    needs: [{ contents: 'read' }],
    answer: async ({ repository, variables, serverUrl }) => {
      const { ref, ...rest } = variables;
      const name = textOrNull(ref)?.replace(/^refs\/heads\//, '') ?? repository.defaultBranch;
      const tips = valuesOf(rest, 'tip').map(([key, value]) => [key, refFacts(repository, String(value))] as const);
      const listings = await objectsOf(repository, valuesOf(rest, 'listing'), 0);
      const files = await objectsOf(repository, valuesOf(rest, 'files'), DEPTH);
      const hasLists = Object.keys(rest).some((key) => key.startsWith('branch'));
      const tip = await refFacts(repository, `refs/heads/${name}`);
      return {
        ...repositoryFacts(repository),
        base: tip && { name, ...tip },
        ...Object.fromEntries(await Promise.all(tips.map(async ([key, value]) => [key, await value]))),
        ...listings,
        ...files,
        ...(hasLists && (await pullRequestLists(repository, { ...variables, after: undefined }, serverUrl))),
      };
    },
  },
  Objects: {
    ...READ,
    answer: ({ repository, variables }) => objectsOf(repository, valuesOf(variables, 'object'), 'shallow'),
  },
  Files: {
    ...READ,
    answer: async ({ repository, variables }) => ({
      commit: await commitOf(repository, String(variables['commit'])),
      ...(await objectsOf(repository, valuesOf(variables, 'listing'), 0)),
      ...(await objectsOf(repository, valuesOf(variables, 'files'), DEPTH)),
    }),
  },
  Tip: {
    ...READ,
    answer: async ({ repository, variables }) => ({ ref: await refFacts(repository, String(variables['ref'])) }),
  },
  Repository: {
    ...ofRepository,
    needs: [{ metadata: 'read' }],
    answer: ({ repository }) => Promise.resolve(repositoryFacts(repository)),
  },
  History: {
    ...READ,
    answer: async ({ repository, variables }) => {
      const id = String(variables['id']);
      if ((await commitOf(repository, id)) === null) return { commit: null };
      const paths = valuesOf(variables, 'path');
      const wanted = paths.length === 0 ? [['history', undefined] as const] : paths.map(renamed);
      const histories = await Promise.all(
        wanted.map(async ([name, path]) => [name, await historyOf(repository, id, path)] as const),
      );
      return { commit: Object.fromEntries(histories) };
    },
  },
};

const renamed = ([key, value]: readonly [string, unknown]): readonly [string, string] => [
  key.replace('path', 'history'),
  String(value),
];

/** The variables `name0`, `name1`, … */
function valuesOf(variables: Json, name: string): [string, unknown][] {
  return Object.entries(variables).filter(([key]) => new RegExp(`^${name}\\d+$`).test(key));
}

async function refFacts(repository: SandboxRepository, ref: string): Promise<Json | null> {
  const [object] = await repository.objects([ref]);
  return object ? { target: await commitOf(repository, object.id) } : null;
}

async function commitOf(repository: SandboxRepository, id: string): Promise<Json | null> {
  const commit = (await readCommits(repository, [id])).get(id);
  return commit ? commitFacts(commit) : null;
}

async function historyOf(repository: SandboxRepository, id: string, path: string | undefined): Promise<Json> {
  const log = [
    'log',
    '--max-count=100',
    '--format=%H %cI',
    id,
    ...(path === undefined ? [] : ['--', `:(literal)${path}`]),
  ];
  const lines = (await repository.text(log)).split('\n').filter(Boolean);
  const listed = lines.map((line) => line.split(' ') as [string, string]);
  const commits = await readCommits(
    repository,
    listed.map(([one]) => one),
  );
  return {
    nodes: listed.flatMap(([one, committedDate]) => {
      const commit = commits.get(one);
      return commit ? [{ committedDate, ...commitFacts(commit) }] : [];
    }),
  };
}

/** So many folders; `shallow` is the text of a file, and of a folder the entries alone. */
type Depth = number | 'shallow';

/** Objects by the names in variables, with what is in them. */
async function objectsOf(
  repository: SandboxRepository,
  wanted: readonly (readonly [key: string, name: unknown])[],
  depth: Depth,
): Promise<Json> {
  const objects = await repository.objects(wanted.map(([, name]) => String(name)));
  const facts = wanted.map(async ([key], index) => [key, await factsOf(repository, objects[index], depth)] as const);
  return Object.fromEntries(await Promise.all(facts));
}

async function factsOf(
  repository: SandboxRepository,
  object: GitObject | undefined,
  depth: Depth,
): Promise<Json | null> {
  if (!object) return null;
  const { id: oid, type, content } = object;
  if (type === 'blob') return { oid, ...(depth === 0 ? {} : textOf(content)) };
  if (type !== 'tree') return { oid };
  const entries = entriesOf(content);
  if (depth === 0 || depth === 'shallow') return { oid, entries };
  const children = await repository.objects(entries.map((entry) => entry.oid));
  const objects = await Promise.all(children.map((child) => childFacts(repository, child, depth)));
  return { oid, entries: entries.map((entry, index) => ({ ...entry, object: objects[index] ?? null })) };
}

/** At the last level of a document folders have their ids alone. */
function childFacts(repository: SandboxRepository, child: GitObject | undefined, depth: number): Promise<Json | null> {
  const isLast = depth === 1 && child?.type === 'tree';
  return isLast ? Promise.resolve({ oid: child.id }) : factsOf(repository, child, Math.max(depth - 1, 1));
}

function textOf(content: Buffer): Json {
  const isBinary = content.subarray(0, 8000).includes(0);
  const isTruncated = !isBinary && content.length > MOST_TEXT;
  const text = isBinary ? null : content.subarray(0, MOST_TEXT).toString();
  return { text, isBinary, isTruncated, byteSize: content.length };
}

/** GitHub gives a mode as a number, `100644` in octal digits. */
function entriesOf(content: Buffer): { name: string; mode: number; oid: string }[] {
  const entries = [];
  for (let position = 0; position < content.length;) {
    const [space, end] = [content.indexOf(' ', position), content.indexOf(0, position)];
    const mode = parseInt(content.toString('latin1', position, space), 8);
    const oid = content.toString('hex', end + 1, end + 21);
    entries.push({ name: content.toString('utf8', space + 1, end), mode, oid });
    position = end + 21;
  }
  return entries;
}
