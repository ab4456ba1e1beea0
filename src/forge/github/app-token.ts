/** The token of a GitHub App: for one repository, with no more permissions than a release needs, and revoked at the end. */
import { createAppAuth } from '@octokit/auth-app';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { failure } from '../../core/errors.ts';
import { readAnswer } from '../http/unreadable.ts';
import { INSTALLATION, INSTALLATION_TOKEN } from './rest-answers.ts';
import { connect, createHastyClient, isAnswer } from './client.ts';
import { connectionFailure, reasonOf } from './error-message.ts';
import type { ServerToken } from './server-token.ts';
import { restBy } from './rest.ts';
import { permissionName, type Level } from './token-kind.ts';

export type Permissions = Readonly<Record<string, Level>>;

export interface AppRequest {
  /** The server that has the App. */
  readonly server: ServerToken;
  /** Client ID or App ID. */
  readonly clientId: string;
  /** PEM; see `readPrivateKey` for the accepted forms. */
  readonly privateKey: string;
  readonly owner: string;
  readonly name: string;
  /** What the token must have; enough for a release unless given. */
  readonly permissions?: Permissions;
  /** Further permissions, requested where the App has them. */
  readonly wishes?: Permissions;
  readonly log?: (text: string) => void;
}

const NEEDED: Permissions = { contents: 'write', pull_requests: 'write' };
const LEVELS = ['read', 'write', 'admin'];
/** Milliseconds for revoking a token; one that is not revoked expires within the hour. */
const REVOKE_TIMEOUT = 10_000;

/**
 * A token of the App's installation on `owner/name`, for that repository alone. Throws APP_KEY_INVALID, APP_REFUSED,
 * APP_NOT_INSTALLED, APP_PERMISSION_MISSING, NETWORK.
 */
export async function issueAppToken(request: AppRequest): Promise<ServerToken> {
  const { server, clientId, owner, name, permissions = NEEDED, wishes = {}, log } = request;
  const repository = `${owner}/${name}`;
  const auth = { appId: clientId, privateKey: readPrivateKey(request.privateKey) };
  const { apps } = await restBy(connect(server.apiUrl, { authStrategy: createAppAuth, auth }, log ? { log } : {}));
  const installation = await ask(repository, async () => {
    const { data } = await apps.getRepoInstallation({ owner, repo: name });
    return readAnswer(INSTALLATION, data);
  });
  const lacks = ([permission, level]: [string, Level]): boolean =>
    LEVELS.indexOf(installation.permissions[permission] ?? '') < LEVELS.indexOf(level);
  const missing = Object.entries(permissions).filter(lacks);
  if (missing.length > 0) {
    throw failure('APP_PERMISSION_MISSING', { repository, missing: missing.map((one) => permissionName(...one)) });
  }
  const wished = Object.entries(wishes).filter((wish) => !lacks(wish));
  return ask(repository, async () => {
    const { data } = await apps.createInstallationAccessToken({
      installation_id: installation.id,
      repositories: [name],
      permissions: { ...Object.fromEntries(wished), ...permissions },
    });
    return server.issued(readAnswer(INSTALLATION_TOKEN, data).token);
  });
}

/** Revokes an installation's token. Returns `undefined`, or the reason why it failed. */
export async function revokeToken(issued: ServerToken): Promise<string | undefined> {
  try {
    const { apps } = await restBy(createHastyClient(issued, REVOKE_TIMEOUT));
    await apps.revokeInstallationAccessToken();
    return undefined;
  } catch (error) {
    // A token that GitHub does not know has expired already.
    return (error as { status?: number }).status === 401 ? undefined : reasonOf(error);
  }
}

async function ask<Answer>(repository: string, request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    const reason = reasonOf(error);
    if (!isAnswer(error)) throw connectionFailure('get a token of the GitHub App', error);
    // An unknown App is a 404 too, with another message.
    const isThere = !/integration/i.test(reason);
    if (isThere && (error as { status?: number }).status === 404)
      throw failure('APP_NOT_INSTALLED', { repository }, error);
    throw failure('APP_REFUSED', { reason }, error);
  }
}

/** The key as PKCS#8 in PEM. Line breaks may be real ones, spaces or written `\n`; the text may be in quotes. */
function readPrivateKey(text: string): string {
  const [, label = '', body = ''] = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \1-----/s.exec(text) ?? [];
  if (label === '') throw failure('APP_KEY_INVALID', { reason: 'has no lines BEGIN and END of a private key' });
  if (/ENCRYPTED/.test(label + body)) throw failure('APP_KEY_INVALID', { reason: 'is encrypted with a passphrase' });
  const der = Buffer.from(body.replace(/\\[nr]|\s/g, ''), 'base64');
  const key = readDer(der, label === 'RSA PRIVATE KEY' ? 'pkcs1' : 'pkcs8');
  if (key?.asymmetricKeyType !== 'rsa') {
    throw failure('APP_KEY_INVALID', { reason: 'is not a whole RSA key in PKCS#1 or PKCS#8' });
  }
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** No cause is kept of what cannot be read: it may quote the key. */
function readDer(key: Buffer, type: 'pkcs1' | 'pkcs8'): KeyObject | undefined {
  try {
    return createPrivateKey({ key, type, format: 'der' });
  } catch {
    return undefined;
  }
}
