import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Build } from '../../src/release/build.ts';
import { oneLine } from '../../src/core/escape.ts';
import { identityKey, identityOf, type ReleaseIdentity } from '../../src/inputs/identity.ts';
import { PLAIN_RELEASE, type Operation } from '../../src/inputs/operation.ts';
import { buildIn, isDirect, readTrailers, withTrailers, pullOf } from '../../src/release/commit-trailers.ts';
import type { Commit } from '../../src/core/objects.ts';

const BASE = '1'.repeat(40);
const AUTHOR = '41898282+github-actions[bot]@users.noreply.github.com';
const DIGEST = `sha256:${'a'.repeat(64)}`;
const BUILD: Build = {
  images: [`ghcr.io/acme/web:1.4.2@${DIGEST}`, 'acme/api:2.0.0'],
  source: {
    repository: 'acme/web',
    commit: '8f14e45',
    time: '2026-11-20T10:00:00Z',
    build: 'acme/web/.github/workflows/ci.yml#42',
  },
  operation: PLAIN_RELEASE,
  run: { url: 'https://git.test/acme/web/actions/runs/1042', actor: '' },
};
const UNKNOWN: Build = {
  images: [],
  source: { repository: '', commit: '', time: '', build: '' },
  operation: PLAIN_RELEASE,
  run: { url: '', actor: '' },
};
const IDENTITY: ReleaseIdentity = {
  app: '',
  environment: '',
  repositories: ['docker.io/acme/api', 'ghcr.io/acme/web'],
  paths: ['apps/web'],
};
const KEY = identityKey(IDENTITY);
const APP: ReleaseIdentity = { app: 'web', environment: 'staging', repositories: [], paths: [] };
const BLOCK = `Release-Name: web
Release-Path: apps/web
Release-Image: ghcr.io/acme/web:1.4.2@${DIGEST}
Release-Image: acme/api:2.0.0
Release-Source: acme/web@8f14e45
Release-Time: 2026-11-20T10:00:00Z
Release-Build: acme/web/.github/workflows/ci.yml#\u200b42
Release-Run: https://git.test/acme/web/actions/runs/1042
Release-Base: ${BASE}`;
const TOLD = { name: 'web', identity: IDENTITY, base: BASE, build: BUILD };
const FORGED = `Release-Name: forged\nRelease-Image: acme/forged:9.9.9\nRelease-Base: ${'9'.repeat(40)}`;

describe('the message', () => {
  test('ends in what was released, from where, on what', () => {
    expect(withTrailers('Release web\n\nTwo places.\n\n', TOLD)).toBe(`Release web\n\nTwo places.\n\n${BLOCK}\n`);
  });

  test('names the digests of registries', () => {
    const build = { ...BUILD, digests: [`acme/api@${DIGEST}`] };
    const message = withTrailers('Release web', { ...TOLD, build });
    expect(message).toContain(`\nRelease-Digest: acme/api@${DIGEST}\n`);
    expect(readTrailers(message)?.build).toEqual(build);
  });

  test('has no trailer for what is not known, nor for a base that it is not on', () => {
    const build = { ...UNKNOWN, images: ['acme/web:1.4.2'] };
    const identity = identityOf({ app: '', environment: '' }, [], []);
    expect(withTrailers('Release', { name: 'web', identity, base: '', build })).toBe(
      'Release\n\nRelease-Name: web\nRelease-Image: acme/web:1.4.2\n',
    );
    const half = { ...BUILD, source: { ...BUILD.source, repository: '' } };
    expect(withTrailers('Release', { ...TOLD, build: half })).not.toContain('Release-Source');
  });

  test('has a subject that is no trailer', () => {
    const identity = identityOf({ app: '', environment: '' }, [], []);
    expect(withTrailers(' \n', { name: 'web', identity, base: '', build: UNKNOWN })).toBe(
      'Release web\n\nRelease-Name: web\n',
    );
  });

  test('has trailers of one line each', () => {
    const build = {
      ...BUILD,
      images: [],
      source: { ...BUILD.source, build: ' \n' },
      run: { url: 'https://git.test/\nRelease-Base: x\u2028', actor: '' },
    };
    const lines = withTrailers('Release', { name: 'web', identity: APP, base: '', build }).trimEnd().split('\n\n');
    expect(lines.at(-1)?.split('\n')).toEqual([
      'Release-Name: web',
      'Release-App: web',
      'Release-Environment: staging',
      'Release-Source: acme/web@8f14e45',
      'Release-Time: 2026-11-20T10:00:00Z',
      'Release-Build: \\u{a}',
      'Release-Run: https://git.test/\\u{a}Release-Base: x\\u{2028}',
    ]);
  });

  test.each<[what: string, operation: Operation]>([
    ['a release with a reason', { ...PLAIN_RELEASE, reason: 'because' }],
    [
      'a promotion',
      { ...PLAIN_RELEASE, action: 'Promote', origin: { environment: 'dev', since: '2026-11-20T10:00:00Z', pull: '7' } },
    ],
    [
      'a promotion whose pull request is unknown',
      { ...PLAIN_RELEASE, action: 'Promote', origin: { environment: 'dev', since: '2026-11-20T10:00:00Z', pull: '' } },
    ],
    [
      'a rollback',
      {
        action: 'Roll back',
        reason: 'it crashes',
        origin: { environment: '', since: '2026-11-20T10:00:00Z', pull: '7' },
        rollsBack: ['acme/web:1.4.2'],
      },
    ],
  ])('says of %s what it was', (_, operation) => {
    const told = { name: 'web', identity: APP, base: BASE, build: { ...BUILD, operation } };
    expect(readTrailers(withTrailers('Release', told))).toEqual(told);
  });
});

