/** Values that several rooms share. */
import type { ImageReference } from './image-reference.ts';

/** A place in a file, as editors and compilers write it. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** A file of the manifest repository, as read. */
export interface ManifestFile {
  readonly path: string;
  /** Git's file mode, `100644` or `100755`. */
  readonly mode: string;
  readonly bytes: Uint8Array;
}

/** One place that changes; the only source of commit message, pull request, summary and outputs. */
export interface Change {
  readonly file: string;
  /** From 1, in the file before the change. */
  readonly line: number;
  readonly where: string;
  readonly image: string;
  readonly from: string;
  readonly to: string;
}

/** Something about a file that a person should know; the release goes on. */
export interface Problem extends Place {
  readonly message: string;
}

/** One image to release. */
export interface ReleasedImage {
  /** The version to write, under the name to write where `replaces` is another repository. */
  readonly reference: ImageReference;
  /** The name under which it stands in the manifests so far; that of `reference` unless it moves. */
  readonly replaces: string;
}

/** A commit object, as `git cat-file` prints it. */
export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly committerEmail: string;
  readonly message: string;
  /** Whether it carries a signature, good or not. */
  readonly signed: boolean;
}

export interface Author {
  readonly name: string;
  readonly email: string;
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** What a pull request has besides its text. */
export interface Attributes {
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly 'team-reviewers': readonly string[];
  readonly assignees: readonly string[];
  /** Title of an open milestone; empty for none. */
  readonly milestone: string;
  /** Empty for none. */
  readonly 'auto-merge': MergeMethod | '';
  readonly draft: boolean;
}
