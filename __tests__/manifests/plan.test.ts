import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from './arbitraries.ts';
import { asReleaseError } from '../../src/core/errors.ts';
import { planRelease, type Plan } from '../../src/manifests/plan.ts';
import { searchTerms } from '../../src/manifests/search-terms.ts';
import { readTargets } from '../../src/manifests/targets.ts';
import { selectionOf } from './conventions/cases.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import type { Change, ManifestFile } from '../../src/core/objects.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

const file = (path: string, text: string | Uint8Array): ManifestFile => ({
  path,
  mode: '100644',
  bytes: Buffer.from(text),
});

function plan(images: string, files: Readonly<Record<string, string>>): Plan {
  return planRelease(
    readReleasedImages(images).released,
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
    const { files: changed } = planRelease(readReleasedImages('web:v2').released, files);
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

  it('a template that cannot be read and holds the image, and not one that does not', () => {
    const { leftovers } = plan('acme/web:v2', {
      'a.yaml': '  x: {{ y }}\n z: 1\nimage: acme/web:v1',
      'b.yaml': '  x: {{ y }}\n z: 1\n# acme/web:v1\nz: acme/web-ui',
      'c.yaml': '  x: {{ y }}\n z: 1\nz: my-acme/web:v1',
    });
    expect(leftovers.map(({ file, line, reason }) => [file, line, reason])).toEqual([
      ['a.yaml', 3, 'is in a template'],
    ]);
  });
});

describe('what is given takes precedence', () => {
  it('an image policy of the input over one of the repository', () => {
    const files = [
      file(
        'flux.yaml',
        [
          'kind: ImageRepository\nmetadata: {name: web, namespace: flux}\nspec: {image: ghcr.io/acme/web}',
          'kind: ImagePolicy\nmetadata: {name: web, namespace: flux}\nspec: {imageRepositoryRef: {name: web}}\n',
        ].join('\n---\n'),
      ),
      file('app.yaml', 'tag: v1 # {"$imagepolicy": "flux:web:tag"}\n'),
    ];
    const changesWith = (policies: ReadonlyMap<string, string>): string[] =>
      planRelease(readReleasedImages('ghcr.io/acme/web:v2').released, files, { policies }).changes.map(({ to }) => to);
    expect(changesWith(new Map())).toEqual(['v2']);
    expect(changesWith(new Map([['flux:web', 'ghcr.io/acme/other']]))).toEqual([]);
  });
});

it('an image is found where its name is in two keys and no word of the search is in the file', () => {
  const { changes } = plan('ghcr.io/acme/web:v2', {
    'values.yaml': 'image:\n  registry: ghcr.io/acme\n  repository: web\n  tag: v1\n',
  });
  expect(changes.map(({ from, to }) => [from, to])).toEqual([['v1', 'v2']]);
});

it('an explicit target goes through an alias to the value at its anchor', () => {
  const { released: images } = readReleasedImages('web:v2');
  const targets = readTargets(['a.yaml#b.version'], images);
  const { changes } = planRelease(images, [file('a.yaml', 'a: &a\n  version: v1\nb: *a\n')], { targets });
  expect(changes.map(({ line, from, to }) => [line, from, to])).toEqual([[2, 'v1', 'v2']]);
});

it('an annotated name without an annotated version is no place', () => {
  const files = [file('a.yaml', 'name: ghcr.io/acme/web # {"$imagepolicy": "flux:web:name"}\n')];
  const { released: images } = readReleasedImages('ghcr.io/acme/web:v2');
  const policies = new Map([['flux:web', 'ghcr.io/acme/web']]);
  expect(planRelease(images, files, { policies }).missing).toEqual(images);
});

it('an image is found where JSON escapes its slashes', () => {
  const { changes } = plan('acme/web:v2', { 'a.json': '{"image": "acme\\/web:v1"}' });
  expect(changes.map(({ from, to }) => [from, to])).toEqual([['v1', 'v2']]);
});

it('a place of another family of tags is left with the reason', () => {
  const files = [file('a.yaml', 'a: acme/web:agent-0.0.1\nb: acme/web:client-0.0.1\n')];
  const { left } = planRelease(readReleasedImages('acme/web:agent-0.0.2').released, files);
  expect(left.map(({ place, reason }) => `${place.where} ${reason}`)).toEqual([
    "b is of another family of tags than agent-0.0.2 (only-tags: '*' changes it too)",
  ]);
});

it('what may be a port is of no family', () => {
  const files = [file('a.yaml', 'address: redis:6379\nimage: redis:7.2-alpine\n')];
  expect(planRelease(readReleasedImages('redis:7.4').released, files).changes.map(({ to }) => to)).toEqual(['7.4']);
});

it('a place of the family that has the version already keeps those of others as they are', () => {
  const files = [file('a.yaml', 'a: acme/web:agent-0.0.2\nb: acme/web:client-0.0.1\n')];
  expect(planRelease(readReleasedImages('acme/web:agent-0.0.2').released, files).changes).toEqual([]);
});

