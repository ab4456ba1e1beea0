/** What any forge must do. A forge's own test calls this with a way to start one. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Forge, ForgeCommit, Merging } from '../../src/forge/forge.ts';
import type { Attributes, ManifestFile, MergeMethod } from '../../src/core/objects.ts';
import type { CommitStatus, Merges } from '../../src/forge/merges.ts';

/**
 * A forge that holds one repository, with the branches main, staging, release/web and release/web-admin. There ada and
 * Grace may be asked for a review or assigned, and the team platform for a review; the milestone "Sprint 11" is closed,
 * and "Sprint 12" and "Sprint 12b" are open. Beside it there is the source repository acme/web, with the tags v1.4.1
 * and v1.4.2, two commits of Ada Lovelace's later: "Fix a typo" and "Add a cart".
 */
export interface StartedForge {
  readonly forge: Forge;
  /** Opens a pull request as a person would; gives its number. */
  readonly open: (branch: string, base: string, title: string, body: string | null) => Promise<number>;
  /** Opens one of a branch of that name in a fork, as a stranger would. */
  readonly openFromFork: (branch: string, base: string) => Promise<number>;
  readonly close: (number: number) => Promise<unknown>;
  readonly merge: (number: number, method?: MergeMethod) => Promise<unknown>;
  /** Writes a status as an agent does; absent where the forge has no `merges`. */
  readonly addStatus?: (commit: string, status: Pick<CommitStatus, 'context' | 'state'>) => Promise<unknown>;
  /** Of the milestones, by title; absent where the forge has none that can be given. */
  readonly milestoneNumbers?: Readonly<Record<string, number>>;
  /** What a person sees. */
  readonly see: (number: number) => Promise<Seen>;
  /** Sets what the repository's settings say, and rules for pull requests into main; gone without unless set. */
  readonly set: (setting: 'auto-merge' | 'checks' | 'merge queue' | 'public') => unknown;
  /** Commits to a branch as a person would; gives the commit's id. */
  readonly push: (branch: string, files: readonly ManifestFile[]) => Promise<string>;
  readonly tip: (branch: string) => Promise<string | undefined>;
  readonly look: (commit: string) => Promise<{ tree: string; parents: readonly string[]; message: string }>;
  readonly stop: () => Promise<void>;
}

export interface Seen {
  readonly title: string;
  readonly body: string | null;
  readonly head: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly teamReviewers: readonly string[];
  readonly assignees: readonly string[];
  /** Its title. */
  readonly milestone: string | undefined;
  readonly autoMerge: string | undefined;
  readonly queued: boolean;
}

/** A list of these names, in the order that the forge has. */
const inAnyOrder = (...names: string[]): unknown =>
  expect.toSatisfy((list: string[]) => list.toSorted().join('\n') === names.toSorted().join('\n'));

/** A message; some servers leave out its last line break. */
const sameText = (message: string): unknown => expect.toSatisfy((text: string) => text.trimEnd() === message.trimEnd());

/**
 * What a forge does not have of all this, as its row of capabilities says; its tests are left out. `trees`: it does not tell those
 * of commits, nor whether a commit is signed, so that git is asked.
 */
export type Lack =
  | 'labels'
  | 'team reviewers'
  | 'assignees'
  | 'milestone'
  | 'auto-merge'
  | 'auto-merge setting'
  | 'merge queue'
  | 'commits by the API'
  | 'merges'
  | 'status authors'
  | 'earlier statuses'
  | 'trees'
  | 'visibility';

/** How a forge differs from what the suite expects. */
export interface Differences {
  readonly lacks?: readonly Lack[];
  /** A part of its reason for refusing to merge another commit than the head; `modified` unless given. */
  readonly moved?: string;
}

const WEB = 'release/web';
const WANTED = { branch: WEB, base: 'main', title: 'Release web', draft: false };
const HOSTILE = '<!-- x --> "q" \\ & <b> @ada\r\n| größe 🚀 |\n';
const NOTHING: Attributes = {
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  milestone: '',
  'auto-merge': '',
  draft: false,
};

