/** Text from outside does nothing but stand there: in shells, logs, annotations, Markdown, refs, paths. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scenarios } from './harness.ts';

const TAGS = ['$(touch x)', '`id`', '%0A::error::', '"; rm', '../../x', 'a\n::set-output name=x::y', '-e', '{{name}}'];
const NASTY_PATH = 'a b/"quoted" $(touch x) | `id` {{name}} ü.yaml';
const manifest = (version: string): string =>
  `# ::error::from a manifest ##[error]and another
env:
   "::warning::indented": "\\u001b[31m <!-- --> @everyone ::add-mask::x"
image: ghcr.io/acme/web:${version}
`;

scenarios(
  'hostile text',
  { [NASTY_PATH]: manifest('1.4.1'), 'safe.yaml': 'image: ghcr.io/acme/web:1.4.1\n' },
  (current) => {
    for (const tag of TAGS) {
      test(`the tag ${JSON.stringify(tag)}`, async () => {
        const { exitCode, stdout, left } = await current().action({ images: `ghcr.io/acme/web:${tag}` });
        expect(exitCode).toBe(1);
        expect(left).toEqual([]);
        expect(['x', '/tmp/x'].filter((path) => existsSync(path))).toEqual([]);
        expect(
          commands(stdout).filter((command) => !/^::(?:add-mask|error title=IMAGE_INVALID)/.test(command)),
        ).toEqual([]);
        expect(Object.keys(await current().repository.refs())).toEqual(['refs/heads/main']);
      });
    }

    test('a manifest and a path full of commands', async () => {
      const { action, repository, sandbox } = current();
      const { exitCode, stdout, outputs } = await action({ images: 'ghcr.io/acme/web:1.4.2' });
      expect(exitCode, stdout).toBe(0);
      expect(await repository.read('release/web', NASTY_PATH)).toBe(manifest('1.4.2'));
      expect(outputs['changed-files']).toBe(JSON.stringify([NASTY_PATH, 'safe.yaml']));
      expect(commands(stdout).filter((command) => !/^::(?:add-mask|group|endgroup)/.test(command))).toEqual([]);
      expect(stdout).not.toContain('##[');
      const [pullRequest] = await sandbox.pullRequests();
      expect(pullRequest?.body).toContain('a b/"quoted" \\$\\(touch x\\) \\| \\`id\\` \\{\\{name\\}\\} ü.yaml:4');
    });

    test('names and templates', async () => {
      const { action, sandbox } = current();
      const title = '{{ name }} <img src=x> @acme/everyone';
      const inputs = { images: 'ghcr.io/acme/web:1.4.2', name: '<script>|@ada `x` #1', title, branch: 'r/{{ name }}' };
      const { exitCode, stdout } = await action(inputs, { GITHUB_ACTOR: '@everyone <b>' });
      expect(exitCode, stdout).toBe(0);
      const [pullRequest] = await sandbox.pullRequests();
      expect(pullRequest?.head).toBe('r/-script-ada-x-1');
      expect(pullRequest?.title).toBe('<script>|@\u200bada `x` #\u200b1 <img src=x> @acme/everyone');
      expect(pullRequest?.body).toContain(
        'Release **\\<script\\>\\|@\u200bada \\`x\\` \\#\u200b1** 1.4.1 → 1.4.2 (patch): ',
      );
      expect(pullRequest?.body).toContain('started by @\u200beveryone \\<b\\>.');
    });
  },
);

scenarios(
  'commands of servers in texts of people and in paths',
  { 'apps/[skip ci]/***NO_CI***.yaml': 'image: ghcr.io/acme/web:1.4.1\n' },
  (current) => {
    const REASON = 'Fixes #1, closes GH-2 [ci skip] @acme/all https://github.com/acme/web/issues/3';

    test('are inert in the commit message and the title, and read back as they were', async () => {
      const { action, repository, sandbox } = current();
      const inputs = { images: 'ghcr.io/acme/web:1.4.2', reason: REASON, title: 'Release {{ version }}: {{ reason }}' };
      const { exitCode, stdout } = await action(inputs);
      expect(exitCode, stdout).toBe(0);
      const [pullRequest] = await sandbox.pullRequests();
      const message = await repository.text(['log', '-1', '--format=%B', 'release/web']);
      for (const text of [pullRequest?.title ?? '', message]) {
        expect(text).toContain('[\u200bci skip]');
        expect(text).not.toMatch(/\[(?:ci skip|skip ci)\]|\*\*\*NO_CI|#\d|GH-\d|(?<!\w)@\w|issues\/\d/);
      }
      expect(message.replaceAll('\u200b', '')).toContain('apps/[skip ci]/***NO_CI***.yaml:1');
      await action({ ...inputs, images: 'ghcr.io/acme/web:1.4.3', reason: 'Again', 'on-foreign-commits': 'stop' });
      const [later] = await sandbox.pullRequests();
      expect(later?.title).toContain('Release 1.4.3');
    });
  },
);

scenarios(
  'a token',
  { 'safe.yaml': 'image: ghcr.io/acme/web:1.4.1\n' },
  (current) => {
    test('goes to the server and nowhere else', async () => {
      const { action, sandbox } = current();
      const { token } = sandbox;
      const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
      const result = await action({ images: 'ghcr.io/acme/web:1.4.2', body: `{{ name }} ${token}`, title: token });
      const seen = result.stdout.replaceAll(/^::add-mask::.*$/gm, '') + result.stderr;
      expect(seen).not.toContain(token);
      expect(seen).not.toContain(basic);
      const carried = sandbox.requests.map(({ kind, authorization }) => `${kind} ${authorization ?? ''}`);
      expect([...new Set(carried)].toSorted()).toEqual([`api token ${token}`, `git Basic ${basic}`]);
    });
  },
  { runs: 'processes' },
);

/** The lines that a runner takes for commands. */
function commands(log: string): string[] {
  return log.split('\n').filter((line) => /^\s*::\w/.test(line));
}
