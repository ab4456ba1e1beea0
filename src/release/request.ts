/** What one release is asked for: it stays the same however often a lost race makes the run plan again. */
import { failure } from '../core/errors.ts';
import { isBranchName } from '../git/run-git.ts';
import type { Ci, ImageSource } from '../inputs/ci.ts';
import { defaultNames, identityKey, namesInOtherOrders } from '../inputs/identity.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { buildOf, type Build } from './build.ts';
import { renderTemplate } from './pull-request/template.ts';
import { asAnotherBuild, releaseVariables, type ReleaseVariables } from './pull-request/variables.ts';
import type { Workspace } from './workspace.ts';

export interface ReleaseRequest {
  readonly inputs: Inputs;
  /** Of the release's identity. */
  readonly key: string;
  readonly build: Build;
  /** What the images were built from, with its web page. */
  readonly source: ImageSource;
  /** The names that the release may have, the preferred one first, and the branch that each gives. */
  readonly names: readonly ReleaseName[];
  /** The branches whose closed pull requests may be of this release. */
  readonly pastBranches: readonly string[];
  /** Whether the branch's name changes with the version, so that each version has its own pull request. */
  readonly perVersion: boolean;
}

export interface ReleaseName {
  readonly name: string;
  /** Where the release goes first: its own branch, or with `delivery: push` the base. */
  readonly branch: string;
}

/** Throws BRANCH_INVALID, BRANCH_IS_BASE, API_NEEDED and the TEMPLATE_… failures. */
export async function readRequest(
  { store, forge }: Pick<Workspace, 'store' | 'forge'>,
  inputs: Inputs,
  ci: Ci,
): Promise<ReleaseRequest> {
  const { access, identity, images, operation, policy, templates } = inputs;
  if (inputs.commit.sign === 'api' && !forge) {
    throw failure('API_NEEDED', { input: 'sign', repository: access.remote.name });
  }
  const build = buildOf(images.released, operation, ci);
  const partial = { inputs, key: identityKey(identity), build, source: ci.source };
  const named = templates.name === '' ? defaultNames(identity, images.released[0]?.reference.name) : [templates.name];
  if (policy.delivery === 'push') {
    return { ...partial, names: [{ name: named[0] ?? '', branch: store.base }], pastBranches: [], perVersion: false };
  }
  const render = (variables: ReleaseVariables): string =>
    renderTemplate('branch', templates.branch, variables, 'ref').trim();
  const variables = named.map((name) => releaseVariables(partial, name, store.base));
  const names = variables.map((known) => ({ name: known.name, branch: render(known) }));
  for (const { branch } of names) {
    if (!(await isBranchName(branch))) throw failure('BRANCH_INVALID', { branch });
    if (branch === store.base) throw failure('BRANCH_IS_BASE', { branch });
  }
  const otherNames = templates.name === '' ? namesInOtherOrders(identity) : [];
  const otherBranches = otherNames.map((name) => render(releaseVariables(partial, name, store.base)));
  const distinct = names.filter(({ branch }, index) => names.findIndex((one) => one.branch === branch) === index);
  const perVersion = variables.some((known, index) => render(asAnotherBuild(known)) !== names[index]?.branch);
  const pastBranches = [...new Set([...names.map(({ branch }) => branch), ...otherBranches])];
  return { ...partial, names: distinct, pastBranches, perVersion };
}