it('a place that is left has its reason', () => {
  const files = [
    file('a.yaml', 'port: web:8080\nimage: web\nnew: web:v2\nold: web:v1\nother: api:v1\nchanged: web:1.4.2\n'),
  ];
  const { left, changes, missing } = planRelease(readReleasedImages('web:v2').released, files, selectionOf('1.x'));
  expect(left.map(({ place, reason }) => `${place.file}:${place.line} ${place.where} ${reason}`)).toEqual([
    'a.yaml:1 port may be a port',
    'a.yaml:2 image has no version',
    'a.yaml:4 old is not in only-tags: 1.x',
    'a.yaml:3 new has the version already',
  ]);
  expect([changes.map(({ line }) => line), missing]).toEqual([[6], []]);
});

describe('each change has a file, a line, a place, an image and a version', () => {
  const parts = (comment: (part: string) => string): string =>
    `tag: 1.4.2 # ${comment('tag')}\ndigest: ${A} # ${comment('digest')}\n`;
  const marker = (part: string): string => `manifest-release: ghcr.io/acme/web ${part}`;
  const setter = (part: string): string => `{"$imagepolicy": "flux:web:${part}"}`;
  /** A file of each convention with a place at the root of its document. */
  const ROOTS: Readonly<Record<string, readonly [path: string, text: string]>> = {
    'explicit-target': ['a.yaml', 'version: 1.4.2\n'],
    kustomize: ['kustomization.yaml', 'images:\n  - name: ghcr.io/acme/web\n    newTag: 1.4.2\n'],
    'helm-values': ['values.yaml', 'repository: ghcr.io/acme/web\ntag: 1.4.2\n'],
    'helm-values with a prefix': ['values.yaml', 'webImage: ghcr.io/acme/web\nwebTag: 1.4.2\n'],
    'helm-values in JSON': ['config.json', '{"image": "ghcr.io/acme/web", "tag": "1.4.2"}'],
    'split-values': ['chart/values-production.yaml', 'tag: 1.4.2\n'],
    parameters: [
      'a.yaml',
      'parameters:\n  - {name: repository, value: ghcr.io/acme/web}\n  - {name: tag, value: 1.4.2}\n',
    ],
    'argo-images': ['a.yaml', 'kustomize:\n  images:\n    - web=ghcr.io/acme/web:1.4.2\n'],
    'whole-reference': ['a.yaml', `ghcr.io/acme/web:1.4.2\n`],
    marker: ['a.yaml', parts(marker)],
    'flux-setters': ['a.yaml', parts(setter)],
    argument: ['a.yaml', '--image=ghcr.io/acme/web:1.4.2\n'],
  };
  const indented = (text: string, indent: string): string => text.replace(/^(?=.)/gm, indent);
  const WRAPPERS: readonly ((text: string) => string)[] = [
    (text) => `key:\n${indented(text, '  ')}`,
    (text) => `-\n${indented(text, '  ')}`,
    (text) => `kind: ConfigMap\nmetadata: {name: x}\ndata:\n  a.yaml: |\n${indented(text, '    ')}`,
    (text) => `a: 1\n---\n${text}---\nkind: Job\nmetadata: {name: b}\n`,
  ];
  const changesIn = (path: string, text: string, tag: string) => {
    const { released: images } = readReleasedImages(`ghcr.io/acme/web:${tag}@${B}`);
    const others = [file('chart/values.yaml', 'repository: ghcr.io/acme/web\n')];
    const isTarget = text.includes('version:') && path === 'a.yaml';
    return planRelease(images, [...others, file(path, text)], {
      policies: new Map([['flux:web', 'ghcr.io/acme/web']]),
      targets: isTarget ? readTargets([`a.yaml#version=ghcr.io/acme/web`], images) : [],
    }).changes;
  };
  const empty = (change: Change): string[] =>
    Object.entries(change).flatMap(([key, value]) => (String(value).trim() === '' || value === 0 ? key : []));

  it.each(Object.entries(ROOTS))('%s, at the root of a document', (_, [path, text]) => {
    const changes = changesIn(path, text, '1.5.0');
    expect(changes).toHaveLength(1);
    expect(changes.flatMap(empty)).toEqual([]);
    expect(changes[0]?.where).toBe(changes[0]?.where.trim());
  });

  it('names the key of the version for a place at the root, and says so for a document without keys', () => {
    const whereOf = (name: string): string | undefined => {
      const [path = '', text = ''] = ROOTS[name] ?? [];
      return changesIn(path, text, '1.5.0')[0]?.where;
    };
    expect(
      ['helm-values', 'helm-values with a prefix', 'marker', 'whole-reference', 'split-values'].map(whereOf),
    ).toEqual(['tag', 'webTag', 'tag', '(root)', 'tag (its repository is in chart/values.yaml:1)']);
  });

  it('in random manifests of every convention', () => {
    const wrapped = fc
      .tuple(fc.constantFrom(...Object.values(ROOTS)), fc.array(fc.constantFrom(...WRAPPERS), { maxLength: 3 }))
      .map(([[path, text], wrappers]) => [path, wrappers.reduce((inner, wrap) => wrap(inner), text)] as const);
    const random = fc.tuple(
      fc.constantFrom('kustomization.yaml', 'values.yaml', 'chart/values-production.yaml'),
      arbitrary.manifestText,
    );
    fc.assert(
      fc.property(fc.oneof(wrapped, random), arbitrary.tag, ([path, text], tag) => {
        fc.pre(failureOf(() => changesIn(path, text, tag)) === undefined);
        for (const change of changesIn(path, text, tag)) {
          expect(empty(change)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a digest of the registry', () => {
  const changesOf = (images: string, text: string) =>
    planRelease(
      readReleasedImages(images).released.map((image) => ({ ...image, digest: B })),
      [file('a.yaml', text)],
    ).changes.map(({ to }) => to);

  it.each<[what: string, text: string, to: string[]]>([
    ['is written to a reference with another one', `image: web:v1@${A}`, [`v2@${B}`]],
    ['is written to the released tag with another one', `image: web:v2@${A}`, [`v2@${B}`]],
    ['is written to a key of its own', `image: {repository: web, tag: v1, digest: "${A}"}`, [`v2@${B}`]],
    ['is written to a place for a digest alone', 'a: # manifest-release: web digest', [B]],
    ['is not written to a tag', 'image: web:v1', ['v2']],
    ['is there already', `image: web:v2@${B}`, []],
  ])('%s', (_, text, to) => {
    expect(changesOf('web:v2', text)).toEqual(to);
  });

  it('does not replace the one that was given', () => {
    expect(changesOf(`web:v2@${A}`, `image: web:v1@${B}`)).toEqual([`v2@${A}`]);
  });
});

describe('fails with the place and the way out', () => {
  it.each<[string, string, string, string]>([
    ['DIGEST_REQUIRED', 'web:v2', `a: 1\nimage: web:v1@${A}`, 'a.yaml:2 takes a digest'],
    ['TAG_REQUIRED', `web@${B}`, 'image:\n  repository: web\n  tag: v1', 'a.yaml:3 has "web:v1"'],
    ['TAG_REQUIRED', `web@${B}`, 'a: # manifest-release: web tag', 'a.yaml:1 has "web"'],
    ['DIGEST_REQUIRED', 'web:v2', 'a: # manifest-release: web digest', 'a.yaml:1 takes a digest'],
    [
      'PLACE_UNCLEAR',
      'web:v2',
      'a: ${TAG} # manifest-release: web tag',
      'a.yaml:1 a is named for "web", but its value "${TAG}" has a placeholder',
    ],
    [
      'NAME_ELSEWHERE',
      'web=api:v2',
      'a: v1 # manifest-release: web tag',
      'a.yaml:1 has "web:v1" with its name elsewhere',
    ],
    [
      'ANCHOR_SHARED',
      'web:v2',
      'a: {repository: web, tag: &t v1}\nb: {repository: api, tag: *t}',
      'a.yaml:1 is an anchored value that "api" at a.yaml:1',
    ],
    [
      'ANCHOR_SHARED',
      'web:v2',
      'a: {repository: api, tag: &t v1}\nb: {repository: web, tag: *t}',
      'a.yaml:1 is an anchored value that "api" at a.yaml:1',
    ],
    [
      'MANIFEST_UNREADABLE',
      'web:v2',
      'image: web:v1\na: "x',
      'a.yaml:2:6 has a released image and cannot be read: Missing closing "quote\n  a: "x\n       ^',
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
    searchTerms(readReleasedImages('nginx:1.27.1 old.example.com/acme/web=ghcr.io/acme/shop:1.5.0').released),
  ).toEqual({
    words: ['nginx', 'acme/shop', 'acme/web'],
    registries: ['library', 'acme'],
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
    planRelease(readReleasedImages(given.join('\n'), { mayMove: true }).released, of);

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

describe('a file that cannot be edited stops a release', () => {
  const sops = 'sops: { mac: "ENC[x]" }\n';
  const broken = 'x: [a\n';
  const code = (text: string): string => {
    try {
      plan('ghcr.io/acme/web:v2', { 'a.yaml': 'image: ghcr.io/acme/web:v1\n', 'b.yaml': text });
      return 'none';
    } catch (error) {
      return asReleaseError(error).code;
    }
  };

  it.each([
    ['image: ghcr.io/acme/web:v1\n', true],
    ['cmd: run ghcr.io/acme/web:v1 now\n', true],
    ['repository: ghcr.io/acme/web\ntag: v1\n', true],
    ['image: ghcr.io/acme/web:v2\n', false],
    ['repository: ghcr.io/acme/web\ntag: v2\n', false],
    ['name: ghcr.io/acme/web\n', false],
    ['# image: ghcr.io/acme/web:v1\n', false],
    ['image: ghcr.io/acme/web-ui:v1\n', false],
    ['image: ghcr.io/acme/web:$TAG\n', false],
  ])('that has %j: %s', (text, stops) => {
    expect(code(text + sops)).toBe(stops ? 'MANIFEST_ENCRYPTED' : 'none');
    expect(code(text + broken)).toBe(stops ? 'MANIFEST_UNREADABLE' : 'none');
  });
});
