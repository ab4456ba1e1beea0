/** What releases write is what a real API server takes, with strict validation: golden cases, the demo, docs and examples. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { conventionFolders, readCases, readFiles } from '../../__tests__/manifests/conventions/cases.ts';
import { demoRepository } from '../../sandbox/demo-repository.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { planRelease } from '../../src/manifests/plan.ts';
import type { ManifestFile } from '../../src/core/objects.ts';
import { documentsOf, Judge, type Verdict } from './judge.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await Judge.of(inject('cluster'));
});

/** How many documents were judged how, by what they are of. */
const counts = new Map<string, Map<string, number>>();
afterAll(() => {
  for (const [source, kinds] of counts) {
    console.log(`${source}: ${[...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
  }
});

function count(source: string, verdict: Verdict): void {
  const kinds = counts.get(source) ?? new Map<string, number>();
  const kind = verdict.kind === 'skipped' ? `skipped (${verdict.reason})` : WORDS[verdict.kind];
  counts.set(source, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
}
const WORDS = { accepted: 'accepted', refused: 'refused with the same words as before the release' };
const countOf = (source: string, kind: keyof typeof WORDS): number => counts.get(source)?.get(WORDS[kind]) ?? 0;

/** What the server says of each document of the files; `path#index` and the verdict. */
async function judgements(files: readonly ManifestFile[]): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (const { path, bytes } of files) {
    for (const [index, text] of documentsOf(bytes).entries()) verdicts.set(`${path}#${index}`, await judge.ask(text));
  }
  return verdicts;
}

const wordsOf = (verdict: Verdict | undefined): string => (verdict?.kind === 'refused' ? verdict.message : '');

/** What the server says of a plain number where it wants a text; a release gives it quotes. */
const NUMBER = /expected string, got/;

/** The refusals that were not there before. */
async function newRefusals(source: string, before: readonly ManifestFile[], after: readonly ManifestFile[]) {
  const old = await judgements(before);
  const verdicts = [...(await judgements(after))];
  for (const [, verdict] of verdicts) count(source, verdict);
  return verdicts
    .map(([place, verdict]) => [place, wordsOf(old.get(place)), wordsOf(verdict)] as const)
    .filter(([, was, is]) => is !== was && !(NUMBER.test(was) && !NUMBER.test(is)));
}

function released(images: string, before: readonly ManifestFile[]): ManifestFile[] {
  const { files } = planRelease(readReleasedImages(images).released, before);
  return before.map((file) => files.find(({ path }) => path === file.path) ?? file);
}

const filesOf = (texts: Readonly<Record<string, string>>): ManifestFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, mode: '100644', bytes: Buffer.from(text) }));

// Most are reduced to what matters, and lack what is required: then the server must say the same before and after.
describe('golden cases', () => {
  test.each(conventionFolders)('%s', async (convention) => {
    for (const { name, before, after } of readCases(convention)) {
      expect(await newRefusals('golden cases', before, after), name).toEqual([]);
    }
  });

  test('have objects of kinds that the server knows', () => {
    expect(countOf('golden cases', 'accepted')).toBeGreaterThan(10);
    expect(countOf('golden cases', 'refused')).toBeGreaterThan(50);
  });
});

test('the demo', async () => {
  const before = filesOf(demoRepository);
  expect(await newRefusals('demo', before, released('ghcr.io/acme/web:1.4.2', before))).toEqual([]);
  expect(countOf('demo', 'accepted')).toBeGreaterThan(2);
});

/** Each is something else than a text to some reader of YAML. */
const TAGS =
  '1.10 007 0x1F 0b11 0o17 1e5 12345678 706798e8 0e1234 2024-01-02 1_000 190_20 off on y No null true NaN'.split(' ');

const MARKED = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app.kubernetes.io/version: 1.4.1 # manifest-release: ghcr.io/acme/web tag
  annotations: { example.com/image: ghcr.io/acme/web:1.4.1 }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: ghcr.io/acme/web:1.4.1
          args: [--image=ghcr.io/acme/web:1.4.1]
          env:
            - name: VERSION
              value: 1.4.1 # manifest-release: ghcr.io/acme/web tag
