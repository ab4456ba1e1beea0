/** Random repositories: manifests of all dialects, and texts that nothing parses, with references in and out of comments. */
import fc from 'fast-check';
import { damagedText, IMAGES, plantedText } from './arbitraries.ts';
import type { ManifestFile } from '../../src/core/objects.ts';

const [WEB] = IMAGES;

export interface RandomRepository {
  readonly manifests: readonly ManifestFile[];
  readonly others: readonly ManifestFile[];
}

/** A kind of text: its names, lines with a reference in them, and lines in which one is a comment. */
interface Kind {
  readonly paths: readonly string[];
  readonly lines: readonly ((reference: string) => string)[];
  readonly comments: readonly ((reference: string) => string)[];
}

const hash = (text: string): string => `# ${text}`;
const behind = (text: string): string => `x=1 # ${text}`;
const slashes = (text: string): string => `// ${text}`;
const stars = (text: string): string => `/* ${text}\n ${text} */`;
const template = (text: string): string => `{{- /* ${text} */ -}}`;

const KINDS: readonly Kind[] = [
  {
    paths: ['deploy.sh', 'scripts/run', 'Makefile', '.env', 'images.txt'],
    lines: [
      (text) => `docker pull ${text}`,
      (text) => `IMAGE=${text}`,
      (text) => `export IMAGE="${text}"`,
      (text) => `docker run --rm -e X='a # b' "${text}" sh -c 'x' && true`,
      (text) => `kubectl set image deploy/web web=${text} --record`,
      (text) => `: \${IMAGE:=${text}}`,
    ],
    comments: [hash, behind],
  },
  {
    paths: ['Dockerfile', 'web/Dockerfile.dev'],
    lines: [(text) => `FROM ${text} AS base`, (text) => `COPY --from=${text} /a /b`, (text) => `ARG BASE=${text}`],
    comments: [hash],
  },
  {
    paths: ['main.tf', 'prod.tfvars', 'job.hcl'],
    lines: [(text) => `  image = "${text}"`, (text) => `  default = "${text}" # bumped by CI`],
    comments: [hash, slashes, stars],
  },
  {
    paths: ['templates/_helpers.tpl', 'values.txt.gotmpl'],
    lines: [
      (text) => `image: ${text}`,
      (text) => `{{- default "${text}" .Values.image }}`,
      (text) => `{{ if .x }}image: "${text}"{{ end }}`,
    ],
    comments: [template, hash],
  },
  {
    paths: ['src/images.ts', 'Jenkinsfile', 'images.cue', 'lib.libsonnet'],
    lines: [(text) => `const image = '${text}';`, (text) => `image("${text}") // the image`],
    comments: [slashes, stars],
  },
  {
    paths: ['README.md', 'docs/index.html'],
    lines: [(text) => `Run \`${text}\`.`, (text) => `# Release ${text}`, (text) => `<code>${text}</code>`],
    comments: [(text) => `<!-- ${text} -->`],
  },
  {
    paths: ['seed.sql'],
    lines: [(text) => `INSERT INTO images VALUES ('${text}');`],
    comments: [(text) => `-- ${text}`],
  },
  { paths: ['app.ini'], lines: [(text) => `image = ${text}`], comments: [(text) => `; ${text}`, hash] },
];

/** Of manifests, but of kinds that no convention reads in full. */
const YAML_KINDS: readonly Kind[] = [
  {
    paths: ['cloud-init.yml', '.github/workflows/ci.yml', 'templates/web.yaml', 'notes.yaml'],
    lines: [
      (text) => `a: |\n  set -e\n  docker run ${text} now\n  echo "${text}"`,
      (text) => `b: "version ${text} had a leak: see above"`,
      (text) => `c: [${text}, "x${'${Y}'}/${text}"]`,
      (text) => `d: "{{ .x }} ${text}"`,
      (text) => `e: {{ default "${text}" .y }}`,
      (text) => `? ${text}\n: f`,
    ],
    comments: [hash, (text) => `g: 1 # ${text}`],
  },
];

const NOISE = ['', 'x', '---', 'docker pull ghcr.io/acme/web-ui:1.0.0', 'ghcr.io/acme/web:$TAG', 'other.io/acme/web:1'];

const spelled = fc.constantFrom(WEB, 'GHCR.io/acme/web');
const oldVersion = fc.constantFrom('1.4.0', 'v2', 'latest', '2024-01-02', `1.4.0@sha256:${'c'.repeat(64)}`);

function textOf({ paths, lines, comments }: Kind): fc.Arbitrary<ManifestFile> {
  const reference = fc.tuple(spelled, oldVersion).map(([name, version]) => `${name}:${version}`);
  const live = fc.tuple(fc.constantFrom(...lines), reference).map(([line, text]) => line(text));
  const comment = fc.tuple(fc.constantFrom(...comments), spelled).map(([line, name]) => line(`${name}:${COMMENTED}`));
  return fc
    .record({
      path: fc.constantFrom(...paths),
      body: fc.array(fc.oneof(live, live, comment, fc.constantFrom(...NOISE)), { minLength: 1, maxLength: 6 }),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      bom: fc.boolean(),
    })
    .map(({ path, body, lineEnd, bom }) =>
      fileOf(path, (bom ? '\ufeff' : '') + body.join('\n').replaceAll('\n', lineEnd)),
    );
}

/** The file whose text is damaged. */
export const DAMAGED = 'damaged.yaml';

/** The version of references in comments. */
export const COMMENTED = '0.9.9-commented';

const fileOf = (path: string, text: string): ManifestFile => ({ path, mode: '100644', bytes: Buffer.from(text) });

const manifest = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('a.yaml', 'kustomization.yaml'), plantedText) },
  { weight: 1, arbitrary: damagedText.map((text) => [DAMAGED, text] as const) },
);

export const randomRepository: fc.Arbitrary<RandomRepository> = fc.record({
  manifests: fc.uniqueArray(
    fc.oneof(
      manifest.map(([path, text]) => fileOf(path, text)),
      ...YAML_KINDS.map(textOf),
    ),
    { minLength: 1, maxLength: 3, selector: ({ path }) => path },
  ),
  others: fc.uniqueArray(fc.oneof(...KINDS.map(textOf)), { maxLength: 3, selector: ({ path }) => path }),
});
