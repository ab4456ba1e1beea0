/** GitHub Apps: their installations, and the tokens that their private keys are exchanged for. */
import { createPublicKey, generateKeyPairSync, type KeyObject, type KeyPairKeyObjectResult } from 'node:crypto';
import { credentialsOf, type Permission } from './access.ts';
import { issuerOf, JwtProblem } from './app-jwt.ts';
import { isRecord, problem, texts, type GitHubApiOptions } from './github-operation.ts';
import { nodeId, userObject, type Json } from './github-repository.ts';
import type { Answer, Asked } from './exchange.ts';

export interface AppOptions {
  /** Made up unless given. */
  readonly clientId?: string;
  /** PEM; a new pair of keys is made unless given. */
  readonly publicKey?: string;
  /** Full names of the repositories that it is installed on, all of one owner. */
  readonly repositories: readonly string[];
  /** What it was granted, by GitHub's names; contents, pull requests and workflows for writing unless given. */
  readonly permissions?: AppPermissions;
}

export type AppPermissions = Readonly<Record<string, 'read' | 'write'>>;

export interface App {
  readonly id: number;
  readonly clientId: string;
  readonly slug: string;
  readonly installation: number;
  /** PEM; empty where a public key was given. */
  readonly privateKey: string;
  readonly repositories: readonly string[];
  readonly permissions: AppPermissions;
  /** The tokens that were made for it, in order. */
  readonly tokens: readonly AppToken[];
}

export interface AppToken {
  readonly token: string;
  /** Full names. */
  readonly repositories: readonly string[];
  readonly permissions: AppPermissions;
  readonly revoked: boolean;
}

interface Registered extends App {
  readonly publicKey: KeyObject;
  readonly tokens: AppToken[];
}

const GRANTED: AppPermissions = { contents: 'write', metadata: 'read', pull_requests: 'write', workflows: 'write' };
const HOUR = 3_600_000;

const pairs: KeyPairKeyObjectResult[] = [];

/** A pair of keys takes a fifth of a second to make: those of one sandbox differ, and the next sandbox has the same again. */
function pairAt(index: number): KeyPairKeyObjectResult {
  return (pairs[index] ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
}

export class GitHubApps {
  readonly #options: GitHubApiOptions;
  readonly #apps: Registered[] = [];

  constructor(options: GitHubApiOptions) {
    this.#options = options;
  }

  create({ clientId, publicKey, repositories, permissions = GRANTED }: AppOptions): App {
    const id = 1000 + this.#apps.length;
    const pair = publicKey === undefined ? pairAt(this.#apps.length) : undefined;
    const app: Registered = {
      id,
      clientId: clientId ?? `Iv23li${id}`,
      slug: `release-app-${id}`,
      installation: 50_000 + id,
      privateKey: pair?.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() ?? '',
      publicKey: pair?.publicKey ?? createPublicKey(publicKey ?? ''),
      repositories,
      permissions: { metadata: 'read', ...permissions },
      tokens: [],
    };
    this.#apps.push(app);
    return app;
  }

  /** The answer to a request about Apps; undefined for another one. */
  answer(asked: Asked): Answer | undefined {
    const route = `${asked.method} ${asked.url.pathname.replace('/api/v3', '')}`;
    if (route === 'DELETE /installation/token') return this.#revoke(asked);
    const [, fullName] = /^GET \/repos\/([^/]+\/[^/]+)\/installation$/.exec(route) ?? [];
    const [, installation] = /^POST \/app\/installations\/(\d+)\/access_tokens$/.exec(route) ?? [];
    if (fullName === undefined && installation === undefined) return undefined;
    try {
      const app = this.#authenticated(asked.authorization);
      if (fullName !== undefined) return this.#installation(app, fullName);
      if (Number(installation) !== app.installation) return problem(404, 'Not Found');
      return this.#issue(app, isRecord(asked.body) ? asked.body : {});
    } catch (error) {
      if (error instanceof JwtProblem) return problem(error.status, error.message);
      throw error;
    }
  }

  #authenticated(authorization = ''): Registered {
    const issuer = issuerOf(credentialsOf(authorization), (name) => this.#named(name)?.publicKey, Date.now());
    const app = this.#named(issuer);
    if (app === undefined) throw new JwtProblem(404, 'Integration not found');
    return app;
  }

  #named(issuer: string): Registered | undefined {
    return this.#apps.find(({ id, clientId }) => clientId === issuer || String(id) === issuer);
  }

  #installation(app: Registered, fullName: string): Answer {
    const repository = this.#options.find(fullName);
    if (!repository || !app.repositories.includes(repository.fullName)) return problem(404, 'Not Found');
    const { apiUrl, serverUrl } = this.#options;
    const { owner, createdAt } = repository;
    const url = `${apiUrl}/app/installations/${app.installation}`;
    const body: Json = {
      id: app.installation,
      node_id: nodeId('Installation', app.installation),
      client_id: app.clientId,
      account: userObject(this.#options, owner, 'Organization'),
      repository_selection: 'selected',
      access_tokens_url: `${url}/access_tokens`,
      repositories_url: `${apiUrl}/installation/repositories`,
      html_url: `${serverUrl}/organizations/${owner}/settings/installations/${app.installation}`,
      app_id: app.id,
      app_slug: app.slug,
      target_id: 1,
      target_type: 'Organization',
      permissions: app.permissions,
      events: [],
      single_file_name: null,
      created_at: createdAt,
      updated_at: createdAt,
      suspended_by: null,
      suspended_at: null,
    };
    return { status: 200, body };
  }

  #issue(app: Registered, body: Json): Answer {
    const permissions = (isRecord(body['permissions']) ? body['permissions'] : app.permissions) as AppPermissions;
    const granted = ([name, level]: [string, string]): boolean =>
      app.permissions[name] === 'write' || app.permissions[name] === level;
    if (!Object.entries(permissions).every(granted)) {
      return problem(422, 'The permissions requested are not granted to this installation.');
    }
    const names = Array.isArray(body['repositories']) ? texts(body['repositories']) : undefined;
    const repositories = app.repositories.filter((fullName) => names?.includes(fullName.split('/')[1] ?? '') ?? true);
    if (names !== undefined && repositories.length < new Set(names).size) {
      const message =
        'There is at least one repository that does not exist or is not accessible to the parent installation.';
      return problem(422, message);
    }
    const allowed = (name: string): Permission => permissions[name] ?? 'none';
    const token = this.#options.access.issue({
      login: `${app.slug}[bot]`,
      repositories,
      contents: allowed('contents'),
      issues: allowed('issues'),
      pullRequests: allowed('pull_requests'),
      workflows: allowed('workflows'),
    });
    const all = { metadata: 'read', ...permissions } as const;
    app.tokens.push({ token, repositories, permissions: all, revoked: false });
    const answer = {
      token,
      expires_at: new Date(Date.now() + HOUR).toISOString().replace(/\.\d+Z$/, 'Z'),
      permissions: all,
      repository_selection: 'selected',
    };
    return { status: 201, body: answer };
  }

  #revoke({ authorization = '' }: Asked): Answer {
    const token = credentialsOf(authorization);
    const { access } = this.#options;
    if (!access.knows(token)) return problem(401, 'Bad credentials');
    if (!token.startsWith('ghs_')) return problem(403, 'Resource not accessible by personal access token');
    access.revoke(token);
    for (const { tokens } of this.#apps) {
      const index = tokens.findIndex((one) => one.token === token);
      const revoked = tokens[index];
      if (revoked) tokens[index] = { ...revoked, revoked: true };
    }
    return { status: 204 };
  }
}
