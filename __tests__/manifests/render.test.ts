/** What an edit means: the real renderers, on the manifests before and after, show the new image and nothing else. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readFiles } from './conventions/cases.ts';
import { installRenderers, type Renderers } from './renderers.ts';
import { planRelease } from '../../src/manifests/plan.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import type { ManifestFile } from '../../src/core/objects.ts';

const { renderers, reason = '' } = installRenderers();
const DIGEST = `sha256:${'b'.repeat(64)}`;
const MOVED = 'registry.example.com:5000/shop/web';

const KUSTOMIZE = ['kubectl', 'kustomize', 'overlays/production'] as const;
const BASE = ['kubectl', 'kustomize', 'base'] as const;
const HELM = ['helm', 'template', 'shop', '.'] as const;
const PRODUCTION = [...HELM, '-f', 'values-production.yaml'] as const;

const POD = 'Deployment/web spec.template.spec';
const JOB = 'CronJob/report spec.jobTemplate.spec.template.spec';
const CART = 'Deployment/cart spec.template.spec.containers';
const SHOP = 'Deployment/shop spec.template.spec.containers';

interface Meaning {
  readonly name: string;
  readonly tree: 'kustomize' | 'chart' | 'umbrella';
  readonly release: string;
  readonly command: readonly [keyof Renderers, ...string[]];
  /** All that differs: path, before, after. */
  readonly differing: readonly (readonly [string, string, string])[];
}

const meanings: Meaning[] = [
  {
    name: 'a workload',
    tree: 'kustomize',
    release: 'ghcr.io/acme/web:1.10',
    command: BASE,
    differing: [
      [`${POD}.containers[0].image`, 'ghcr.io/acme/web:1.4.2', 'ghcr.io/acme/web:1.10'],
      [`${POD}.initContainers[0].command[1]`, '--image=ghcr.io/acme/web:1.4.2', '--image=ghcr.io/acme/web:1.10'],
      [`${POD}.initContainers[0].image`, 'ghcr.io/acme/web:1.4.2', 'ghcr.io/acme/web:1.10'],
    ],
  },
  ...['1.10', '0x1F', '1_000', '2024-01-02', 'null', '1e5'].map((tag): Meaning => ({
    name: `a tag of images, ${tag}`,
    tree: 'kustomize',
    release: `ghcr.io/acme/web:${tag}`,
    command: KUSTOMIZE,
    differing: [
      [`${POD}.containers[1].image`, 'ghcr.io/acme/web:1.4.1', `ghcr.io/acme/web:${tag}`],
      [`${POD}.initContainers[0].command[1]`, '--image=ghcr.io/acme/web:1.4.2', `--image=ghcr.io/acme/web:${tag}`],
      [`${POD}.initContainers[0].image`, 'ghcr.io/acme/web:1.4.1', `ghcr.io/acme/web:${tag}`],
    ],
  })),
  {
    name: 'newName and a quoted tag of images, with a digest',
    tree: 'kustomize',
    release: `ghcr.io/acme/report:8@${DIGEST}`,
    command: KUSTOMIZE,
    differing: [[`${JOB}.containers[0].image`, 'ghcr.io/acme/report:7', `ghcr.io/acme/report:8@${DIGEST}`]],
  },
  {
    name: 'another repository, with a digest',
    tree: 'kustomize',
    release: `ghcr.io/acme/report=${MOVED}:8@${DIGEST}`,
    command: KUSTOMIZE,
    differing: [[`${JOB}.containers[0].image`, 'ghcr.io/acme/report:7', `${MOVED}:8@${DIGEST}`]],
  },
  {
    name: 'a component',
    tree: 'kustomize',
    release: 'ghcr.io/acme/proxy:2',
    command: KUSTOMIZE,
    differing: [[`${POD}.containers[2].image`, 'ghcr.io/acme/proxy:1.4.2', 'ghcr.io/acme/proxy:2']],
  },
  {
    name: 'patches in blocks of text',
    tree: 'kustomize',
    release: `ghcr.io/acme/worker:2.1.0@${DIGEST}`,
    command: KUSTOMIZE,
    differing: [
      [`${JOB}.initContainers[0].image`, 'ghcr.io/acme/worker:2.0.0', `ghcr.io/acme/worker:2.1.0@${DIGEST}`],
      [
        `${POD}.containers[0].args[0]`,
        '--notify=ghcr.io/acme/worker:2.0.0',
        `--notify=ghcr.io/acme/worker:2.1.0@${DIGEST}`,
      ],
      [`${POD}.containers[0].image`, 'ghcr.io/acme/worker:2.0.0', `ghcr.io/acme/worker:2.1.0@${DIGEST}`],
      [`${POD}.containers[1].env[0].value`, 'ghcr.io/acme/worker:2.0.0', `ghcr.io/acme/worker:2.1.0@${DIGEST}`],
    ],
  },
  ...['1.10', '0x1F', '1_000', '2024-01-02', 'null', '1e5', '007', 'off'].map((tag): Meaning => ({
    name: `values, ${tag}`,
    tree: 'chart',
    release: `ghcr.io/acme/web:${tag}`,
    command: HELM,
    differing: [
      [`${SHOP}[0].image`, 'ghcr.io/acme/web:1.4.2', `ghcr.io/acme/web:${tag}`],
      [
        `${SHOP}[2].env[0].value`,
        '{"upstream": "web:8080", "image": "ghcr.io/acme/web:1.4.2"}',
        `{"upstream": "web:8080", "image": "ghcr.io/acme/web:${tag}"}`,
      ],
    ],
  })),
  {
    name: 'values with an empty digest',
    tree: 'chart',
    release: `ghcr.io/acme/web:1.5.0@${DIGEST}`,
    command: HELM,
    differing: [
      [`${SHOP}[0].image`, 'ghcr.io/acme/web:1.4.2', `ghcr.io/acme/web:1.5.0@${DIGEST}`],
      [
        `${SHOP}[2].env[0].value`,
        '{"upstream": "web:8080", "image": "ghcr.io/acme/web:1.4.2"}',
        `{"upstream": "web:8080", "image": "ghcr.io/acme/web:1.5.0@${DIGEST}"}`,
      ],
    ],
  },
  {
    name: 'values whose tag stands in another file',
    tree: 'chart',
    release: 'ghcr.io/acme/web:1.10',
    command: PRODUCTION,
    differing: [
      [`${SHOP}[0].image`, 'ghcr.io/acme/web:1.4.1', 'ghcr.io/acme/web:1.10'],
      [
        `${SHOP}[2].env[0].value`,
        '{"upstream": "web:8080", "image": "ghcr.io/acme/web:1.4.2"}',
        '{"upstream": "web:8080", "image": "ghcr.io/acme/web:1.10"}',
      ],
    ],
  },
  {
    name: 'values with a prefix, and a digest',
    tree: 'chart',
    release: `ghcr.io/acme/worker:2.1.0@${DIGEST}`,
    command: PRODUCTION,
    differing: [[`${SHOP}[1].image`, 'ghcr.io/acme/worker:2.0.0', `ghcr.io/acme/worker:2.1.0@${DIGEST}`]],
  },
  {
    name: 'values with a whole reference, to another repository',
    tree: 'chart',
    release: `ghcr.io/acme/proxy=${MOVED}:2`,
    command: HELM,
    differing: [[`${SHOP}[2].image`, 'ghcr.io/acme/proxy:1.4.2', `${MOVED}:2`]],
  },
  ...['2.1.0', '1.10', '007', '1e5'].map((tag): Meaning => ({
    name: `values for a chart that a chart depends on, ${tag}`,
    tree: 'umbrella',
    release: `registry.example.org/shop/cart:${tag}`,
    command: ['helm', 'template', 'shop', 'shop', '-f', 'shop/values-live.yaml'],
    differing: [[`${CART}[0].image`, 'registry.example.org/shop/cart:2.0.3', `registry.example.org/shop/cart:${tag}`]],
  })),
  {
    name: 'values for a chart in a Kustomization',
    tree: 'umbrella',
    release: 'registry.example.org/shop/cart:1.10',
    command: ['kubectl', 'kustomize', '--enable-helm', '--load-restrictor=LoadRestrictionsNone', 'live'],
    differing: [[`${CART}[0].image`, 'registry.example.org/shop/cart:2.0.3', 'registry.example.org/shop/cart:1.10']],
  },
  {
    name: 'a literal line of a template',
    tree: 'umbrella',
    release: `registry.example.org/shop/drain:1.1.0@${DIGEST}`,
    command: ['helm', 'template', 'shop', 'shop'],
    differing: [
      [`${CART}[1].image`, 'registry.example.org/shop/drain:1.0.0', `registry.example.org/shop/drain:1.1.0@${DIGEST}`],
    ],
  },
];

