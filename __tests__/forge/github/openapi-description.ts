/** One of GitHub's OpenAPI descriptions, as far as `scripts/trim-openapi.mjs` has kept it, made ready to check against. */
import { readFileSync } from 'node:fs';
import { Ajv2019, type AnySchemaObject } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';

/**
 * Properties which GitHub's schemas require but GitHub does not always send: the teams in its own example answers to
 * `pulls/list` and `pulls/create` lack them. Nothing else in the description is loosened.
 */
const NOT_ALWAYS_SENT: Record<string, string[]> = {
  team: ['type'],
  'team-simple': ['type'],
};

interface Body {
  content?: { 'application/json'?: { schema: AnySchemaObject } };
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: AnySchemaObject;
}

interface DescribedOperation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: Body & { required?: boolean };
  responses: Record<string, Body>;
}

interface DescriptionFile {
  paths: Record<string, Record<string, DescribedOperation>>;
  components: { schemas: Record<string, AnySchemaObject> };
}

export interface Operation {
  id: string;
  method: string;
  template: string[];
  path: AnySchemaObject;
  query: AnySchemaObject;
  request: AnySchemaObject | undefined;
  needsRequestBody: boolean;
  /** For each documented status the schema of the body, undefined where there is to be no body. */
  answers: Map<number, AnySchemaObject | undefined>;
}

/** A described server: its operations, and validators that know its schemas. */
export interface Description {
  operations: Operation[];
  bodies: Ajv2019;
  /** In a path or a query a number is only spelled, and any name may come once or more often. */
  parameters: Ajv2019;
}

/** Reads a file beside this one. */
export function readDescription(name: string): Description {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  const { paths, components } = JSON.parse(text, asJsonSchema) as DescriptionFile;
  const validator = (options: object): Ajv2019 =>
    taught(new Ajv2019({ strict: false, allErrors: true, ...options }), components.schemas);
  return {
    operations: Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => asOperation(method, path, operation)),
    ),
    bodies: validator({}),
    parameters: validator({ coerceTypes: 'array' }),
  };
}

function asOperation(method: string, path: string, operation: DescribedOperation): Operation {
  const { operationId, parameters = [], requestBody = {}, responses } = operation;
  const request = jsonOf(requestBody);
  return {
    id: operationId,
    method: method.toUpperCase(),
    template: path.split('/'),
    path: objectOf(parameters.filter((parameter) => parameter.in === 'path')),
    query: objectOf(parameters.filter((parameter) => parameter.in === 'query')),
    request: request && { ...request, unevaluatedProperties: false },
    needsRequestBody: requestBody.required ?? false,
    answers: new Map(Object.entries(responses).map(([status, body]) => [Number(status), jsonOf(body)])),
  };
}

function jsonOf({ content }: Body): AnySchemaObject | undefined {
  return content?.['application/json']?.schema;
}

function objectOf(allowed: Parameter[]): AnySchemaObject {
  return {
    type: 'object',
    properties: Object.fromEntries(allowed.map(({ name, schema }) => [name, schema])),
    required: allowed.filter(({ required }) => required).map(({ name }) => name),
    unevaluatedProperties: false,
  };
}

/** JSON.parse reviver which turns what only OpenAPI 3.0 knows into JSON Schema. */
function asJsonSchema(key: string, value: unknown): unknown {
  if (key === '$ref' && typeof value === 'string') return value.replace('#', '');
  if (!isNullable(value)) return value;
  const { nullable: _, ...schema } = value;
  return { if: { type: 'null' }, else: schema };
}

function isNullable(value: unknown): value is AnySchemaObject {
  return typeof value === 'object' && value !== null && 'nullable' in value && value.nullable === true;
}

function taught(ajv: Ajv2019, schemas: Record<string, AnySchemaObject>): Ajv2019 {
  addFormats(ajv);
  ajv.addFormat('repo.nwo', /^[^/]+\/[^/]+$/);
  for (const [name, schema] of Object.entries(schemas)) {
    ajv.addSchema(loosened(schema, NOT_ALWAYS_SENT[name] ?? []), `/components/schemas/${name}`);
  }
  return ajv;
}

function loosened({ required = [], ...schema }: AnySchemaObject, optional: string[]): AnySchemaObject {
  return { ...schema, required: required.filter((property: string) => !optional.includes(property)) };
}
