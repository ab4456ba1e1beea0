/** What the facts about released images decide: digests, the source, what stops a release, and the texts. */
import { describe, expect, test } from 'vitest';
import { parseReference } from '../../src/core/image-reference.ts';
import { ReleaseError } from '../../src/core/errors.ts';
import type { Checks } from '../../src/inputs/checks.ts';
import type { ImageSource } from '../../src/inputs/ci.ts';
import type { CheckedImage } from '../../src/release/check-images.ts';
import { pinned, refuseUnproved, shownFacts, sourceOfImages, whyUnchecked } from '../../src/release/checked-images.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const CHECKS: Checks = { registry: 'check', pin: 'keep', platforms: [], trustedRoot: '' };
const SIGNER = { kind: 'workflow', repository: 'acme/web' } as const;
const REVISION = 'c9f0f895fb98ab9159f51fd0297e236d88f4e2b1';

const FACTS = {
  digest: DIGEST,
  mediaType: '',
  platforms: ['linux/amd64', 'linux/arm64/v8'],
  created: '',
  source: 'https://github.com/acme/web',
  revision: REVISION,
  version: '',
};

function check(text: string, more: Partial<CheckedImage> = {}): CheckedImage {
  const reference = parseReference(text) ?? expect.fail(`${text} is no reference`);
  return { reference, replaces: reference.name, inspection: { kind: 'found', facts: FACTS }, ...more };
}
const UNREADABLE = { kind: 'unreadable', reason: 'ghcr.io answered 401 to a request without a login' } as const;

describe('pinned', () => {
  const image = { reference: { name: 'ghcr.io/acme/web', tag: '1.4.2' }, replaces: 'ghcr.io/acme/web' };
  test.each<[pin: Checks['pin'], expected: object]>([
    ['keep', { ...image, digest: DIGEST }],
    ['always', { ...image, reference: { ...image.reference, digest: DIGEST } }],
    ['never', image],
  ])('with %s', (pin, expected) => {
    expect(pinned([image], [check('ghcr.io/acme/web:1.4.2')], pin)).toEqual([expected]);
    expect(pinned([image], [check('ghcr.io/acme/web:1.4.2', { inspection: UNREADABLE })], pin)).toEqual([image]);
  });

  test('takes no other digest than the one that was given', () => {
    const given = { ...image, reference: { ...image.reference, digest: `sha256:${'b'.repeat(64)}` } };
    expect(pinned([given], [check('ghcr.io/acme/web:1.4.2')], 'always')).toEqual([given]);
  });
});

describe('refuseUnproved', () => {
  const codeOf = (checked: CheckedImage, checks: Partial<Checks> = {}): string | undefined => {
    try {
      refuseUnproved([checked], { ...CHECKS, ...checks }, []);
      return undefined;
    } catch (error) {
      return error instanceof ReleaseError ? error.code : expect.fail(String(error));
    }
  };
  const WEB = 'ghcr.io/acme/web:1.4.2';
  test.each<[code: string | undefined, checked: CheckedImage, checks?: Partial<Checks>]>([
    [undefined, check(WEB)],
    [undefined, check(WEB), { registry: 'require', platforms: ['linux/arm64', 'linux/arm64/v8'] }],
    ['PLATFORM_ABSENT', check(WEB), { platforms: ['linux/arm'] }],
    ['PLATFORM_ABSENT', check(WEB), { platforms: ['linux/amd64/v2'] }],
    ['IMAGE_ABSENT', check(WEB, { inspection: { kind: 'absent' } })],
    ['DIGEST_MISMATCH', check(WEB, { inspection: { kind: 'mismatch', digest: DIGEST } })],
    [undefined, check(WEB, { inspection: UNREADABLE })],
    ['REGISTRY_UNREADABLE', check(WEB, { inspection: UNREADABLE }), { registry: 'require' }],
    ['REGISTRY_UNREADABLE', check(WEB, { inspection: UNREADABLE }), { platforms: ['linux/amd64'] }],
    ['REGISTRY_UNREADABLE', check(WEB, { inspection: UNREADABLE }), { signer: SIGNER }],
    ['REGISTRY_UNREADABLE', check(WEB, { inspection: UNREADABLE }), { pin: 'always' }],
    [undefined, check(`${WEB}@${DIGEST}`, { inspection: UNREADABLE }), { pin: 'always' }],
    ['IMAGE_UNSIGNED', check(WEB, { verdict: { kind: 'unsigned' } }), { signer: SIGNER }],
    ['SIGNER_WRONG', check(WEB, { verdict: { kind: 'refused', reasons: ['x'] } }), { signer: SIGNER }],
    [undefined, check(WEB, { verdict: { kind: 'verified', by: 'x' } }), { signer: SIGNER }],
  ])('%s', (code, checked, checks) => {
    expect(codeOf(checked, checks)).toBe(code);
  });

  test('an image that no manifest has does not matter', () => {
    const absent = check(WEB, { inspection: { kind: 'absent' } });
    const { reference, replaces } = absent;
    expect(() => refuseUnproved([absent], CHECKS, [{ reference, replaces }])).not.toThrow();
  });
});

