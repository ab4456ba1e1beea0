/** Planning alone, in this process: no git, no network, no start-up. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { formatReference, formatVersion } from '../src/core/image-reference.ts';
import { readManifest } from '../src/manifests/yaml/manifest.ts';
import { planRelease } from '../src/manifests/plan.ts';
import { readReleasedImages } from '../src/inputs/images.ts';
import { findSites } from '../src/manifests/find-sites.ts';
import { application, FILES_OF_APPLICATION, manifestsOf } from './application.ts';
import type { Bench } from './bench.ts';
import { seeded } from './random.ts';
import { median } from './statistics.ts';
import type { ManifestFile, ReleasedImage } from '../src/core/objects.ts';

export const CORPUS = '../shared/corpus/files';

export interface Planned {
  readonly what: string;
  readonly files: number;
  readonly bytes: number;
  readonly changes: number;
  /** In the middle of several goes. */
  readonly seconds: number;
}

interface Task {
  readonly images: readonly ReleasedImage[];
  readonly files: readonly ManifestFile[];
}

/** How fast plans are made; of real files where the corpus is there. */
export async function measurePlanning(bench: Bench): Promise<Planned[]> {
  const { sizes, say } = bench;
  const generated = generate(Math.max(...sizes));
  const images = (count: number): readonly ReleasedImage[] =>
    readReleasedImages(Array.from({ length: count }, (_, index) => `${application(index).image}:2.0.0`).join('\n'))
      .released;
  const many = Math.min(500, generated.length / FILES_OF_APPLICATION);
  const tasks: [string, readonly Task[]][] = [
    ...(existsSync(CORPUS)
      ? [['real files, each with all images that it names', await corpusTasks()] as [string, Task[]]]
      : []),
    [`generated files, one image`, [{ images: images(1), files: generated }]],
    [`generated files, ${many} images`, [{ images: images(many), files: generated }]],
  ];
  return tasks.map(([what, parts]) => {
    say(`planning: ${what}`);
    return measure(bench, what, parts);
  });
}

function measure({ pairs }: Bench, what: string, tasks: readonly Task[]): Planned {
  let changes = 0;
  const go = (): number => {
    const started = performance.now();
    changes = 0;
    for (const { images, files } of tasks) changes += planRelease(images, files).changes.length;
    return (performance.now() - started) / 1000;
  };
  go();
  const seconds = median(Array.from({ length: pairs }, go));
  const files = tasks.flatMap((task) => task.files);
  const bytes = files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  return { what, files: files.length, bytes, changes, seconds };
}

function generate(size: number): ManifestFile[] {
  const random = seeded(1);
  const apps = Array.from({ length: Math.ceil(size / FILES_OF_APPLICATION) }, (_, index) => application(index));
  return apps.flatMap((app) => manifestsOf(app, '1.0.0', random)).map(([path, text]) => file(path, Buffer.from(text)));
}

async function corpusTasks(): Promise<Task[]> {
  const entries = await readdir(CORPUS, { recursive: true, withFileTypes: true });
  const tasks: Task[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const manifest = file(relative(CORPUS, path), await readFile(path));
    const named = imagesIn(manifest);
    if (named.length > 0) tasks.push({ images: readReleasedImages(named.join('\n')).released, files: [manifest] });
  }
  return tasks;
}

/** Each image that a file names with a version, at another version: with a digest where there is one. */
function imagesIn({ path, bytes }: ManifestFile): string[] {
  const sites = findSites(readManifest(path, bytes)).filter(
    (site) => formatVersion(site.version) && site.doubt === undefined,
  );
  return [...new Set(sites.map(({ name }) => name))].map((name) => {
    const pinned = sites.some((site) => site.name === name && site.version.digest !== undefined);
    return formatReference({ name, tag: '9.9.9', ...(pinned && { digest: `sha256:${'0'.repeat(64)}` }) });
  });
}

function file(path: string, bytes: Uint8Array): ManifestFile {
  return { path, mode: '100644', bytes };
}
