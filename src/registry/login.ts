/** The login for a registry: as docker finds it, else one that the run was given. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { splitName } from '../core/image-reference.ts';
import { keepSecret } from '../core/secrets.ts';
import { askHelper, type Environment } from './credential-helper.ts';
import { RegistryFailure } from './registry-failure.ts';

export interface Login {
  /** Empty for an identity token. */
  readonly username: string;
  /** A password or a token; an identity token is exchanged for one by OAuth 2. */
  readonly secret: string;
}

export interface FoundLogin {
  readonly login?: Login;
  /** For a sentence about a request: `with the login in …/config.json`, `without a login`. */
  readonly how: string;
}

export interface LoginOptions {
  /** Has docker's variable DOCKER_CONFIG, and what credential helpers read. */
  readonly environment: Environment;
  /** By registry, for those that docker has no login for: `ghcr.io` with the token of the workflow. */
  readonly logins?: Readonly<Record<string, Login>>;
}

const text = z.optional(z.string());
const ENTRY = z.object({ auth: text, username: text, password: text, identitytoken: text });
const CONFIG = z.object({
  auths: z.optional(z.record(z.string(), ENTRY)),
  credHelpers: z.optional(z.record(z.string(), z.string())),
  credsStore: text,
});
type Entry = z.output<typeof ENTRY>;

/** Docker's own name of Docker Hub, in its config and for its helpers. */
const HUB = 'https://index.docker.io/v1/';
/** The user name that a helper has for an identity token. */
const IDENTITY_TOKEN = '<token>';

/**
 * The login for a registry, e.g. `ghcr.io` or `docker.io`. Docker's config comes first: `credHelpers`, else `credsStore`, else
 * `auths` (https://docs.docker.com/reference/cli/docker/login/). What is found is a secret of this run. Never throws: a config or
 * helper that fails gives no login, and `how` has the reason, which matters only where the registry wants one.
 */
export async function findLogin(registry: string, { environment, logins = {} }: LoginOptions): Promise<FoundLogin> {
  const path = join(environment['DOCKER_CONFIG'] || join(homedir(), '.docker'), 'config.json');
  let problem = '';
  try {
    const found = await fromDocker(registry, path, environment);
    if (found) return kept(found);
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error;
    problem = `: ${error.message}`;
  }
  const login = logins[registry];
  return login ? kept({ login, how: `with the token of this run${problem}` }) : { how: `without a login${problem}` };
}

function kept(found: FoundLogin): FoundLogin {
  const { username = '', secret = '' } = found.login ?? {};
  keepSecret(secret);
  keepSecret(basic(username, secret));
  return found;
}

/** The credentials of HTTP's Basic authentication (RFC 7617). */
export const basic = (username: string, secret: string): string =>
  Buffer.from(`${username}:${secret}`).toString('base64');

async function fromDocker(registry: string, path: string, environment: Environment): Promise<FoundLogin | undefined> {
  const { auths, credHelpers, credsStore } = await readConfig(path);
  const helper = entryOf(credHelpers, registry) ?? credsStore;
  if (helper) {
    const answer = await askHelper(helper, registry === 'docker.io' ? HUB : registry, environment);
    const { username = '', secret = '' } = answer ?? {};
    const login = { username: username === IDENTITY_TOKEN ? '' : username, secret };
    return answer && { login, how: `with the login of docker-credential-${helper}` };
  }
  const login = loginOf(entryOf(auths, registry), path);
  return login && { login, how: `with the login in ${path}` };
}

async function readConfig(path: string): Promise<z.output<typeof CONFIG>> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw new RegistryFailure(`${path} cannot be read (${code})`, { cause: error });
  }
  try {
    return CONFIG.parse(JSON.parse(content));
  } catch {
    // The error may quote the file, which has secrets.
    throw new RegistryFailure(`${path} is not a config of docker`);
  }
}

/** Docker keeps a registry under its name; old versions of it, and Docker Hub, have a URL. */
function entryOf<Value>(entries: Readonly<Record<string, Value>> = {}, registry: string): Value | undefined {
  const names = Object.keys(entries);
  const name = names.find((one) => one === registry) ?? names.find((one) => registryOf(one) === registry);
  return name === undefined ? undefined : entries[name];
}

function registryOf(name: string): string {
  const host = name.replace(/^https?:\/\//, '').replace(/\/.*$/s, '');
  // A host without a dot or port would be read as a repository of Docker Hub.
  return /[.:]|^localhost$/.test(host) ? splitName(`${host}/`).registry : host;
}

function loginOf(entry: Entry | undefined, path: string): Login | undefined {
  if (!entry) return undefined;
  if (entry.identitytoken) return { username: '', secret: entry.identitytoken };
  if (!entry.auth)
    return entry.username && entry.password ? { username: entry.username, secret: entry.password } : undefined;
  const [, username = '', secret = ''] = /^([^:]+):(.+)$/s.exec(Buffer.from(entry.auth, 'base64').toString()) ?? [];
  if (secret === '') throw new RegistryFailure(`${path} has an "auth" that is not a user name and a password`);
  return { username, secret };
}
