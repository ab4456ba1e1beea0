/** Values in several files that people damaged: whatever is read, a release changes places or says why not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ReleaseError } from '../../../src/core/errors.ts';
import type { ManifestFile } from '../../../src/core/objects.ts';
import { readReleasedImages } from '../../../src/inputs/images.ts';
import { planRelease } from '../../../src/manifests/plan.ts';
import { readCases } from '../conventions/cases.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 150);

const cases = readCases('split-values').filter(({ specification }) => specification.error === undefined);

/** Cuts, copies and swaps of lines, within a file and between two. */
const damage = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  line: fc.nat(),
  count: fc.integer({ min: 0, max: 3 }),
  at: fc.nat(),
});

it(
  'plans are verified, or refused for a reason',
  () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(damage, { maxLength: 4 }),
        ({ specification, before }, damages) => {
          const files = damages.reduce(damaged, before);
          const { released } = readReleasedImages(specification.images.join('\n'));
          try {
            const plan = planRelease(released, files);
            const again = planRelease(released, merged(files, plan.files));
            expect(again.files).toEqual([]);
          } catch (error) {
            if (!(error instanceof ReleaseError)) throw error;
            expect(error.code).not.toBe('EDIT_NOT_VERIFIED');
          }
        },
      ),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 50,
);

it('a chart in itself, and a thousand names for one chart, end', () => {
  const dependencies = Array.from(
    { length: 1000 },
    (_, index) => `  - { name: a${index}, repository: "file://../b" }\n`,
  );
  const chart = (name: string): string => `name: ${name}\ndependencies:\n${dependencies.join('')}`;
  const files = {
    'a/Chart.yaml': chart('a'),
    'a/values.yaml': 'image: { repository: ghcr.io/acme/web, tag: 1.4.1 }\n',
    'b/Chart.yaml': chart('b').replaceAll('../b', '../a').replace('../a', '../b'),
    'b/values.yaml': 'image: { repository: ghcr.io/acme/web, tag: 1.4.1 }\n',
  };
  const manifests = Object.entries(files).map(([path, text]) => ({ path, mode: '100644', bytes: Buffer.from(text) }));
  const { released } = readReleasedImages('ghcr.io/acme/web:1.4.2');
  expect(planRelease(released, manifests).changes).toHaveLength(2);
});

function damaged(
  files: readonly ManifestFile[],
  { from, to, line, count, at }: { from: number; to: number; line: number; count: number; at: number },
): readonly ManifestFile[] {
  const [source, target] = [files[from % files.length], files[to % files.length]];
  if (!source || !target) return files;
  const lines = String(source.bytes).split('\n');
  const taken = lines.splice(line % lines.length, count);
  const others = source === target ? lines : String(target.bytes).split('\n');
  others.splice(at % (others.length + 1), 0, ...taken);
  const texts = new Map([
    [source.path, lines.join('\n')],
    [target.path, others.join('\n')],
  ]);
  return files.map((file) => ({ ...file, bytes: Buffer.from(texts.get(file.path) ?? file.bytes) }));
}

function merged(files: readonly ManifestFile[], changed: readonly ManifestFile[]): ManifestFile[] {
  return files.map((file) => changed.find(({ path }) => path === file.path) ?? file);
}
