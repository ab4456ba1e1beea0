/** The objects that people apply for an agent, in the docs and the examples: what the agent's own schemas say of them. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { errorsOf, objectsBelow, objectsOfPage, type AgentObject } from './agent-objects.ts';
import { isWatched, readVerdict } from '../src/inputs/wait.ts';

const PAGE = 'docs/after-the-merge.md';
const objects = objectsOfPage(PAGE);
const ofKind = (kind: string): readonly AgentObject[] => objects.filter((object) => object.kind === kind);

describe('docs/after-the-merge.md', () => {
  const known = objects.filter((object) => errorsOf(object));

  test('has the objects of each agent', () => {
    expect(known.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Provider manifests',
      'Alert manifests',
      'Receiver manifests',
    ]);
  });

  test.each(known)('$kind $metadata.name is what the schema of its kind takes', (object) => {
    expect(errorsOf(object)).toEqual([]);
  });

  test('names Secrets that it has', () => {
    const secrets = ofKind('Secret').map(({ metadata }) => metadata.name);
    const named = known.flatMap(({ spec }) => (spec as { secretRef?: { name: string } }).secretRef?.name ?? []);
    expect(secrets).toEqual(expect.arrayContaining(named));
    expect(named).toHaveLength(2);
  });

  test.each(['v1', 'v1beta3'])('has a Provider and an Alert that Flux takes as %s too', (version) => {
    for (const object of [...ofKind('Provider'), ...ofKind('Alert')]) {
      expect(errorsOf({ ...object, apiVersion: `notification.toolkit.fluxcd.io/${version}` })).toEqual([]);
    }
  });

  test('has contexts that the agents of `verdict` are known by', () => {
    const [flux] = readVerdict('flux');
    const [argo] = readVerdict('argo-cd');
    const sources = ofKind('Alert').flatMap(
      ({ spec }) => (spec as { eventSources: { kind: string; name: string }[] }).eventSources,
    );
    // Flux's notification-controller makes them so.
    const contexts = sources.map(({ kind, name }) => `${kind}/${name}/1a2b3c4d`.toLowerCase());
    const labels = templates().map(([, { github }]) => github.status.label.replace('{{.app.metadata.name}}', 'web'));
    const watched = (line: typeof flux) => (context: string) =>
      line && isWatched(line, { context, author: 'bot', state: 'success', description: '', url: '', time: '' });
    expect([contexts.map(watched(flux)), labels.map(watched(argo))]).toEqual([
      [true, true],
      [true, true],
    ]);
  });
});

interface Template {
  readonly github: { readonly status: { readonly state: string; readonly label: string } };
}

const notifications = (): Readonly<Record<string, string>> =>
  ofKind('ConfigMap').find(({ metadata }) => metadata.name === 'argocd-notifications-cm')?.['data'] as Record<
    string,
    string
  >;
const valuesOf = (prefix: string): [string, unknown][] =>
  Object.entries(notifications())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), parse(text)]);
const templates = () => valuesOf('template.') as [string, Template][];

describe('argocd-notifications-cm in docs/after-the-merge.md', () => {
  const schemas = JSON.parse(readFileSync('__tests__/fixtures/agent-schemas/argo-cd-notifications.json', 'utf8'));
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  const subscription = /^ *(notifications\.argoproj\.io\/subscribe\.([\w-]+)\.(\w+)): ""$/gm;

  test.each([
    ['template.', 'template', 2],
    ['trigger.', 'trigger', 2],
    ['service.github', 'github', 1],
  ])('%s is what Argo CD reads', (prefix, name, count) => {
    const check = ajv.compile(schemas[name]);
    const values = valuesOf(prefix);
    for (const [, value] of values) expect([check(value), check.errors]).toEqual([true, null]);
    expect(values).toHaveLength(count);
    expect(check({ mesage: 'no such field' })).toBe(false);
  });

  test('has the templates that its triggers send, and the triggers that an application subscribes to', () => {
    const sent = (valuesOf('trigger.') as [string, { send: string[] }[]][]).flatMap(
      ([, [condition]]) => condition?.send,
    );
    expect(sent.toSorted()).toEqual(
      templates()
        .map(([name]) => name)
        .toSorted(),
    );
    const subscribed = [...readFileSync(PAGE, 'utf8').matchAll(subscription)].map(([, , ...parts]) => parts);
    expect(subscribed).toEqual(valuesOf('trigger.').map(([name]) => [name, 'github']));
  });

  test('has the states that a commit status may have', () => {
    expect(templates().map(([name, { github }]) => [name, github.status.state])).toEqual([
      ['deployed', 'success'],
      ['refused', 'failure'],
    ]);
  });
});

describe.each(['argo-cd', 'flux', 'flux-image-automation'])('examples/%s', (name) => {
  const known = objectsBelow(`examples/${name}`).flatMap(([path, all]) =>
    all.filter((object) => errorsOf(object)).map((object) => ({ path, object })),
  );

  test.each(known)('$object.kind $object.metadata.name is what the schema of its kind takes', ({ object }) => {
    expect(errorsOf(object)).toEqual([]);
  });

  test('has objects whose kinds are known', () => {
    expect(known.length).toBeGreaterThan(1);
  });
});

test('a schema refuses a field that is not there', () => {
  const [provider] = ofKind('Provider');
  const wrong = { ...provider, spec: { ...(provider?.['spec'] as object), adress: 'https://github.com' } };
  expect(errorsOf(wrong as unknown as AgentObject)).toEqual([
    '/spec must NOT have additional properties {"additionalProperty":"adress"}',
  ]);
});
