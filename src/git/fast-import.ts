/** The input of `git fast-import` that writes one commit (https://git-scm.com/docs/git-fast-import). */
import type { NewCommit } from './manifest-store.ts';

/** A stream that writes the commit to `ref` and asks for its object id, and for the entry of its tree. */
export function fastImportStream(ref: string, { parent, message, author, time, files }: NewCommit): Buffer {
  const identity = `${author.name} <${author.email}> ${time} +0000`;
  const commitMark = files.length + 1;
  const parts: (string | Uint8Array)[] = ['feature done\n'];
  for (const [index, { bytes }] of files.entries()) {
    parts.push(`blob\nmark :${index + 1}\ndata ${bytes.length}\n`, bytes, '\n');
  }
  parts.push(`commit ${ref}\nmark :${commitMark}\nauthor ${identity}\ncommitter ${identity}\n`);
  parts.push(`data ${Buffer.byteLength(message)}\n${message}\nfrom ${parent}\n`);
  for (const [index, { mode, path }] of files.entries()) parts.push(`M ${mode} :${index + 1} ${quotePath(path)}\n`);
  parts.push(`get-mark :${commitMark}\nls :${commitMark} ""\ndone\n`);
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

function quotePath(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
