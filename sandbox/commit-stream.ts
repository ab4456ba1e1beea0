/** A commit as the text that `git fast-import` reads. */

export type Mode = '100644' | '100755' | '120000' | '160000';

/**
 * What a path is to hold: text, bytes, or either with a mode: 100755 executable, 120000 a symbolic link whose content
 * is the target, 160000 a submodule whose content is the commit. null removes the path.
 */
export type FileContent = string | Uint8Array | { readonly mode: Mode; readonly content: string | Uint8Array } | null;

/** Paths from the root of the repository, and what they are to hold. */
export type Files = Readonly<Record<string, FileContent>>;

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface NewCommit {
  readonly branch: string;
  /** Commit id; undefined for a first commit. */
  readonly parent: string | undefined;
  readonly author: Person;
  readonly message: string;
  readonly files: Files;
}

/** The input that makes the commit, and to which fast-import answers with its id. */
export function commitStream({ branch, parent, author, message, files }: NewCommit): Buffer {
  const person = `${author.name} <${author.email}> ${Math.floor(Date.now() / 1000)} +0000`;
  return Buffer.concat([
    Buffer.from(`commit refs/heads/${branch}\nmark :1\nauthor ${person}\ncommitter ${person}\n`),
    data(message),
    Buffer.from(parent === undefined ? '' : `from ${parent}\n`),
    ...Object.entries(files).map(([path, content]) => fileChange(path, content)),
    Buffer.from('get-mark :1\n'),
  ]);
}

function fileChange(path: string, file: FileContent): Buffer {
  const quoted = JSON.stringify(path);
  if (file === null) return Buffer.from(`D ${quoted}\n`);
  if (typeof file === 'string' || file instanceof Uint8Array)
    return fileChange(path, { mode: '100644', content: file });
  const { mode, content } = file;
  if (mode === '160000') return Buffer.from(`M ${mode} ${String(content)} ${quoted}\n`);
  return Buffer.concat([Buffer.from(`M ${mode} inline ${quoted}\n`), data(content)]);
}

function data(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}
