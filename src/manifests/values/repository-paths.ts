/** Paths in the repository, as manifests write them. */
import { matchesParts } from '../../core/wildcard.ts';

/** Stands for a templated part of a path. */
export const ANY = '*';

/** Template actions, and what they are read as in the text of a template. */
const TEMPLATED = /(?:\{\{.*?\}\}|[\ue000-\uf8ff]+|\$\{[^}]*\})+/g;
/** No path is longer. */
const MAX_PATH = 1000;
/** A path with more templated parts names nothing. */
const MAX_TEMPLATED = 4;

/** The path of a file or folder that is written relative to a folder; `undefined` for an address, or one outside. */
export function repositoryPath(folder: string, written: string): string | undefined {
  if (written.length > MAX_PATH) return undefined;
  const plain = written.replaceAll(TEMPLATED, ANY);
  if (plain === '' || plain.includes('://') || /\s/.test(plain.trim())) return undefined;
  const parts: string[] = [];
  for (const part of `${folder}/${plain}`.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (!['', '.', '..'].includes(part)) parts.push(part);
  }
  const path = parts.join('/');
  return path.split(ANY).length > MAX_TEMPLATED + 1 ? undefined : path;
}

/** Folder of a file; empty for the top folder. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}

/** The path of a name in a folder; an empty folder is the top one. */
export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Whether a file is one that a templated path may be. */
export function pathPattern(path: string): { readonly test: (file: string) => boolean } {
  const steps = path.split('/').map((step) => step.split(ANY));
  return {
    test: (file) => {
      const names = file.split('/');
      return names.length === steps.length && steps.every((parts, index) => matchesParts(names[index] ?? '', parts, 1));
    },
  };
}