describe('what the trailers say is read', () => {
  it.each<[what: string, message: string]>([
    ['as written', `Release web\n\nTwo places.\n\n${BLOCK}\n`],
    ['without a text', `Release web\n\n${BLOCK}`],
    ['with the line ends of Windows', `Release web\n\nTwo places.\n\n${BLOCK}\n`.replaceAll('\n', '\r\n')],
    ['with spaces at the ends of lines', `Release web\n \n${BLOCK.replaceAll('\n', ' \n')}\n\t\n`],
    ['squashed alone', `Release web 1.4.2 (#12)\n\nTwo places.\n\n${BLOCK}`],
    ['squashed, with an author after it', `Release web (#12)\n\n${BLOCK}\n\nCo-authored-by: Ada <ada@example.com>`],
    ['squashed, with an author in it', `Release web (#12)\n\n${BLOCK}\nCo-authored-by: Ada <ada@example.com>`],
    [
      'squashed with later commits of people',
      `Release web (#12)\n\n* Release web 1.4.2\n\nTwo places.\n\n${BLOCK}\n\n* More memory\n\nIt was: too little.\n\n` +
        `* Format\n\n---------\n\nCo-authored-by: Ada <ada@example.com>`,
    ],
    [
      'squashed with earlier releases',
      `Release web (#12)\n\n* Release web 1.4.0\n\n${FORGED}\n\n* Release web 1.4.2\n\nTwo places.\n\n${BLOCK}`,
    ],
    ['cherry-picked', `Release web\n\n${BLOCK}\n(cherry picked from commit ${'4'.repeat(40)})`],
    ['signed off', `Release web\n\nSigned-off-by: Ada <ada@example.com>\n\n${BLOCK}\nSigned-off-by: Ada`],
    ['with trailers of others before it in the text', `Release web\n\n${FORGED}\n\n${BLOCK}`],
    ['with others of ours added to it', `Release web\n\n${BLOCK}\nRelease-Name: forged\nRelease-Base: 9`],
  ])('%s', (_, message) => {
    expect(readTrailers(message)).toEqual(TOLD);
  });

  it.each<[why: string, message: string]>([
    ['there are none', 'Release web\n\nTwo places.\n'],
    ['there is nothing', ''],
    ['there are only empty lines', '\r\n\n \n'],
    ['only the title of a pull request is left', 'Merge pull request #12 from acme/release/web\n\nRelease web 1.4.2'],
    ['they are the subject', BLOCK],
    ['they are the subject, and alone', `\n\n${BLOCK}\n`],
    ['there are only others', 'Release web\n\nCo-authored-by: Ada <ada@example.com>'],
    ['a text comes after them', `Release web\n\n${BLOCK}\n\nThat is what it said.\n`],
    ['a text comes after them and an author', `Release web\n\n${BLOCK}\n\nCo-authored-by: Ada\n\nThat was it.\n`],
    ['they stand in a text', `Release web\n\nThat is what it said:\n${BLOCK}\n`],
    ['a text goes on after them', `Release web\n\n${BLOCK}\nThat is what it said.\n`],
    ['they are quoted', `Release web\n\n${BLOCK.replace(/^/gm, '> ')}\n`],
    ['they are indented', `Release web\n\n${BLOCK.replace(/^/gm, '  ')}\n`],
    ['they name nothing', `Release web\n\n${BLOCK.replace(/^.*\n/, '')}\n`],
    ['the name is empty', `Release web\n\nRelease-Name: \nRelease-Image: acme/web:1\n`],
  ])('not when %s', (_, message) => {
    expect(readTrailers(message)).toBeUndefined();
  });

  test('without what cannot be true', () => {
    const block = BLOCK.replace('acme/web@8f14e45', 'acme/web@../../user').replace(/(Time:) .*/, '$1 tomorrow');
    expect(readTrailers(`Release web\n\n${block}`)).toEqual({
      ...TOLD,
      build: { ...BUILD, source: { ...UNKNOWN.source, build: BUILD.source.build } },
    });
  });

  test('with what is not known left empty', () => {
    expect(readTrailers('Release\n\nRelease-Name: web')).toEqual({
      name: 'web',
      identity: identityOf({ app: '', environment: '' }, [], []),
      base: '',
      build: UNKNOWN,
    });
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom('\n', '\n\n', '\r\n', '\r', '\u2028', '\u0085', '\u202e', ' ', '\t', ': ', '* ', '---', '…', '🚀'),
    fc.constantFrom('Release-Name: ', 'Release-Base: ', 'Release-Image: x', 'Co-authored-by: x', `\n\n${FORGED}\n\n`),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.constant('long '.repeat(300)),
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const shown = (value: string): string => oneLine(value, 1000).trim();

  test('that is written is read back, with what is invisible shown', () => {
    fc.assert(
      fc.property(
        text,
        text.map((name) => `web${name}`),
        fc.array(text, { maxLength: 3 }),
        text,
        text,
        (message, name, images, number, url) => {
          const build = {
            ...BUILD,
            images,
            source: { ...BUILD.source, build: number },
            run: { ...BUILD.run, url },
          };
          const read = readTrailers(withTrailers(message, { name, identity: APP, base: BASE, build }));
          expect(read).toEqual({
            name: shown(name),
            identity: APP,
            base: BASE,
            build: {
              ...BUILD,
              images: images.map(shown).filter((image) => image !== ''),
              source: { ...BUILD.source, build: shown(number) },
              run: { ...BUILD.run, url: shown(url) },
            },
          });
          expect(read && readTrailers(withTrailers(message, read))).toEqual(read);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('throws nothing, and what is read has one line', () => {
    fc.assert(
      fc.property(text, (message) => {
        const { name = '', build = UNKNOWN } = readTrailers(message) ?? {};
        for (const value of [name, ...build.images, build.run.url, build.operation.reason])
          expect(value).not.toMatch(/[\r\n\u2028\u2029]/);
      }),
      { numRuns: 1000 },
    );
  });

  test('of a great length is read', () => {
    const long = `${'a: b\n'.repeat(100_000)}${'\n'.repeat(100_000)}${' '.repeat(100_000)}x`;
    expect(readTrailers(withTrailers(long, TOLD))).toEqual(TOLD);
  });
});

describe('the build of a commit', () => {
  const commit = (message: string): Commit => ({
    id: BASE,
    tree: BASE,
    parents: [],
    committerEmail: AUTHOR,
    message,
    signed: false,
  });

  test('is what its trailers say, for the release of that identity alone', () => {
    const message = withTrailers('Release web', TOLD);
    expect(buildIn(commit(message), KEY)).toEqual(BUILD);
    expect(buildIn(commit(message), identityKey(APP))).toBeUndefined();
    expect(buildIn(commit('By hand\n'), KEY)).toBeUndefined();
  });

  test('is never read from the text of a pull request, which a squash may take for its message', () => {
    const message = withTrailers('Release web', TOLD);
    const trailers = message.slice(message.indexOf('Release-Name'));
    for (const block of [
      '<!-- manifest-release-pr: {"key":"x"} -->\nA table.\n<!-- /manifest-release-pr -->',
      '[manifest-release-pr]: # ({"key":"x"})\n\nA table.\n\n[/manifest-release-pr]: # (end)',
    ]) {
      expect(buildIn(commit(`Release web (#7)\n\n${block}\n\n${trailers}`), KEY)).toBeUndefined();
    }
    expect(buildIn(commit(`Release web (#7)\n\n${trailers}`), KEY)).toEqual(BUILD);
  });

  test('is direct where it is on the base that it names', () => {
    const direct = { ...commit(withTrailers('Release web', TOLD)), parents: [BASE] };
    expect(isDirect(direct)).toBe(true);
    expect(isDirect({ ...direct, parents: ['4'.repeat(40)] })).toBe(false);
    expect(isDirect({ ...direct, parents: [] })).toBe(false);
    expect(isDirect({ ...direct, message: 'By hand\n' })).toBe(false);
    expect(isDirect({ ...direct, message: withTrailers('x', { ...TOLD, base: '' }) })).toBe(false);
  });
});

test.each([
  ['Merge pull request #12 from acme/web\n\nWeb', '12'],
  ['Release web (#12)\n', '12'],
  ['Merged in release/web (pull request #12)\n\nRelease web\n', '12'],
  ['Pull request #12: Release web\n\nMerge in OPS/manifests from release/web to main\n', '12'],
  ['Merge pull request #12 in OPS/manifests from release/web to main', '12'],
  ["Merge branch 'release/web' into 'main'\n\nRelease web\n\nSee merge request acme/ops/manifests!12\n", '12'],
  ['Release web\n\nSee merge request acme/ops/manifests#12\n', ''],
  ['Release web\n\nsee !12 and See merge request x!12 there\n', ''],
  ['Merged PR 12: Release web\n', '12'],
  ['Fix #12\n', ''],
  ['Revert "Merged PR 12: Release web"\n', ''],
])('the pull request of the merge %j', (message, number) => {
  expect(pullOf(message)).toBe(number);
});
