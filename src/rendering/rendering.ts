/** What a release changes in the objects that tools render from a repository: data, without any markup. */
import type { Change, Problem } from '../core/objects.ts';

export interface Rendering {
  readonly roots: readonly RenderedRoot[];
  /** What was not rendered, and why, as the end of a sentence about the place. */
  readonly unrendered: readonly Problem[];
  /** Changes after which nothing that is rendered from their file has the new version. */
  readonly hidden: readonly Change[];
}

/** A kustomization or a chart, as one tool renders it. */
export interface RenderedRoot {
  /** Its folder; `.` for the top folder. */
  readonly path: string;
  readonly tool: ToolName;
  /** What it was rendered with, where a chart may be rendered in several ways; else empty. */
  readonly as: string;
  /** The changed files that it is made of. */
  readonly files: readonly string[];
  /** How many objects it has after the release. */
  readonly objects: number;
  readonly changes: readonly ObjectChange[];
}

export type ToolName = 'kustomize' | 'helm';

/** An object that differs. */
export interface ObjectChange {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for an object without one. */
  readonly namespace: string;
  /** After the release, of a removed object before it. */
  readonly name: string;
  readonly what: 'added' | 'removed' | 'changed';
  /** Of a changed object. */
  readonly differences: readonly Difference[];
}

/** A value that differs. */
export interface Difference {
  /** Path in the object, as `spec.replicas`. */
  readonly path: string;
  /** `undefined` where there was none; `HIDDEN` in a Secret. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** A released image; the name of a ConfigMap or Secret that is made from its contents; or anything else. */
  readonly cause: 'image' | 'name' | 'other';
}

/** In place of a value of a Secret. */
export const HIDDEN = '(hidden)';

/** The objects that differ, and how many of them do so by released images alone. */
export function countChanges({ roots }: Pick<Rendering, 'roots'>): { objects: number; onlyImages: number } {
  const changes = roots.flatMap((root) => root.changes);
  return { objects: changes.length, onlyImages: changes.filter(isOnlyImages).length };
}

/** Whether nothing but released images differs in an object. */
export function isOnlyImages({ what, differences }: ObjectChange): boolean {
  return what === 'changed' && differences.every(({ cause }) => cause !== 'other');
}
