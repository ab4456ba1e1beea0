import { describe, expect, test } from 'vitest';
import { readDeployedVersions, versionsOf, type DeployedVersion } from '../../src/manifests/deployed-versions.ts';
import { formatVersion, parseReference } from '../../src/core/image-reference.ts';
import { planRelease, type PlanOptions } from '../../src/manifests/plan.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { readTargets } from '../../src/manifests/targets.ts';
import { isSelected } from '../../src/core/tag-selection.ts';
import {
  conventionFolders,
  readCases,
  type GoldenCase,
  manifestsIn,
  selectionOf,
} from '../manifests/conventions/cases.ts';
import type { Change, ManifestFile } from '../../src/core/objects.ts';

const DIGESTS = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];

const file = (path: string, text: string): ManifestFile => ({ path, mode: '100644', bytes: Buffer.from(text) });

/** In which what was written could be something else to the next release: a port. */
const DOUBTFUL = ['a-tag-that-could-be-a-port'];

describe.each(conventionFolders)('%s', (folder) => {
  const planned = readCases(folder).filter(({ specification }) => specification.error === undefined);

  test.each(planned.filter(({ name }) => !DOUBTFUL.includes(name)))('$name: what a release wrote is held', (golden) => {
    const { images, names, options, before, after } = inputsOf(golden);
    const { changes } = planRelease(images, before, options);
    const written = changes.filter(({ to }) => options.onlyTags === undefined || isSelected(to, options.onlyTags));
    const expected = written.map((change) => `${change.file} ${change.where} ${versionIn(change, change.to)}`);
    const held = readDeployedVersions(names, after, options);
    expect(held.map(({ file: path, where, version }) => `${path} ${where} ${version}`)).toEqual(
      expect.arrayContaining(expected),
    );
  });

  test.each(planned)('$name: what a release would replace is held', (golden) => {
    const { images, names, options, before } = inputsOf(golden);
    const { changes } = planRelease(images, before, options);
    const replaced = changes.map((change) => ({ ...change, version: versionIn(change, change.from) }));
    const expected = replaced
      .filter(({ version }) => version !== '')
      .map(({ file: path, line, where, version }) => ({ file: path, line, where, version }));
    const held = readDeployedVersions(names, before, options);
    expect(held).toEqual(expect.arrayContaining(expected.map((place) => expect.objectContaining(place))));
  });
});

function inputsOf({ specification, ...golden }: GoldenCase) {
  const { released: images } = readReleasedImages(specification.images.join('\n'));
  const { targets = [], policies = {}, onlyTags, insert = false } = specification;
  const options: PlanOptions = {
    targets: readTargets(targets, images),
    policies: new Map(Object.entries(policies)),
    ...selectionOf(onlyTags),
    insert,
  };
  // What moves stands there under its former name, and may be marked with it afterwards.
  const names = images.flatMap(({ reference, replaces }) => [replaces, reference.name]);
  const [before, after] = [golden.before, golden.after].map((files) => manifestsIn(files, specification)) as [
    ManifestFile[],
    ManifestFile[],
  ];
  return { images, names: [...new Set(names)], options, before, after };
}

/** What moves is shown as a whole reference. */
function versionIn({ to }: Change, shown: string): string {
  const moves = /[/:]/.test(to.replace(/@.*/, '')) && !to.startsWith('sha256:');
  return moves ? formatVersion(parseReference(shown) ?? {}) : shown;
}

