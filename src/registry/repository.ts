/** A repository of a registry, read by the OCI distribution specification (https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md). */
import { oneLine } from '../core/escape.ts';
import { isDigest } from '../core/image-reference.ts';
import { authorize } from './authorization.ts';
import type { Endpoint } from './endpoint.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { FoundLogin } from './login.ts';
import {
  CONFIG_TYPES,
  hasDigest,
  MANIFEST_TYPES,
  readConfig,
  readManifest,
  type Descriptor,
  type ImageConfig,
  type Manifest,
} from './manifest.ts';
import { reasonsIn, refusal, RegistryFailure } from './registry-failure.ts';

export class Repository {
  readonly #exchange: Exchange;
  readonly #endpoint: Endpoint;
  readonly #findLogin: () => Promise<FoundLogin>;
  #how = 'without a login';
  /** The header Authorization; one for all requests, also where several are refused side by side. */
  #authorization: Promise<string> | undefined;

  /** `findLogin` is asked when the registry wants a login. */
  constructor(exchange: Exchange, endpoint: Endpoint, findLogin: () => Promise<FoundLogin>) {
    this.#exchange = exchange;
    this.#endpoint = endpoint;
    this.#findLogin = findLogin;
  }

  /**
   * The manifest of a tag or digest (end-2, «Pulling manifests»); `undefined` where the registry says that there is none. Throws
   * RegistryFailure, also for a body without the digest that was asked for or that the registry names.
   */
  async manifest(reference: string): Promise<Manifest | undefined> {
    const answer = await this.#get(`manifests/${reference}`, MANIFEST_TYPES);
    if (!answer) return undefined;
    const { headers, body } = answer;
    const named = headers.get('docker-content-digest');
    for (const digest of [named, isDigest(reference) ? reference : undefined]) {
      if (digest !== undefined) this.#check(body, digest);
    }
    return readManifest(this.#endpoint.registry, body, headers.get('content-type') ?? '');
  }

  /** The config of an image. Throws RegistryFailure, also where there is none or it has another digest. */
  async config(digest: string): Promise<ImageConfig> {
    return readConfig(this.#endpoint.registry, await this.blob(digest, CONFIG_TYPES));
  }

  /** A blob (end-2, «Pulling blobs»). Throws RegistryFailure, also where there is none or it has another digest. */
  async blob(digest: string, types: readonly string[]): Promise<Buffer> {
    const answer = await this.#get(`blobs/${digest}`, types);
    if (!answer) throw new RegistryFailure(`${this.#endpoint.registry} lacks the blob ${digest}`);
    this.#check(answer.body, digest);
    return answer.body;
  }

  /**
   * What refers to a manifest, as signatures do (end-12a, «Listing Referrers»), from a registry without that question by the tag
   * for it («Referrers Tag Schema»). Throws RegistryFailure.
   */
  async referrers(digest: string): Promise<readonly Descriptor[]> {
    const { status, headers, body } = await this.#ask(`referrers/${digest}`, MANIFEST_TYPES);
    const index =
      status === 200
        ? readManifest(this.#endpoint.registry, body, headers.get('content-type') ?? '')
        : await this.manifest(digest.replace(':', '-'));
    return index?.content.manifests ?? [];
  }

  #check(body: Buffer, digest: string): void {
    if (isDigest(digest) && hasDigest(body, digest)) return;
    throw new RegistryFailure(
      `${this.#endpoint.registry} answered with a body that has not the digest ${oneLine(digest)}`,
    );
  }

  /** `undefined` for what is not there, which the registry must say in its own form: a page of a proxy may have 404 too. */
  async #get(path: string, types: readonly string[]): Promise<Answer | undefined> {
    const answer = await this.#ask(path, types);
    if (answer.status === 200) return answer;
    if (reasonsIn(answer.body) !== undefined) return undefined;
    throw refusal(this.#endpoint.registry, answer, this.#how);
  }

  /** The answer of status 200 or 404, after the authorization that the registry asks for. */
  async #ask(path: string, types: readonly string[]): Promise<Answer> {
    const { registry, origin, repository } = this.#endpoint;
    const url = `${origin}/v2/${repository}/${path}`;
    const send = async (authorization: string | undefined): Promise<Answer> =>
      this.#exchange(url, { headers: { accept: types.join(', '), ...(authorization && { authorization }) } });
    const before = this.#authorization;
    let answer = await send(await before);
    // Of another server's wish for a login nothing is believed.
    if (answer.status === 401 && !answer.isRedirected) {
      if (this.#authorization === before) this.#authorization = this.#authorize(answer);
      answer = await send(await this.#authorization);
    }
    if (answer.status === 200 || answer.status === 404) return answer;
    throw refusal(registry, answer, this.#how);
  }

  async #authorize(refused: Answer): Promise<string> {
    const found = await this.#findLogin();
    this.#how = found.how;
    return authorize(this.#exchange, this.#endpoint, refused, found);
  }
}
