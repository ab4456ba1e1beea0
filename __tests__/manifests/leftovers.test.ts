import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../src/core/errors.ts';
import type { Leftover, ManifestFile, ReleasedImage } from '../../src/core/objects.ts';
import { planRelease } from '../../src/manifests/plan.ts';
import { COMMENTED, DAMAGED, randomRepository, type RandomRepository } from './repositories.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);
const DIGEST = `sha256:${'b'.repeat(64)}`;
const RELEASED = { tag: '1.5.0', digest: DIGEST } as const;
const WEB: readonly ReleasedImage[] = [
  { reference: { name: 'ghcr.io/acme/web', ...RELEASED }, replaces: 'ghcr.io/acme/web' },
];

describe('every reference with another version is changed or told', () => {
  it(
    'in random repositories',
    () => {
      const result = fc.check(propertyOf(leftoversOf), { numRuns: RUNS, includeErrorInReport: true });
      expect(fc.defaultReportMessage(result)).toBeUndefined();
    },
    60_000 + RUNS * 50,
  );

  it('and the check finds one that is not told', () => {
    const firstLost = (repository: RandomRepository): Told | undefined => {
      const told = leftoversOf(repository);
      return told && { ...told, leftovers: told.leftovers.slice(1) };
    };
    expect(fc.check(propertyOf(firstLost), { numRuns: 100 }).failed).toBe(true);
  });
});

/** The texts after the release, and what is told of them. */
interface Told {
  readonly after: readonly ManifestFile[];
  readonly leftovers: readonly Leftover[];
}

function propertyOf(tell: (repository: RandomRepository) => Told | undefined) {
  return fc.property(randomRepository, (repository) => {
    const told = tell(repository);
    if (!told) return;
    const expected = told.after.flatMap(referencesIn);
    const found = told.leftovers.map(({ file, line, version }) => `${file}:${line} ${version.replace(/@.*/, '')}`);
    expect(expected.filter((one) => !found.includes(one))).toEqual([]);
    expect(found.filter((one) => one.includes(COMMENTED))).toEqual([]);
  });
}

/** `undefined` for a repository that a release refuses. */
function leftoversOf({ manifests, others }: RandomRepository): Told | undefined {
  try {
    const { files, leftovers } = planRelease(WEB, manifests, { others });
    const changed = new Map(files.map((file) => [file.path, file]));
    return { after: [...manifests, ...others].map((file) => changed.get(file.path) ?? file), leftovers };
  } catch (error) {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  }
}

/** What a reader finds: `name:version` that is no part of a longer name, address or comment, and not released. */
function referencesIn({ path, bytes }: ManifestFile): string[] {
  const lines = Buffer.from(bytes).toString().split('\n');
  const reference =
    /(?<=docker:\/\/|(?<![\w./-]))ghcr\.io\/acme\/web:(\w[\w.-]*\w(?:@sha256:[0-9a-f]{64})?)(?![\w/])/gi;
  return lines.flatMap((line, index) =>
    [...line.matchAll(reference)].flatMap(({ 1: version = '', index: at }) => {
      // Damage may make a comment of anything.
      const mark = path === DAMAGED ? /(?:^|\s)#/ : /(?:^|\s)# $/;
      const isComment = version === COMMENTED || mark.test(line.slice(0, at));
      const isReleased = ['1.5.0', `1.5.0@${DIGEST}`].includes(version);
      return isComment || isReleased ? [] : `${path}:${index + 1} ${version.replace(/@.*/, '')}`;
    }),
  );
}
