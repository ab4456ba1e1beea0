/** The operations of Gitea's REST API on labels, milestones and people, and what happened to a pull request. */
import type { Answer } from './exchange.ts';
import { labelObject } from './gitea-objects.ts';
import { done, pageOf, problem, texts, withPullRequest, type Call, type Operation } from './gitea-operation.ts';
import type { Milestone } from './repository.ts';

export const giteaIssueOperations: readonly Operation[] = [
  { method: 'POST', path: /^\/labels$/, scope: 'issue', answer: createLabel },
  { method: 'GET', path: /^\/issues\/(\d+)\/labels$/, scope: 'issue', answer: labels },
  { method: 'POST', path: /^\/issues\/(\d+)\/labels$/, scope: 'issue', answer: addLabels },
  { method: 'DELETE', path: /^\/issues\/(\d+)\/labels\/(\d+)$/, scope: 'issue', answer: removeLabel },
  { method: 'GET', path: /^\/issues\/(\d+)\/timeline$/, scope: 'issue', answer: timeline },
  { method: 'GET', path: /^\/milestones$/, scope: 'issue', answer: milestones },
  { method: 'GET', path: /^\/milestones\/(\d+)$/, scope: 'issue', answer: milestone },
  { method: 'GET', path: /^\/assignees$/, scope: 'repository', answer: assignees },
];

function createLabel({ state, body }: Call): Answer {
  const made = { id: state.labels.length + 1, name: String(body['name']) };
  state.labels = [...state.labels, made];
  return { status: 201, body: labelObject(made, made.name) };
}

function labels(call: Call, number: string): Promise<Answer> {
  return withPullRequest(call, number, ({ labels: names }) => ({ status: 200, body: objectsOf(call, names) }));
}

/** Names that nobody made are left out without a word. */
function addLabels(call: Call, number: string): Promise<Answer> {
  return withPullRequest(call, number, async (before) => {
    const known = new Set(call.state.labels.map(({ name }) => name));
    const added = texts(call.body['labels']).filter((name) => known.has(name));
    const names = [...new Set([...before.labels, ...added])];
    await call.repository.pullRequests.update(before.number, { labels: names });
    return { status: 200, body: objectsOf(call, names) };
  });
}

function removeLabel(call: Call, number: string, id: string): Promise<Answer> {
  return withPullRequest(call, number, async (before) => {
    const label = call.state.labels.find((one) => one.id === Number(id));
    if (!label) return problem(422, `label does not exist [label_id: ${id}]`);
    const names = before.labels.filter((name) => name !== label.name);
    await call.repository.pullRequests.update(before.number, { labels: names });
    return done(204);
  });
}

const objectsOf = ({ state }: Call, names: readonly string[]) =>
  names.toSorted().map((name) =>
    labelObject(
      state.labels.find((one) => one.name === name),
      name,
    ),
  );

/** Times have seconds. */
function timeline(call: Call, number: string): Promise<Answer> {
  return withPullRequest(call, number, ({ closedAt, headDeletedAt }) => {
    const events = [
      { type: 'close', at: closedAt },
      { type: 'delete_branch', at: headDeletedAt },
    ];
    const told = events.flatMap(({ type, at }) => (at === null ? [] : [{ type, created_at: at.replace(/\.\d+/, '') }]));
    return { status: 200, body: told };
  });
}

/** The name is a part of it. */
function milestones({ repository, url }: Call): Answer {
  const [state, name] = [url.searchParams.get('state') ?? 'open', url.searchParams.get('name') ?? ''];
  const found = repository.milestones
    .filter((one) => state === 'all' || one.state === state)
    .filter(({ title }) => title.toLowerCase().includes(name.toLowerCase()));
  return { status: 200, body: pageOf(found, url).map(milestoneObject) };
}

function milestone({ repository }: Call, id: string): Answer {
  const found = repository.milestones.find(({ number }) => number === Number(id));
  return found ? { status: 200, body: milestoneObject(found) } : problem(404, "The target couldn't be found.");
}

const milestoneObject = ({ number: id, ...one }: Milestone): object => ({ id, ...one });

function assignees({ repository }: Call): Answer {
  return { status: 200, body: [...repository.collaborators].map((login) => ({ login })) };
}
