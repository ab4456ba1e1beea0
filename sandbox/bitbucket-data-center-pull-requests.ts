/** The operations of Bitbucket Data Center's REST API on pull requests. */
import { commitObject } from './bitbucket-data-center-objects.ts';
import { pageOf, refusal, type DataCenterCall, type DataCenterOperation } from './bitbucket-data-center-operation.ts';
import type { Answer } from './exchange.ts';
import type { MergeMethod } from './merging.ts';
import type { PullRequest } from './pull-requests.ts';
import { commitsOf } from './revisions.ts';

const LIMITS = { title: 255, description: 32_768 };
const STRATEGIES: Readonly<Record<string, MergeMethod>> = {
  'no-ff': 'merge',
  squash: 'squash',
  'rebase-ff-only': 'rebase',
};

const ofOne = (
  method: 'GET' | 'POST' | 'PUT',
  path: RegExp,
  work: (call: DataCenterCall, one: PullRequest) => Answer | Promise<Answer>,
): DataCenterOperation => ({ method, path, answer: (call, number = '') => withOne(call, number, work) });

export const pullRequestOperations: readonly DataCenterOperation[] = [
  { method: 'GET', path: /^\/pull-requests$/, answer: list },
  { method: 'POST', path: /^\/pull-requests$/, answer: create },
  ofOne('GET', /^\/pull-requests\/(\d+)$/, shown),
  ofOne('PUT', /^\/pull-requests\/(\d+)$/, update),
  ofOne('POST', /^\/pull-requests\/(\d+)\/decline$/, decline),
  ofOne('POST', /^\/pull-requests\/(\d+)\/merge$/, merge),
  ofOne('GET', /^\/pull-requests\/(\d+)\/commits$/, async ({ repository, url }, one) =>
    pageOf(url, await commitsOf(repository, one), commitObject),
  ),
];

async function withOne(
  call: DataCenterCall,
  number: string,
  work: (call: DataCenterCall, one: PullRequest) => Answer | Promise<Answer>,
): Promise<Answer> {
  const { repository } = call;
  const found = (await repository.pullRequests.all()).find((one) => one.number === Number(number));
  const { owner, name } = repository;
  return found
    ? work(call, found)
    : refusal(
        404,
        'pull.NoSuchPullRequestException',
        `No pull request exists with ID ${number} for repository ${owner}/${name}.`,
      );
}

function shown({ objects, repository }: DataCenterCall, one: PullRequest): Answer {
  return { status: 200, body: objects.objectOf(repository, one) };
}

async function list({ repository, objects, url }: DataCenterCall): Promise<Answer> {
  const { searchParams } = url;
  const [state, at] = [searchParams.get('state') ?? 'OPEN', searchParams.get('at')];
  const isOutgoing = searchParams.get('direction') === 'OUTGOING';
  const stateOf = (one: PullRequest): string =>
    one.mergedAt !== null ? 'MERGED' : one.state === 'open' ? 'OPEN' : 'DECLINED';
  const isAsked = (one: PullRequest): boolean =>
    (state === 'ALL' || state === stateOf(one)) &&
    // One from a fork does not go out from here.
    (!isOutgoing || !one.fork) &&
    (at === null || at === `refs/heads/${isOutgoing ? one.head : one.base}`);
  const found = (await repository.pullRequests.all()).filter(isAsked).toReversed();
  return pageOf(url, found, (one) => objects.objectOf(repository, one));
}

async function create(call: DataCenterCall): Promise<Answer> {
  const { repository, objects, body, visitor } = call;
  const wrong = faults(body);
  if (wrong) return wrong;
  const [head, base] = [branchIn(body['fromRef']), branchIn(body['toRef'])];
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  const missing = headSha === undefined ? head : base;
  if (headSha === undefined || baseSha === undefined) {
    const { owner, name } = repository;
    const message = `Repository "${name}" of project with key "${owner}" has no branch "${missing}"`;
    return refusal(404, 'repository.NoSuchBranchException', message);
  }
  if ((await repository.countAbove(baseSha, headSha)) === 0) {
    return refusal(
      409,
      'pull.EmptyPullRequestException',
      `Branch "${base}" is already up-to-date with branch "${head}"`,
    );
  }
  const reviewers = reviewersIn(call);
  if (!Array.isArray(reviewers)) return reviewers;
  const opened = repository.pullRequests.open({
    title: textOf(body['title']),
    body: typeof body['description'] === 'string' ? body['description'] : null,
    head,
    headSha,
    base,
    baseSha,
    draft: repository.allowDrafts && body['draft'] === true,
    author: visitor.login,
    reviewers,
  });
  if (opened) return { status: 201, body: objects.objectOf(repository, opened) };
  const all = await repository.pullRequests.all();
  const there = all.find((one) => one.state === 'open' && one.head === head && one.base === base);
  return refusal(
    409,
    'pull.DuplicatePullRequestException',
    'Only one pull request may be open for a given source and target branch',
    {
      existingPullRequest: there && objects.objectOf(repository, there),
    },
  );
}

