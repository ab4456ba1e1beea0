import { describe, expect, test } from 'vitest';
import { detectCi } from '../src/ci.ts';
import { MAX_BODY, MAX_TITLE, type Forge, type PullRequest } from '../src/forge/forge.ts';
import { readInputs, type RawInputs } from '../src/inputs.ts';
import { publish, releaseVariables, renderTexts, type ReleaseTexts } from '../src/pull-request.ts';

const CI = detectCi({
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://git.test',
  GITHUB_REPOSITORY: 'acme/web',
  GITHUB_SHA: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
  GITHUB_RUN_ID: '42',
  GITHUB_ACTOR: 'ada',
});
const CHANGE = {
  file: 'apps/web.yaml',
  line: 16,
  where: 'Deployment/web',
  image: 'acme/web',
  from: '1.4.1',
  to: '1.4.2',
};

function texts(raw: RawInputs = {}, changes = [CHANGE], ci = CI): ReleaseTexts {
  const inputs = readInputs({ repository: 'acme/manifests', images: 'acme/web:1.4.2', ...raw }, ci);
  return renderTexts(inputs, releaseVariables(inputs, ci, 'main'), changes);
}

describe('the texts of a release', () => {
  test('by default', () => {
    expect(texts()).toEqual({
      title: 'Release web 1.4.2',
      body: `Releases **web** 1.4.2.

| Image | Old | New | Place |
| --- | --- | --- | --- |
| acme/web | 1.4.1 | 1.4.2 | apps/web.yaml:16 Deployment/web |

Built from acme/web@[8f14e45](https://git.test/acme/web/commit/8f14e45fceea167a5a36dedd4bea2543f5a1b2c3) by [this run](https://git.test/acme/web/actions/runs/42), started by ada.`,
      commitMessage: 'Release web 1.4.2\n\napps/web.yaml:16 acme/web 1.4.1 -> 1.4.2\n',
    });
  });

  test('where the CI says nothing', () => {
    expect(texts({}, [CHANGE], detectCi({})).body).toMatch(/Deployment\/web \|$/);
  });

  test('where the CI knows the commit alone', () => {
    const { body } = texts({}, [CHANGE], detectCi({ CIRCLECI: 'true', CIRCLE_SHA1: CI.source.commit }));
    expect(body).toMatch(/\n\nBuilt from 8f14e45\.$/);
  });

  test('of an image that has only a digest', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(texts({ images: `acme/web@${digest}` }).title).toBe(`Release web ${digest}`);
  });

  test('of hostile values hold no markup', () => {
    const { body } = texts({ name: '<!-- --> @ada #1' }, [{ ...CHANGE, where: 'a | b\n| `c` | <img>' }]);
    expect(body.replace(/\\./g, '')).not.toMatch(/<|>|@\w|#\d|`/);
    expect(body.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
  });

  test.each(['x'.repeat(300), `{{ name }}${'x'.repeat(256)}`])('have a title that GitHub takes', (title) => {
    expect(texts({ title }).title).toHaveLength(MAX_TITLE);
  });

  test('have a title of one line', () => {
    expect(texts({ title: 'Release\n{{ name }}' }).title).toBe('Release\\u{a}web');
  });
});

/** One repository's pull request, kept in memory. */
class OnePullRequest implements Forge {
  present: PullRequest | undefined;
  readonly asked: string[] = [];
  /** Opened by another run between our look and our attempt. */
  rival: PullRequest | undefined;

  constructor(present?: Partial<PullRequest>) {
    this.present = present && { number: 1, url: 'https://git.test/pull/1', title: 'T', body: '', ...present };
  }

  find(): Promise<PullRequest | undefined> {
    this.asked.push('find');
    return Promise.resolve(this.present);
  }

  create({ title, body }: { title: string; body: string }): Promise<PullRequest | undefined> {
    this.asked.push('create');
    if (this.rival) {
      this.present = this.rival;
      return Promise.resolve(undefined);
    }
    this.present = { number: 1, url: 'https://git.test/pull/1', title, body };
    return Promise.resolve(this.present);
  }

  update(number: number, text: { title?: string; body: string }): Promise<PullRequest> {
    this.asked.push(`update ${number} ${Object.keys(text).join()}`);
    this.present = { ...(this.present ?? { number, url: '', title: '' }), ...text };
    return Promise.resolve(this.present);
  }
}

const FIRST = { title: 'Release web 1.4.2', body: 'First **body**.', commitMessage: '' };
const SECOND = { title: 'Release web 1.5.0', body: 'Second body.', commitMessage: '' };

async function run(forge: OnePullRequest, commit: string, given: ReleaseTexts = FIRST, name = 'web') {
  const release = { name, branch: 'release/web', base: 'main', commit, texts: given };
  const { outcome } = await publish(forge, forge.present, release);
  return { outcome, title: forge.present?.title ?? '', body: forge.present?.body ?? '' };
}

/** The body of a pull request that our first run opened. */
async function firstBody(given: ReleaseTexts = FIRST, name?: string): Promise<string> {
  return (await run(new OnePullRequest(), 'c1', given, name)).body;
}

describe('a pull request', () => {
  test('is opened, left alone while its branch stays, and rewritten when the branch has moved', async () => {
    const forge = new OnePullRequest();
    const opened = await run(forge, 'c1');
    expect(opened).toMatchObject({ outcome: 'created', title: FIRST.title });
    expect(opened.body).toMatch(
      /^<!-- manifest-release-pr: \{.*\} -->\nFirst \*\*body\*\*\.\n<!-- \/manifest-release-pr -->$/,
    );
    expect(await run(forge, 'c1', SECOND)).toEqual({ ...opened, outcome: 'unchanged' });
    const updated = await run(forge, 'c2', SECOND);
    expect(updated).toMatchObject({ outcome: 'updated', title: SECOND.title });
    expect(updated.body).toBe(await firstBody(SECOND).then((body) => body.replace('c1', 'c2')));
    expect(forge.asked).toEqual(['create', 'update 1 body,title']);
  });

  test('of another run that was faster is taken over', async () => {
    const forge = new OnePullRequest();
    forge.rival = { number: 4, url: '', title: FIRST.title, body: await firstBody() };
    expect(await run(forge, 'c2', SECOND)).toMatchObject({ outcome: 'updated', title: SECOND.title });
    expect(forge.asked).toEqual(['create', 'find', 'update 4 body,title']);
  });

  test('that is there and not listed is said', async () => {
    const forge = new OnePullRequest();
    forge.create = () => Promise.resolve(undefined);
    await expect(run(forge, 'c1')).rejects.toThrow('a pull request from release/web is open and is not listed');
  });

  test('keeps the title that a person gave it', async () => {
    const forge = new OnePullRequest({ title: 'Web shop, at last', body: await firstBody() });
    expect(await run(forge, 'c2', SECOND)).toMatchObject({ outcome: 'updated', title: 'Web shop, at last' });
    expect(await run(forge, 'c3', FIRST)).toMatchObject({ title: 'Web shop, at last' });
    expect(forge.asked).toEqual(['update 1 body', 'update 1 body']);
  });
});

describe('the body', () => {
  test.each([
    ['before', 'Checked by Ada.\n\n', ''],
    ['after', '', '\n\n- [x] Checked $& $1 by Ada.'],
    ['around', '# Please read\n\n', '\n<!-- mine -->'],
    ['with the line ends of a web form', 'Checked\r\n\r\n', '\r\nby Ada\r\n'],
  ])('keeps what people wrote %s', async (_, before, after) => {
    const block = await firstBody();
    const crlf = before.includes('\r') ? block.replaceAll('\n', '\r\n') : block;
    const forge = new OnePullRequest({ title: FIRST.title, body: before + crlf + after });
    const { outcome, title, body } = await run(forge, 'c2', SECOND);
    expect({ outcome, title }).toEqual({ outcome: 'updated', title: SECOND.title });
    expect(body).toBe(before + (await firstBody(SECOND)).replace('c1', 'c2') + after);
  });

  test.each([
    ['deleted', 'Ada’s own text.\n\n'],
    ['half deleted', 'Ada’s own text.\n<!-- manifest-release-pr: {"name":"web"} -->'],
    ['broken', 'Ada’s own text.\n<!-- manifest-release-pr: {"name":} -->\nx\n<!-- /manifest-release-pr -->'],
  ])('gets our block again where it was %s', async (_, text) => {
    const forge = new OnePullRequest({ body: text });
    const { outcome, title, body } = await run(forge, 'c2');
    expect({ outcome, title }).toEqual({ outcome: 'updated', title: 'T' });
    expect(body).toBe(`${text.trimEnd()}\n\n${(await firstBody()).replace('c1', 'c2')}`);
  });

  test('is our block alone where there was no text', async () => {
    expect((await run(new OnePullRequest({ body: '' }), 'c1')).body).toBe(await firstBody());
  });

  test('shows a text as it is, whatever it holds', async () => {
    const body = 'costs $1 and $& and $`';
    const forge = new OnePullRequest({ body: await firstBody() });
    expect((await run(forge, 'c2', { ...SECOND, body })).body).toContain(`\n${body}\n`);
  });

  test.each(['--> <script>', '} --> {"', '--!> -', '<!-- /manifest-release-pr -->', '"\\', 'größe 🚀'])(
    'has a marker that %j cannot end',
    async (evil) => {
      const given = { ...FIRST, title: `Release ${evil}` };
      const body = await firstBody(given, evil);
      const memory = /^<!-- manifest-release-pr: (.*) -->\n/.exec(body)?.[1] ?? '';
      expect(memory).not.toMatch(/--|[<>]/);
      expect(JSON.parse(memory)).toEqual({ name: evil, commit: 'c1', title: given.title });
      const forge = new OnePullRequest({ title: given.title, body: `${body}\nAda` });
      expect(await run(forge, 'c1', given, evil)).toMatchObject({ outcome: 'unchanged' });
      expect(await run(forge, 'c2', SECOND)).toMatchObject({
        title: SECOND.title,
        body: expect.stringMatching(/>\nAda$/),
      });
    },
  );

  describe('never is longer than GitHub takes', () => {
    const long = { ...SECOND, body: `${'line of the table\n'.repeat(8000)}` };

    test.each([
      ['of its own', ''],
      ['with a person’s text', `${'Ada. '.repeat(2000)}\n`],
      ['with much of it', `${'x'.repeat(MAX_BODY - 2000)}\n`],
    ])('%s', async (_, text) => {
      const body = await firstBody();
      for (const before of [text + body, text]) {
        const { body: cut } = await run(new OnePullRequest({ body: before }), 'c2', long);
        expect(cut.length).toBeLessThanOrEqual(MAX_BODY);
        expect(cut.startsWith(text.trimEnd())).toBe(true);
        expect(cut).toMatch(/\n_This text was cut: .*_\n<!-- \/manifest-release-pr -->$/);
      }
    });

    test('and leaves a text alone that has no room for ours', async () => {
      const text = 'x'.repeat(MAX_BODY - 10);
      expect(await run(new OnePullRequest({ body: text }), 'c2')).toMatchObject({ outcome: 'updated', body: text });
    });
  });
});
