import { readFileSync } from 'node:fs';
import { Ajv2019, type AnySchemaObject, type ErrorObject } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';

/** One request to GitHub's REST API and the answer to it. A body that was not sent is left out. */
export interface Exchange {
  method: string;
  /** Below the API root, with the query string: `/repos/acme/manifests/pulls?state=open`. */
  path: string;
  requestBody?: unknown;
  status: number;
  responseBody?: unknown;
}

/**
 * Properties which GitHub's schemas require but GitHub does not always send: the teams in its own example answers to
 * `pulls/list` and `pulls/create` lack them. Nothing else in the description is loosened.
 */
const NOT_ALWAYS_SENT: Record<string, string[]> = {
  team: ['type'],
  'team-simple': ['type'],
};

/** What any operation may answer, documented or not, to the wrong caller or when GitHub itself is in trouble. */
const ALWAYS_POSSIBLE = [401, 403, 404, 429, 500, 502, 503];

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

interface Description {
  paths: Record<string, Record<string, DescribedOperation>>;
  components: { schemas: Record<string, AnySchemaObject> };
}

interface Operation {
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

const text = readFileSync(new URL('./github-openapi.json', import.meta.url), 'utf8');
const description = JSON.parse(text, asJsonSchema) as Description;
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => asOperation(method, path, operation)),
);
const bodies = new Ajv2019({ strict: false, allErrors: true });
// In a path or a query a number is only spelled, and any name may come once or more often.
const parameters = new Ajv2019({ strict: false, allErrors: true, coerceTypes: 'array' });
teachGitHub(bodies);
teachGitHub(parameters);

/**
 * How an exchange departs from GitHub's own description of its REST API.
 *
 * Takes the request and its answer, and gives a sentence for each departure, so none for an exchange as GitHub describes
 * it. Any operation that `scripts/trim-openapi.mjs` does not list is a departure. Throws `URIError` when the percent
 * encoding of the path is malformed.
 */
export function violations({ method, path, requestBody, status, responseBody }: Exchange): string[] {
  const [pathname = '', search] = path.split('?', 2);
  const segments = pathname.split('/').map((segment) => decodeURIComponent(segment));
  const operation = operations.find((one) => one.method === method.toUpperCase() && matches(one.template, segments));
  if (!operation) return [`${method} ${pathname} is no operation in github-openapi.json`];
  return [
    ...faults(parameters, 'path', operation.path, pathValues(operation.template, segments)),
    ...faults(parameters, 'query', operation.query, queryValues(new URLSearchParams(search))),
    ...requestFaults(operation, requestBody),
    ...answerFaults(operation, status, responseBody),
  ];
}

function requestFaults({ id, request, needsRequestBody }: Operation, body: unknown): string[] {
  if (body === undefined) return needsRequestBody ? [`${id} needs a request body`] : [];
  return request ? faults(bodies, 'request body', request, body) : [`${id} takes no request body`];
}

function answerFaults({ id, answers }: Operation, status: number, body: unknown): string[] {
  const schema = answers.get(status);
  if (schema) return faults(bodies, 'response body', schema, body);
  if (answers.has(status)) return body === undefined ? [] : [`${id} answers ${status} without a body`];
  return ALWAYS_POSSIBLE.includes(status) ? [] : [`${id} does not answer ${status}`];
}

function faults(ajv: Ajv2019, where: string, schema: AnySchemaObject, value: unknown): string[] {
  void ajv.validate(schema, value);
  // `if` only repeats that its `else` failed, which has errors of its own.
  const errors = ajv.errors?.filter(({ keyword }) => keyword !== 'if') ?? [];
  return errors.map((error) => `${where}${error.instancePath} ${complaint(error)}`);
}

function complaint({ keyword, message, params }: ErrorObject): string {
  if (keyword === 'unevaluatedProperties') return `has the unknown property ${params['unevaluatedProperty']}`;
  if (keyword === 'enum') return `must be one of ${params['allowedValues'].join(', ')}`;
  return `${message}`;
}

function matches(template: string[], segments: string[]): boolean {
  const fits = (part: string, index: number) => (isVariable(part) ? segments[index] !== '' : segments[index] === part);
  return template.length === segments.length && template.every(fits);
}

function isVariable(part: string): boolean {
  return part.startsWith('{');
}

function pathValues(template: string[], segments: string[]): Record<string, unknown> {
  const pairs = template.map((part, index) => [part, segments[index]] as const).filter(([part]) => isVariable(part));
  return Object.fromEntries(pairs.map(([part, segment]) => [part.slice(1, -1), segment]));
}

function queryValues(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
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

function teachGitHub(ajv: Ajv2019): void {
  addFormats(ajv);
  ajv.addFormat('repo.nwo', /^[^/]+\/[^/]+$/);
  for (const [name, schema] of Object.entries(description.components.schemas)) {
    ajv.addSchema(loosened(schema, NOT_ALWAYS_SENT[name] ?? []), `/components/schemas/${name}`);
  }
}

function loosened({ required = [], ...schema }: AnySchemaObject, optional: string[]): AnySchemaObject {
  return { ...schema, required: required.filter((property: string) => !optional.includes(property)) };
}
