/** The refs of a bare repository as git keeps them in files (gitrepository-layout(5)): those in refs/, then packed-refs. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** All refs by their names, in order, with the ids they point to. */
export async function readRefs(gitDir: string): Promise<Record<string, string>> {
  const [packed, loose] = await Promise.all([readPacked(gitDir), readLoose(gitDir, 'refs')]);
  const all = new Map([...packed, ...loose]);
  return Object.fromEntries([...all].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function readPacked(gitDir: string): Promise<[string, string][]> {
  const text = await readFile(join(gitDir, 'packed-refs'), 'utf8').catch(absent);
  return [...(text ?? '').matchAll(/^([0-9a-f]{40,64}) (\S+)$/gm)].map(([, id = '', name = '']) => [name, id]);
}

async function readLoose(gitDir: string, folder: string): Promise<[string, string][]> {
  const entries = (await readdir(join(gitDir, folder), { withFileTypes: true }).catch(absent)) ?? [];
  const found = await Promise.all(
    entries.map(async (entry): Promise<[string, string][]> => {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return readLoose(gitDir, name);
      // A ref that git is writing, or has removed.
      if (name.endsWith('.lock')) return [];
      const id = (await readFile(join(gitDir, name), 'utf8').catch(absent))?.trim() ?? '';
      return /^[0-9a-f]{40,64}$/.test(id) ? [[name, id]] : [];
    }),
  );
  return found.flat();
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
