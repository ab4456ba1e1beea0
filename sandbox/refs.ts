/**
 * The refs of a bare repository as git keeps them in files (gitrepository-layout(5)): those in refs/, then packed-refs. Read at
 * once, for a promise takes longer than such a small file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All refs by their names, in order, with the ids they point to. */
export function readRefs(gitDir: string): Record<string, string> {
  const all = new Map([...readPacked(gitDir), ...readLoose(gitDir, 'refs')]);
  return Object.fromEntries([...all].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The id that a ref points to; undefined when it is not there. */
export const readRef = (gitDir: string, ref: string): string | undefined =>
  readLooseRef(gitDir, ref) ?? readPacked(gitDir).find(([name]) => name === ref)?.[1];

function readPacked(gitDir: string): [string, string][] {
  const text = ifThere(() => readFileSync(join(gitDir, 'packed-refs'), 'utf8')) ?? '';
  return [...text.matchAll(/^([0-9a-f]{40,64}) (\S+)$/gm)].map(([, id = '', name = '']) => [name, id]);
}

function readLoose(gitDir: string, folder: string): [string, string][] {
  const entries = ifThere(() => readdirSync(join(gitDir, folder), { withFileTypes: true })) ?? [];
  return entries.flatMap((entry): [string, string][] => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return readLoose(gitDir, name);
    // A ref that git is writing, or has removed.
    if (name.endsWith('.lock')) return [];
    const id = readLooseRef(gitDir, name);
    return id === undefined ? [] : [[name, id]];
  });
}

function readLooseRef(gitDir: string, ref: string): string | undefined {
  const id = ifThere(() => readFileSync(join(gitDir, ref), 'utf8'))?.trim() ?? '';
  return /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}
