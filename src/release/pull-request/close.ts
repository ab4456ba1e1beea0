/** Pull requests of a release that are open and have nothing more to say: closed, with the reason, and their branches deleted. */
import type { PullRequest } from '../../forge/forge.ts';
import type { Outcome } from '../outcome.ts';
import { whyOlderThanPullRequest } from '../is-outdated.ts';
import { close } from './upsert.ts';
import type { Run } from '../release-context.ts';
import { isDisposable, look, type Scene } from '../observe.ts';
import type { Remembered, Standing } from './select.ts';

/**
 * The base has it all: what is open is closed, unless people have commits on it, which are still to be merged.
 */
export async function closeDone(run: Run, { standing }: Scene): Promise<Pick<Outcome, 'outcome' | 'pullRequest'>> {
  const { inputs, log, repository } = run;
  const open = [...(standing.present ? [standing.present] : []), ...standing.others].filter(({ memory }) => memory);
  let closed: PullRequest | undefined;
  for (const one of inputs.dryRun ? [] : open) {
    const { number } = one.pullRequest;
    if (isAllOurs(run, standing, one)) {
      closed ??= await end(run, standing, one, `Closed: ${repository.base} has these versions already.`);
    } else log.step(`pull request #${number} stays open: its branch has commits that are not ours`);
  }
  return closed
    ? { outcome: 'closed', pullRequest: closed }
    : { outcome: 'unchanged', pullRequest: standing.present?.pullRequest };
}

/**
 * Closes the pull requests of other versions with a link to the one that was published. Where each version has its
 * own, another run may have opened one at the same time; when that is the newer one, it is ours that is closed.
 */
export async function supersede(
  run: Run,
  before: Standing,
  { pullRequest, outcome }: { pullRequest: PullRequest; outcome: string },
): Promise<{ pullRequest: PullRequest; reason: string } | undefined> {
  const standing = run.perVersion && outcome === 'created' ? await look(run) : before;
  for (const other of standing.others) {
    const reason = run.inputs.order === 'newest' ? await whyOlderThanPullRequest(run, other) : undefined;
    if (reason !== undefined) {
      const ours = standing.present ?? { pullRequest, memory: undefined };
      await end(run, standing, ours, `Superseded by #${other.pullRequest.number}.`);
      return { pullRequest: other.pullRequest, reason };
    }
    await end(run, standing, other, `Superseded by #${pullRequest.number}.`);
  }
  return undefined;
}

/**
 * Ends one pull request. The reason is written before the branch goes, which closes it: a run that was cut in between
 * leaves it open, and the next one ends it. A branch with people's commits stays.
 */
async function end(run: Run, standing: Standing, one: Remembered, reason: string): Promise<PullRequest> {
  const { forge, log, repository } = run;
  const { number, branch, head, url } = one.pullRequest;
  if (!forge) return one.pullRequest;
  const ours = head && isAllOurs(run, standing, one) ? [{ branch, expected: head.id }] : [];
  const ended = await close(forge, one, reason, ours.length === 0);
  const { deleted } = await repository.deleteBranches(ours);
  log.step(`pull request #${number} closed: ${reason}`);
  if (ours.length === 0 || deleted.length > 0) return { ...ended, url };
  return forge.update(number, { state: 'closed' });
}

function isAllOurs(run: Run, standing: Standing, { pullRequest: { head } }: Remembered): boolean {
  return head !== undefined && isDisposable(run, standing, head);
}