it.skipIf(reason !== '')(
  reason === '' ? 'kubectl and Helm are there' : `skipped: kubectl and Helm are ${reason}`,
  () => {
    expect(renderers.length).toBe(2);
  },
);

describe.each(renderers)('$name show the new image and no other difference', (tools) => {
  // Kustomize asks `helm version -c`, which Helm 4 does not know.
  const rendered = meanings.filter(
    ({ command }) => !command.includes('--enable-helm') || tools.name.includes('Helm 3'),
  );
  it.each(rendered)('$tree: $name', ({ tree, release, command, differing }) => {
    const before = readFiles(join(import.meta.dirname, '../fixtures/render', tree));
    const { files } = planRelease(readReleasedImages(release).released, before);
    const after = before.map((file) => files.find(({ path }) => path === file.path) ?? file);
    const [old, now] = [before, after].map((side) => render(tools, command, side)) as [string[][], string[][]];
    expect(now.map(([path]) => path)).toEqual(old.map(([path]) => path));
    const changed = old.flatMap(([path = '', value = ''], index) => {
      const other = now[index]?.[1] ?? '';
      return other === value ? [] : [[path, value, other]];
    });
    expect(changed.toSorted()).toEqual(differing.map((one) => [...one]).toSorted());
  });
});

/** What a command prints of the files: `[path, value]` of every value, paths with kind and name before them. */
function render(tools: Renderers, [tool, ...args]: Meaning['command'], files: readonly ManifestFile[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'render-'));
  try {
    for (const { path, bytes } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    // Kustomize looks for a program called helm.
    const env = { HOME: folder, PATH: dirname(tools.helm) };
    const printed = execFileSync(tools[tool], args, { cwd: folder, env, encoding: 'utf8' });
    return parseAllDocuments(printed).flatMap((document) => valuesOf(document.toJS(), ''));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function valuesOf(value: unknown, path: string): string[][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => valuesOf(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null)
    return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
  const { kind, metadata } = value as { kind?: string; metadata?: { name?: string } };
  const root = path === '' ? `${kind ?? ''}/${metadata?.name ?? ''} ` : `${path}.`;
  return Object.entries(value).flatMap(([key, item]) => valuesOf(item, root + key));
}
