/** A signal ends the program and all that it started; nothing of it is left on the machine. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeGpgKey } from '../git/gpg-key.ts';
import { scenarios } from './harness.ts';

const FILES = { 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' };
const INPUTS = { images: 'ghcr.io/acme/web:1.4.2' };
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signals-'));
});

afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Processes whose environment has a text; Linux alone tells. */
async function processesWith(text: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = ids.map(async (id) => {
    const read = (file: string) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
    const [environment, command] = await Promise.all([read('environ'), read('cmdline')]);
    return environment.includes(text) || command.includes(text) ? [command.replaceAll('\0', ' ')] : [];
  });
  return (await Promise.all(commands)).flat();
}

async function untilNone(text: string, seconds: number): Promise<string[]> {
  for (let tries = seconds * 5; tries > 0 && (await processesWith(text)).length > 0; tries -= 1) await sleep(200);
  return processesWith(text);
}

describe.skipIf(process.platform !== 'linux')('on a system with /proc', () => {
  scenarios(
    'a signal',
    FILES,
    (current) => {
      test.each(SIGNALS)('%s while git waits for the server ends both, and leaves no folder', async (signal) => {
        const { action, sandbox } = current();
        const killer = new AbortController();
        sandbox.beforeNext({
          match: /git-upload-pack$/,
          run: async () => {
            killer.abort(signal);
            await sleep(500);
          },
        });
        const { exitCode } = await action(INPUTS, { TMPDIR: folder }, killer.signal);
        expect(exitCode).toBe(128 + constants.signals[signal]);
        expect(await readdir(folder)).toEqual([]);
        expect(await untilNone(folder, 5)).toEqual([]);
      });

      test('on the command line the token of the App is given back', async () => {
        const { sandbox, requests, cli } = current();
        const app = sandbox.createApp({ repositories: ['acme/manifests'] });
        const killer = new AbortController();
        sandbox.beforeNext({
          match: /git-receive-pack$/,
          run: async () => {
            killer.abort('SIGTERM');
            await sleep(500);
          },
        });
        const { exitCode } = await cli(
          ['release', '--repository', 'acme/manifests', '--images', INPUTS.images, '--app-client-id', app.clientId],
          {
            TMPDIR: folder,
            GITHUB_SERVER_URL: sandbox.serverUrl,
            GITHUB_API_URL: sandbox.apiUrl,
            MANIFEST_RELEASE_APP_PRIVATE_KEY: app.privateKey ?? '',
          },
          killer.signal,
        );
        expect(exitCode).toBe(143);
        expect(requests().filter((line) => line.startsWith('DELETE '))).toContain(
          'DELETE /api/v3/installation/token 204',
        );
        expect(await readdir(folder)).toEqual([]);
      });

      test.each(['SIGTERM', 'SIGKILL'] as const)('%s while gpg signs leaves no agent with the key', async (signal) => {
        const { action } = current();
        const tools = join(folder, 'tools');
        const temporary = join(folder, 'temporary');
        await Promise.all([mkdir(tools), mkdir(temporary)]);
        // A gpg that takes its time to sign.
        const gpg = `#!/bin/sh\ncase "$*" in *--detach-sign*) touch '${folder}/signs'; exec sleep 3;; esac\nexec /usr/bin/gpg "$@"\n`;
        await writeFile(join(tools, 'gpg'), gpg);
        await chmod(join(tools, 'gpg'), 0o755);
        const killer = new AbortController();
        const running = action(
          { ...INPUTS, 'sign-commits': 'true', 'signing-key': await makeGpgKey('signals@example.com') },
          { TMPDIR: temporary, PATH: `${tools}:${process.env['PATH']}` },
          killer.signal,
        );
        while (!(await readdir(folder)).includes('signs')) await sleep(50);
        expect((await processesWith(temporary)).join('\n')).toContain('gpg-agent');
        killer.abort(signal);
        await running;
        expect(await untilNone(temporary, 20)).toEqual([]);
        if (signal === 'SIGTERM') expect(await readdir(temporary)).toEqual([]);
        await action(INPUTS, { TMPDIR: temporary });
        expect(await readdir(temporary), 'after the next run').toEqual([]);
      });
    },
    { runs: 'processes' },
  );
});
