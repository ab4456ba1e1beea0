import { describe, expect, it } from 'vitest';
import { readReleasedImages } from '../../../src/inputs/images.ts';
import { otherReferences } from '../../../src/manifests/text/other-versions.ts';
import { TextSearch } from '../../../src/manifests/text/text-references.ts';

/** `name version` of what a text has of the images, in another version than the release. */
function found(
  text: string,
  images = 'ghcr.io/acme/web:1.5.0 redis:7.2.1',
  path = 'run.txt',
  isBroken = false,
): string[] {
  const search = new TextSearch(readReleasedImages(images).released);
  return otherReferences(path, text, search, isBroken).map(
    ({ name, version: { tag = '', digest } }) => `${name} ${tag}${digest === undefined ? '' : '@'}`,
  );
}

const HEX = 'a'.repeat(64);

describe('a reference', () => {
  it.each([
    ['image: ghcr.io/acme/web:1.4.0', 'ghcr.io/acme/web 1.4.0'],
    ['image:ghcr.io/acme/web:1.4.0', 'ghcr.io/acme/web 1.4.0'],
    ['GHCR.IO/acme/web:1.4.0.', 'GHCR.IO/acme/web 1.4.0'],
    ['docker://ghcr.io/acme/web:1.4.0', 'ghcr.io/acme/web 1.4.0'],
    ['"ghcr.io\\/acme\\/web:1.4.0\\n"', 'ghcr.io/acme/web 1.4.0'],
    ['${IMAGE:-ghcr.io/acme/web:1.4.0}', 'ghcr.io/acme/web 1.4.0'],
    ['--ghcr.io/acme/web:1.4.0', 'ghcr.io/acme/web 1.4.0'],
    ['[ghcr.io/acme/web:latest]', 'ghcr.io/acme/web latest'],
    [`<b>ghcr.io/acme/web:1.4.0@sha256:${HEX}</b>`, 'ghcr.io/acme/web 1.4.0@'],
    [`ghcr.io/acme/web@sha256:${HEX}`, 'ghcr.io/acme/web @'],
    [`ghcr.io/acme/web:1.4.0@sha256:${HEX.slice(1)}`, 'ghcr.io/acme/web 1.4.0'],
    ['ghcr.io/acme/web:1.4.0-${SUFFIX}', 'ghcr.io/acme/web 1.4.0'],
    ['${REGISTRY}/acme/web:1.4.0', 'acme/web 1.4.0'],
    ['$REGISTRY/acme/web:1.4.0', 'acme/web 1.4.0'],
    ['"$(REGISTRY)"/acme/web:1.4.0', 'acme/web 1.4.0'],
    ['{{ .registry }}/acme/web:1.4.0', 'acme/web 1.4.0'],
    ['{{ .registry }}acme/web:1.4.0', 'acme/web 1.4.0'],
    ['%REGISTRY%/acme/web:1.4.0', 'acme/web 1.4.0'],
    ['<registry>/acme/web:1.4.0', 'acme/web 1.4.0'],
    ['"#{registry}#/acme/web:1.4.0"', 'acme/web 1.4.0'],
    ['[[ .registry ]]/acme/web:1.4.0', 'acme/web 1.4.0'],
    ['@registry@/acme/web:1.4.0', 'acme/web 1.4.0'],
    ['__REGISTRY__/acme/web:1.4.0', 'acme/web 1.4.0'],
    ['REGISTRY/acme/web:1.4.0', 'acme/web 1.4.0'],
    ['docker pull redis:7', 'redis 7'],
    ['docker.io/library/redis:7.0-alpine', 'docker.io/library/redis 7.0-alpine'],
    ['index.docker.io/library/redis:7.0', 'index.docker.io/library/redis 7.0'],
    ['{{ .r }}/library/redis:7.0', 'library/redis 7.0'],
    ['image: redis:alpine', 'redis alpine'],
    ['FROM redis:6379', 'redis 6379'],
  ])('in %s', (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each([
    'ghcr.io/acme/web:1.5.0',
    `ghcr.io/acme/web:1.5.0@sha256:${HEX}`,
    'ghcr.io/acme/web',
    'ghcr.io/acme/web:$TAG',
    'ghcr.io/acme/web:${TAG}',
    'ghcr.io/acme/web:{{ .tag }}',
    'ghcr.io/acme/web:',
    `ghcr.io/acme/web@sha256:${HEX.slice(1)}`,
    'ghcr.io/acme/web-admin:1.4.0',
    'ghcr.io/acme/web/admin:1.4.0',
    'ghcr.io/acme/web_2:1.4.0',
    'other.example/acme/web:1.4.0',
    'other.example/ghcr.io/acme/web:1.4.0',
    'acme/web:1.4.0',
    '/acme/web:1.4.0',
    'my-ghcr.io/acme/web:1.4.0',
    '${R}/my-acme/web:1.4.0',
    'ghcr.io/acme/web:1.4.0/x',
    'https://ghcr.io/acme/web:1.4.0',
    'git@ghcr.io/acme/web:1.4.0',
    'ssh://git@ghcr.io/acme/web:1.4.0',
    '${R}/mirror/acme/web:1.4.0',
    'redis:6379',
    'redis://redis:6379/0',
    'redis:alpine',
    'ghcr.io/redis:7.0',
    'bitnami/redis:7.0',
    '$PWD/redis:ro',
  ])('not in %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('of the repository that a release moves away from, whatever its version', () => {
    expect(found('old.example/web:1.5.0 ghcr.io/acme/web:1.5.0', 'old.example/web=ghcr.io/acme/web:1.5.0')).toEqual([
      'old.example/web 1.5.0',
    ]);
  });
});

describe('a name and a version in two keys', () => {
  it.each([
    'repository: ghcr.io/acme/web\ntag: 1.4.0',
    'tag: 1.4.0\nrepository: ghcr.io/acme/web',
    '- tag: "1.4.0" \n  pull: Always\n  repository: "ghcr.io/acme/web"\n- tag: 1.5',
    'a:\n  image: ghcr.io/acme/web\n  env:\n    x: 1\n  imageTag: 1.4.0\nb:\n  imageTag: 1.3.0',
    'registry: ghcr.io\nrepository: acme/web\ntag: 1.4.0',
    'image: {registry: ghcr.io, repository: acme/web, tag: 1.4.0}',
    'registry: ghcr.io\nrepository: acme\nimage: web\ntag: 1.4.0',
    'hub: ghcr.io/acme\nimage: web\ntag: 1.4.0',
    'registry: ghcr.io/\nrepository: acme/web\ntag: 1.4.0',
    'registry: ghcr.io\nrepository: /acme/web\ntag: 1.4.0',
    '{"repository": "ghcr.io/acme/web", "tag": "1.4.0"}',
    'image_name = "ghcr.io/acme/web"\nimage_tag  = "1.4.0"',
    'WEB_IMAGE=ghcr.io/acme/web\nWEB_TAG=1.4.0',
    'export IMAGE=ghcr.io/acme/web\nexport API_TAG=2\nexport TAG=1.4.0',
    'ARG WEB=ghcr.io/acme/web\nARG WEB_TAG=1.4.0',
    'webImage: ghcr.io/acme/web\napiTag: 1.4.0\nwebTag: 1.4.0',
    'name: ghcr.io/acme/web\nnewTag: 1.4.0',
    'name: ghcr.io/acme/web\nversion: 1.4.0',
    'url: ghcr.io/acme/web\ntag: 1.4.0',
    'baseImage: ghcr.io/acme/web\nversion: v2\ntag: 1.4.0',
    'containerImage: {uri: ghcr.io/acme/web, tag: 1.4.0}',
    'containerRegistry: ghcr.io/acme\nimageName: web\nimageTag: 1.4.0',
    '{registry: ghcr.io/acme, name: web, tag: 1.4.0}',
    'repository: ghcr.io/acme/web\n\n# the tag\ntag: 1.4.0',
    "const image = 'ghcr.io/acme/web';\nconst tag = '1.4.0';",
    'pull(name = "x", image = "ghcr.io/acme/web", tag = "1.4.0")',
    'helm upgrade x --set image.repository=ghcr.io/acme/web --set-string image.tag=1.4.0',
    'helm upgrade x --set a.image.repository=ghcr.io/acme/web,a.image.tag=1.4.0,b.image.tag=1.3.0',
    'helm upgrade x \\\n  --set image.repository=ghcr.io/acme/web \\\n  --set image.tag=1.4.0\nhelm --set image.tag=1.3.0',
    'helm upgrade x \\\r\n  --set image.repository=ghcr.io/acme/web \\\r\n  --set image.tag=1.4.0\r\n',
    '{"values": "image:\\n  repository: ghcr.io/acme/web\\n  tag: 1.4.0\\n"}',
    '{"values": "{\\"repository\\": \\"ghcr.io/acme/web\\", \\"tag\\": \\"1.4.0\\"}"}',
    'images: {web: ghcr.io/acme/web}\ntags: {api: 1.3.0, web: 1.4.0}',
    'images:\n  web: ghcr.io/acme/web\nversions:\n  api: 1.3.0\n  web: 1.4.0\nother:\n  web: 1.2.0',
    "{ versions+:: { web: '1.4.0' }, repos+:: {\n  web: 'ghcr.io/acme/web',\n} }",
    "values: 'image:\n\n  repository: ghcr.io/acme/web\n\n  tag: 1.4.0\n\n  '",
  ])('%j', (text) => {
    expect(found(text, 'ghcr.io/acme/web:1.5.0')).toEqual([expect.stringMatching(/acme\/web 1\.4\.0$/)]);
  });

  it.each([
    'repository: ghcr.io/acme/web\ntag: 1.5.0',
    'repository: ghcr.io/acme/web\ntag: ""',
    'repository: ghcr.io/acme/web\ntag: {{ .tag }}',
    'repository: ghcr.io/acme/web\nother:\n  tag: 1.4.0',
    'a:\n  repository: ghcr.io/acme/web\nb:\n  tag: 1.4.0',
    '- repository: ghcr.io/acme/web\n- tag: 1.4.0',
    'repository: ghcr.io/acme/web\napiVersion: 1.4.0',
    'name: redis\ntag: 1.4.0',
    'name: ghcr.io/acme/web\nnewName: other/web\nnewTag: 1.4.0',
    'repository: acme/web\ntag: 1.4.0',
    'repository: ghcr.io/acme/web\ntag: web',
    'a: {repository: ghcr.io/acme/web}, b: {tag: 1.4.0}',
    'image: ghcr.io/acme/api\nsidecarImage: ghcr.io/acme/web\ntag: 1.4.0',
    'webImage: ghcr.io/acme/web\nwebTag: 1.5.0\ntag: 1.4.0',
    'url: ghcr.io/acme/web\nversion: 1.4.0',
    'containerRegistry: quay.io/acme\nimageName: web\nimageTag: 1.4.0',
    'repository: https://charts.example/acme\nname: web\nversion: 1.4.0',
    'images: {web: ghcr.io/acme/web}\ntags: {api: 1.4.0}\nports: {web: 1.4.0}',
  ])('not in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('of any indentation where the text is broken', () => {
    expect(found('- name: ghcr.io/acme/web\n   newTag: 1.4.0', undefined, 'a.yaml', true)).toEqual([
      'ghcr.io/acme/web 1.4.0',
    ]);
    expect(found('- name: ghcr.io/acme/web\n   newTag: 1.4.0', undefined, 'a.yaml')).toEqual([]);
  });
});

