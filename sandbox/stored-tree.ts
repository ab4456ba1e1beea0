/** Writes objects into a bare repository without git, which would need a process for each. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { BareRepository } from './bare-repository.ts';

interface Entry {
  readonly mode: string;
  readonly id: string;
}

interface WrittenFile {
  readonly path: string;
  readonly content: Buffer;
}

/** The id of the tree of a commit with files written over what is there, all of them as plain files. */
export async function treeWith(
  repository: BareRepository,
  commit: string,
  files: readonly WrittenFile[],
): Promise<string> {
  return folderWith(repository, `${commit}^{tree}`, files);
}

async function folderWith(
  repository: BareRepository,
  name: string | undefined,
  files: readonly WrittenFile[],
): Promise<string> {
  const [object] = name === undefined ? [undefined] : await repository.objects([name]);
  const entries = entriesOf(object?.type === 'tree' ? object.content : Buffer.alloc(0));
  const below = new Map<string, WrittenFile[]>();
  for (const { path, content } of files) {
    const [first = '', ...rest] = path.split('/');
    if (rest.length === 0) entries.set(first, { mode: '100644', id: await write(repository, 'blob', content) });
    else below.set(first, [...(below.get(first) ?? []), { path: rest.join('/'), content }]);
  }
  for (const [folder, inside] of below) {
    const id = await folderWith(repository, entries.get(folder)?.id, inside);
    entries.set(folder, { mode: '40000', id });
  }
  const keyOf = (entry: string, { mode }: Entry): Buffer => Buffer.from(mode === '40000' ? `${entry}/` : entry);
  const sorted = [...entries].toSorted(([a, one], [b, other]) => keyOf(a, one).compare(keyOf(b, other)));
  const parts = sorted.flatMap(([entry, { mode, id }]) => [Buffer.from(`${mode} ${entry}\0`), Buffer.from(id, 'hex')]);
  return write(repository, 'tree', Buffer.concat(parts));
}

function entriesOf(content: Buffer): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (let position = 0; position < content.length;) {
    const [space, end] = [content.indexOf(' ', position), content.indexOf(0, position)];
    const mode = content.toString('latin1', position, space);
    entries.set(content.toString('utf8', space + 1, end), { mode, id: content.toString('hex', end + 1, end + 21) });
    position = end + 21;
  }
  return entries;
}

/** Writes a loose object (gitformat-loose-object(5)); gives its id. */
export async function write(repository: BareRepository, type: string, content: Buffer): Promise<string> {
  const object = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const id = createHash('sha1').update(object).digest('hex');
  const folder = join(repository.gitDir, 'objects', id.slice(0, 2));
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `tmp_${randomBytes(6).toString('hex')}`);
  await writeFile(temporary, deflateSync(object), { mode: 0o444 });
  await rename(temporary, join(folder, id.slice(2)));
  return id;
}