/** What is not in the request is taken away. */
async function update(call: DataCenterCall, before: PullRequest): Promise<Answer> {
  const { repository, body } = call;
  const outdated = faults(body) ?? isOutdated(call, before, body['version']);
  if (outdated) return outdated;
  if (before.state !== 'open') return notOpen();
  const reviewers = reviewersIn(call);
  if (!Array.isArray(reviewers)) return reviewers;
  const changed = await repository.pullRequests.update(before.number, {
    title: textOf(body['title']),
    body: textOf(body['description']),
    draft: body['draft'] === undefined ? before.draft : repository.allowDrafts && body['draft'] === true,
    reviewers,
  });
  return shown(call, changed);
}

async function decline(call: DataCenterCall, one: PullRequest): Promise<Answer> {
  const { repository, url } = call;
  const outdated = isOutdated(call, one, Number(url.searchParams.get('version') ?? -1));
  if (outdated) return outdated;
  return one.state === 'open' ? shown(call, await repository.pullRequests.close(one.number)) : notOpen();
}

async function merge(call: DataCenterCall, one: PullRequest): Promise<Answer> {
  const { repository, body, url } = call;
  const { number, title, base, head, draft, state } = one;
  const outdated = isOutdated(call, one, Number(url.searchParams.get('version') ?? -1));
  if (outdated) return outdated;
  if (state !== 'open') return notOpen();
  const method = STRATEGIES[textOf(body['strategyId']) || 'no-ff'];
  if (method === undefined || !repository.mergeMethods.has(method)) {
    return vetoed(`The merge strategy '${textOf(body['strategyId'])}' is not enabled for this repository.`);
  }
  const isAuto = body['autoMerge'] === true;
  if (isAuto && !repository.allowAutoMerge) {
    return refusal(403, 'pull.AutoMergeDisabledException', 'Auto-merge is not enabled for this repository.');
  }
  if (draft || repository.waitsForChecks(base)) {
    if (!isAuto) return vetoed('Merging the pull request has been vetoed.');
    return shown(call, await repository.pullRequests.update(number, { autoMerge: { method } }));
  }
  const { owner, name } = repository;
  const merged = await repository.pullRequests
    .merge(number, method, {
      title: `Pull request #${number}: ${title}`,
      text: `Merge in ${owner}/${name} from ${head} to ${base}`,
    })
    .catch(() => undefined);
  return merged ? shown(call, merged) : vetoed('The pull request has conflicts and cannot be merged.');
}

const vetoed = (message: string): Answer => refusal(409, 'pull.PullRequestMergeVetoedException', message);

const notOpen = (): Answer => refusal(409, 'pull.IllegalPullRequestStateException', 'This pull request is not open.');

function isOutdated({ objects }: DataCenterCall, one: PullRequest, version: unknown): Answer | undefined {
  if (typeof version !== 'number')
    return refusal(400, 'validation.ArgumentValidationException', 'A version is required.');
  const currentVersion = objects.versionOf(one);
  if (version === currentVersion) return undefined;
  const message = 'You are attempting to modify a pull request based on out-of-date information.';
  return refusal(409, 'pull.PullRequestOutOfDateException', message, { currentVersion, expectedVersion: version });
}

/** The names of users as they are written; a refusal where one is unknown. */
function reviewersIn({ repository, body }: DataCenterCall): string[] | Answer {
  const asked = Array.isArray(body['reviewers']) ? (body['reviewers'] as { user?: { name?: unknown } }[]) : [];
  const names = asked.map(({ user }) => textOf(user?.name));
  const known = new Map([...repository.collaborators].map((name) => [name.toLowerCase(), name]));
  const wrong = names.filter((name) => !known.has(name.toLowerCase()));
  if (wrong.length === 0) return [...new Set(names.map((name) => known.get(name.toLowerCase()) ?? name))];
  const message = 'Errors encountered while adding some reviewers to this pull request.';
  return refusal(409, 'pull.InvalidPullRequestReviewersException', message, {
    context: 'reviewers',
    reviewerErrors: wrong.map((name) => ({ context: name, message: `${name} is not a user.`, exceptionName: null })),
    validReviewers: [],
  });
}

function faults(body: DataCenterCall['body']): Answer | undefined {
  if (typeof body['title'] !== 'string' || body['title'] === '') {
    return refusal(400, 'validation.ArgumentValidationException', 'A title is required.', { context: 'title' });
  }
  for (const [context, most] of Object.entries(LIMITS)) {
    if (textOf(body[context]).length <= most) continue;
    const message = `The ${context} is too long: it may have at most ${most} characters.`;
    return refusal(400, 'validation.ArgumentValidationException', message, { context });
  }
  return undefined;
}

function branchIn(ref: unknown): string {
  const { id } = (ref ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id.replace(/^refs\/heads\//, '') : '';
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