describe('a name with a variable, and the value of that', () => {
  it.each([
    'WEB_TAG=1.4.0\ndocker run ghcr.io/acme/web:$WEB_TAG\ndocker push ghcr.io/acme/web:${WEB_TAG}',
    'TAG ?= 1.4.0\nIMAGE := ghcr.io/acme/web:$(TAG)',
    'ARG TAG=1.4.0\nFROM ghcr.io/acme/web:${TAG:?}',
    'web_version: 1.4.0\nweb_image: "ghcr.io/acme/web:{{ web_version }}"',
    'env:\n  TAG: "1.4.0"\nimage: ghcr.io/acme/web:${{ env.TAG }}',
    'locals {\n  tag = "1.4.0"\n  image = "ghcr.io/acme/web:${local.tag}"\n}',
    '- {name: OTHER, value: 1.3.0}\n- {name: TAG, value: 1.4.0}\n- {name: IMAGE, value: "ghcr.io/acme/web:$(TAG)"}',
    'params:\n  - name: tag\n    type: string\n    default: 1.4.0\nimage: ghcr.io/acme/web:$(params.tag)',
    'TAG=1.4.0\ndocker run ghcr.io/acme/web:${TAG:-1.5.0}',
    ': ${TAG:=1.4.0}\ndocker run ghcr.io/acme/web:$TAG',
    '{{- $tag := "1.4.0" }}\nimage: ghcr.io/acme/web:{{ $tag }}',
    "local tag = '1.4.0';\n{ image: 'ghcr.io/acme/web:' + tag }",
    'tag = "1.4.0"\nimage = "ghcr.io/acme/web:%s" % tag',
    'tag := `1.4.0`\nimage := fmt.Sprintf("ghcr.io/acme/web:%s", tag)',
    'TAG = "1.4.0"\nimage = f"ghcr.io/acme/web:{TAG}"',
    '_tag: "1.4.0"\nimage: "ghcr.io/acme/web:\\(_tag)"',
    'TAG=1.4.0\ndocker run ${IMAGE:-ghcr.io/acme/web}:$TAG',
    'variable "TAG" { default = "1.4.0" }\ntarget "web" { tags = ["ghcr.io/acme/web:${TAG}"] }',
    'variable "tag" {\n  type    = string\n  default = "1.4.0"\n}\nimage = "ghcr.io/acme/web:${var.tag}"',
    'Parameters:\n  Tag:\n    Type: String\n    Default: 1.4.0\nImage: !Sub "ghcr.io/acme/web:${Tag}"',
    '{"variable": {"TAG": {"default": "1.4.0"}}, "tags": ["ghcr.io/acme/web:${TAG}"]}',
    'variables:\r\n  TAG:\r\n    value: "1.4.0"\r\nimage: ghcr.io/acme/web:$TAG',
    'parameters:\n  - name: tag\n    default: 1.4.0\nrun: docker run ghcr.io/acme/web:${{ parameters.tag }}',
    'parameters: [{name: v, value: 1.4.0}]\nimage: ghcr.io/acme/web:{{inputs.parameters.v}}',
    'tag: {type: string, default: "1.4.0"}\nimage: ghcr.io/acme/web:<< pipeline.parameters.tag >>',
  ])('%j', (text) => {
    expect(found(text)).toEqual(['ghcr.io/acme/web 1.4.0']);
  });

  it('a digest, and what a tag has in front of the variable', () => {
    expect(found(`{{ $digest := "sha256:${HEX}" }}\nimage: ghcr.io/acme/web@{{ $digest }}`)).toEqual([
      'ghcr.io/acme/web @',
    ]);
    expect(found('VERSION=1.4.0\ndocker run ghcr.io/acme/web:v${VERSION}')).toEqual(['ghcr.io/acme/web v1.4.0']);
    expect(found('VERSION=1.5.0\ndocker run ghcr.io/acme/web:v$VERSION', 'ghcr.io/acme/web:v1.5.0')).toEqual([]);
  });

  it.each([
    'docker run ghcr.io/acme/web:v${VERSION} ghcr.io/acme/web:v{{ .version }}',
    'TAG=1.5.0\ndocker run ghcr.io/acme/web:$TAG',
    'TAG=$1\ndocker run ghcr.io/acme/web:$TAG',
    'TAG=latest-$1\ndocker run ghcr.io/acme/web:$TAG',
    'A_TAG=1.4.0\nTAG_B=1.4.0\ndocker run ghcr.io/acme/web:$TAG',
    'TAG=1.4.0\ndocker run ghcr.io/acme/api:$TAG',
    'TAG:\n  other:\n    default: 1.4.0\nimage: ghcr.io/acme/web:$TAG',
    'variable "TAG" {}\nvariable "OTHER" { default = "1.4.0" }\nimage = "ghcr.io/acme/web:${TAG}"',
    'tag: 1.4.0\nimage: ghcr.io/acme/web:{{ .tag }}',
    '- {name: TAG}\n- {name: OTHER, value: 1.3.0}\n- {name: IMAGE, value: "ghcr.io/acme/web:$(TAG)"}',
  ])('not in %j', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('comments', () => {
  const [A, B] = ['ghcr.io/acme/web:1.4.0', 'ghcr.io/acme/web:1.3.0'];
  it.each([
    ['a.yaml', `# ${B}\nimage: ${A} # ${B}\n  # ${B}\ncolor: "#1 ${A}"`, 2],
    ['run.sh', `echo "x # ${A}" # ${B}`, 1],
    ['run.sh.tpl', `# ${B}\n${A}\n{{/* ${B}\n${B} */}}`, 1],
    ['app.yaml.j2', `{# ${B} #}${A}`, 1],
    ['main.tf', `// ${B}\n/* ${B}\n${B} */\nx = "${A}" # ${B}`, 1],
    ['main.go', `// ${B}\nx := "${A}" // ${B}\ny := "docker://${A}"`, 2],
    ['lib.libsonnet', `// ${B}\n# ${B}\n/* ${B} */\n{ x: '${A}' } // ${B}`, 1],
    ['main.jsonnet', `// ${B}\nlocal x = '${A}';`, 1],
    ['seed.sql', `-- ${B}\nSELECT '${A}'; -- ${B}`, 1],
    ['README.md', `# ${A}\n<!-- ${B}\n${B} -->\n${A}`, 2],
    ['app.ini', `; ${B}\n# ${B}\nx = ${A}`, 1],
    ['run.bat', `rem ${B}\n:: ${B}\nset X=${A}`, 1],
    ['notes', `// ${A}\n-- ${A}\n# ${B}`, 2],
  ])('of %s', (path, text, live) => {
    expect(found(text, undefined, path)).toEqual(Array.from({ length: live }, () => 'ghcr.io/acme/web 1.4.0'));
  });
});

it.each([
  ['ghcr.io/acme/web:1.5.0- ghcr.io/acme/web:1.5.0-', []],
  ['ghcr.io/acme/web:1.5.0', ['ghcr.io/acme/web 1.5.0']],
  ['ghcr.io/acme/web:1.4.', ['ghcr.io/acme/web 1.4']],
])('a released tag that ends with a dash, in %j', (text, expected) => {
  expect(found(text, 'ghcr.io/acme/web:1.5.0-')).toEqual(expected);
});

it('a registry with a port', () => {
  const images = 'registry.example:5000/web:1.5.0';
  expect(found('x=registry.example:5000/web:1.4.0', images)).toEqual(['registry.example:5000/web 1.4.0']);
  expect(found('registry.example:5001/web:1.4.0 web:1.4.0 5000/web:1.4.0', images)).toEqual([]);
});

it.each([
  ['image: ghcr.io/acme/web:${TAG:-1.4.0}', ['ghcr.io/acme/web 1.4.0']],
  ['image: "${R:-ghcr.io}/acme/web:${TAG-1.4.0}"', ['ghcr.io/acme/web 1.4.0']],
  ['image: ghcr.io/acme/web:{{ .Values.tag | default "1.4.0" }}', ['ghcr.io/acme/web 1.4.0']],
  ['image: ghcr.io/acme/web:v${VERSION:=1.4.0}', ['ghcr.io/acme/web v1.4.0']],
  ['image: ghcr.io/acme/web:${VERSION:-1.4.0}-alpine, ${VERSION:-1.4.0}.', ['ghcr.io/acme/web 1.4.0-alpine']],
  ['image: "ghcr.io/acme/web:v{{ .version | default "1.4.0" }}-alpine"', ['ghcr.io/acme/web v1.4.0-alpine']],
  ['image: ghcr.io/acme/web:v${VERSION:-1.5.0}', ['ghcr.io/acme/web v1.5.0']],
  ['image: "${R:-ghcr.io/acme}/web:${TAG-1.4.0}"', ['ghcr.io/acme/web 1.4.0']],
  ['image: ${R:-ghcr.io}/${ORG:-acme}/web:1.4.0', ['ghcr.io/acme/web 1.4.0']],
  ['image: ${R:-quay.io/acme}/web:1.4.0', []],
  ['image: ${IMAGE:-ghcr.io/acme/web}:1.4.0', ['ghcr.io/acme/web 1.4.0']],
  ['image: ${IMAGE:-ghcr.io/acme/web}:${TAG:-1.4.0}', ['ghcr.io/acme/web 1.4.0']],
  ['image: {{ .r | default "ghcr.io/acme/web" }}:{{ .t | default "1.4.0" }}', ['ghcr.io/acme/web 1.4.0']],
  ['image: {{ default "ghcr.io/acme/web" .r }}:{{ default "1.4.0" .t }}', ['ghcr.io/acme/web 1.4.0']],
  [
    '{"run": "docker pull \\\nghcr.io/acme/web:1.4.0\\nghcr.io/acme/web:1.3.0"}',
    ['ghcr.io/acme/web 1.4.0', 'ghcr.io/acme/web 1.3.0'],
  ],
  ['{"run": "docker pull\\tredis:7.0"}', ['redis 7.0']],
  ['image: ghcr.io/acme/web:{{ .Values.tag }}', []],
  ['image: ghcr.io/acme/web:${TAG}', []],
  ['ghcr.io/acme/web: 1.4.0 # by CI', ['ghcr.io/acme/web 1.4.0']],
  ['{"ghcr.io/acme/web": "1.4.0"}', ['ghcr.io/acme/web 1.4.0']],
  ['{"ghcr.io/acme/web":"1.4.0","n":1}', ['ghcr.io/acme/web 1.4.0']],
  ['{{ $image := print "ghcr.io/acme/web:" "1.4.0" }}', ['ghcr.io/acme/web 1.4.0']],
  ['{{ $image := printf "%s:%s" "ghcr.io/acme/web" "1.4.0" }}', ['ghcr.io/acme/web 1.4.0']],
  ["image = 'ghcr.io/acme/web:' + '1.4.0'", ['ghcr.io/acme/web 1.4.0']],
  ['["ghcr.io/acme/web", "1.4.0"] "ghcr.io/acme/web" "1.4.0 had a leak"', []],
  ['ghcr.io/acme/web: {tag: 1.4.0}', []],
  ['ghcr.io/acme/web: a sentence', []],
])('a default, a name as a key, and texts that are put together: %s', (text, expected) => {
  expect(found(text)).toEqual(expected);
});

it('long lines are read once', () => {
  const line = '"ghcr.io/acme/web:1.4.0","repository":"ghcr.io/acme/web",'.repeat(4000);
  const text = `${'-'.repeat(100_000)}x\n${'a'.repeat(100_000)}/\n${line}`;
  expect(found(text)).toHaveLength(4000);
});

it('records of others are not read: what kubectl applied, what Flux scans', () => {
  const old = 'ghcr.io/acme/web:1.4.0';
  const key = 'kubectl.kubernetes.io/last-applied-configuration';
  expect(found(`a:\n  ${key}: |\n    {"image": "${old}"}\n\n    ${old}\n  image: ${old}\n`)).toHaveLength(1);
  expect(found(`{"${key}": "{\\"image\\": \\"${old}\\"}", "image": "${old}"}`)).toHaveLength(1);
  expect(found(`kind: ImageRepository\nspec:\n  image: ${old}\n---\nimage: ${old}\n`)).toHaveLength(1);
});
