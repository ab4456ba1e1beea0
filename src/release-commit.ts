/** The release's commit: its trailers, and how it is known again. */
import type { Ci } from './ci.ts';
import { oneLine } from './escape.ts';
import type { Commit } from './git/commit.ts';
import type { Inputs } from './inputs.ts';
import { formatReference } from './image.ts';

/** The message with the trailers that say what was released, from where, on what. */
export function withTrailers(message: string, { name, images }: Inputs, ci: Ci, base: string | undefined): string {
  const { repository, commit } = ci.source;
  const trailers: [key: string, value: string][] = [
    ['Release-Name', name],
    ...images.map(({ reference }): [string, string] => ['Release-Image', formatReference(reference)]),
    ['Release-Source', repository !== '' && commit !== '' ? `${repository}@${commit}` : ''],
    ['Release-Run', ci.runUrl],
    ['Release-Base', base ?? ''],
  ];
  const lines = trailers.filter(([, value]) => value !== '').map(([key, value]) => `${key}: ${oneLine(value, 1000)}`);
  return `${message.trim()}\n\n${lines.join('\n')}\n`;
}

/**
 * True when the branch holds nothing but one commit of ours: written by our author, for this release, and on the very
 * base that it names. Anything else may be a person's work.
 */
export function isOwnCommit({ parents, committerEmail, message }: Commit, { name, author }: Inputs): boolean {
  const trailers = message.trimEnd().split('\n\n').at(-1)?.split('\n') ?? [];
  const [parent, ...more] = parents;
  return (
    committerEmail === author.email &&
    parent !== undefined &&
    more.length === 0 &&
    trailers.includes(`Release-Name: ${name}`) &&
    trailers.includes(`Release-Base: ${parent}`)
  );
}
