import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference } from '../../src/core/image-reference.ts';
import { ReleaseError } from '../../src/core/errors.ts';
import { formatReleasedImage, isCopy, readReleasedImages } from '../../src/inputs/images.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

/** Each image as `replaces=reference`, or the reference alone where it does not move. */
function read(input: string): string[] {
  return readReleasedImages(input).released.map(formatReleasedImage);
}

function failureOf(input: string): ReleaseError {
  try {
    read(input);
  } catch (error) {
    if (error instanceof ReleaseError) return error;
    throw error;
  }
  throw new Error(`read without an error: ${input}`);
}

describe('what a build step gives', () => {
  it.each<[string, string, string[]]>([
    ['one line', 'ghcr.io/acme/web:1.5.0', ['ghcr.io/acme/web:1.5.0']],
    ['a digest', `ghcr.io/acme/web@${A}`, [`ghcr.io/acme/web@${A}`]],
    ['tag and digest', `web:1.5.0@${A}\n`, [`web:1.5.0@${A}`]],
    ['lines, blanks, CRLF', '\r\n  web:1.5.0\r\n\r\n\tapi:2.0.0  \r\n', ['web:1.5.0', 'api:2.0.0']],
    ['commas', 'web:1.5.0, api:2.0.0,', ['web:1.5.0', 'api:2.0.0']],
    ['another name', 'old.example.com/web=ghcr.io/acme/web:1.5.0', ['old.example.com/web=ghcr.io/acme/web:1.5.0']],
    ['tags of docker/metadata-action', 'web:1.5.0\nweb:1.5\nweb:1\nweb:latest', ['web:1.5.0']],
    ['its json', '{"tags": ["web:latest", "web:1.5.0"], "labels": {}}', ['web:1.5.0']],
    [
      'metadata of docker/build-push-action',
      JSON.stringify({ 'containerimage.digest': A, 'image.name': 'web:1.5.0,web:latest' }),
      [`web:1.5.0@${A}`],
    ],
    [
      'metadata of docker/bake-action',
      JSON.stringify({
        'buildx.build.warnings': [],
        web: { 'image.name': 'web:1.5.0', 'containerimage.digest': A },
        api: { 'image.name': 'api:2.0.0, api:latest', 'containerimage.digest': B },
        cache: { 'buildx.build.ref': 'x' },
      }),
      [`web:1.5.0@${A}`, `api:2.0.0@${B}`],
    ],
  ])('%s', (_, input, images) => {
    expect(read(input)).toEqual(images);
  });

  it.each<[string, string]>([
    ['web:1.5 web:sha-9ecf2d3', 'web:sha-9ecf2d3'],
    ['web:main web:sha-9ecf2d3 web:latest', 'web:sha-9ecf2d3'],
    ['web:pr-12 web:sha-9ecf2d3', 'web:sha-9ecf2d3'],
    ['web:sha-9ecf2d3 web:v1.5.0-rc.1 web:latest', 'web:v1.5.0-rc.1'],
    ['web:edge-alpine web:sha-9ecf2d3-alpine', 'web:sha-9ecf2d3-alpine'],
    ['web:develop web:bookworm', 'web:bookworm'],
    ['web:bookworm web:main-42', 'web:main-42'],
    ['web:1.5 web:bookworm', 'web:bookworm'],
    ['web:latest web:42', 'web:42'],
    ['web:42', 'web:42'],
    ['web:1.10 web:latest', 'web:1.10'],
    ['web:v1 web:v1.5 web:v1.5.0', 'web:v1.5.0'],
    ['web:nightly web:nightly-20240102', 'web:nightly-20240102'],
    ['web:9ecf2d3 web:20240102', 'web:9ecf2d3'],
    [`web:latest@${A}`, `web:latest@${A}`],
    [`web:main web:main@${A}`, `web:main@${A}`],
    [`web:latest web@${A}`, `web@${A}`],
    [`web:1@${A} web:1.5@${A} web:latest@${A}`, `web:1@${A}`],
    ['web:latest web:6801028', 'web:6801028'],
    ['nginx:latest docker.io/library/nginx:1.27.1', 'docker.io/library/nginx:1.27.1'],
    ['nginx:1.27.1 docker.io/library/nginx:1.27.1', 'nginx:1.27.1'],
    ['web:1.5.0 web:1.5.0-alpine', 'web:1.5.0'],
    ['web:v1.5.0 web:1.5.0', 'web:v1.5.0'],
  ])('of %s it takes %s', (input, image) => {
    expect(read(input)).toEqual([image]);
  });

  it.each([
    ['feature/foo', 'web:feature-foo web:9ecf2d3', 'web:9ecf2d3'],
    ['feature/foo', 'web:feature-foo web:bookworm', 'web:bookworm'],
    ['release/1.5.0', 'web:release-1.5.0 web:sha-9ecf2d3', 'web:sha-9ecf2d3'],
  ])('built from %s: of %s it takes %s', (branch, input, image) => {
    expect(readReleasedImages(input, { branch }).released.map(({ reference }) => formatReference(reference))).toEqual([
      image,
    ]);
  });

  it.each<[tool: string, branch: string, input: string, image: string]>([
    ['docker/metadata-action on a branch', 'main', 'web:main web:sha-9ecf2d3', 'web:sha-9ecf2d3'],
    ['on another', 'feature/foo', 'web:feature-foo web:sha-9ecf2d3 web:edge', 'web:sha-9ecf2d3'],
    ['for a git tag', '', 'web:1.5.0 web:1.5 web:1 web:latest web:sha-9ecf2d3', 'web:1.5.0'],
    ['for a pull request', 'feature/foo', 'web:pr-12 web:sha-9ecf2d3', 'web:sha-9ecf2d3'],
    ['on a schedule', 'main', 'web:nightly web:20241126', 'web:20241126'],
    ['with a variant', 'main', 'web:latest-alpine web:1.5-alpine web:1.5.0-alpine', 'web:1.5.0-alpine'],
    ['with a prefix', 'main', 'web:agent-latest web:agent-main web:agent-sha-9ecf2d3', 'web:agent-sha-9ecf2d3'],
    ['its json', 'main', '{"tags":["web:main","web:sha-9ecf2d3"],"labels":{}}', 'web:sha-9ecf2d3'],
    ['build-push-action', 'main', `{"image.name":"web:main","containerimage.digest":"${A}"}`, `web:main@${A}`],
    ['bake', 'main', `{"w":{"image.name":"web:main,web:1.5.0","containerimage.digest":"${A}"}}`, `web:1.5.0@${A}`],
    ['ko', 'main', `ghcr.io/acme/web-1b2c@${A}`, `ghcr.io/acme/web-1b2c@${A}`],
    ['ko with tags', 'main', `web:latest@${A} web:main@${A}`, `web:latest@${A}`],
    ['jib', 'main', 'web:latest web:1.5.0', 'web:1.5.0'],
    ['GitLab', 'feature/foo', 'web:feature-foo web:9ecf2d3', 'web:9ecf2d3'],
    ['GitLab by pipeline', 'main', 'web:main web:1042', 'web:1042'],
    ['CircleCI', 'main', 'web:main web:0.1.42', 'web:0.1.42'],
    ['CircleCI by build', 'main', 'web:latest web:build-42', 'web:build-42'],
  ])('of what %s gives, on the branch %j: of %s it takes %s', (_, branch, input, image) => {
    expect(readReleasedImages(input, { branch }).released.map(formatReleasedImage)).toEqual([image]);
  });

  it('takes a tag that moves where it is deployed already', () => {
    expect(readReleasedImages('web:main', { mayMove: true }).released).toHaveLength(1);
  });

  it('notes which tags it left aside', () => {
    expect(readReleasedImages('web:latest web:1.5.0 web:1.5').notes).toEqual([
      'of the tags of web, 1.5.0 is released; left aside: latest, 1.5',
    ]);
    expect(readReleasedImages('web:1.5.0 api:1.5.0').notes).toEqual([]);
  });
});

