/** What a real API server says of manifests: each is applied with strict validation, and nothing is kept. */
import { parseAllDocuments } from 'yaml';
import { DEFINITIONS } from '../../__tests__/agent-objects.ts';
import { askCluster, kubectl, type ClusterAddress } from './server.ts';

/** `skipped` has the reason why the server cannot be asked, `refused` has its words. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly object: unknown }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'skipped'; readonly reason: string };

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

interface Manifest {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

const FLAGS = 'dryRun=All&fieldManager=tests&fieldValidation=Strict&force=true';

export class Judge {
  readonly #cluster: ClusterAddress;
  readonly #resources = new Map<string, Promise<readonly Resource[]>>();
  readonly #namespaces = new Map<string, Promise<unknown>>();

  private constructor(cluster: ClusterAddress) {
    this.#cluster = cluster;
  }

  /** A judge that knows the kinds of Kubernetes, Flux and Argo CD. */
  static async of(cluster: ClusterAddress): Promise<Judge> {
    for (const path of DEFINITIONS) await kubectl(cluster, 'apply', '--server-side', '--filename', path);
    const waiting = ['wait', '--for=condition=Established', '--all', 'customresourcedefinitions', '--timeout=60s'];
    await kubectl(cluster, ...waiting);
    return new Judge(cluster);
  }

  /** What the server says of one document. */
  async ask(text: string): Promise<Verdict> {
    const manifest = read(text);
    if (typeof manifest === 'string') return { kind: 'skipped', reason: manifest };
    const { apiVersion = '', kind = '', metadata = {} } = manifest;
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await this.#resourcesOf(root)).find((one) => one.kind === kind && !one.name.includes('/'));
    if (!resource) return { kind: 'skipped', reason: 'a kind that the server does not know' };
    const { name, namespace = 'default' } = metadata;
    if (name === undefined) return { kind: 'skipped', reason: 'no name' };
    if (resource.namespaced) await this.#exists(namespace);
    const place = resource.namespaced ? `namespaces/${namespace}/${resource.name}` : resource.name;
    const { status, body } = await askCluster(this.#cluster, 'PATCH', `${root}/${place}/${name}?${FLAGS}`, text);
    return status < 300
      ? { kind: 'accepted', object: body }
      : { kind: 'refused', message: String(body.message ?? body) };
  }

  #resourcesOf(root: string): Promise<readonly Resource[]> {
    const known = this.#resources.get(root) ?? this.#discover(root);
    this.#resources.set(root, known);
    return known;
  }

  async #discover(root: string): Promise<readonly Resource[]> {
    const { body } = await askCluster(this.#cluster, 'GET', root);
    return body.resources ?? [];
  }

  /** Makes a namespace, without which the server takes nothing in it. */
  async #exists(name: string): Promise<void> {
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    const made =
      this.#namespaces.get(name) ??
      askCluster(this.#cluster, 'PATCH', `/api/v1/namespaces/${name}?fieldManager=tests&force=true`, text);
    this.#namespaces.set(name, made);
    await made;
  }
}

/** The manifest of a document, or why it is none. */
function read(text: string): Manifest | string {
  const [document] = parseAllDocuments(text);
  if (!document || !('errors' in document)) return 'empty';
  if (document.errors.length > 0) return 'no YAML alone: a template, or broken on purpose';
  const value = document.toJS() as Manifest | null;
  if (typeof value?.apiVersion !== 'string' || typeof value.kind !== 'string') return 'no apiVersion and kind';
  return value;
}

/** The documents of a file, each as it is written. */
export function documentsOf(bytes: Uint8Array): readonly string[] {
  return Buffer.from(bytes)
    .toString()
    .replace(/^\ufeff/, '')
    .split(/^---(?=\s|$).*$/m);
}
