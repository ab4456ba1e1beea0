/** Why GitHub refuses what is asked of a pull request: the entries of `errors` in its answer 422. */
import type { PullRequest, Writing } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

export interface Invalid {
  readonly resource: 'PullRequest' | 'Issue' | 'Label';
  readonly code: 'invalid' | 'missing_field' | 'custom';
  readonly field?: string;
  readonly message?: string;
  readonly value?: string;
}

const LIMITS = { title: 256, body: 65_536, label: 50 };

/** What is wrong with a title and a body; a field that is not written is not looked at. */
export function writingErrors(writing: Writing): Invalid[] {
  const missing: Invalid[] =
    writing.title?.trim() === '' ? [{ resource: 'Issue', code: 'missing_field', field: 'title' }] : [];
  const tooLong = (['title', 'body'] as const)
    .filter((field) => Array.from(writing[field] ?? '').length > LIMITS[field])
    .map((field): Invalid => {
      const message = `${field} is too long (maximum is ${LIMITS[field]} characters)`;
      return { resource: 'Issue', code: 'custom', field, message };
    });
  return [...missing, ...tooLong];
}

/** What is wrong with a pull request of these two branches. */
export async function newPullRequestErrors(
  repository: SandboxRepository,
  head: string,
  base: string,
): Promise<Invalid[]> {
  const missing = [];
  for (const [field, branch] of Object.entries({ head, base })) {
    if ((await repository.tip(branch)) === undefined) missing.push(field);
  }
  if (missing.length > 0) return missing.map((field) => ({ resource: 'PullRequest', field, code: 'invalid' }));
  const [baseSha = '', headSha = ''] = [await repository.tip(base), await repository.tip(head)];
  const commits = await repository.countAbove(baseSha, headSha);
  return commits === 0 ? [custom(`No commits between ${base} and ${head}`)] : [];
}

/** What is wrong with opening a pull request again, or with its new base. */
export async function changeErrors(
  repository: SandboxRepository,
  before: PullRequest,
  { state, base }: Writing,
): Promise<Invalid[]> {
  if (base !== undefined && (await repository.tip(base)) === undefined) {
    return [{ resource: 'PullRequest', field: 'base', code: 'invalid' }];
  }
  if (state !== 'open' || before.state === 'open') return [];
  const refused = (reason: string): Invalid[] => {
    const message = `state cannot be changed. ${reason}`;
    return [{ resource: 'PullRequest', code: 'invalid', field: 'state', message }];
  };
  if (before.mergedAt !== null) return refused('The pull request has been merged.');
  if (!before.fork && (await repository.tip(before.head)) === undefined)
    return refused(`The ${before.head} branch has been deleted.`);
  return [];
}

/** That there is one for this head already, which only the moment of opening can tell. */
export function alreadyExists({ owner }: SandboxRepository, head: string): Invalid {
  return custom(`A pull request already exists for ${owner}:${head}.`);
}

/** What is wrong with the names of labels. */
export function labelErrors(names: readonly string[]): Invalid[] {
  return names.flatMap((name): Invalid[] => {
    if (name.trim() === '') return [{ resource: 'Label', code: 'missing_field', field: 'name' }];
    if (Array.from(name).length <= LIMITS.label) return [];
    const message = `name is too long (maximum is ${LIMITS.label} characters)`;
    return [{ resource: 'Label', code: 'custom', field: 'name', message }];
  });
}

/** Why nobody of these is asked for a review; undefined when all are. */
export function reviewRefusal(
  { fullName, collaborators, teams }: SandboxRepository,
  { author }: PullRequest,
  people: readonly string[],
  slugs: readonly string[],
): string | undefined {
  const among = (names: ReadonlySet<string>) => {
    const known = new Set([...names].map((name) => name.toLowerCase()));
    return (name: string): boolean => known.has(name.toLowerCase());
  };
  if (people.some((login) => login.toLowerCase() === author.toLowerCase())) {
    return 'Review cannot be requested from pull request author.';
  }
  if (people.every(among(collaborators)) && slugs.every(among(teams))) return undefined;
  return (
    'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a ' +
    `collaborator of the ${fullName} repository.`
  );
}

function custom(message: string): Invalid {
  return { resource: 'PullRequest', code: 'custom', message };
}
