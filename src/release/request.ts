/** What one release is asked for: it stays the same however often a lost race makes the run plan again. */
import { failure } from '../core/errors.ts';
import { kindOfSource } from '../forge/connect.ts';
import { isBranchName } from '../git/branch-name.ts';
import type { Ci, ImageSource } from '../inputs/ci.ts';
import { identityKey } from '../inputs/identity.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { buildOf, type Build } from './build.ts';
import type { CheckedImage } from './check-images.ts';
import { pinned, sourceOfImages } from './checked-images.ts';
import { renderTemplate } from './pull-request/template.ts';
import { ofAnyVersion, releaseVariables, type ReleaseVariables } from './pull-request/variables.ts';
import { branchesOf, branchesOfVersion, isLongLived, namesOf, type ReleaseBranches } from './release-branches.ts';
import type { Workspace } from './workspace.ts';

export interface ReleaseRequest {
  readonly inputs: Inputs;
  /** Of the release's identity. */
  readonly key: string;
  readonly build: Build;
  /** What the images were built from, with its web page. */
  readonly source: ImageSource;
  /** Where the release goes, and where other versions of it went; with `delivery: push` the base alone. */
  readonly branches: ReleaseBranches;
}

/** Throws BRANCH_INVALID, BRANCH_IS_BASE, BRANCH_LONG_LIVED, API_NEEDED and the TEMPLATE_… failures. */
export function readRequest(
  { store, forge }: Pick<Workspace, 'store' | 'forge'>,
  inputs: Inputs,
  ci: Ci,
): ReleaseRequest {
  const { access, identity, images, operation, policy, templates } = inputs;
  if (inputs.commit.sign === 'api' && !forge?.commit) {
    throw failure('API_NEEDED', { input: 'sign-commits', repository: access.remote.name });
  }
  const build = buildOf(images.released, operation, ci);
  const partial = { inputs, key: identityKey(identity), build, source: ci.source };
  const named = namesOf(identity, templates.name, access.base, images.released);
  if (policy.delivery === 'push') {
    const names = [{ name: named.names[0] ?? '', branch: store.base }];
    return { ...partial, branches: { names, otherNames: [], patterns: [] } };
  }
  const branches = branchesOf(named, (name, isAnyVersion) => {
    const variables = releaseVariables(partial, name, store.base);
    return renderBranch(templates.branch, isAnyVersion ? ofAnyVersion(variables) : variables);
  });
  for (const { branch } of branches.names) {
    if (!isBranchName(branch)) throw failure('BRANCH_INVALID', { branch });
    if (branch === store.base) throw failure('BRANCH_IS_BASE', { branch });
    if (isLongLived(branch, policy.bases)) throw failure('BRANCH_LONG_LIVED', { branch });
  }
  return { ...partial, branches };
}

/** The branches that a release may go to from a base; what is wrong with them `readRequest` finds. */
export function branchNames(inputs: Inputs, ci: Ci, base: string): readonly string[] {
  const { access, identity, images, operation, policy, templates } = inputs;
  if (policy.delivery === 'push') return [];
  const partial = { inputs, build: buildOf(images.released, operation, ci), source: ci.source };
  const branches = branchesOf(namesOf(identity, templates.name, access.base, images.released), (name) =>
    renderBranch(templates.branch, releaseVariables(partial, name, base)),
  );
  return branchesOfVersion(branches).filter(isBranchName);
}

/** A CI names branches by their whole refs. */
const renderBranch = (template: string, variables: ReleaseVariables): string =>
  renderTemplate('branch', template, variables, 'ref')
    .trim()
    .replace(/^refs\/heads\//, '');

/** The request with what the registries say of its images: their digests, and the source that their labels name. */
export function withFacts(
  request: ReleaseRequest,
  checked: readonly CheckedImage[],
  { sourceServerUrl, source, servers }: Ci,
): ReleaseRequest {
  const { inputs, build } = request;
  const { access, images, checks, operation } = inputs;
  const released = pinned(images.released, checked, checks.pin);
  const place = { server: sourceServerUrl, kind: kindOfSource({ sourceServerUrl, source, servers }) };
  const known = sourceOfImages(checked, { source: request.source, manifests: access.remote.name, ...place });
  return {
    ...request,
    inputs: { ...inputs, images: { ...images, released } },
    build: buildOf(released, operation, { source: known, run: build.run }),
    source: known,
  };
}
