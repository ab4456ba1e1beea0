#!/usr/bin/env node
/**
 * Writes `__tests__/fixtures/agent-schemas/`: the schemas by which Flux and Argo CD check their own objects, without their prose.
 * The objects of `docs/` and `examples/` are held against them, and a real API server in `e2e/cluster` takes them as they are.
 *
 * All are made from the Go modules of these projects (Apache-2.0): Flux's by controller-gen from its types, as Flux makes them;
 * Argo CD's own definition of an Application; and a JSON schema of what its notifications read, from their types.
 *
 *     node scripts/trim-agent-schemas.mjs
 *
 * needs Go, which fetches the modules, and takes a minute of the processor.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

const OUTPUT = new URL('../__tests__/fixtures/agent-schemas/', import.meta.url);
const TOOLCHAIN = 'go1.27.3';
const GENERATOR = 'sigs.k8s.io/controller-tools@v0.23.0';
const ARGO = 'github.com/argoproj/argo-cd/v3@v3.6.1';
/** The one that this Argo CD requires. */
const NOTIFICATIONS = 'github.com/argoproj/notifications-engine@v0.5.1-0.20260503100631-0cff13b8a717';
const REFLECTOR = 'github.com/invopop/jsonschema@v0.14.0';

/** Flux's packages of types, at the version of their module, and the kinds of them. */
const FLUX = [
  ['github.com/fluxcd/helm-controller/api@v1.7.1', ['v2'], ['HelmRelease']],
  ['github.com/fluxcd/image-automation-controller/api@v1.3.0', ['v1'], ['ImageUpdateAutomation']],
  ['github.com/fluxcd/image-reflector-controller/api@v1.3.0', ['v1'], ['ImagePolicy', 'ImageRepository']],
  ['github.com/fluxcd/kustomize-controller/api@v1.10.1', ['v1'], ['Kustomization']],
  ['github.com/fluxcd/notification-controller/api@v1.10.0', ['v1', 'v1beta3'], ['Alert', 'Provider', 'Receiver']],
  ['github.com/fluxcd/source-controller/api@v1.10.1', ['v1'], ['GitRepository', 'HelmRepository', 'OCIRepository']],
];

/** What Argo CD reads of argocd-notifications-cm: the values of `template.*`, of `trigger.*`, and of `service.github`. */
const READER = `package main

import (
	"encoding/json"
	"fmt"

	"github.com/argoproj/notifications-engine/pkg/services"
	"github.com/argoproj/notifications-engine/pkg/triggers"
	"github.com/invopop/jsonschema"
)

func main() {
	reflector := jsonschema.Reflector{Anonymous: true, DoNotReference: true, RequiredFromJSONSchemaTags: true}
	text, err := json.Marshal(map[string]any{
		"template": reflector.Reflect(&services.Notification{}),
		"trigger":  reflector.Reflect([]triggers.Condition{}),
		"github":   reflector.Reflect(&services.GitHubOptions{}),
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text))
}
`;

/** What controllers write. */
const ANYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const folder = mkdtempSync(join(tmpdir(), 'agent-schemas-'));
const go = (...args) =>
  execFileSync('go', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    env: { ...process.env, GOTOOLCHAIN: TOOLCHAIN, GOFLAGS: '-mod=mod' },
  });

try {
  const modules = [...FLUX.map(([module]) => module), GENERATOR, NOTIFICATIONS, REFLECTOR];
  const required = modules.map((module) => `require ${module.replace('@', ' ')}\n`).join('');
  writeFileSync(join(folder, 'go.mod'), `module schemas\n\ngo 1.26.0\n\n${required}`);
  writeFileSync(join(folder, 'main.go'), READER);
  const packages = FLUX.flatMap(([module, versions]) => versions.map((one) => `${module.split('@')[0]}/${one}`));
  const imports = [...packages, `${GENERATOR.split('@')[0]}/cmd/controller-gen`].map((one) => `\t_ "${one}"\n`);
  writeFileSync(join(folder, 'tools.go'), `//go:build tools\n\npackage main\n\nimport (\n${imports.join('')})\n`);

  const generator = [`${GENERATOR.split('@')[0]}/cmd/controller-gen`, 'crd:maxDescLen=0'];
  go('run', ...generator, `paths=${packages.join(';')}`, 'output:crd:artifacts:config=crds');
  const crds = join(folder, 'crds');
  const generated = readdirSync(crds).map((name) => parse(readFileSync(join(crds, name), 'utf8')));
  const kinds = FLUX.flatMap(([module, , names]) => names.map((name) => [name, module]));
  write('flux.json', {
    apiVersion: 'v1',
    kind: 'List',
    items: kinds.map(([kind, module]) =>
      trimmed(
        generated.find(({ spec }) => spec.names.kind === kind),
        module,
      ),
    ),
  });

  const { Dir } = JSON.parse(go('mod', 'download', '-json', ARGO));
  const application = parse(readFileSync(join(Dir, 'manifests/crds/application-crd.yaml'), 'utf8'));
  write('argo-cd.json', { apiVersion: 'v1', kind: 'List', items: [trimmed(application, ARGO)] });
  const notifications = JSON.parse(go('run', '.'));
  write('argo-cd-notifications.json', {
    $comment: `${NOTIFICATIONS}: scripts/trim-agent-schemas.mjs`,
    ...notifications,
  });
} finally {
  rmSync(folder, { recursive: true });
}

function write(name, value) {
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(new URL(name, OUTPUT), `${JSON.stringify(value)}\n`);
}

/** A definition with what people write: `spec`, and no prose. What the controllers write may be anything. */
function trimmed({ apiVersion, kind, metadata, spec }, module) {
  const versions = spec.versions.map(({ name, served, storage, subresources, schema }) => {
    const properties = Object.entries(schema.openAPIV3Schema.properties)
      .filter(([key]) => !['apiVersion', 'kind', 'metadata'].includes(key))
      .map(([key, value]) => [key, key === 'spec' ? withoutProse(value) : ANYTHING]);
    return {
      name,
      served,
      storage,
      subresources,
      schema: { openAPIV3Schema: { type: 'object', properties: Object.fromEntries(properties) } },
    };
  });
  const { group, names, scope } = spec;
  const annotations = { source: `${module}, without prose: scripts/trim-agent-schemas.mjs` };
  return { apiVersion, kind, metadata: { name: metadata.name, annotations }, spec: { group, names, scope, versions } };
}

/** A schema without its descriptions; a property of that name stays. */
function withoutProse(node, keysAreNames = false) {
  if (Array.isArray(node)) return node.map((item) => withoutProse(item));
  if (node === null || typeof node !== 'object') return node;
  const kept = Object.entries(node).filter(([key]) => keysAreNames || key !== 'description');
  return Object.fromEntries(
    kept.map(([key, value]) => [key, withoutProse(value, !keysAreNames && key === 'properties')]),
  );
}
