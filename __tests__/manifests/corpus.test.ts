import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFiles } from './conventions/cases.ts';
import { formatReference, formatVersion } from '../../src/core/image-reference.ts';
import { readManifest } from '../../src/manifests/yaml/manifest.ts';
import { planRelease, type Plan } from '../../src/manifests/plan.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { findSites } from '../../src/manifests/find-sites.ts';
import type { ManifestFile } from '../../src/core/objects.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const present = existsSync(CORPUS);
const files = present ? readFiles(join(CORPUS, 'files')) : [];
const replays = present ? readdirSync(join(CORPUS, 'replay')).toSorted() : [];

const NEW_TAG = '1.10';
const NEW_DIGEST = `sha256:${'0'.repeat(64)}`;

it.skipIf(!present)(`${present ? 'the corpus is there' : 'skipped: ../shared/corpus is not there'}`, () => {
  expect([files.length, replays.length].every((count) => count > 0)).toBe(true);
});

describe.runIf(present)('every real manifest', () => {
  it.each(files)('$path', (file) => {
    for (const image of imagesIn(file)) {
      const plan = release(image, [file]);
      expect(plan.missing).toEqual([]);
      const after = applied(file, plan);
      expect(outside(after)).toEqual(outside(file));
      const again = release(image, [after]);
      expect([again.files, again.changes]).toEqual([[], []]);
      expect(plan.changes.map(({ line }) => line).filter((line) => line < 1)).toEqual([]);
    }
    expect(imagesIn(file)).toEqual(
      imagesIn(file).filter((image) => image.includes(NEW_TAG) || image.includes(NEW_DIGEST)),
    );
  });

  /** The file's text with every site cut out: what must stay, whatever is released. */
  function outside(file: ManifestFile): string[] {
    const manifest = readManifest(file.path, file.bytes);
    const spans = findSites(manifest).flatMap(({ fields }) => fields.filter(({ text }) => text !== undefined));
    const sorted = [...new Map(spans.map((span) => [span.start, span])).values()].toSorted((a, b) => a.start - b.start);
    return [
      ...sorted.map(({ start }, index) => manifest.text.slice(sorted[index - 1]?.end ?? 0, start)),
      manifest.text.slice(sorted.at(-1)?.end ?? 0),
    ];
  }

  /** Each image that the file names with a version, at a new one: with a digest where all its sites have one. */
  function imagesIn(file: ManifestFile): string[] {
    const sites = findSites(readManifest(file.path, file.bytes)).filter(
      ({ version, doubt }) => formatVersion(version) !== '' && doubt === undefined,
    );
    return [...new Set(sites.map(({ name }) => name))].map((name) => {
      const pinned = sites.some((site) => site.name === name && site.version.digest !== undefined);
      return formatReference({ name, tag: NEW_TAG, ...(pinned && { digest: NEW_DIGEST }) });
    });
  }
});

describe.runIf(present)('every real version bump', () => {
  it.each(replays)('%s', (name) => {
    const folder = join(CORPUS, 'replay', name);
    const { image, tag, digest } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Record<
      string,
      string | undefined
    >;
    const reference = formatReference({
      name: image ?? '',
      ...(tag && { tag }),
      ...(digest && { digest }),
    });
    const before = readFiles(join(folder, 'before'));
    const plan = release(reference, before);
    const wrong = readFiles(join(folder, 'after')).filter((expected) => {
      const file = before.find(({ path }) => path === expected.path);
      return !file || !Buffer.from(applied(file, plan).bytes).equals(expected.bytes);
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

/** Flux's own test data, but for the pairs where a marker chooses the place: we choose by the image. */
describe.runIf(present)('what Flux writes, we write', () => {
  const FLUX = 'fluxcd+image-automation-controller';
  const pairs = files.flatMap(({ path }) => {
    const expected = path.replace(/\/original\//, '/expected/');
    return path.startsWith(FLUX) && expected !== path && path.includes('/replace/') ? [{ path, expected }] : [];
  });

  it.each(pairs.filter(({ expected }) => files.some(({ path }) => path === expected)))(
    '$path',
    ({ path, expected }) => {
      const [before, after] = [path, expected].map((wanted) => files.find((file) => file.path === wanted)) as [
        ManifestFile,
        ManifestFile,
      ];
      const sites = findSites(readManifest(after.path, after.bytes)).filter(
        ({ version }) => formatVersion(version) !== '',
      );
      const old = findSites(readManifest(before.path, before.bytes));
      let file = before;
      for (const [index, { name, version }] of sites.entries()) {
        const was = old[index];
        if (!was || formatReference({ name: was.name, ...was.version }) === formatReference({ name, ...version }))
          continue;
        const given = formatReference({ name, ...version });
        file = applied(file, release(was.name === name ? given : `${was.name}=${given}`, [file]));
      }
      expect(Buffer.from(file.bytes).toString()).toBe(Buffer.from(after.bytes).toString());
    },
  );
});

function release(image: string, of: readonly ManifestFile[]): Plan {
  return planRelease(readReleasedImages(image, { mayMove: true }).released, of);
}

function applied(file: ManifestFile, { files: changed }: Plan): ManifestFile {
  return changed.find(({ path }) => path === file.path) ?? file;
}
