/** Pushes: commits to branches, and deletions, each against the commit that the branch was seen at. */
import type { Clone } from './clone.ts';
import { explainPush, isPushAnswer, readPushReport } from './explain-stderr.ts';
import type { Deletion, Pushed, SeenBranch } from './manifest-store.ts';
import { pageIn } from './printed-page.ts';
import type { ProgramResult } from '../core/programs.ts';

const PUSH = ['push', '--porcelain', '--no-verify', '--no-thin', '--recurse-submodules=no'];
/** A server without atomic pushes, as of Azure DevOps. */
const NOT_ATOMIC = /does not support --atomic/;
/** A server that takes no options. */
const NO_OPTIONS = /does not support push options/;
/** The pack would have objects of the base that a partial clone lacks. */
const UNKNOWN_BASE = /unable to read [\da-f]{40}/;
/** Failures that another push may not have. */
const KNOWN_FAILURES = [NOT_ATOMIC, NO_OPTIONS, UNKNOWN_BASE];

/**
 * Pushes a commit to a branch, and no more than the commit adds. Git sends what the branches that the server names lack,
 * as far as it has these commits, so the base has to be where it was seen (`base`: else nothing is pushed, `base moved`);
 * without `base` git asks the server what it has, which costs two more requests.
 * Throws PUSH_REFUSED, BRANCH_BLOCKED, ACCESS_DENIED, NETWORK.
 */
export async function pushCommit(
  clone: Clone,
  commit: string,
  target: SeenBranch,
  base?: SeenBranch,
  options: readonly string[] = [],
): Promise<Pushed | 'moved' | 'base moved'> {
  const ref = refOf(target);
  const watched = base === undefined || base.branch === target.branch ? [] : [base];
  const leases = [target, ...watched].map(leaseOf);
  const atomic = watched.length > 0 ? ['--atomic'] : [];
  // Where it was seen, the base is up to date and not sent.
  const refspecs = [`${commit}:${ref}`, ...watched.map((seen) => `${seen.expected}:${refOf(seen)}`)];
  const asked = options.map((option) => `--push-option=${option}`);
  const result = await clone.useServer([...PUSH, ...asked, ...atomic, ...leases, 'origin', ...refspecs], {
    answers: (answer) => isPushAnswer(answer) || KNOWN_FAILURES.some((failure) => failure.test(answer.stderr)),
    ...(base === undefined && { config: { 'push.negotiate': 'true' } }),
  });
  if (result.exitCode === 0) return { page: pageIn(result.stderr, clone.options.remote) };
  if (NO_OPTIONS.test(result.stderr)) return pushCommit(clone, commit, target, base);
  if (NOT_ATOMIC.test(result.stderr)) return pushCommit(clone, commit, target, undefined, options);
  const refusal = explainPush(result);
  if (refusal) throw refusal;
  // The server may have taken it before, and its answer was lost.
  if ((await remoteTip(clone, ref)) === commit) return { page: '' };
  return watched.some((seen) => hasMoved(result, seen)) ? 'base moved' : 'moved';
}

/**
 * Deletes branches that are still where they were seen, in one push. Throws ACCESS_DENIED, NETWORK; that the server
 * keeps one of them is an answer.
 */
export async function deleteBranches(clone: Clone, branches: readonly SeenBranch[]): Promise<Deletion> {
  if (branches.length === 0) return { deleted: [], refused: [] };
  const push = [...PUSH, ...branches.map(leaseOf), 'origin', ...branches.map((seen) => `:${refOf(seen)}`)];
  const report = readPushReport(await clone.useServer(push, { answers: isPushAnswer }));
  return {
    deleted: report.filter(({ state }) => state === 'done').map(({ branch }) => branch),
    refused: report.filter(({ state }) => state === 'refused').map(({ branch, reason }) => ({ branch, reason })),
  };
}

async function remoteTip(clone: Clone, ref: string): Promise<string | undefined> {
  const { stdout } = await clone.useServer(['ls-remote', 'origin', ref]);
  const lines = stdout.toString().split('\n');
  return lines.find((line) => line.endsWith(`\t${ref}`))?.split('\t')[0];
}

function hasMoved(result: ProgramResult, { branch }: SeenBranch): boolean {
  return readPushReport(result).some((pushed) => pushed.branch === branch && pushed.state === 'moved');
}

const refOf = ({ branch }: SeenBranch): string => `refs/heads/${branch}`;

const leaseOf = (seen: SeenBranch): string => `--force-with-lease=${refOf(seen)}:${seen.expected}`;
