/** One run: what stays the same however often a lost race makes it plan again. */
import { buildOf, type Build } from './build.ts';
import { failure } from '../core/errors.ts';
import type { Comparison, Forge } from '../forge/forge.ts';
import { isBranchName } from '../git/run-git.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { asAnotherBuild, releaseVariables, type RunVariables } from './pull-request/variables.ts';
import { renderTemplate } from './pull-request/template.ts';
import type { Workspace } from './workspace.ts';

export interface Run extends Workspace {
  readonly inputs: Inputs;
  readonly build: Build;
  /** Compares two revisions of the source repository, each pair once; throws NETWORK. */
  readonly compare: (base: string, head: string) => Promise<Comparison>;
  readonly variables: RunVariables;
  /** Where the release goes first: its own branch, or with `delivery: push` the base. */
  readonly branch: string;
  /** Whether the branch's name changes with the version, so that each version has its own pull request. */
  readonly perVersion: boolean;
}

/** Throws BRANCH_INVALID, BRANCH_IS_BASE, API_NEEDED and the TEMPLATE_… failures. */
export async function beginRun(workspace: Workspace, inputs: Inputs): Promise<Run> {
  const { ci, repository, forge } = workspace;
  const variables = releaseVariables(inputs, ci, repository.base);
  if (inputs.sign === 'api' && !forge) throw failure('API_NEEDED', { input: 'sign', repository: inputs.remote.name });
  const render = (values: RunVariables): string =>
    renderTemplate('branch', inputs.templates.branch, values, 'ref').trim();
  const branch = inputs.delivery === 'push' ? repository.base : render(variables);
  if (inputs.delivery === 'pull-request') {
    if (!(await isBranchName(branch))) throw failure('BRANCH_INVALID', { branch });
    if (branch === repository.base) throw failure('BRANCH_IS_BASE', { branch });
  }
  const perVersion = inputs.delivery === 'pull-request' && render(asAnotherBuild(variables)) !== branch;
  const build = buildOf(inputs, ci);
  const compare = comparing(forge, build.source.repository);
  return { ...workspace, inputs, build, compare, variables, branch, perVersion };
}

function comparing(forge: Forge | undefined, repository: string): Run['compare'] {
  const known = new Map<string, Promise<Comparison>>();
  return async (base, head) => {
    if (!forge) return { status: 'unknown', reason: 'no token was given for an API' };
    const pair = `${base}...${head}`;
    const comparison = known.get(pair) ?? forge.compare(repository, base, head);
    known.set(pair, comparison);
    return comparison;
  };
}