describe('held is', () => {
  test('what stands there, tag and digest, under the name that was asked for', () => {
    const files = [
      file('a.yaml', `kind: Pod\nspec:\n  containers:\n    - image: docker.io/library/nginx:1.27@${DIGESTS[0]}\n`),
      file('b.yaml', 'kind: Pod\nspec:\n  containers:\n    - image: nginx:1.26\n    - image: acme/web:1\n'),
    ];
    expect(readDeployedVersions(['nginx', 'acme/none'], files)).toEqual([
      { image: 'nginx', version: `1.27@${DIGESTS[0]}`, file: 'a.yaml', line: 4, where: 'spec.containers[0].image' },
      { image: 'nginx', version: '1.26', file: 'b.yaml', line: 4, where: 'spec.containers[0].image' },
    ]);
  });

  test('a digest alone, and a tag that has no digest beside it', () => {
    const files = [
      file('kustomization.yaml', `images:\n  - name: acme/web\n    digest: ${DIGESTS[0]}\n`),
      file('values.yaml', 'image:\n  repository: acme/api\n  tag: "1.10"\n'),
    ];
    const held = readDeployedVersions(['acme/web', 'acme/api'], files);
    expect(held.map(({ image, version }) => [image, version])).toEqual([
      ['acme/web', DIGESTS[0]],
      ['acme/api', '1.10'],
    ]);
  });

  test('what a target says to be of an image, whatever name stands there', () => {
    const files = [file('a.yaml', 'one: mirror.example.com/web:1.4.1\ntwo: 1.4.2\nthree: acme/api:7\nfour: ""\n')];
    const images = [{ reference: { name: 'acme/web', tag: 'x' }, replaces: 'acme/web' }];
    const targets = readTargets(['a.yaml#one', 'a.yaml#two', 'a.yaml#three', 'a.yaml#four'], images);
    const held = readDeployedVersions(['acme/web', 'acme/api'], files, { targets });
    expect(held.map(({ image, version, where }) => [where, image, version])).toEqual([
      ['one', 'acme/web', '1.4.1'],
      ['two', 'acme/web', '1.4.2'],
      ['three', 'acme/web', '7'],
    ]);
  });

  test('nothing where nothing is', () => {
    expect(readDeployedVersions(['acme/web'], [file('a.yaml', 'image: acme/web\n')])).toEqual([]);
    expect(readDeployedVersions([], [file('a.yaml', 'image: acme/web:1\n')])).toEqual([]);
  });

  test('in no file that a release could not read', () => {
    const broken = [file('a.yaml', 'web:\n  image: acme/web:1.4.1\n env: [a\n')];
    expect(() => readDeployedVersions(['acme/web'], broken)).toThrow(
      expect.objectContaining({ code: 'MANIFEST_UNREADABLE' }),
    );
  });
});

describe('the version of an image is', () => {
  const holding = (version: string, image = 'acme/web', line = 1): DeployedVersion => {
    return { image, version, file: 'a.yaml', line, where: 'image' };
  };

  test.each([
    [['1.4.1', '1.4.1'], '1.4.1'],
    [[DIGESTS[0], DIGESTS[0]], DIGESTS[0]],
    [['1.4.1', `1.4.1@${DIGESTS[0]}`, DIGESTS[0]], `1.4.1@${DIGESTS[0]}`],
  ])('the one that all places hold a part of: %j', (versions, expected) => {
    expect([...versionsOf(versions.map((version) => holding(version)))]).toEqual([['acme/web', expected]]);
  });

  test.each([
    [['1.4.1', '1.4.2']],
    [['1.4.1', `1.4.2@${DIGESTS[0]}`]],
    [[`1.4.1@${DIGESTS[0]}`, `1.4.1@${DIGESTS[1]}`]],
    [[`1.4.1@${DIGESTS[0]}`, DIGESTS[1]]],
    // Nobody says that the two are of one build.
    [['1.4.1', DIGESTS[0]]],
  ])('none where places differ: %j', (versions) => {
    const act = () => versionsOf(versions.map((version) => holding(version)));
    expect(act).toThrow(expect.objectContaining({ code: 'IMAGES_DIFFER', blame: 'yours' }));
  });

  test('said with all places of each image that differs, and no other', () => {
    const holdings = [holding('1', 'acme/web', 3), holding('2', 'acme/web', 4), holding('5', 'acme/api', 5)];
    const act = () => versionsOf([...holdings, holding('7', 'acme/job', 6), holding('8', 'acme/job', 7)]);
    expect(act).toThrow(
      [
        'several:',
        'acme/web 1 (a.yaml:3)',
        'acme/web 2 (a.yaml:4)',
        'acme/job 7 (a.yaml:6)',
        'acme/job 8 (a.yaml:7)',
      ].join('\n  '),
    );
  });

  test('nothing where nothing is held', () => {
    expect(versionsOf([]).size).toBe(0);
  });
});
