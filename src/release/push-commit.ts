/** The release's commit, written into the clone and then taken to its branch. */
import { planVariables, renderCommitMessage } from './pull-request/variables.ts';
import { withTrailers } from './commit-trailers.ts';
import type { Run } from './release-context.ts';
import type { Scene } from './observe.ts';
import type { Commit } from '../core/objects.ts';

export interface Landed {
  readonly id: string;
  /** Whether the forge calls its signature good. */
  readonly verified: boolean;
}

/** Writes the plan into the clone; the branch's own tip where it has all of it already. */
export async function writeCommit(run: Run, { people, plan, planOnTop }: Scene): Promise<Commit> {
  const { inputs, repository, build, variables } = run;
  if (people && planOnTop.files.length === 0) return people;
  const base = people ? undefined : repository.baseCommit;
  const message = renderCommitMessage(inputs, planVariables(variables, plan.changes));
  const { sign, signingKey } = inputs;
  return repository.write(
    {
      parent: people?.id ?? repository.baseCommit,
      message: withTrailers(message, inputs.name, build, base),
      author: inputs.author,
      time: Math.floor(Date.now() / 1000),
      files: planOnTop.files,
    },
    sign === 'ssh' || sign === 'gpg' ? { format: sign, key: signingKey } : undefined,
  );
}

/**
 * Takes the commit to its branch: by a push, or made anew through the API, which signs it. `undefined` when somebody
 * else moved the branch meanwhile.
 */
export async function land(
  run: Run,
  { branch, head, people, planOnTop }: Scene,
  commit: Commit,
): Promise<Landed | undefined> {
  const { inputs, repository, forge, log } = run;
  const parent = people?.id ?? repository.baseCommit;
  const expected = inputs.delivery === 'push' ? repository.baseCommit : (head?.id ?? '');
  const landed = await (async (): Promise<Landed | undefined> => {
    if (inputs.sign === 'api' && forge) {
      const { tree: parentTree } = people ?? (await repository.readCommit(parent));
      const { tree, message } = commit;
      return forge.commit({ branch, expected, parent, parentTree, tree, message, files: planOnTop.files });
    }
    if (!(await repository.push(commit.id, branch, expected))) return undefined;
    const verified = inputs.sign !== 'none' && forge ? await forge.isVerified(commit.id) : false;
    return { id: commit.id, verified };
  })();
  if (landed) log.step(`pushed ${landed.id.slice(0, 7)} to ${branch}`);
  return landed;
}
