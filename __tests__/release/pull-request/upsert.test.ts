import { describe, expect, test } from 'vitest';
import { givenAfter, missingIn, nameOf, wrongLabels } from '../../../src/forge/attributes.ts';
import type { Forge, NewPullRequest, PullRequest, PullRequests, Refused } from '../../../src/forge/forge.ts';
import { NOTHING_OVER, type CarryOver } from '../../../src/release/pull-request/carry-over.ts';
import { NO_ATTRIBUTES, readMetadata, readNotes, readText } from '../../../src/release/pull-request/metadata.ts';
import type { ReleasePullRequest } from '../../../src/release/pull-request/select.ts';
import {
  closePullRequest,
  upsertPullRequest,
  writeContent,
  type Content,
  type Wanted,
} from '../../../src/release/pull-request/upsert.ts';
import type { ReleaseTexts } from '../../../src/release/pull-request/texts.ts';
import type { Attributes } from '../../../src/core/objects.ts';

const KEY = 'web-key';
const FIRST: ReleaseTexts = { title: 'Release web 1.4.2', body: 'First **body**.' };
const SECOND: ReleaseTexts = { title: 'Release web 1.5.0', body: 'Second body.' };
const PULL_REQUEST: PullRequest = {
  number: 1,
  url: 'https://git.test/pull/1',
  id: 'PR_1',
  state: 'open',
  title: 'T',
  body: '',
  draft: false,
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  commits: [],
  isWhole: false,
  closedByDeletion: false,
  branch: 'release/web',
  headId: 'c1',
  head: undefined,
  verified: false,
};

/** One repository's pull request, kept in memory. */
class OnePullRequest implements Forge {
  readonly numberSign = '#';
  readonly hiddenText = 'html-comment';
  readonly name = 'One';
  readonly limits = { title: 256, body: 65_536, label: 50 };
  present: PullRequest | undefined;
  readonly asked: string[] = [];
  readonly isPublic = () => Promise.resolve(false);
  readonly isSourcePublic = () => Promise.resolve(undefined);
  /** What is refused, by name. */
  readonly refuses = new Set<string>();
  /** Opened by another run between our look and our attempt. */
  rival: PullRequest | undefined;

  constructor(present?: Partial<PullRequest>) {
    this.present = present && { ...PULL_REQUEST, ...present };
  }

  get pullRequest(): PullRequest {
    if (!this.present) throw new Error('there is none');
    return this.present;
  }

  find(): Promise<PullRequests> {
    return Promise.resolve({ open: this.present ? [this.present] : [], past: [] });
  }

  open({ title, body, draft, branch }: NewPullRequest): Promise<PullRequest | undefined> {
    this.asked.push('create');
    this.present = this.rival ?? { ...PULL_REQUEST, title, body, branch, draft: draft && !this.refuses.has('draft') };
    return Promise.resolve(this.rival ? undefined : this.present);
  }

  update(number: number, change: { title?: string; body?: string; state?: 'closed' }): Promise<PullRequest> {
    this.asked.push(`update ${number} ${Object.keys(change).join()}`);
    this.present = { ...this.pullRequest, ...change };
    return Promise.resolve(this.present);
  }

