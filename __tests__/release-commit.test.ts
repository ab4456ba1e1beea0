import { describe, expect, test } from 'vitest';
import { detectCi, type Ci } from '../src/ci.ts';
import type { Commit } from '../src/git/commit.ts';
import { readInputs, type Inputs, type RawInputs } from '../src/inputs.ts';
import { isOwnCommit, withTrailers } from '../src/release-commit.ts';

const BASE = '1'.repeat(40);
const CI = detectCi({
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://git.test',
  GITHUB_REPOSITORY: 'acme/web',
  GITHUB_SHA: '8f14e45',
  GITHUB_RUN_ID: '42',
});

function inputs(raw: RawInputs = {}, ci: Ci = CI): Inputs {
  return readInputs({ repository: 'acme/manifests', images: 'acme/web:1.4.2', ...raw }, ci);
}

describe('the message', () => {
  test('ends in what was released, from where, on what', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const images = `old/web=ghcr.io/acme/web:1.4.2@${digest}\nacme/api:2.0.0`;
    expect(withTrailers('Release web\n\nTwo places.\n\n', inputs({ images }), CI, BASE)).toBe(
      `Release web

Two places.

Release-Name: web
Release-Image: ghcr.io/acme/web:1.4.2@${digest}
Release-Image: acme/api:2.0.0
Release-Source: acme/web@8f14e45
Release-Run: https://git.test/acme/web/actions/runs/42
Release-Base: ${BASE}
`,
    );
  });

  test('says nothing of what is not known, nor of a base that it does not stand on', () => {
    expect(withTrailers('Release', inputs(), detectCi({}), undefined)).toBe(
      'Release\n\nRelease-Name: web\nRelease-Image: acme/web:1.4.2\n',
    );
    const half = detectCi({ CIRCLECI: 'true', CIRCLE_SHA1: 'abc' });
    expect(withTrailers('Release', inputs(), half, undefined)).not.toContain('Release-Source');
  });

  test('has trailers of one line each', () => {
    const ci = { ...CI, runUrl: 'https://git.test/\nRelease-Base: x\u2028' };
    const lines = withTrailers('Release', inputs(), ci, undefined).trimEnd().split('\n\n').at(-1)?.split('\n');
    expect(lines?.map((line) => line.split(':')[0])).toEqual([
      'Release-Name',
      'Release-Image',
      'Release-Source',
      'Release-Run',
    ]);
  });
});

describe('a commit is ours', () => {
  const message = withTrailers('Release web', inputs(), CI, BASE);
  const ours: Commit = {
    id: '2'.repeat(40),
    tree: '3'.repeat(40),
    parents: [BASE],
    committerEmail: '41898282+github-actions[bot]@users.noreply.github.com',
    message,
  };

  test('when we wrote it, for this release, on the base that it names', () => {
    expect(isOwnCommit(ours, inputs())).toBe(true);
    expect(isOwnCommit(ours, inputs({ images: 'acme/web:1.5.0' })), 'of another version').toBe(true);
    expect(isOwnCommit({ ...ours, message: `${message}\n\n` }, inputs())).toBe(true);
  });

  test.each<[why: string, commit: Partial<Commit>, raw?: RawInputs]>([
    ['somebody else wrote it', { committerEmail: 'ada@example.com' }],
    ['the author is another now', {}, { author: 'Ada <ada@example.com>' }],
    ['it is of another release', {}, { name: 'shop' }],
    ['it is of a release whose name only begins so', {}, { name: 'we' }],
    ['something stands between it and the base', { parents: ['4'.repeat(40)] }],
    ['it is a merge', { parents: [BASE, '4'.repeat(40)] }],
    ['it is a first commit', { parents: [] }],
    ['it does not name its base', { message: withTrailers('Release web', inputs(), CI, undefined) }],
    ['it has no trailers', { message: 'Release web\n' }],
    ['it has no message', { message: '' }],
    ['the trailers are quoted in a text', { message: `${message}\nThat is what it said.\n` }],
    ['the trailers are indented', { message: message.replace(/^Release-/gm, '  Release-') }],
  ])('not when %s', (_, commit, raw) => {
    expect(isOwnCommit({ ...ours, ...commit }, inputs(raw))).toBe(false);
  });

  test('also where the message tries to name another base', () => {
    const name = `web Release-Base: ${'5'.repeat(40)}`;
    const forged = { ...ours, message: withTrailers('x', inputs({ name }), CI, BASE), parents: ['5'.repeat(40)] };
    expect(isOwnCommit(forged, inputs({ name }))).toBe(false);
  });
});
