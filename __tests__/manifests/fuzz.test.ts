/** Random manifests in which the generator knows what must change. `npm run fuzz` runs many, with a fixed seed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from './arbitraries.ts';
import { ReleaseError } from '../../src/core/errors.ts';
import { repositoryOf } from '../../src/core/image-reference.ts';
import { readManifest } from '../../src/manifests/yaml/manifest.ts';
import { planRelease, type Plan } from '../../src/manifests/plan.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { findSites } from '../../src/manifests/find-sites.ts';
import type { ManifestFile } from '../../src/core/objects.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 400);
/** Each of the two properties takes half of the manifests. */
const options = { numRuns: RUNS / 2, ...(process.env['FUZZ_RUNS'] !== undefined && { seed: 20240229 }) };
const timeout = 60_000 + RUNS * 50;

const [WEB] = arbitrary.IMAGES;
const MOVED = 'registry.example.com:5000/shop/web';
const DIGEST = `@sha256:${'b'.repeat(64)}`;
const { must, mustDigest, never } = arbitrary.PLANTED;

const release = fc
  .tuple(
    fc.constantFrom(WEB, `${WEB}=${MOVED}`),
    fc.constantFrom('1.5.0', '1.10', '007', 'null', 'v2'),
    fc.constantFrom('', DIGEST, DIGEST),
  )
  .map(([name, tag, digest]) => `${name}:${tag}${digest}`);
const path = fc.constantFrom('a.yaml', 'a.yaml', 'kustomization.yaml');

/** What the user may be told of a file that can be read. */
const REFUSALS = ['DIGEST_REQUIRED', 'ANCHOR_SHARED'];

describe(`${RUNS} random manifests`, () => {
  it(
    'sound: what must change does, nothing else',
    () => {
      fc.assert(
        fc.property(arbitrary.plantedText, path, release, (text, at, image) => {
          const { plan, code } = outcome(image, fileOf(at, text));
          if (plan) {
            const after = textOf(plan, text);
            expect(plan.problems).toEqual([]);
            expect([must, mustDigest].filter((word) => after.includes(word))).toEqual([]);
            expect(after.split(never).length).toBe(text.split(never).length);
            checkResult(at, text, after, image);
          } else {
            expect(REFUSALS).toContain(code);
          }
        }),
        options,
      );
    },
    timeout,
  );

  it(
    'damaged: nothing but what the user can mend, and nothing beside the places',
    () => {
      fc.assert(
        fc.property(arbitrary.damagedText, path, release, (text, at, image) => {
          const { plan, code } = outcome(image, fileOf(at, text));
          if (plan) checkResult(at, text, textOf(plan, text), image);
          else expect([...REFUSALS, 'MANIFEST_UNREADABLE']).toContain(code);
        }),
        options,
      );
    },
    timeout,
  );
});

/** Planning the result gives nothing, and only characters of the image's sites differ. */
function checkResult(at: string, text: string, after: string, image: string): void {
  const again = outcome(image, fileOf(at, after));
  expect([again.plan?.files, again.plan?.changes, again.code]).toEqual([[], [], undefined]);
  expect(allowedResults(at, text).test(after)).toBe(true);
}

/** All that may come of a text when the sites of the image get new values. */
function allowedResults(at: string, text: string): RegExp {
  const manifest = readManifest(at, Buffer.from(text));
  const fields = findSites(manifest)
    .filter(({ name }) => [WEB, MOVED].includes(repositoryOf(name)))
    .flatMap((site) => site.fields);
  const spans = [
    ...new Map(fields.map(({ start, end, before = '' }) => [`${start} ${before}`, { start, end }])).values(),
  ];
  spans.sort((a, b) => a.start - b.start || a.end - b.end);
  const written = `=[\\w./:-]+|"?(?:newName|digest)"?: \\S+?(?:, |\\r?\\n *)| ?["']?[\\w.:@/-]*["']?`;
  let position = 0;
  const pattern = spans.map(({ start, end }) => {
    const gap = text.slice(position, start);
    position = end;
    return `${escaped(gap)}(?:${escaped(text.slice(start, end))}|${written})`;
  });
  return new RegExp(`^${pattern.join('')}${escaped(text.slice(position))}$`);
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function outcome(image: string, file: ManifestFile): { plan?: Plan; code?: string } {
  try {
    return { plan: planRelease(readReleasedImages(image, { mayMove: true }).released, [file]) };
  } catch (error) {
    if (error instanceof ReleaseError) return { code: error.code };
    throw error;
  }
}

const fileOf = (at: string, text: string): ManifestFile => ({ path: at, mode: '100644', bytes: Buffer.from(text) });
const textOf = ({ files }: Plan, text: string): string => (files[0] ? Buffer.from(files[0].bytes).toString() : text);