`;

test.each(TAGS)('the tag %s is a text to the server', async (tag) => {
  const image = `ghcr.io/acme/web:${tag}`;
  const [file] = released(image, filesOf({ 'web.yaml': MARKED })) as [ManifestFile];
  const verdict = await judge.ask(Buffer.from(file.bytes).toString());
  count('tags', verdict);
  expect(verdict).toMatchObject({
    kind: 'accepted',
    object: {
      metadata: { labels: { 'app.kubernetes.io/version': tag }, annotations: { 'example.com/image': image } },
      spec: {
        template: {
          spec: { containers: [{ image, args: [`--image=${image}`], env: [{ name: 'VERSION', value: tag }] }] },
        },
      },
    },
  });
});

const RENDERED = 'rendered trees';

describe.each([
  ['kustomize', 'ghcr.io/acme/web', ['kubectl', 'kustomize', 'overlays/production']],
  ['chart', 'ghcr.io/acme/web', ['helm', 'template', 'shop', '.', '-f', 'values-production.yaml']],
  ['umbrella', 'registry.example.org/shop/cart', ['helm', 'template', 'shop', 'shop', '-f', 'shop/values-live.yaml']],
] as const)('the rendered tree %s', (tree, image, command) => {
  test.each(['1.10', '1e5', '0x1F'])('with the tag %s', async (tag) => {
    const before = readFiles(join('__tests__/fixtures/render', tree));
    const [old, now] = [before, released(`${image}:${tag}`, before)].map((files) => render(files, command));
    expect(now).toContain(`${image}:${tag}`);
    expect(await newRefusals(RENDERED, filesOf({ [tree]: old ?? '' }), filesOf({ [tree]: now ?? '' }))).toEqual([]);
  });
});

test('the rendered trees have objects that the server takes', () => {
  expect(countOf(RENDERED, 'accepted')).toBeGreaterThan(5);
});

test.each(['argo-cd', 'flux', 'flux-image-automation', 'pipecd'])('examples/%s', async (name) => {
  const files = readFiles(join('examples', name)).filter(({ path }) => path.endsWith('.yaml'));
  const folders = files.filter(({ path }) => /^apps\/.*(?:staging|production).*\/kustomization\.yaml$/.test(path));
  const built = folders.map(({ path }) => [`built ${path}`, render(files, ['kubectl', 'kustomize', dirname(path)])]);
  const all = [...files.filter(({ path }) => !path.startsWith('apps/')), ...filesOf(Object.fromEntries(built))];
  const verdicts = [...(await judgements(all))];
  for (const [, verdict] of verdicts) count('examples', verdict);
  expect(verdicts.filter(([, { kind }]) => kind === 'refused')).toEqual([]);
  expect(verdicts.filter(([, { kind }]) => kind === 'accepted').length).toBeGreaterThan(1);
});

test('the objects of docs/after-the-merge.md', async () => {
  const blocks = [...readFileSync('docs/after-the-merge.md', 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```/gm)];
  const verdicts = [
    ...(await judgements(filesOf(Object.fromEntries(blocks.map(([, text = ''], at) => [`${at}`, text]))))),
  ];
  for (const [, verdict] of verdicts) count('docs', verdict);
  expect(verdicts.filter(([, { kind }]) => kind === 'refused')).toEqual([]);
  expect(countOf('docs', 'accepted')).toBe(9);
});

/** What a command prints of the files. */
function render(files: readonly ManifestFile[], [tool, ...args]: readonly ['kubectl' | 'helm', ...string[]]): string {
  const folder = mkdtempSync(join(tmpdir(), 'rendered-'));
  try {
    for (const { path, bytes } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const program = join(dirname(inject('cluster').kubectl), tool);
    return execFileSync(program, args, { cwd: folder, env: { HOME: folder }, encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
