/**
 * Azure DevOps' REST API as Microsoft describes it, as far as `scripts/trim-azure-openapi.mjs` has kept it. A list is described as
 * an array and sent in an object with `count` and `value`; no field is described as required, so only names and types are compared.
 * Who owns a token is described nowhere: that operation is written by hand.
 */
import { readFileSync } from 'node:fs';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** One request to the REST API and the answer to it. A body that was not sent is left out. */
export interface Exchange {
  readonly method: string;
  /** With the query: `/fabrikam/ops/_apis/git/repositories/manifests/pullRequests?api-version=7.0`. */
  readonly path: string;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody?: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema?: AnySchemaObject;
  readonly type?: string;
  readonly enum?: readonly string[];
}

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly responses: { readonly 200: { readonly schema?: AnySchemaObject } };
}

type Definitions = Readonly<Record<string, AnySchemaObject>>;

interface DescriptionFile {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Definitions;
}

const file = new URL('./azure-openapi.json', import.meta.url);
const { paths, definitions } = JSON.parse(readFileSync(file, 'utf8')) as DescriptionFile;
const API_VERSION: Parameter = { name: 'api-version', in: 'query', required: true, type: 'string' };

const OWNER: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  '/{organization}/_apis/connectionData': {
    get: {
      operationId: 'Connection Data_Get',
      parameters: [API_VERSION],
      responses: {
        200: { schema: { type: 'object', properties: { authenticatedUser: { $ref: '#/definitions/Identity' } } } },
      },
    },
  },
};

/** In paths the case of letters does not matter to Azure, and a collection of a Server may be in a folder. */
const operations = Object.entries({ ...paths, ...OWNER }).flatMap(([template, methods]) =>
  Object.entries(methods).map(([method, operation]) => {
    const parts = template.replace('/{organization}', '').replaceAll(/\{\w+\}/g, '[^/]+');
    return { operation, method: method.toUpperCase(), path: new RegExp(`^(?:/[^/]+){1,2}${parts}$`, 'i') };
  }),
);

/** Dictionaries that are described by the class that has them in Microsoft's code, and sent with names of their own. */
const DICTIONARIES: ReadonlySet<string> = new Set(['PropertiesCollection', 'ReferenceLinks']);

/** Names that are not described are a fault; what a definition inherits is its own. */
function strict(name: string): AnySchemaObject {
  if (DICTIONARIES.has(name)) return { type: 'object' };
  const { allOf = [], properties = {}, ...rest } = definitions[name] ?? {};
  const parents = (allOf as readonly AnySchemaObject[]).map(({ $ref, ...own }) =>
    typeof $ref === 'string' ? strict($ref.replace('#/definitions/', '')) : own,
  );
  const all = Object.assign({}, ...parents.map((parent) => parent.properties ?? {}), properties) as object;
  const isOpen = Object.keys(all).length === 0;
  return { ...rest, ...(isOpen ? Object.assign({}, ...parents) : { properties: all, additionalProperties: false }) };
}

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
// Microsoft's own: a short number, and a value of any type.
for (const format of ['int16', 'T']) ajv.addFormat(format, true);
const schemas = Object.fromEntries(Object.keys(definitions).map((name) => [name, strict(name)]));

/** What any operation may answer to the wrong caller, to a wrong request, or when Azure itself is in trouble. */
const REFUSALS = [400, 401, 403, 404, 409, 429, 500, 502, 503];

/** A sentence for each departure of an exchange from the description; none where there is none. */
export function azureViolations({ method, path, requestBody, status, responseBody }: Exchange): string[] {
  const [pathname = '', search] = path.split('?', 2);
  const found = operations.find((one) => one.method === method && one.path.test(pathname));
  if (!found) return [`${method} ${pathname} is no operation of the description`];
  return [
    ...queryFaults(found.operation, new URLSearchParams(search)),
    ...bodyFaults(found.operation, requestBody),
    ...answerFaults(found.operation, status, responseBody),
  ].map((fault) => `${method} ${pathname}: ${fault}`);
}

function queryFaults({ parameters }: Operation, asked: URLSearchParams): string[] {
  const described = parameters.filter((parameter) => parameter.in === 'query');
  const missing = described.filter(({ name, required }) => required && !asked.has(name)).map(({ name }) => name);
  return [
    ...missing.map((name) => `query ${name} is missing`),
    ...[...asked].flatMap(([name, value]) => {
      const parameter = described.find((one) => one.name === name);
      return parameter && isOf(parameter, value) ? [] : [`query ${name}=${value}`];
    }),
  ];
}

function isOf({ name, type, enum: values }: Parameter, value: string): boolean {
  if (name === API_VERSION.name) return /^7\.0(?:-preview)?$/.test(value);
  // Names of enumerations are read in any case of letters.
  if (values) return values.some((one) => one.toLowerCase() === value.toLowerCase());
  return type !== 'integer' || /^\d+$/.test(value);
}

function bodyFaults({ parameters }: Operation, sent: unknown): string[] {
  const schema = parameters.find((parameter) => parameter.in === 'body')?.schema;
  if (schema === undefined) return sent === undefined ? [] : ['it takes no request body'];
  return faults('request body', schema, sent);
}

function answerFaults({ responses }: Operation, status: number, answered: unknown): string[] {
  if (status === 200 || status === 201) {
    const { schema } = responses[200];
    if (schema === undefined) return answered === undefined ? [] : ['it answers without a body'];
    return faults('response body', schema.type === 'array' ? listOf(schema) : schema, answered);
  }
  if (!REFUSALS.includes(status)) return [`it does not answer ${status}`];
  // A token that is not known gets no more than the status.
  return status === 401 && answered === undefined ? [] : faults('response body', REFUSAL, answered);
}

const REFUSAL = { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] };

const listOf = (schema: AnySchemaObject): AnySchemaObject => ({
  type: 'object',
  properties: { count: { type: 'integer' }, value: schema },
  required: ['count', 'value'],
  additionalProperties: false,
});

const validators = new Map<string, ValidateFunction>();

function faults(where: string, schema: AnySchemaObject, value: unknown): string[] {
  const key = JSON.stringify(schema);
  const validate = validators.get(key) ?? ajv.compile({ ...schema, definitions: schemas });
  validators.set(key, validate);
  return validate(value) ? [] : (validate.errors ?? []).map((one) => `${where}${one.instancePath} ${one.message}`);
}
