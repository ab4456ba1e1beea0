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

  /** What the server says of one document, which may be reduced to what matters: a missing apiVersion or name is added. */
  async ask(reduced: string): Promise<Verdict> {
    const text = complete(reduced);
    const manifest = read(text);
    if (typeof manifest === 'string') return { kind: 'skipped', reason: manifest };
    const { apiVersion, kind = '', metadata = {} } = manifest;
    if (typeof apiVersion !== 'string') return { kind: 'skipped', reason: 'no apiVersion' };
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

/** Where a reduced manifest has its kind alone. Two tools have a Kustomization. */
const API_VERSIONS: Readonly<Record<string, string>> = {
  Application: 'argoproj.io/v1alpha1',
  ConfigMap: 'v1',
  CronJob: 'batch/v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  GitRepository: 'source.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
  HelmRepository: 'source.toolkit.fluxcd.io/v1',
  ImagePolicy: 'image.toolkit.fluxcd.io/v1',
  ImageRepository: 'image.toolkit.fluxcd.io/v1',
  Job: 'batch/v1',
  OCIRepository: 'source.toolkit.fluxcd.io/v1',
  Pod: 'v1',
  Secret: 'v1',
  Service: 'v1',
};

/** The text with what it lacks in front of it; the rest stays as it is written. */
function complete(text: string): string {
  const manifest = read(text);
  if (typeof manifest === 'string') return text;
  const { apiVersion, kind = '', metadata } = manifest;
  const isKnown = apiVersion !== undefined || kind in API_VERSIONS;
  const lines = [
    ...(apiVersion === undefined && isKnown ? [`apiVersion: ${API_VERSIONS[kind]}`] : []),
    ...(metadata === undefined && isKnown ? ['metadata: { name: reduced }'] : []),
  ];
  const whole = [...lines, text].join('\n');
  return typeof read(whole) === 'string' ? text : whole;
}

/** The manifest of a document, or why it is none. */
function read(text: string): Manifest | string {
  const [document] = parseAllDocuments(text, { logLevel: 'error' });
  if (!document || !('errors' in document)) return 'empty';
  if (document.errors.length > 0) return 'no YAML alone: a template, or broken on purpose';
  const value = readValue(document);
  if (typeof value?.kind !== 'string') return 'no kind';
  return value;
}

/** `undefined` where an alias has no anchor, which the parser does not see. */
function readValue(document: { readonly toJS: () => unknown }): Manifest | null | undefined {
  try {
    return document.toJS() as Manifest | null;
  } catch {
    return undefined;
  }
}

/** The documents of a file, each as it is written. */
export function documentsOf(bytes: Uint8Array): readonly string[] {
  return Buffer.from(bytes)
    .toString()
    .replace(/^\ufeff/, '')
    .split(/^---(?=\s|$).*$/m);
}
