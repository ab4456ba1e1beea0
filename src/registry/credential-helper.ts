/** The programs that keep logins for docker. */
import { oneLine } from '../core/escape.ts';
import { endTree, finish, start } from '../core/programs.ts';
import { safeText } from '../core/secrets.ts';
import { RegistryFailure } from './registry-failure.ts';

/** Variables of the process, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface HelperAnswer {
  readonly username: string;
  readonly secret: string;
}

/** Milliseconds: some of them ask a cloud for the login. */
const LIMIT = 10_000;
/** The runner gives these to an Action; no helper for registries needs them. */
const OF_THE_RUNNER = /^(?:INPUT_|ACTIONS_\w*TOKEN$)/i;

/**
 * The login that `docker-credential-<name> get` has for a server, by the protocol of docker-credential-helpers
 * (https://github.com/docker/docker-credential-helpers#development); `undefined` where it has none. The program sees the
 * variables of `environment` without the secrets of this run. Throws RegistryFailure.
 */
export async function askHelper(
  name: string,
  server: string,
  environment: Environment,
): Promise<HelperAnswer | undefined> {
  const program = `docker-credential-${name}`;
  if (!/^[\w.-]+$/.test(name)) throw new RegistryFailure(`${oneLine(program)} is not the name of a program`);
  const child = start(program, ['get'], withoutSecrets(environment));
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    endTree(child);
  }, LIMIT);
  const missing = () => new Error('there is no such program');
  const { exitCode, stdout, stderr } = await finish(child, server, missing)
    .catch((error: Error) => {
      throw new RegistryFailure(`${program} cannot be started: ${oneLine(error.message)}`, { cause: error });
    })
    .finally(() => clearTimeout(timer));
  if (isLate) throw new RegistryFailure(`${program} did not end within ${LIMIT / 1000} s`);
  const text = stdout.toString();
  if (exitCode === 0) return read(program, text);
  if (/^credentials not found/i.test(text)) return undefined;
  throw new RegistryFailure(`${program} failed: ${oneLine(text.trim() || stderr.trim())}`);
}

function read(program: string, text: string): HelperAnswer {
  try {
    const { Username: username, Secret: secret } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof username === 'string' && typeof secret === 'string') return { username, secret };
  } catch {
    // The text may have a secret: it is not shown.
  }
  throw new RegistryFailure(`${program} printed something else than a login in JSON`);
}

function withoutSecrets(environment: Environment): Record<string, string> {
  const entries = Object.entries(environment).flatMap(([name, value = '']) =>
    OF_THE_RUNNER.test(name) || safeText(value) !== value ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