const file = (path: string, text: string, mode = '100644'): ManifestFile => ({ path, mode, bytes: Buffer.from(text) });

/** Declares the tests of the forge that `start` gives. */
export function describeForge(
  name: string,
  start: () => Promise<StartedForge>,
  { lacks = [], moved = 'modified' }: Differences = {},
): void {
  const has = (feature: Lack): boolean => !lacks.includes(feature);
  /** What of these a forge has. */
  const had = (lack: Lack, ...names: string[]): string[] => (has(lack) ? names : []);
  const teamsOf = (...teams: string[]): string[] => had('team reviewers', ...teams);
  const labelsOf = (...labels: string[]): string[] => had('labels', ...labels);
  const assigneesOf = (...names: string[]): string[] => had('assignees', ...names);
  /** What is given of what is wanted. */
  const asGiven = (wanted: Attributes): Attributes => ({
    ...wanted,
    labels: labelsOf(...wanted.labels),
    'team-reviewers': teamsOf(...wanted['team-reviewers']),
    assignees: assigneesOf(...wanted.assignees),
    milestone: has('milestone') ? wanted.milestone : '',
  });

  describe(name, () => {
    let started: StartedForge;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(async () => {
      await started.stop();
    });

    const openWeb = (): Promise<number> => started.open(WEB, 'main', 'Release web', '');

    describe('finds', () => {
      test('nothing where nothing is open', async () => {
        expect(await started.forge.find([WEB], 'main')).toEqual({ open: [], past: [] });
      });

      test('what it opened, and opens no second', async () => {
        const { forge, see, tip, look } = started;
        const wanted = { ...WANTED, body: HOSTILE };
        const opened = await forge.open(wanted);
        if (!opened) throw new Error('none was opened');
        const id = (await tip(WEB)) ?? '';
        expect(opened).toEqual({
          number: expect.any(Number),
          url: expect.stringMatching(/^https?:/),
          id: expect.stringMatching(/./),
          state: 'open',
          title: 'Release web',
          body: HOSTILE,
          draft: false,
          labels: [],
          reviewers: [],
          'team-reviewers': [],
          assignees: [],
          branch: WEB,
          headId: id,
          commits: [],
          head: undefined,
          isWhole: false,
          closedByDeletion: false,
          verified: has('trees') ? false : undefined,
        });
        expect(await see(opened.number)).toMatchObject({ title: 'Release web', body: HOSTILE, head: WEB });
        const commit = { id, ...(await look(id)), committerEmail: 'ada@example.com', signed: false };
        const found = has('trees')
          ? { ...opened, head: commit, commits: [commit], isWhole: true }
          : { ...opened, commits: [{ ...commit, tree: '', message: sameText(commit.message) }] };
        expect(await forge.find([WEB], 'main')).toEqual({ open: [found], past: [] });
        expect(await forge.open({ ...wanted, title: 'Once more' })).toBeUndefined();
        expect(await forge.find([WEB], 'main')).toEqual({ open: [found], past: [] });
      });

      test('all that are open into this base, the newest first', async () => {
        const { forge, open } = started;
        const admin = await open('release/web-admin', 'main', 'Admin', 'a');
        await open(WEB, 'staging', 'Staging', 'b');
        const number = await open(WEB, 'main', 'Main', 'c');
        expect(await forge.find([WEB], 'main')).toMatchObject({
          open: [
            { number, title: 'Main', body: 'c', branch: WEB },
            { number: admin, title: 'Admin', body: 'a', branch: 'release/web-admin' },
          ],
          past: [],
        });
      });

      test.each(['close', 'merge'] as const)('what a person did %s among the past ones', async (end) => {
        const { forge, [end]: act } = started;
        const number = await openWeb();
        await act(number);
        const state = end === 'merge' ? 'merged' : 'closed';
        expect(await forge.find([WEB], 'main')).toMatchObject({ open: [], past: [{ number, state, branch: WEB }] });
        expect(await forge.find([WEB], 'staging')).toEqual({ open: [], past: [] });
      });

      test('of another branch what was merged, and not what was closed; the newest first', async () => {
        const { forge, open, close, merge } = started;
        const closed = await open(WEB, 'main', 'Web', '');
        await close(closed);
        const merged = await open(WEB, 'main', 'Web again', '');
        await merge(merged);
        expect((await forge.find(['release/web-admin'], 'main')).past).toMatchObject([{ number: merged }]);
        expect((await forge.find([WEB], 'main')).past.map(({ number }) => number)).toEqual([merged, closed]);
      });

      test('the past ones of several branches, or of none', async () => {
        const { forge, open, close } = started;
        const web = await open(WEB, 'main', 'Web', '');
        await close(web);
        const admin = await open('release/web-admin', 'main', 'Admin', '');
        await close(admin);
        const numbers = async (branches: readonly string[]) =>
          (await forge.find(branches, 'main')).past.map(({ number }) => number);
        expect(await numbers([WEB, 'release/web-admin'])).toEqual([admin, web]);
        expect(await numbers([WEB])).toEqual([web]);
        expect(await numbers([])).toEqual([]);
      });

      test('none that is from a fork, open or past', async () => {
        const { forge, openFromFork, close, merge } = started;
        await merge(await openFromFork(WEB, 'main'));
        await close(await openFromFork(WEB, 'main'));
        await openFromFork(WEB, 'main');
        expect(await forge.find([WEB], 'main')).toEqual({ open: [], past: [] });
        const number = await openWeb();
        expect(await forge.find([WEB], 'main')).toMatchObject({ open: [{ number }], past: [] });
      });

      test('no text as an empty one', async () => {
        await started.open(WEB, 'main', 'Release web', null);
        expect(await started.forge.find([WEB], 'main')).toMatchObject({ open: [{ body: '' }] });
      });
    });

    describe('writes', () => {
      test('the body, and the title only where it is given', async () => {
        const { forge, open, see } = started;
        const number = await open(WEB, 'main', 'Release web', 'old');
        const changed = { number, title: 'Release web', body: HOSTILE };
        expect(await forge.update(number, { body: HOSTILE })).toMatchObject(changed);
        expect(await forge.update(number, { title: 'New', body: '' })).toMatchObject({ title: 'New', body: '' });
        expect(await see(number)).toMatchObject({ title: 'New', body: expect.toBeOneOf(['', null]) });
      });

      test('texts as long as they may be', async () => {
        const { forge, see } = started;
        const longest = { title: 't'.repeat(forge.limits.title), body: 'ä'.repeat(forge.limits.body) };
        const number = await openWeb();
        await forge.update(number, longest);
        expect(await see(number)).toMatchObject(longest);
      });

      test('that one is closed', async () => {
        const { forge, open, see } = started;
        const number = await open(WEB, 'main', 'Release web', 'kept');
        expect(await forge.update(number, { state: 'closed' })).toMatchObject({ state: 'closed', body: 'kept' });
        expect(await see(number)).toMatchObject({ state: 'closed', body: 'kept' });
      });

      test('one that was closed meanwhile as it may be, and says that it is closed', async () => {
        const { forge } = started;
        const number = await openWeb();
        await forge.update(number, { state: 'closed' });
        expect(await forge.update(number, { title: 'New', body: 'new' })).toMatchObject({ number, state: 'closed' });
        expect(await forge.update(number, { state: 'closed' })).toMatchObject({ number, state: 'closed' });
      });
    });

    describe('drafts', () => {
      test('are opened as such', async () => {
        const { forge, see } = started;
        const opened = await forge.open({ ...WANTED, body: '', draft: true });
        expect(opened).toMatchObject({ draft: true });
        expect(await see(opened?.number ?? 0)).toMatchObject({ draft: true });
        expect(await forge.find([WEB], 'main')).toMatchObject({ open: [{ draft: true }] });
      });

      test('are made of what is open', async () => {
        const { see } = started;
        const number = await openWeb();
        const wanted = { ...NOTHING, draft: true };
        expect(await give(wanted)).toEqual({ given: wanted, refused: [] });
        expect(await see(number)).toMatchObject({ draft: true, state: 'open' });
      });

      test('are left as they are where that was given before, or is not wanted', async () => {
        const { forge, see } = started;
        const number = await openWeb();
        expect(await give(NOTHING)).toEqual({ given: NOTHING, refused: [] });
        const before = { ...NOTHING, draft: true };
        expect(await give(before, before)).toEqual({ given: before, refused: [] });
        expect(await see(number)).toMatchObject({ draft: false });
        await forge.giveAttributes(await onlyOpen(), NOTHING, before, '');
        expect(await give(before)).toEqual({ given: before, refused: [] });
        expect(await see(number)).toMatchObject({ draft: true });
      });
    });

    describe('gives', () => {
      const reason = expect.stringMatching(/\w/);

      test('labels, reviewers and assignees beside those that are there', async () => {
        const { forge, see } = started;
        const number = await openWeb();
        const first = { ...NOTHING, labels: ['kept'], reviewers: ['ada'], assignees: ['ada'] };
        expect(await give(first)).toEqual({ given: asGiven(first), refused: [] });
        const more = {
          ...NOTHING,
          labels: ['kept', 'release', 'env: eu/1'],
          reviewers: ['ada', 'Grace'],
          'team-reviewers': ['acme/platform'],
          assignees: ['ada', 'Grace'],
        };
        expect(await give(more, asGiven(first))).toEqual({ given: asGiven(more), refused: [] });
        const all = {
          labels: inAnyOrder(...labelsOf('kept', 'release', 'env: eu/1')),
          reviewers: inAnyOrder('ada', 'Grace'),
          assignees: inAnyOrder(...assigneesOf('ada', 'Grace')),
        };
        expect(await see(number)).toMatchObject({ ...all, teamReviewers: teamsOf('platform') });
        const [found] = (await forge.find([WEB], 'main')).open;
        expect(found).toMatchObject(all);
      });

      test('nothing that was given before, so that what a person took away stays away', async () => {
        const number = await openWeb();
        const given = {
          ...NOTHING,
          labels: ['release'],
          reviewers: ['ada'],
          assignees: ['ada'],
          milestone: 'Sprint 12',
        };
        expect(await give(given, given)).toEqual({ given, refused: [] });
        const nothing = { labels: [], reviewers: [], assignees: [], milestone: undefined };
        expect(await started.see(number)).toMatchObject(nothing);
      });

      test('the others where one reviewer is unknown, who is refused by name', async () => {
        const number = await openWeb();
        const wanted = {
          ...NOTHING,
          labels: ['release'],
          reviewers: ['ada', 'nobody', 'Grace'],
          'team-reviewers': ['platform'],
          assignees: ['ada'],
        };
        expect(await give(wanted)).toEqual({
          given: asGiven({ ...wanted, reviewers: ['ada', 'Grace'] }),
          refused: [{ what: 'reviewer nobody', reason }],
        });
        expect(await started.see(number)).toMatchObject({
          labels: labelsOf('release'),
          reviewers: inAnyOrder('ada', 'Grace'),
          teamReviewers: teamsOf('platform'),
          assignees: assigneesOf('ada'),
        });
      });

      test('the others where one team, label or assignee is refused', async () => {
        const number = await openWeb();
        const long = 'x'.repeat(started.forge.limits.label + 1);
        const { given, refused } = await give({
          ...NOTHING,
          labels: ['release', long],
          reviewers: ['ada'],
          'team-reviewers': ['acme/strangers'],
          assignees: ['nobody', 'ada'],
        });
        expect(refused.toSorted((one, other) => one.what.localeCompare(other.what))).toEqual([
          ...assigneesOf('nobody').map((name) => ({ what: `assignee ${name}`, reason })),
          ...labelsOf(long).map((label) => ({ what: `label ${label}`, reason })),
          ...teamsOf('acme/strangers').map((team) => ({ what: `team reviewer ${team}`, reason })),
        ]);
        expect(given).toEqual(asGiven({ ...NOTHING, labels: ['release'], reviewers: ['ada'], assignees: ['ada'] }));
        expect(await started.see(number)).toMatchObject({
          labels: labelsOf('release'),
          reviewers: ['ada'],
          assignees: assigneesOf('ada'),
        });
      });

      test.runIf(has('labels'))('labels as long as they may be', async () => {
        const number = await openWeb();
        const wanted = { ...NOTHING, labels: ['ä'.repeat(started.forge.limits.label)] };
        expect(await give(wanted)).toEqual({ given: wanted, refused: [] });
        expect(await started.see(number)).toMatchObject({ labels: wanted.labels });
      });

      test.runIf(has('milestone'))('an open milestone by its whole title, and another one later', async () => {
        const { see } = started;
        const number = await openWeb();
        const first = { ...NOTHING, milestone: 'Sprint 12b' };
        expect(await give(first)).toEqual({ given: first, refused: [] });
        expect(await see(number)).toMatchObject({ milestone: 'Sprint 12b' });
        const second = { ...NOTHING, milestone: 'Sprint 12' };
        expect(await give(second, first)).toEqual({ given: second, refused: [] });
        expect(await see(number)).toMatchObject({ milestone: 'Sprint 12' });
      });

      test.runIf(has('milestone'))(
        'an open milestone by its number, and no closed one or unknown',
        async ({ skip }) => {
          const { milestoneNumbers: numbers, see } = started;
          if (!numbers) return skip('this one refuses what it is told to');
          const number = await openWeb();
          for (const none of [String(numbers['Sprint 11']), '123456789']) {
            const { given, refused } = await give({ ...NOTHING, milestone: none });
            expect([given, refused], none).toEqual([NOTHING, [{ what: `milestone ${none}`, reason }]]);
          }
          expect(await see(number)).toMatchObject({ milestone: undefined });
          const wanted = { ...NOTHING, milestone: String(numbers['Sprint 12']) };
          expect(await give(wanted)).toEqual({ given: wanted, refused: [] });
          expect(await see(number)).toMatchObject({ milestone: 'Sprint 12' });
        },
      );

      const titles = has('milestone') ? ['Sprint', 'Sprint 11', 'No such'] : [];
      test.each(titles)('no milestone of the title %s', async (title) => {
        const number = await openWeb();
        expect(await give({ ...NOTHING, milestone: title })).toEqual({
          given: NOTHING,
          refused: [{ what: `milestone ${title}`, reason: expect.stringContaining('no open milestone') }],
        });
        expect(await started.see(number)).toMatchObject({ milestone: undefined });
      });
    });

    test.runIf(has('labels'))(
      'removes a label that it gave and that is not wanted any more, also one that is gone already',
      async () => {
        const { see } = started;
        const number = await openWeb();
        const label = 'env: eu/1 ä?';
        const given = { ...NOTHING, labels: ['kept', label, 'gone'] };
        await give({ ...NOTHING, labels: ['a person’s', 'kept', label] });
        const stale = await onlyOpen();
        const wanted = { ...NOTHING, labels: ['kept'] };
        for (const pullRequest of [stale, stale, await onlyOpen()]) {
          expect(await started.forge.giveAttributes(pullRequest, given, wanted, '')).toEqual({
            given: wanted,
            refused: [],
          });
          expect(await see(number)).toMatchObject({ labels: ['a person’s', 'kept'] });
        }
      },
    );

    describe.runIf(has('auto-merge'))('auto-merge', () => {
      const autoMerge = async (method: MergeMethod = 'squash') => give({ ...NOTHING, 'auto-merge': method });
      const given = (method: MergeMethod, merging?: Merging) => ({
        given: { ...NOTHING, 'auto-merge': method },
        refused: [],
        ...(merging && { merging }),
      });
      const refusedFor = (reason: string) => ({
        given: NOTHING,
        refused: [{ what: 'auto-merge', reason: expect.stringContaining(reason) }],
      });

      test('is enabled where something is waited for', async () => {
        const { see, set } = started;
        set('auto-merge');
        set('checks');
        const number = await openWeb();
        expect(await autoMerge()).toEqual(given('squash', 'enabled'));
        expect(await see(number)).toMatchObject({ state: 'open', autoMerge: 'squash' });
      });

      test('is not enabled again, whatever the method', async () => {
        const { see, set } = started;
        set('auto-merge');
        set('checks');
        const number = await openWeb();
        const before = given('squash').given;
        expect(await give({ ...NOTHING, 'auto-merge': 'rebase' }, before)).toEqual(given('squash'));
        expect(await see(number)).toMatchObject({ state: 'open', autoMerge: undefined });
      });

      test.runIf(has('auto-merge setting'))('is refused where it is not allowed, with the setting', async () => {
        const { see, set } = started;
        set('checks');
        const number = await openWeb();
        expect(await autoMerge()).toEqual(refusedFor('“Allow auto-merge”'));
        expect(await see(number)).toMatchObject({ state: 'open', autoMerge: undefined });
      });

      test('is a merge where nothing is waited for', async () => {
        const { see, set, tip } = started;
        set('auto-merge');
        const [number, before] = [await openWeb(), await tip('main')];
        expect(await autoMerge('merge')).toEqual(given('merge', 'merged'));
        expect(await see(number)).toMatchObject({ state: 'merged' });
        const after = await started.look((await tip('main')) ?? '');
        expect(after.parents).toEqual([before, await tip(WEB)]);
      });

      test.runIf(has('merge queue'))('is a place in the queue where there is one', async () => {
        const { see, set } = started;
        set('merge queue');
        const number = await openWeb();
        expect(await autoMerge()).toEqual(given('squash', 'queued'));
        expect(await see(number)).toMatchObject({ state: 'open', queued: true });
      });

      const rules = (['checks', 'merge queue', undefined] as const).filter(
        (rule) => rule !== 'merge queue' || has('merge queue'),
      );
      test.each(rules)('is refused when the head has moved, whatever there is to wait for: %s', async (rule) => {
        const { forge, push, see, set } = started;
        set('auto-merge');
        if (rule) set(rule);
        const number = await openWeb();
        const pullRequest = await onlyOpen();
        await push(WEB, [file('web.yaml', 'image: evil:6.6.6\n')]);
        const wanted = { ...NOTHING, 'auto-merge': 'squash' } as const;
        const answer = await forge.giveAttributes(pullRequest, NOTHING, wanted, pullRequest.headId);
        expect(answer).toEqual(refusedFor(moved));
        expect(await see(number)).toMatchObject({ state: 'open', autoMerge: undefined, queued: false });
      });
    });

    describe.runIf(has('merges'))('sees what follows', () => {
      const merges = (): Merges => {
        const { merges: found } = started.forge;
        if (!found) throw new Error('the forge has no merges');
        return found;
      };
      const edit = (text: string) => started.push('main', [file('web.yaml', text)]);

      test('an open and a closed pull request', async () => {
        const number = await openWeb();
        expect(await merges().read(number)).toEqual({ state: 'open', base: 'main', commit: '', time: '' });
        await started.close(number);
        expect(await merges().read(number)).toEqual({ state: 'closed', base: 'main', commit: '', time: '' });
      });

      test.each<MergeMethod>(['merge', 'squash', 'rebase'])(
        'the commit that the base has after a %s',
        async (method) => {
          const number = await openWeb();
          await started.merge(number, method);
          const commit = await started.tip('main');
          expect(await merges().read(number)).toEqual({
            state: 'merged',
            base: 'main',
            commit,
            time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          });
          expect(await merges().since(commit ?? '', 'main')).toEqual([]);
        },
      );

      test('the commits on top of one', async () => {
        const [first, second, third] = [await edit('1'), await edit('2'), await edit('3')];
        expect(await merges().since(first, 'main')).toEqual([second, third]);
        expect(await merges().since(first, 'staging')).toBeUndefined();
        expect(await merges().since('0'.repeat(40), 'main')).toBeUndefined();
        expect(await merges().since(first, 'none')).toBeUndefined();
      });

      test('the statuses of a commit, and none of another', async () => {
        const [one, other] = [await edit('1'), await edit('2')];
        for (const state of ['pending', 'failure', 'success'] as const) {
          await started.addStatus?.(one, { context: `kustomization/${state}/1a2b`, state });
        }
        const found = (await merges().statuses(one)).toSorted((a, b) => a.context.localeCompare(b.context));
        const author = has('status authors') ? expect.stringMatching(/./) : '';
        const told = { description: expect.any(String), url: expect.any(String), author };
        expect(merges().hasAuthors).toBe(has('status authors'));
        expect(found).toEqual(
          ['failure', 'pending', 'success'].map((state) => ({
            ...told,
            state,
            context: `kustomization/${state}/1a2b`,
            time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          })),
        );
        expect(await merges().statuses(other)).toEqual([]);
      });

      test.runIf(has('earlier statuses'))('all statuses of one context, the newest first', async () => {
        const commit = await edit('1');
        for (const state of ['failure', 'success'] as const) {
          await started.addStatus?.(commit, { context: 'kustomization/apps/1a2b', state });
        }
        const states = (await merges().statuses(commit)).map(({ state }) => state);
        expect(states).toEqual(['success', 'failure']);
      });
    });

    describe('compares', () => {
      test('a revision with a later one', async () => {
        const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        const told = (subject: string) => ({
          id: expect.stringMatching(/^[0-9a-f]{40}$/),
          author: 'Ada Lovelace',
          subject,
          url: expect.stringMatching(/^https?:.*\/acme\/(?:_git\/|repos\/)?web\/(?:-\/)?commits?\/[0-9a-f]{40}$/),
          time,
        });
        expect(await started.forge.compare('acme/web', 'v1.4.1', 'v1.4.2')).toMatchObject({
          status: 'ahead',
          commits: [told('Fix a typo'), told('Add a cart')],
          total: 2,
          url: expect.stringMatching(
            /^https?:.*\/acme\/(?:_git\/|repos\/)?web\/(?:-\/|branches\/)?(?:compare\/|branchCompare\?)/,
          ),
          baseTime: time,
        });
      });

      test.each([
        ['v1.4.2', 'v1.4.1', 'behind'],
        ['v1.4.2', 'v1.4.2', 'identical'],
      ])('%s with %s', async (base, head, status) => {
        expect(await started.forge.compare('acme/web', base, head)).toMatchObject({ status, commits: [], total: 0 });
      });

      test.each([
        ['acme/web', 'v9', 'v1.4.2'],
        ['acme/web', 'v1.4.1', 'v9/größe?#1'],
        ['acme/none', 'v1.4.1', 'v1.4.2'],
      ])('not what is not there: %s, %s with %s', async (repository, base, head) => {
        expect(await started.forge.compare(repository, base, head)).toEqual({
          status: 'unknown',
          reason: expect.stringMatching(/\w/),
        });
      });
    });

    describe('knows who may read', () => {
      test.runIf(has('visibility'))('the repository', async () => {
        expect(await started.forge.isPublic()).toBe(false);
      });

      test.runIf(has('visibility'))('a public one', async () => {
        await started.set('public');
        expect(await started.forge.isPublic()).toBe(true);
      });

      test('a source repository, unless it is not there', async () => {
        const { forge } = started;
        expect(await forge.isSourcePublic('acme/web')).toBe(has('visibility') ? false : undefined);
        expect(await forge.isSourcePublic('acme/none')).toBeUndefined();
      });
    });

    describe.runIf(has('commits by the API'))('commits', () => {
      const FILES = [
        file('web.yaml', '\uFEFFimage: "web:1.5.0" # größe 🚀\r\n'),
        file('bin/run', '#!/bin/sh\n', '100755'),
      ];
      const MESSAGE = 'Release web 1.5.0\n\nRelease-Key: x\n';

      const make = async (commit: ForgeCommit) => {
        if (!started.forge.commit) throw new Error('it makes no commits');
        return started.forge.commit(commit);
      };

      /** The tree is what comes of the same files in a person's hands. */
      const wanted = async (branch: string, expected: string): Promise<ForgeCommit> => {
        const { push, tip, look } = started;
        const parent = (await tip('main')) ?? '';
        const { tree } = await look(await push('elsewhere', FILES));
        const { tree: parentTree } = await look(parent);
        return { branch, expected, parent, parentTree, tree, message: MESSAGE, files: FILES };
      };

      test('to a new branch, signed, with the very tree', async () => {
        const { forge, tip, look } = started;
        const commit = await wanted('release/new', '');
        const made = await make(commit);
        expect(made).toEqual({ id: await tip('release/new'), verified: true });
        const { parent, tree } = commit;
        expect(await look(made?.id ?? '')).toEqual({ tree, parents: [parent], message: MESSAGE });
        expect(await forge.isVerified?.(made?.id ?? '')).toBe(true);
        expect(await forge.isVerified?.(parent)).toBe(false);
      });

      test('to a branch that is where it was, over what is there; a pull request then tells of it', async () => {
        const { forge, tip } = started;
        const number = await openWeb();
        const commit = await wanted(WEB, (await tip(WEB)) ?? '');
        const { id } = (await make(commit)) ?? {};
        expect(await tip(WEB)).toBe(id);
        const { parent, tree } = commit;
        const head = { id, tree, parents: [parent], message: MESSAGE, signed: true };
        const facts = { number, headId: id, head, verified: true };
        expect(await forge.find([WEB], 'main')).toMatchObject({ open: [facts] });
      });

      test.each([
        ['is elsewhere', WEB, 'main'],
        ['is there against expectation', WEB, 'none'],
        ['is gone', 'release/gone', 'main'],
      ])('nothing to a branch that %s', async (_, branch, expected) => {
        const { tip } = started;
        const before = await tip(branch);
        expect(await make(await wanted(branch, (await tip(expected)) ?? ''))).toBeUndefined();
        expect(await tip(branch)).toBe(before);
      });

      test('nothing when another tree would come of it', async () => {
        const { tip } = started;
        const commit = await wanted('release/new', '');
        const made = make({ ...commit, tree: commit.parentTree });
        await expect(made).rejects.toMatchObject({ code: 'EDIT_NOT_VERIFIED' });
        expect(await tip('release/new')).toBeUndefined();
      });
    });

    /** Gives the only open pull request what is wanted, for its head. */
    const give = async (wanted: Attributes, given = NOTHING) => {
      const pullRequest = await onlyOpen();
      return started.forge.giveAttributes(pullRequest, given, wanted, pullRequest.headId);
    };

    const onlyOpen = async () => {
      const [pullRequest, ...more] = (await started.forge.find([WEB], 'main')).open;
      if (!pullRequest || more.length > 0) throw new Error('there is not just one open');
      return pullRequest;
    };
  });
}
