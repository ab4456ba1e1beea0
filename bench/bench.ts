/** What every measurement has: where to release to, where to work, and how much. */
import type { Sandbox, SandboxRepository } from '../sandbox/sandbox.ts';
import type { CleanFolders } from './clean-folders.ts';
import type { ManifestRepository } from './manifest-repository.ts';

export interface Bench {
  readonly sandbox: Sandbox;
  readonly folders: CleanFolders;
  /** How many files the repositories have. */
  readonly sizes: readonly number[];
  /** How often each measurement is repeated, in turn with what it is compared to. */
  readonly pairs: number;
  /** Tells how far it is. */
  readonly say: (line: string) => void;
}

let copies = 0;

/** A new copy of the manifests, that nobody has pushed to. */
export function freshCopy({ sandbox }: Bench, { gitDir }: ManifestRepository): Promise<SandboxRepository> {
  copies += 1;
  return sandbox.createRepository(`acme/manifests-${copies}`, {}, { copyOf: gitDir });
}

/** Measures several things in turn, A B A B …, so that what disturbs the machine for a while disturbs all of them. */
export async function inTurn<Name extends string, Measure>(
  { pairs, say }: Bench,
  measurements: Readonly<Record<Name, () => Promise<Measure>>>,
): Promise<Record<Name, Measure[]>> {
  const names = Object.keys(measurements) as Name[];
  const measured = Object.fromEntries(names.map((name): [Name, Measure[]] => [name, []])) as Record<Name, Measure[]>;
  for (let pair = 1; pair <= pairs; pair += 1) {
    say(`round ${pair} of ${pairs}`);
    for (const name of names) measured[name].push(await measurements[name]());
  }
  return measured;
}
