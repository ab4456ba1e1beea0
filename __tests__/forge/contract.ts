/** What any forge must do. A forge's own test calls this with a way to start one. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_BODY, MAX_TITLE, type Forge } from '../../src/forge/forge.ts';

/** A forge that holds one repository, with the branches main, staging, release/web and release/web-admin. */
export interface StartedForge {
  readonly forge: Forge;
  /** Opens a pull request as a person would; gives its number. */
  readonly open: (branch: string, base: string, title: string, body: string | null) => Promise<number>;
  readonly close: (number: number) => Promise<unknown>;
  readonly merge: (number: number) => Promise<unknown>;
  /** What a person sees. */
  readonly see: (
    number: number,
  ) => Promise<{ readonly title: string; readonly body: string | null; readonly head: string }>;
  readonly stop: () => Promise<void>;
}

const WEB = 'release/web';
const HOSTILE = '<!-- x --> "q" \\ & <b> @ada\r\n| größe 🚀 |\n';

/** Declares the tests of the forge that `start` gives. */
export function describeForge(name: string, start: () => Promise<StartedForge>): void {
  describe(name, () => {
    let started: StartedForge;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(async () => {
      await started.stop();
    });

    test('finds nothing where nothing is open', async () => {
      expect(await started.forge.find(WEB, 'main')).toBeUndefined();
    });

    test('opens a pull request, which is then found, and opens no second', async () => {
      const { forge, see } = started;
      const wanted = { branch: WEB, base: 'main', title: 'Release web', body: HOSTILE };
      const opened = await forge.create(wanted);
      if (!opened) throw new Error('none was opened');
      expect(opened).toEqual({
        number: expect.any(Number),
        url: expect.stringMatching(/^https?:/),
        title: 'Release web',
        body: HOSTILE,
      });
      expect(await see(opened.number)).toMatchObject({ title: 'Release web', body: HOSTILE, head: WEB });
      expect(await forge.find(WEB, 'main')).toEqual(opened);
      expect(await forge.create({ ...wanted, title: 'Once more' })).toBeUndefined();
      expect(await forge.find(WEB, 'main')).toEqual(opened);
    });

    test('finds the one of this branch into this base alone', async () => {
      const { forge, open } = started;
      await open('release/web-admin', 'main', 'Admin', 'a');
      await open(WEB, 'staging', 'Staging', 'b');
      expect(await forge.find(WEB, 'main')).toBeUndefined();
      const number = await open(WEB, 'main', 'Main', 'c');
      expect(await forge.find(WEB, 'main')).toMatchObject({ number, title: 'Main', body: 'c' });
    });

    test.each(['close', 'merge'] as const)('finds none that a person did %s', async (end) => {
      const { forge, open, [end]: act } = started;
      await act(await open(WEB, 'main', 'Release web', ''));
      expect(await forge.find(WEB, 'main')).toBeUndefined();
    });

    test('takes no text for an empty one', async () => {
      const { forge, open } = started;
      await open(WEB, 'main', 'Release web', null);
      expect(await forge.find(WEB, 'main')).toMatchObject({ body: '' });
    });

    test('writes the body, and the title only where it is given', async () => {
      const { forge, open, see } = started;
      const number = await open(WEB, 'main', 'Release web', 'old');
      expect(await forge.update(number, { body: HOSTILE })).toMatchObject({
        number,
        title: 'Release web',
        body: HOSTILE,
      });
      expect(await forge.update(number, { title: 'New', body: '' })).toMatchObject({ title: 'New', body: '' });
      expect(await see(number)).toMatchObject({ title: 'New', body: expect.toBeOneOf(['', null]) });
    });

    test('writes texts as long as they may be', async () => {
      const { forge, open, see } = started;
      const longest = { title: 't'.repeat(MAX_TITLE), body: 'ä'.repeat(MAX_BODY) };
      const number = await open(WEB, 'main', 'Release web', '');
      await forge.update(number, longest);
      expect(await see(number)).toMatchObject(longest);
    });
  });
}
