/** A real Kubernetes API server on loopback, with its etcd: no node, no controller, so that an object is what was applied. */
import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installRenderers } from '../../__tests__/manifests/renderers.ts';
import { freePort, startServer } from '../server-process.ts';
import { apiServer } from './build.mjs';

const run = promisify(execFile);

/** What a test can take over from another process. */
export interface ClusterAddress {
  /** `https://127.0.0.1:6443`. */
  readonly url: string;
  /** May do everything. */
  readonly token: string;
  /** PEM of the certificate that the server made for itself. */
  readonly certificate: string;
  /** The program, and the file that names the cluster for it. */
  readonly kubectl: string;
  readonly kubeconfig: string;
}

export interface StartedCluster extends ClusterAddress {
  /** Ends the servers, and leaves nothing of them on disk. */
  readonly stop: () => Promise<void>;
}

/** An answer of the API server. */
export interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** Starts the server that build.mjs built. Throws where it, etcd or kubectl is missing, or does not answer. */
export async function startCluster(): Promise<StartedCluster> {
  const { program } = await apiServer.place();
  const { renderers, reason } = installRenderers();
  const [tools] = renderers;
  if (!tools) throw new Error(`there is no kubectl here: ${reason}`);
  const folder = await mkdtemp(join(tmpdir(), 'cluster-'));
  const ends: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const etcd = await startEtcd(folder);
    ends.push(etcd.end);
    const token = randomBytes(16).toString('hex');
    const url = `https://127.0.0.1:${await freePort()}`;
    const certificate = join(folder, 'apiserver.crt');
    const answersReady = async (): Promise<boolean> =>
      (await askCluster({ url, token, certificate: await readFile(certificate, 'utf8') }, 'GET', '/readyz')).status ===
      200;
    ends.push(
      await startServer({
        title: 'the Kubernetes API server',
        program,
        args: await argumentsOf({ folder, etcd: etcd.url, port: new URL(url).port, token }),
        env: { PATH: process.env['PATH'] ?? '', HOME: folder },
        isAnswering: answersReady,
      }),
    );
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, JSON.stringify(configuration({ url, token, certificate })), { mode: 0o600 });
    return { url, token, certificate: await readFile(certificate, 'utf8'), kubectl: tools.kubectl, kubeconfig, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whether Debian's etcd-server is there. */
export async function hasEtcd(): Promise<boolean> {
  return run('etcd', ['--version']).then(
    () => true,
    () => false,
  );
}

async function startEtcd(folder: string): Promise<{ readonly url: string; readonly end: () => Promise<void> }> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const peers = `http://127.0.0.1:${await freePort()}`;
  const end = await startServer({
    title: 'etcd',
    program: 'etcd',
    args: [
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=default=${peers}`,
    ],
    env: { PATH: process.env['PATH'] ?? '' },
    isAnswering: async () => (await fetch(`${url}/health`)).ok,
  });
  return { url, end };
}

interface Settings {
  readonly folder: string;
  readonly etcd: string;
  readonly port: string;
  readonly token: string;
}

/** The server's flags; writes the keys that they name. */
async function argumentsOf({ folder, etcd, port, token }: Settings): Promise<string[]> {
  const [tokens, signing] = [join(folder, 'tokens.csv'), join(folder, 'service-accounts.key')];
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(tokens, `${token},keeper,keeper,system:masters\n`, { mode: 0o600 });
  await writeFile(signing, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  return [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    // Nothing in the cluster asks for the server, which may then be on loopback.
    '--endpoint-reconciler-type=none',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${folder}`,
    `--token-auth-file=${tokens}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${signing}`,
    `--service-account-signing-key-file=${signing}`,
    '--service-cluster-ip-range=10.0.0.0/24',
    // No controller makes a namespace's service account.
    '--disable-admission-plugins=ServiceAccount',
  ];
}

/** What kubectl reads. */
const configuration = ({ url, token, certificate }: Pick<ClusterAddress, 'url' | 'token' | 'certificate'>): object => ({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'tests',
  clusters: [{ name: 'tests', cluster: { server: url, 'certificate-authority': certificate } }],
  users: [{ name: 'keeper', user: { token } }],
  contexts: [{ name: 'tests', context: { cluster: 'tests', user: 'keeper' } }],
});

/** Sends a request to the API server; a text is sent as a manifest to apply. */
export async function askCluster(
  { url, token, certificate }: Pick<ClusterAddress, 'url' | 'token' | 'certificate'>,
  method: string,
  path: string,
  manifest?: string,
): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    ...(manifest !== undefined && { 'content-type': 'application/apply-patch+yaml' }),
  };
  return new Promise((resolve, reject) => {
    const asking = request(`${url}${path}`, { method, headers, ca: certificate }, (answer) => {
      const chunks: string[] = [];
      answer.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
      answer.on('error', reject).on('end', () => {
        const text = chunks.join('');
        resolve({ status: answer.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : text });
      });
    });
    asking.on('error', reject).end(manifest);
  });
}

/** Runs kubectl on the cluster; fails with what it says. */
export async function kubectl(cluster: ClusterAddress, ...args: string[]): Promise<string> {
  const { stdout } = await run(cluster.kubectl, args, {
    env: { PATH: process.env['PATH'] ?? '', KUBECONFIG: cluster.kubeconfig, HOME: join(cluster.kubeconfig, '..') },
    maxBuffer: 50_000_000,
  });
  return stdout;
}