describe('sourceOfImages', () => {
  const source = (repository: string, commit = 'f'.repeat(40)): ImageSource => ({
    repository,
    commit,
    url: '',
    time: '2026-11-20T10:00:00Z',
    ref: 'v1',
    build: 'ci#7',
  });
  const place = { server: 'https://github.com', kind: 'github' as const, manifests: 'acme/manifests' };
  const labelled = (facts: Partial<typeof FACTS>, name = 'ghcr.io/acme/web:1.4.2') =>
    check(name, { inspection: { kind: 'found', facts: { ...FACTS, ...facts } } });
  const OF_LABELS = {
    repository: 'acme/web',
    commit: REVISION,
    url: `https://github.com/acme/web/commit/${REVISION}`,
    time: '',
    ref: '',
    build: '',
  };

  test.each<[what: string, own: string]>([
    ['nothing is known of the source', ''],
    ['the run is of the manifest repository', 'Acme/manifests'],
    ['the image is of another commit', 'acme/web'],
  ])('has the labels where %s', (_, own) => {
    expect(sourceOfImages([labelled({})], { source: source(own), ...place })).toEqual(OF_LABELS);
  });

  test('of another team, by the owner of the image', () => {
    const theirs = { source: 'https://github.com/billing/api.git' };
    const found = sourceOfImages([labelled(theirs, 'ghcr.io/billing/api:2')], { source: source(''), ...place });
    expect(found.repository).toBe('billing/api');
  });

  test.each<[what: string, own: ImageSource, facts: Partial<typeof FACTS>]>([
    ['of the same commit', source('acme/web', REVISION), {}],
    ['of the base image of a build', source('acme/api'), {}],
    ['of the base image of another owner', source(''), { source: 'https://github.com/nodejs/docker-node' }],
    ['of another server', source(''), { source: 'https://gitlab.com/acme/web' }],
    ['without a commit', source(''), { revision: 'v1.4.2' }],
    ['of no repository', source(''), { source: 'https://github.com/acme' }],
  ])('has the run’s own where the labels are %s', (_, own, facts) => {
    expect(sourceOfImages([labelled(facts)], { source: own, ...place })).toBe(own);
  });

  test('has the run’s own where nothing was found', () => {
    const own = source('');
    expect(sourceOfImages([check('web:1', { inspection: UNREADABLE })], { source: own, ...place })).toBe(own);
    expect(sourceOfImages([], { source: own, ...place })).toBe(own);
  });
});

test('the texts for a person', () => {
  expect(shownFacts(check('web:1'))).toBe('sha256:aaaaaaaaaaaa, linux/amd64 linux/arm64/v8');
  expect(shownFacts(undefined)).toBe('not checked');
  const two = ['web:1', 'api:1'].map((name) => check(name, { inspection: UNREADABLE }));
  expect(whyUnchecked(two)).toEqual([UNREADABLE.reason]);
});
