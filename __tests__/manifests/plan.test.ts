import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from './arbitraries.ts';
import { asReleaseError } from '../../src/core/errors.ts';
import { planRelease, type Plan } from '../../src/manifests/plan.ts';
import { searchTerms } from '../../src/manifests/search-terms.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import type { ManifestFile } from '../../src/core/objects.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

const file = (path: string, text: string | Uint8Array): ManifestFile => ({
  path,
  mode: '100644',
  bytes: Buffer.from(text),
});

function plan(images: string, files: Readonly<Record<string, string>>): Plan {
  return planRelease(
    readReleasedImages(images).images,
    Object.entries(files).map(([path, text]) => file(path, text)),
  );
}

describe('the plan tells', () => {
  it('each change with its place, in the order of files and text', () => {
    const { changes } = plan(`ghcr.io/acme/web:1.5.0@${B} old/api=ghcr.io/acme/api:2.0.0`, {
      'b.yaml': `kind: Job\nmetadata: {name: x}\nimage: ghcr.io/acme/web:1.4.2@${A}\n---\n- old/api:1.0.0\n`,
      'a.yaml': `# values\r\nimage:\r\n  repository: ghcr.io/acme/web\r\n  tag: 1.4.2\r\n`,
    });
    expect(changes).toEqual([
      {
        file: 'b.yaml',
        line: 3,
        where: 'Job/x image',
        image: 'ghcr.io/acme/web',
        from: `1.4.2@${A}`,
        to: `1.5.0@${B}`,
      },
      { file: 'b.yaml', line: 5, where: '[0]', image: 'old/api', from: 'old/api:1.0.0', to: 'ghcr.io/acme/api:2.0.0' },
      { file: 'a.yaml', line: 4, where: 'image', image: 'ghcr.io/acme/web', from: '1.4.2', to: `1.5.0@${B}` },
    ]);
  });

  it('files that change, with their mode, and no others', () => {
    const files = [
      file('a.yaml', 'image: web:v1'),
      { ...file('run.yaml', '- web:v1'), mode: '100755' },
      file('c.yaml', 'image: web:v2'),
    ];
    const { files: changed } = planRelease(readReleasedImages('web:v2').images, files);
    expect(changed.map(({ path, mode, bytes }) => [path, mode, Buffer.from(bytes).toString()])).toEqual([
      ['a.yaml', '100644', 'image: web:v2'],
      ['run.yaml', '100755', '- web:v2'],
    ]);
  });

  it('a released image without a site, but none that is there already', () => {
    const { missing, changes } = plan('web:v1 api:v1 db:v1', {
      'a.yaml': 'image: web:v1',
      'b.yaml': '# api:v1\nimage: db',
    });
    expect([missing.map(({ reference }) => reference.name), changes]).toEqual([['api', 'db'], []]);
  });

  it('a template that holds the image, and not one that does not', () => {
    const { problems } = plan('acme/web:v2', {
      'a.yaml': 'x: {{ y }}\nimage: acme/web:v1',
      'b.yaml': 'x: {{ y }}\n# acme/web:v1\nz: acme/web-ui',
    });
    expect(problems.map((problem) => problem.file)).toEqual(['a.yaml']);
  });
});

describe('fails with the place and the way out', () => {
  it.each<[string, string, string, string]>([
    ['DIGEST_REQUIRED', 'web:v2', `a: 1\nimage: web:v1@${A}`, 'a.yaml:2 pins'],
    ['TAG_REQUIRED', `web@${B}`, 'image:\n  repository: web\n  tag: v1', 'a.yaml:3 holds "web:v1"'],
    [
      'ANCHOR_SHARED',
      'web:v2',
      'a: {repository: web, tag: &t v1}\nb: {repository: api, tag: *t}',
      'a.yaml:1 is an anchored value that "api" at a.yaml:1',
    ],
    [
      'MANIFEST_UNREADABLE',
      'web:v2',
      'image: web:v1\na: "x',
      'a.yaml:2:6 holds a released image and cannot be read: Missing closing "quote\n  a: "x\n       ^',
    ],
    ['MANIFEST_UNREADABLE', 'web:v2', `image: web:v1\na: ${'['.repeat(1000)}`, 'is nested too deeply'],
    [
      'MANIFEST_UNREADABLE',
      'web:v2',
      `image: web:v1\na: [${'bb, '.repeat(50)}}`,
      `\n  b, ${'bb, '.repeat(14)}}\n  ${' '.repeat(59)}^`,
    ],
  ])('%s', (code, images, text, message) => {
    const error = failureOf(() => plan(images, { 'a.yaml': text }));
    expect(error?.code).toBe(code);
    expect(error?.message).toContain(message);
    expect(error?.place?.file).toBe('a.yaml');
  });
});

