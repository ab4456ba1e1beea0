/** The benchmark, on a small repository: whether it runs and tells all. How fast anything is, is no matter of a test. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { application, versioned } from '../bench/application.ts';
import { CONTENDERS } from '../bench/contenders.ts';
import { scriptEnvironment } from '../bench/environment.ts';
import { page } from '../bench/page.ts';
import { plotTimes } from '../bench/plot.ts';
import type { Comparison } from '../bench/releases.ts';
import { time } from '../bench/stopwatch.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { GH, NEEDS_GH } from './sandbox/gh.ts';

test('each contender has a row, and those whose tool is here do the same', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
  try {
    const args = ['scripts/bench.mjs', '--only', 'release', '--files', '100', '--pairs', '1'];
    // An environment that Go refuses: a test shall install nothing.
    const env = { ...process.env, TMPDIR: folder, GOFLAGS: 'none' };
    const told = execFileSync(process.execPath, args, { env, encoding: 'utf8', stdio: 'pipe' });
    const names = told.split('\n').flatMap((line) => /^\| ([^|(]+?) (?:\(.*\) )?\|/.exec(line)?.[1] ?? []);
    expect(names).toEqual(['contender', '---', ...CONTENDERS.map(({ name }) => name)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Does what the pipelines want of `yq` and `kustomize`, so that they can be run where neither is. */
const EDITOR = `#!/bin/sh
for file; do :; done
[ -f "$file" ] || file=kustomization.yaml
sed -i "s/newTag: .*/newTag: $TAG/" "$file"
`;

const PIPELINES = CONTENDERS.filter(({ tools }) => tools?.includes('gh'));

describe.skipIf(GH === undefined)(`a pipeline that asks gh${NEEDS_GH}`, () => {
  test.each(PIPELINES)('$name can be run twice, and opens one pull request', async ({ line }) => {
    const sandbox = await startSandbox();
    const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
    try {
      const app = application(0);
      const repository = await sandbox.createRepository('acme/manifests', {
        [app.versionFile]: versioned(app, '1.0.0'),
      });
      const programs = join(folder, 'programs');
      mkdirSync(programs);
      for (const name of ['yq', 'kustomize']) writeFileSync(join(programs, name), EDITOR, { mode: 0o755 });
      for (const tag of ['2.0.0', '2.1.0']) {
        const clean = join(folder, tag);
        mkdirSync(clean);
        const told = scriptEnvironment({ sandbox, repository: 'acme/manifests', folder: clean }, app, tag);
        const environment = { ...told, PATH: `${programs}:${told['PATH']}` };
        const { exitCode, output } = await time({ line, environment, folder: clean });
        expect([exitCode, output]).toEqual([0, tag === '2.0.0' ? `${sandbox.serverUrl}/acme/manifests/pull/1\n` : '']);
        expect(await repository.read('release/app-00000', app.versionFile)).toBe(versioned(app, tag));
      }
      expect(await repository.pullRequests.all()).toMatchObject([
        { number: 1, state: 'open', head: 'release/app-00000' },
      ]);
    } finally {
      await sandbox.close();
      rmSync(folder, { recursive: true });
    }
  });
});

const usage = { memory: 80e6, disk: 15e6, received: 12e6, sent: 7000 };
const counts = { gitOperations: 2, gitRequests: 5, apiRequests: 3, lines: 1 };
const crowd = { files: 1000, runs: 50, seconds: 20, cpu: 30, pushes: 70, alone: [{ wall: 0.5, cpu: 0.4 }] };

/** All contenders, of which each takes a second more than the one before. */
function comparison(first: number): Comparison {
  const measured = (index: number) => ({
    usage: { ...usage, ...counts },
    timings: [{ wall: first + index, cpu: 1 }],
    roundTrips: 6,
  });
  return Object.fromEntries(CONTENDERS.map(({ name }, index) => [name, measured(index)]));
}

test('the page has all chapters, and each target with what was measured', () => {
  const release = new Map([
    [1000, comparison(1)],
    [100_000, comparison(2)],
  ]);
  const results = {
    release,
    startup: { empty: [0.03], main: [0.06], post: [0.05] },
    planning: [{ what: 'generated files, one image', files: 1000, bytes: 1e6, changes: 1, seconds: 0.01 }],
    images: { files: 100_000, images: 500, one: [1], many: [2] },
    environments: { environments: 3000, status: [4], releases: 100, one: [1], many: [20] },
    race: { ...crowd, runs: 20 },
    push: crowd,
  };
  const text = page(results, { machine: [['Node', '20']], pairs: 1, rtt: 0 });
  expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# Benchmark',
    '## Targets',
    '## One release in 1,000 files',
    '## One release in 100,000 files',
    '## Start-up',
    '## Planning alone',
    '## 500 images at once in 100,000 files',
    '## Many environments',
    '## 20 versions of one release at once',
    '## 50 deliveries to one branch at once',
    '## How it is measured',
  ]);
  expect(text).toContain('| faster than careful | at least 6.00 × | 2.50 × | **not met** |');
  expect(text).toContain('| 500 images, against one | at most 3.00 × | 2.00 × | met |');
  expect(text).not.toMatch(/NaN|undefined/);
});

test('a contender that was not measured has a row that tells what it needs', () => {
  const { expert: _, ...others } = comparison(1);
  const text = page({ release: new Map([[1000, others]]) }, { machine: [], pairs: 1, rtt: 0 });
  expect(text).toContain('| expert (not measured: needs yq and gh) |');
});

test('the picture has a line for each contender', () => {
  const svg = plotTimes(new Map([[1000, comparison(1)]]));
  for (const { name } of CONTENDERS) expect(svg).toContain(`>${name.replaceAll('`', '')}<`);
});