describe('one build in two registries', () => {
  it.each<[string, string, boolean]>([
    ['docker.io/acme/web:1.5.0', 'ghcr.io/acme/web:1.5.0', true],
    ['acmeinc/web:1.5.0', 'ghcr.io/acme/web:1.5.0', true],
    ['web:1.5.0', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1.5.0', true],
    ['ghcr.io/acme/web:1.5.0', 'europe-docker.pkg.dev/acme/images/web:1.5.0', true],
    [`docker.io/acme/web:1.5.0@${A}`, `ghcr.io/acme/web:1.5.0@${A}`, true],
    [`docker.io/acme/web@${A}`, `ghcr.io/acme/web@${A}`, true],
    [`docker.io/acme/web:1.5.0@${A}`, `ghcr.io/acme/web:1.5.0@${B}`, false],
    [`docker.io/acme/web:1.5.0@${A}`, 'ghcr.io/acme/web:1.5.0', false],
    ['docker.io/acme/web:1.5.0', 'ghcr.io/acme/web:1.5.1', false],
    ['docker.io/acme/web:1.5.0', 'ghcr.io/acme/api:1.5.0', false],
    ['docker.io/acme/web:1.5.0', 'ghcr.io/acme/my-web:1.5.0', false],
    ['ghcr.io/acme/web:1.5.0', 'ghcr.io/acmeinc/web:1.5.0', false],
    ['docker.io/acme/web:1.5.0', 'old=ghcr.io/acme/web:1.5.0', false],
    ['old=docker.io/acme/web:1.5.0', 'ghcr.io/acme/web:1.5.0', false],
  ])('%s and %s: %s', (one, other, expected) => {
    const [a, b] = [one, other].map((text) => readReleasedImages(text).released[0]);
    expect(a && b && isCopy(a, b)).toBe(expected);
    expect(a && b && isCopy(b, a)).toBe(expected);
  });
});

describe('what it refuses', () => {
  it.each<[string, string, string]>([
    ['', 'INPUT_MISSING', 'Input "images" is empty.'],
    [' ,\n', 'INPUT_MISSING', 'Input "images" is empty.'],
    ['web', 'IMAGE_INVALID', '"web", which has neither a tag nor a digest'],
    ['=web:1', 'IMAGE_INVALID', '"=web:1", which names no repository'],
    ['old=web', 'IMAGE_INVALID', 'has neither a tag nor a digest'],
    ['old:1=web:2', 'IMAGE_INVALID', 'has a version before the "="'],
    ['Old=web:2', 'IMAGE_INVALID', 'uppercase'],
    ['ghcr.io/Acme/web:1', 'IMAGE_INVALID', 'uppercase'],
    ['web:${{ github.sha }}', 'IMAGE_INVALID', 'has a variable that was not replaced'],
    ['web:', 'IMAGE_INVALID', '"web:", which has no tag after the ":", as where a variable or an output is empty'],
    ['web:1.5.0@', 'IMAGE_INVALID', 'which has no digest after the "@"'],
    ['["web:1.5.0", "api:1"]', 'IMAGE_INVALID', 'begins with a character that no reference begins with'],
    ['Array', 'IMAGE_INVALID', 'is what an expression gives for a list'],
    ['web@sha256:abc', 'IMAGE_INVALID', 'has a digest that is not sha256:'],
    ['{', 'IMAGES_UNREADABLE', 'is not JSON'],
    ['{}', 'IMAGES_UNREADABLE', 'has neither "tags" nor a target'],
    ['{"tags": []}', 'IMAGES_UNREADABLE', 'has no "tags"'],
    ['{"tags": [1]}', 'IMAGE_INVALID', '"1"'],
    ['web:1.5.0 web:1.6.0', 'IMAGE_TWO_VERSIONS', '"1.5.0" and "1.6.0"'],
    [`web:latest@${B} web:1.5.0@${A}`, 'IMAGE_TWO_VERSIONS', '"1.5.0@sha256:a'],
    [`web:a@${A} web:b@${B}`, 'IMAGE_TWO_VERSIONS', A],
    ['web:latest', 'IMAGE_TAG_MOVES', 'web only "latest", which moves'],
    [
      'web:main web:latest',
      'IMAGE_TAG_MOVES',
      'web only "main" and "latest", which move: the next build would look unchanged',
    ],
    ['api:1.5.0 web:pr-12', 'IMAGE_TAG_MOVES', 'web only "pr-12"'],
    ['web:latest web:1 web:1.5', 'IMAGE_TAG_MOVES', '"latest" and "1" and "1.5", which move'],
    ['web:1.5.0-SNAPSHOT', 'IMAGE_TAG_MOVES', '"1.5.0-SNAPSHOT", which moves'],
    ['{"tags": ["web:edge"]}', 'IMAGE_TAG_MOVES', '"edge", which moves'],
    ['{"image.name": "web:main"}', 'IMAGE_TAG_MOVES', '"main", which moves'],
    ['web:feature/foo-1', 'IMAGE_INVALID', 'has a tag with a slash; write feature-foo-1'],
    ['localhost:5000/Acme/web:1', 'IMAGE_INVALID', 'uppercase'],
    ['web:refs/tags/v1.4.2', 'IMAGE_INVALID', 'has a tag with a slash; write v1.4.2'],
    ['localhost:5000/acme/web:a/b', 'IMAGE_INVALID', 'has a tag with a slash; write a-b'],
    ['old=web:1.5.0 web:1.5.0', 'IMAGE_TWO_VERSIONS', 'web'],
    ['old=web:1.5.0 old=api:1.5.0', 'IMAGE_TWO_VERSIONS', 'gives old two versions: "web:1.5.0" and "api:1.5.0"'],
    ['old=web:1.5.0 web=api:2.0.0', 'IMAGE_TWO_VERSIONS', 'gives web two versions'],
    ['old=web:1.5.0 old:1.6.0', 'IMAGE_TWO_VERSIONS', 'gives old two versions'],
  ])('%s', (input, code, message) => {
    const error = failureOf(input);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it('throws nothing but ReleaseError, whatever the input', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.stringMatching(/^[a-z:=@,{}"\s.]{0,30}$/));
    fc.assert(
      fc.property(text, (input) => {
        const outcome = (() => {
          try {
            return read(input).length > 0;
          } catch (error) {
            return error instanceof ReleaseError;
          }
        })();
        expect(outcome).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