it('search terms stand in every spelling of the images', () => {
  expect(
    searchTerms(readReleasedImages('nginx:1.27.1 old.example.com/acme/web=ghcr.io/acme/shop:1.5.0').images),
  ).toEqual({
    words: ['nginx', 'acme/shop', 'acme/web'],
    registries: ['docker.io/library', 'ghcr.io/acme', 'old.example.com/acme'],
  });
});

describe('whatever the files', () => {
  const version = fc.tuple(arbitrary.tag, fc.option(arbitrary.digest, { nil: undefined })).map(([tag, digest]) => {
    return digest === undefined ? `:${tag}` : `:${tag}@${digest}`;
  });
  const images = fc
    .tuple(version, version, fc.boolean())
    .map(([web, nginx, moves]) => [
      `${moves ? 'ghcr.io/acme/web=ghcr.io/new/web' : 'ghcr.io/acme/web'}${web}`,
      `nginx${nginx}`,
    ]);
  const files = fc
    .array(fc.tuple(fc.constantFrom('kustomization.yaml', 'values.yaml', 'app.yaml'), arbitrary.manifestText), {
      minLength: 1,
      maxLength: 3,
    })
    .map((list) => list.map(([path, text], index) => file(`${index}/${path}`, text)));

  const planOf = (given: readonly string[], of: readonly ManifestFile[]): Plan =>
    planRelease(readReleasedImages(given.join('\n')).images, of);

  it('throws only what is for the user to mend', () => {
    fc.assert(
      fc.property(images, files, (given, of) => {
        const codes = ['DIGEST_REQUIRED', 'TAG_REQUIRED', 'ANCHOR_SHARED', 'MANIFEST_UNREADABLE', undefined];
        expect(codes).toContain(failureOf(() => planOf(given, of))?.code);
      }),
      { numRuns: 300 },
    );
  });

  it('random bytes beside the image throw nothing else either', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 20 }), (bytes, text) => {
        const noise = file('a.yaml', Buffer.concat([Buffer.from('image: nginx:v1\n'), bytes, Buffer.from(text)]));
        expect(['MANIFEST_UNREADABLE', undefined]).toContain(failureOf(() => planOf(['nginx:v2'], [noise]))?.code);
      }),
      { numRuns: 300 },
    );
  });

  it('planning the result gives nothing', () => {
    forEachPlan(({ given, of, plan: first }) => {
      const again = planOf(given, applied(of, first));
      expect([again.files, again.changes, again.missing]).toEqual([[], [], first.missing]);
    });
  });

  it('only the lines of the changes differ, apart from lines inserted', () => {
    forEachPlan(({ of, plan: { files: changed, changes } }) => {
      for (const { path, bytes } of changed) {
        const [before, after] = [of.find((one) => one.path === path)?.bytes ?? '', bytes].map((side) =>
          Buffer.from(side).toString().split('\n'),
        ) as [string[], string[]];
        const kept = before.filter(
          (_, index) => !changes.some((change) => change.file === path && change.line === index + 1),
        );
        const moved = changes.some((change) => change.from.includes('/'));
        expect(moved || subsequence(kept, after)).toBe(true);
        expect(after.length).toBeGreaterThanOrEqual(before.length);
      }
    });
  });

  it('the order of images and files does not matter', () => {
    forEachPlan(({ given, of, plan: { files: changed } }) => {
      const reversed = planOf(given.toReversed(), of.toReversed());
      expect(reversed.files.toReversed()).toEqual(changed);
    });
  });

  /** Runs a check on each random plan that does not fail. */
  function forEachPlan(
    check: (one: { given: readonly string[]; of: readonly ManifestFile[]; plan: Plan }) => void,
  ): void {
    fc.assert(
      fc.property(images, files, (given, of) => {
        fc.pre(failureOf(() => planOf(given, of)) === undefined);
        check({ given, of, plan: planOf(given, of) });
      }),
      { numRuns: 200 },
    );
  }
});

function failureOf(action: () => unknown): ReturnType<typeof asReleaseError> | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return asReleaseError(error);
  }
}

function applied(files: readonly ManifestFile[], { files: changed }: Plan): ManifestFile[] {
  return files.map((one) => changed.find(({ path }) => path === one.path) ?? one);
}

/** True when all lines of `part` stand in `whole` in their order. */
function subsequence(part: readonly string[], whole: readonly string[]): boolean {
  let position = 0;
  for (const line of whole) if (line === part[position]) position += 1;
  return position === part.length;
}
