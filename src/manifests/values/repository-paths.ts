/** Paths in the repository, as manifests write them. */

/** Stands for a templated part of a path. */
export const ANY = '*';

/** Template actions, and what they are read as in the text of a template. */
const TEMPLATED = /(?:\{\{.*?\}\}|[\ue000-\uf8ff]+|\$\{[^}]*\})+/g;
/** A path with more templated parts names nothing. */
const MAX_TEMPLATED = 4;

/** The path of a file or folder that is written relative to a folder; `undefined` for an address, or one outside. */
export function repositoryPath(folder: string, written: string): string | undefined {
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

export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** A text as a regular expression. */
export const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The files that a templated path may be. */
export function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.split(ANY).map(literally).join('[^/]+')}$`);
}
