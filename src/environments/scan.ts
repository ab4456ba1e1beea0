/** Mode scan: every place of the repository that has the version of an image. Nothing is written. */
import { counted } from '../core/objects.ts';
import type { Log } from '../core/log.ts';
import type { Ci } from '../inputs/ci.ts';
import type { Access } from '../inputs/access.ts';
import type { RawInputs } from '../inputs/raw-inputs.ts';
import { readLines, readPolicyLines } from '../inputs/values.ts';
import { ManifestScan, type Scan } from '../manifests/scan.ts';
import { withWorkspace, type Workspace } from '../release/workspace.ts';

/**
 * Lists the places of the base, those below the input `paths` where it is given. Throws INPUT_INVALID, and what withWorkspace
 * and reading throw.
 */
export async function scanRepository(raw: RawInputs, access: Access, ci: Ci, log: Log): Promise<Scan> {
  const paths = readLines(raw.paths ?? '');
  const policies = readPolicyLines(readLines(raw['image-policies'] ?? ''));
  log.group('Read the manifests');
  const withoutClone = '';
  return withWorkspace({ access, paths, withoutClone, ci, log }, (workspace) => scanBase(workspace, paths, policies));
}

/** Reads all manifests of a base once, a group at a time. */
export async function scanBase(
  { store, log }: Workspace,
  paths: readonly string[],
  policies: ReadonlyMap<string, string> = new Map(),
): Promise<Scan> {
  const scan = new ManifestScan(policies);
  let count = 0;
  for await (const { manifests, problems } of store.readAll(paths)) {
    for (const problem of problems) log.problem(problem);
    for (const file of manifests) scan.add(file);
    count += manifests.length;
  }
  const found = scan.end();
  for (const problem of found.problems) log.problem(problem);
  log.step(`read ${counted(count, 'manifest')}: ${counted(found.places.length, 'place')}`);
  return found;
}