  giveAttributes(
    { draft }: PullRequest,
    given: Attributes,
    wanted: Attributes,
    head: string,
  ): Promise<{ given: Attributes; refused: readonly Refused[] }> {
    const missing = missingIn(given, wanted);
    const refused = missing.draft && !draft ? this.#try('draft') : [];
    if (missing.draft && refused.length === 0) this.present = { ...this.pullRequest, draft: true };
    const lists = ['labels', 'reviewers', 'team-reviewers', 'assignees'] as const;
    const names = lists.flatMap((list) => missing[list].map((name) => nameOf(list, name)));
    const [no, yes] = [true, false].map((isRefused) => names.filter((what) => this.refuses.has(what) === isRefused));
    if (yes?.length) this.asked.push(`add ${yes.join(', ')}`);
    refused.push(...(no ?? []).map((what) => ({ what, reason: 'no such thing' })));
    const wrong = wrongLabels(given, wanted).filter((label) => this.pullRequest.labels.includes(label));
    for (const label of wrong) this.asked.push(`remove ${label}`);
    const added = missing.labels.filter((name) => yes?.includes(`label ${name}`));
    const labels = [...new Set([...this.pullRequest.labels, ...added])].filter((label) => !wrong.includes(label));
    this.present = { ...this.pullRequest, labels };
    if (missing.milestone !== '') refused.push(...this.#try(`milestone ${missing.milestone}`));
    const method = missing['auto-merge'];
    if (method !== '') refused.push(...this.#try('auto-merge', `auto-merge ${method} of ${head}`));
    return Promise.resolve({ given: givenAfter(given, wanted, refused), refused });
  }

  compare = unasked;
  commit = unasked;
  isVerified = unasked;

  #try(what: string, asked = what): Refused[] {
    if (this.refuses.has(what)) return [{ what, reason: 'no such thing' }];
    this.asked.push(asked);
    return [];
  }
}

function unasked(): never {
  throw new Error('this is not asked of a forge here');
}

type Wishes = Partial<Wanted['attributes']>;

/** What a forge has of it, as a run finds it. */
function found({ present }: OnePullRequest): ReleasePullRequest | undefined {
  return present && { pullRequest: present, metadata: readMetadata(present.body, KEY), build: undefined };
}

function known(forge: OnePullRequest) {
  const { pullRequest } = forge;
  const metadata = readMetadata(pullRequest.body, KEY);
  if (!metadata) throw new Error('it has no metadata');
  return { pullRequest, metadata, build: undefined };
}

function contentOf(tree: string, texts: ReleaseTexts): Content {
  const version = texts.title.replace(/^.* /, '');
  return {
    tree,
    metadata: { key: KEY, version, skipped: [] },
    versions: { to: new Set([version]), from: new Set(['1.4.1']) },
    texts: () => Promise.resolve(texts),
  };
}

const isTemplated = (label: string): boolean => label === 'deploy' || label.startsWith('bump/');

async function run(
  forge: OnePullRequest,
  commit: string,
  texts: ReleaseTexts = FIRST,
  wishes: Wishes = {},
  over: CarryOver = NOTHING_OVER,
) {
  const told: string[] = [];
  const asked = forge.asked.length;
  const attributes = { ...NO_ATTRIBUTES, draft: 'false' as const, ...wishes };
  const find = (): Promise<ReleasePullRequest | undefined> => {
    forge.asked.push('find');
    return Promise.resolve(found(forge));
  };
  const { outcome, pullRequest } = await upsertPullRequest(
    forge,
    found(forge),
    contentOf(commit, texts),
    { branch: 'release/web', base: 'main', head: commit, attributes, isTemplated, over },
    { find, warn: (text) => told.push(text) },
  );
  expect(pullRequest.number).toBe(forge.present?.number);
  return { outcome, told, asked: forge.asked.slice(asked) };
}

/** A forge with the pull request that our first run opened. */
async function opened(wishes: Wishes = {}): Promise<OnePullRequest> {
  const forge = new OnePullRequest();
  await run(forge, 'c1', FIRST, wishes);
  return forge;
}

/** What the metadata of the pull request has as given. */
function givenTo(forge: OnePullRequest): Attributes | undefined {
  return readMetadata(forge.pullRequest.body, KEY)?.given;
}

describe('a pull request', () => {
  test('is opened, left alone while its branch stays, and rewritten when the branch has moved', async () => {
    const forge = new OnePullRequest();
    expect(await run(forge, 'c1')).toEqual({ outcome: 'created', told: [], asked: ['create'] });
    expect(forge.pullRequest.title).toBe(FIRST.title);
    expect(readText(forge.pullRequest.body, KEY)).toBe(FIRST.body);
    expect(readMetadata(forge.pullRequest.body, KEY)).toMatchObject({
      key: KEY,
      tree: 'c1',
      title: FIRST.title,
      closed: '',
    });
    const rendered = { title: FIRST.title, body: 'By another run.' };
    expect(await run(forge, 'c1', rendered)).toEqual({ outcome: 'unchanged', told: [], asked: [] });
    expect(await run(forge, 'c2', SECOND)).toMatchObject({ outcome: 'updated', asked: ['update 1 body,title'] });
    expect(forge.pullRequest.title).toBe(SECOND.title);
    expect(readText(forge.pullRequest.body, KEY)).toBe(SECOND.body);
    expect(forge.pullRequest.body).not.toContain(FIRST.body);
  });

  test('needs no text where it is current', async () => {
    const forge = await opened();
    const asked = {
      ...FIRST,
      get body(): string {
        throw new Error('it was asked for');
      },
    };
    expect((await run(forge, 'c1', asked)).outcome).toBe('unchanged');
  });

  test('of another run that was faster is taken over', async () => {
    const forge = new OnePullRequest();
    forge.rival = { ...(await opened()).pullRequest, number: 4 };
    expect(await run(forge, 'c2', SECOND)).toMatchObject({
      outcome: 'updated',
      asked: ['create', 'find', 'update 4 body,title'],
    });
  });

  test('that was opened, and only the answer was lost, is ours', async () => {
    const forge = new OnePullRequest();
    forge.rival = (await opened()).pullRequest;
    expect(await run(forge, 'c1')).toMatchObject({ outcome: 'created', asked: ['create', 'find'] });
  });

  test('that is there and not listed is said', async () => {
    const forge = new OnePullRequest();
    forge.open = () => Promise.resolve(undefined);
    await expect(run(forge, 'c1')).rejects.toMatchObject({ code: 'PULL_REQUEST_NOT_LISTED', blame: 'again' });
  });

  test('gets its title again where it is right already: a slower run may be writing its own', async () => {
    const forge = await opened();
    expect((await run(forge, 'c2', FIRST)).asked).toEqual(['update 1 body,title']);
  });

  test('keeps the title that a person gave it', async () => {
    const forge = await opened();
    forge.present = { ...forge.pullRequest, title: 'Web shop, at last' };
    expect((await run(forge, 'c2', SECOND)).asked).toEqual(['update 1 body']);
    expect((await run(forge, 'c3', FIRST)).asked).toEqual(['update 1 body']);
    expect(forge.pullRequest.title).toBe('Web shop, at last');
  });

  test.each([
    'Release web 1.4.1 → 1.4.2',
    'Web 1.4.2, please wait',
    'Back to v1.4.1',
    'Release web v1.3.9.',
    'Release web (1.4.2)',
  ])('never keeps a title that names another version: %s', async (title) => {
    const forge = await opened();
    forge.present = { ...forge.pullRequest, title };
    expect((await run(forge, 'c2', SECOND)).asked).toEqual(['update 1 body,title']);
    expect(forge.pullRequest.title).toBe(SECOND.title);
    forge.present = { ...forge.pullRequest, title };
    expect((await run(forge, 'c2', SECOND)).asked, 'also with the same commit').toEqual(['update 1 body,title']);
    expect(forge.pullRequest.title).toBe(SECOND.title);
  });

  test.each(['Web 1.4.1 → 1.5.0 (hold)', 'Ship v1.5.0 on Friday', 'Hold until Friday'])(
    'keeps a title of a person that names the version, or none: %s',
    async (title) => {
      const forge = await opened();
      forge.present = { ...forge.pullRequest, title };
      await run(forge, 'c2', SECOND);
      expect(forge.pullRequest.title).toBe(title);
    },
  );

  test.each([
    '',
    'x',
    '<!-- manifest-release-pr: {"key":} -->\nx\n<!-- /manifest-release-pr -->',
    '[manifest-release-pr]: # (\n\nx\n\n[/manifest-release-pr]: # (end)',
  ])('whose text is unreadable is rebuilt, and nothing is given again: %j', async (body) => {
    const forge = await opened({ labels: ['deploy'], reviewers: ['ada'] });
    forge.present = { ...forge.pullRequest, body, labels: ['hold'] };
    expect((await run(forge, 'c2', SECOND, { labels: ['deploy'], reviewers: ['ada'] })).asked).toEqual([
      'update 1 body,title',
    ]);
    expect(forge.pullRequest).toMatchObject({ title: SECOND.title, labels: ['hold'] });
    expect((await run(forge, 'c2', SECOND, { labels: ['deploy'], reviewers: ['ada'] })).asked).toEqual([]);
  });

  test('that has no room for our text is left alone, each time', async () => {
    const forge = await opened();
    forge.present = { ...forge.pullRequest, body: 'x'.repeat(65_536) };
    const wishes = { labels: ['deploy'] };
    for (const asked of [['update 1 body,title'], [], []]) {
      expect((await run(forge, 'c2', SECOND, wishes)).asked).toEqual(asked);
    }
    expect(forge.pullRequest.title).toBe(SECOND.title);
  });

  test('that says that a person’s label was given does not lose it', async () => {
    const forge = await opened({ labels: ['deploy'] });
    const body = forge.pullRequest.body.replace('"labels":["deploy"]', '"labels":["deploy","hold"]');
    forge.present = { ...forge.pullRequest, body, labels: ['deploy', 'hold'] };
    await run(forge, 'c2', SECOND, { labels: ['deploy'] });
    expect(forge.pullRequest.labels).toEqual(['deploy', 'hold']);
  });

  test('gets what people gave and wrote to those that it supersedes, once', async () => {
    const forge = new OnePullRequest();
    const over: CarryOver = {
      added: { ...NO_ATTRIBUTES, labels: ['hold'], reviewers: ['grace'] },
      removed: { ...NO_ATTRIBUTES, labels: ['deploy'] },
      notes: { before: 'Wait for the migration.', after: '- [x] tested' },
    };
    const wishes = { labels: ['deploy', 'bump/patch'], reviewers: ['ada'] };
    const { asked } = await run(forge, 'c1', FIRST, wishes, over);
    expect(asked).toEqual([
      'create',
      'add label bump/patch, label hold, reviewer ada, reviewer grace',
      'update 1 body,title',
    ]);
    expect(forge.pullRequest.body).toMatch(/^Wait for the migration\.\n\n<!--[\s\S]*-->\n\n- \[x\] tested$/);
    expect(givenTo(forge)).toMatchObject({ labels: ['bump/patch', 'deploy'], reviewers: ['ada'] });
  });

  test('has room for our text, however much was written to those that it supersedes', async () => {
    const forge = new OnePullRequest();
    const notes = { before: 'Wait. '.repeat(20_000), after: '- [x] tested\n'.repeat(10_000) };
    await run(forge, 'c1', FIRST, {}, { ...NOTHING_OVER, notes });
    const { body } = forge.pullRequest;
    expect(body.length).toBeLessThanOrEqual(forge.limits.body);
    expect(readText(body, KEY)).toContain(FIRST.body);
    expect(readNotes(body, KEY).before).toMatch(/^Wait\. [\s\S]*\n_This text was shortened;[^\n]*_$/);
    expect(readNotes(body, KEY).after).toMatch(/^- \[x\] tested\n[\s\S]*\n_This text was shortened;[^\n]*_$/);
  });

  test('of a person keeps its title and text, and gets our block', async () => {
    const forge = new OnePullRequest({ title: 'Mine', body: 'Ada’s own text.' });
    expect(await run(forge, 'c1')).toMatchObject({ outcome: 'updated', asked: ['update 1 body'] });
    expect(forge.pullRequest.body).toMatch(/^Ada’s own text\.\n\n<!-- manifest-release-pr: /);
  });
});

describe('what a pull request is given', () => {
  const ALL: Wishes = {
    labels: ['deploy', 'bump/patch'],
    reviewers: ['ada'],
    'team-reviewers': ['platform'],
    assignees: ['bob'],
    milestone: 'Q4',
    'auto-merge': 'squash',
  };
  const ADDED = 'add label deploy, label bump/patch, reviewer ada, team reviewer platform, assignee bob';

  test('is added once, and remembered', async () => {
    const forge = new OnePullRequest();
    expect(await run(forge, 'c1', FIRST, ALL)).toEqual({
      outcome: 'created',
      told: [],
      asked: ['create', ADDED, 'milestone Q4', 'auto-merge squash of c1', 'update 1 body,title'],
    });
    expect(givenTo(forge)).toEqual({ ...ALL, draft: false });
    expect(await run(forge, 'c1', FIRST, ALL)).toEqual({ outcome: 'unchanged', told: [], asked: [] });
    expect((await run(forge, 'c2', SECOND, ALL)).asked).toEqual(['update 1 body,title']);
  });

  test('is added later too, and finishes a run that was cut short', async () => {
    const forge = await opened();
    expect(await run(forge, 'c1', FIRST, ALL)).toMatchObject({
      outcome: 'updated',
      asked: [ADDED, 'milestone Q4', 'auto-merge squash of c1', 'update 1 body,title'],
    });
  });

  test('is not given again when a person took it away', async () => {
    const forge = await opened(ALL);
    forge.present = { ...forge.pullRequest, labels: ['bump/patch'] };
    expect((await run(forge, 'c2', SECOND, ALL)).asked).toEqual(['update 1 body,title']);
    expect((await run(forge, 'c3', FIRST, ALL)).asked).toEqual(['update 1 body,title']);
    expect(forge.pullRequest.labels).toEqual(['bump/patch']);
  });

  test('goes when it was a label of ours and is wrong now; those of people stay', async () => {
    const forge = await opened({ labels: ['deploy', 'bump/patch'] });
    forge.present = { ...forge.pullRequest, labels: [...forge.pullRequest.labels, 'urgent', 'bump/major'] };
    const wishes = { labels: ['deploy', 'bump/minor'] };
    expect((await run(forge, 'c2', SECOND, wishes)).asked).toEqual([
      'add label bump/minor',
      'remove bump/patch',
      'update 1 body,title',
    ]);
    expect(forge.pullRequest.labels).toEqual(['deploy', 'urgent', 'bump/major', 'bump/minor']);
    expect(givenTo(forge)?.labels).toEqual(['deploy', 'bump/minor']);
  });

  test('that is wrong now and was taken away already is forgotten', async () => {
    const forge = await opened({ labels: ['bump/patch'] });
    forge.present = { ...forge.pullRequest, labels: [] };
    expect((await run(forge, 'c2', SECOND)).asked).toEqual(['update 1 body,title']);
    expect(givenTo(forge)?.labels).toEqual([]);
  });

  test('may change: another milestone, but not another way to merge', async () => {
    const forge = await opened(ALL);
    const { asked } = await run(forge, 'c2', SECOND, { ...ALL, milestone: 'Q1', 'auto-merge': 'rebase' });
    expect(asked).toEqual(['milestone Q1', 'update 1 body,title']);
    expect(givenTo(forge)).toMatchObject({ milestone: 'Q1', 'auto-merge': 'squash' });
  });

  test('is told ten times at most where very many were refused for one reason', async () => {
    const labels = Array.from({ length: 10_000 }, (_, index) => `label-${index}`);
    const forge = new OnePullRequest();
    for (const label of labels) forge.refuses.add(`label ${label}`);
    const { told } = await run(forge, 'c1', FIRST, { labels });
    expect([told.length, told[0], told[10]]).toEqual([
      11,
      'label label-0 was refused: no such thing',
      '9990 more were refused: no such thing',
    ]);
  });

  test('is told and not remembered where it was refused, and tried again', async () => {
    const refused = [
      'label deploy',
      'reviewer ada',
      'team reviewer platform',
      'assignee bob',
      'milestone Q4',
      'auto-merge',
    ];
    const forge = new OnePullRequest();
    for (const what of refused) forge.refuses.add(what);
    const { outcome, told, asked } = await run(forge, 'c1', FIRST, ALL);
    expect({ outcome, asked }).toEqual({
      outcome: 'created',
      asked: ['create', 'add label bump/patch', 'update 1 body,title'],
    });
    expect(told).toEqual(refused.map((what) => `${what} was refused: no such thing`));
    expect(givenTo(forge)).toEqual({
      ...NO_ATTRIBUTES,
      labels: ['bump/patch'],
      milestone: '',
      'auto-merge': '',
      draft: false,
    });

    expect(await run(forge, 'c1', FIRST, ALL)).toEqual({ outcome: 'unchanged', told, asked: [] });
    forge.refuses.clear();
    expect(await run(forge, 'c1', FIRST, ALL)).toMatchObject({
      outcome: 'updated',
      told: [],
      asked: [
        ADDED.replace(', label bump/patch', ''),
        'milestone Q4',
        'auto-merge squash of c1',
        'update 1 body,title',
      ],
    });
  });
});

describe('a draft', () => {
  test.each([
    ['false', false, false],
    ['true', true, false],
    ['always-true', true, true],
  ] as const)('with draft: %s', async (draft, first, later) => {
    const forge = await opened({ draft });
    expect(forge.pullRequest.draft).toBe(first);
    forge.present = { ...forge.pullRequest, draft: false };
    await run(forge, 'c1', FIRST, { draft });
    expect(forge.pullRequest.draft, 'with the same commit').toBe(false);
    await run(forge, 'c2', SECOND, { draft });
    expect(forge.pullRequest.draft, 'with another commit').toBe(later);
  });

  test('that is refused is told', async () => {
    const forge = new OnePullRequest();
    forge.refuses.add('draft');
    const { told } = await run(forge, 'c1', FIRST, { draft: 'always-true' });
    expect(told).toEqual(['draft was refused: this repository has no draft pull requests']);
    const later = await run(forge, 'c2', SECOND, { draft: 'always-true' });
    expect(later).toMatchObject({ outcome: 'updated', told: ['draft was refused: no such thing'] });
  });
});

describe('writeContent', () => {
  test('writes title and text, and gives nothing', async () => {
    const forge = await opened({ labels: ['deploy'] });
    const asked = forge.asked.length;
    await writeContent(forge, known(forge), contentOf('c2', SECOND));
    expect(forge.asked.slice(asked)).toEqual(['update 1 body,title']);
    expect(forge.pullRequest.title).toBe(SECOND.title);
    expect(readMetadata(forge.pullRequest.body, KEY)).toMatchObject({ tree: 'c2', given: { labels: ['deploy'] } });
  });
});

describe('closePullRequest', () => {
  test('writes the reason above our block, and into the metadata', async () => {
    const forge = await opened();
    forge.present = { ...forge.pullRequest, body: `Ada\n\n${forge.pullRequest.body}\n\nBob` };
    const { metadata } = known(forge);
    const { state, body } = await closePullRequest(forge, known(forge), KEY, 'Superseded by #2.', true);
    expect(state).toBe('closed');
    expect(body).toMatch(/^Ada\n\n<!-- [\s\S]* -->\n\nBob$/);
    expect(readText(body, KEY)).toBe(`**Superseded by #2.**\n\n${FIRST.body}`);
    expect(readMetadata(body, KEY)).toEqual({ ...metadata, closed: 'Superseded by #2.' });
  });

  test('leaves it open for the branch to close', async () => {
    const forge = await opened();
    expect((await closePullRequest(forge, known(forge), KEY, 'Done.', false)).state).toBe('open');
  });
});
