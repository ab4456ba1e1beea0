/**
 * Looks for secrets in everything that comes out of a scenario. It shares no code with what it tests.
 */
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Result } from './execute.ts';

/** Where a text came from, and the text. */
type Seen = readonly [where: string, text: string];

/** Whom git may name with a token. */
const USERS = [
  'x-access-token',
  'oauth2',
  'gitlab-ci-token',
  'x-token-auth',
  'x-bitbucket-api-token-auth',
  'lovelace-at-123456789012',
];

/** Every form of a secret that a text could have. */
function formsOf(secret: string): string[] {
  const trimmed = secret.trim();
  const lines = trimmed.split(/\r?\n/).filter((line) => line.length >= 20 && !line.startsWith('-----'));
  const parts = trimmed.includes('\n') ? lines : [trimmed];
  return parts.flatMap((part) => [
    part,
    encodeURIComponent(part),
    ...['', ':', ...USERS.map((user) => `${user}:`)].map((user) =>
      base64(`${user}${part}`).replace(/=+$/, '').slice(0, -1),
    ),
    // A token is long: half of it is one too.
    ...(part.length >= 24 ? [part.slice(0, 16), part.slice(-16)] : []),
  ]);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Each place where one of the secrets is, in one of its forms. */
export function leaksIn(seen: readonly Seen[], secrets: readonly string[]): string[] {
  const forms = [...new Set(secrets.filter((secret) => secret.trim().length >= 8).flatMap(formsOf))];
  return seen.flatMap(([where, text]) =>
    forms.filter((form) => text.includes(form)).map((form) => `${where} has ${form.slice(0, 6)}… of a secret`),
  );
}

/** What came out of a run. The runner is told what to hide, and its state has the token of an App for the post step. */
export function seenIn({ stdout, stderr, outputs, summary, left, commands }: Result): Seen[] {
  const shown = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  return [
    ['stdout', shown.join('\n')],
    ['stderr', stderr],
    ['the summary', summary],
    ['the temporary folder', left.join('\n')],
    ...Object.entries(outputs).map(([name, text]): Seen => [`the output ${name}`, text]),
    ...commands.flatMap(({ args, environment }): Seen[] => [
      [`the arguments of git ${args[0]}`, args.join('\n')],
      [`the environment of git ${args[0]}`, environment.filter((line) => !isCredential(args, line)).join('\n')],
    ]),
  ];
}

/** The one place where a token is by design: the configuration of a command that uses the server. */
const isCredential = ([command = '']: readonly string[], line: string): boolean =>
  ['clone', 'fetch', 'push', 'ls-remote'].includes(command) &&
  /^GIT_CONFIG_VALUE_\d+=Authorization: (?:Basic|Bearer) /.test(line);

/** What a sandbox was told: texts of pull requests, commits, and all that was sent to it beside the header. */
export async function seenBy(
  sandbox: Sandbox,
  repository: { text: (args: string[]) => Promise<string> },
): Promise<Seen[]> {
  const pullRequests = await sandbox.pullRequests();
  return [
    ...pullRequests.map(({ number, title, body, head }): Seen => [
      `pull request #${number}`,
      `${title}\n${body}\n${head}`,
    ]),
    ['the history', await repository.text(['log', '--all', '--format=%an %ae %cn %ce %B', '-p'])],
    ...sandbox.requests.map(({ method, path, requestBody }): Seen => [
      `the request ${method} ${path}`,
      `${path}\n${JSON.stringify(requestBody ?? '')}`,
    ]),
  ];
}
