import { describe, expect, it } from 'vitest';
import { conventions } from '../../../src/manifests/conventions/index.ts';
import { ReleaseError } from '../../../src/core/errors.ts';
import { planRelease, type Plan } from '../../../src/manifests/plan.ts';
import { readReleasedImages } from '../../../src/inputs/images.ts';
import { readTargets } from '../../../src/manifests/targets.ts';
import {
  asWritten,
  derivations,
  derive,
  conventionFolders,
  readCases,
  type Derivation,
  type GoldenCase,
  selectionOf,
} from './cases.ts';
import type { ManifestFile } from '../../../src/core/objects.ts';

describe('each convention has cases, and each case a convention', () => {
  it('the folders are those of the conventions', () => {
    expect(conventionFolders).toEqual(conventions.map(({ name }) => name).toSorted());
  });

  it.each(conventions)('$name has a case in which it alone changes a file', (convention) => {
    const changing = readCases(convention.name).filter(({ before, after }) => differing(before, after).length > 0);
    expect(changing).not.toEqual([]);
  });

  it.each(conventionFolders)('%s: a case that is not derived says why', (folder) => {
    const silent = readCases(folder).filter(
      ({ specification: { derive, why } }) => (derive === false) !== (why !== undefined),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});

describe.each(conventionFolders)('%s', (folder) => {
  const cases = readCases(folder);
  const refused = cases.filter(({ specification }) => specification.error !== undefined);
  const planned = cases.filter(({ specification }) => specification.error === undefined);

  describe.each(refused)('$name', (golden) => {
    it.each(variantsOf(golden))('$name', (derivation) => {
      expect(failureCode(golden, derive(golden.before, derivation))).toBe(golden.specification.error);
    });
  });

  describe.each(planned)('$name', (golden) => {
    it.each(variantsOf(golden))('$name', (derivation) => {
      const before = derive(golden.before, derivation);
      const after = derive(golden.after, derivation);
      const plan = planCase(golden, before);
      expect(differing(after, applied(before, plan))).toEqual([]);
      expect(plan.files.map(({ path }) => path)).toEqual(differing(before, after).map(({ path }) => path));
      expect(plan.missing.map(({ reference }) => reference.name)).toEqual(golden.specification.missing ?? []);
      expect(plan.problems).toMatchObject(golden.specification.problems ?? []);
      expect(plan.leftovers).toMatchObject(golden.specification.left ?? []);

      const again = planCase(golden, after);
      expect(again.files).toEqual([]);
      expect(again.changes).toEqual([]);
      expect(again.missing).toEqual(plan.missing);
      expect(again.leftovers).toEqual(plan.leftovers);
    });
  });
});

function variantsOf({ specification }: GoldenCase): readonly Derivation[] {
  return [asWritten, ...(specification.derive === false ? [] : derivations)];
}

function planCase({ specification }: GoldenCase, files: readonly ManifestFile[]): Plan {
  const { released: images } = readReleasedImages(specification.images.join('\n'));
  const { targets = [], policies = {}, onlyTags, insert = false } = specification;
  const isOther = ({ path }: ManifestFile): boolean => specification.others?.includes(path) ?? false;
  return planRelease(
    images,
    files.filter((file) => !isOther(file)),
    {
      others: files.filter(isOther),
      targets: readTargets(targets, images),
      policies: new Map(Object.entries(policies)),
      ...selectionOf(onlyTags),
      insert,
    },
  );
}

function failureCode(golden: GoldenCase, files: readonly ManifestFile[]): string {
  try {
    planCase(golden, files);
    return 'no error';
  } catch (error) {
    if (error instanceof ReleaseError) return error.code;
    throw error;
  }
}

function applied(files: readonly ManifestFile[], plan: Plan): ManifestFile[] {
  return files.map((file) => plan.files.find(({ path }) => path === file.path) ?? file);
}

/** The files whose bytes differ, with the lines that do, each showing its line end: empty when all are equal. */
function differing(
  expected: readonly ManifestFile[],
  actual: readonly ManifestFile[],
): { path: string; lines: string[] }[] {
  return expected.flatMap(({ path, bytes }) => {
    const other = actual.find((file) => file.path === path)?.bytes ?? Buffer.of();
    if (Buffer.from(bytes).equals(other)) return [];
    const [wanted, got] = [bytes, other].map((side) =>
      Buffer.from(side)
        .toString('latin1')
        .split(/(?<=\n)/),
    ) as [string[], string[]];
    const marked = (sign: string, lines: string[], others: string[]): string[] =>
      lines.filter((line) => !others.includes(line)).map((line) => `${sign}${JSON.stringify(line)}`);
    return [{ path, lines: [...marked('-', wanted, got), ...marked('+', got, wanted)] }];
  });
}
