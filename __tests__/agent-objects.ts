/** Objects of agents in the docs and the examples, and the schemas by which these agents check them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchemaObject } from 'ajv';
import { parseAllDocuments } from 'yaml';

export interface AgentObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly [key: string]: unknown;
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

interface Schema {
  readonly [keyword: string]: unknown;
}

/** Lists of definitions that an API server takes as they are; `scripts/trim-agent-schemas.mjs` writes them. */
export const DEFINITIONS = ['flux', 'argo-cd'].map((name) => `__tests__/fixtures/agent-schemas/${name}.json`);

/** Apart from what Ajv cannot know: rules in CEL, and formats of Go's. */
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });

const checks = new Map(
  DEFINITIONS.flatMap((path) => (JSON.parse(readFileSync(path, 'utf8')) as { items: Definition[] }).items).flatMap(
    ({ spec: { group, names, versions } }) =>
      versions.map(({ name, schema }) => [
        `${group}/${name} ${names.kind}`,
        ajv.compile(closed(withEnvelope(schema.openAPIV3Schema)) as AnySchemaObject),
      ]),
  ),
);

/** What the schema of its kind says against an object; `undefined` where the kind is none of these agents'. */
export function errorsOf(object: AgentObject): readonly string[] | undefined {
  const check = checks.get(`${object.apiVersion} ${object.kind}`);
  if (!check) return undefined;
  if (check(object)) return [];
  return (check.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  );
}

function withEnvelope(schema: Schema): Schema {
  return {
    ...schema,
    required: ['apiVersion', 'kind', 'metadata'],
    properties: {
      ...(schema['properties'] as object),
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object', required: ['name'] },
    },
  };
}

/** Refuses a field that is not there, as strict validation does. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const schema = node as Schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  const isOpen = 'additionalProperties' in schema || schema['x-kubernetes-preserve-unknown-fields'] === true;
  const isObject = schema['type'] === 'object' && 'properties' in schema;
  return { ...Object.fromEntries(entries), ...(isObject && !isOpen && { additionalProperties: false }) };
}

/** The objects in the blocks of YAML of a page. A block that is a part of an object has none. */
export function objectsOfPage(path: string): readonly AgentObject[] {
  return [...readFileSync(path, 'utf8').matchAll(/^( *)```yaml\n([\s\S]*?)^\1```/gm)].flatMap(([, , text = '']) =>
    objectsOf(text),
  );
}

/** The objects in the files below a folder, by file. */
export function objectsBelow(folder: string): readonly (readonly [string, readonly AgentObject[]])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => [join(folder, name), objectsOf(readFileSync(join(folder, name), 'utf8'))] as const)
    .filter(([, objects]) => objects.length > 0);
}

function objectsOf(text: string): AgentObject[] {
  return [...parseAllDocuments(text)]
    .map((document) => document.toJS() as Partial<AgentObject> | null)
    .filter((object): object is AgentObject => Boolean(object?.apiVersion && object.kind && object.metadata?.name));
}
