/** A REST API as its server describes it, and what departs from that: operations, their parameters, the fields of answers. */
import { Ajv, type AnySchemaObject } from 'ajv';

/** One request to an API and the answer to it. A body that was not sent is left out. */
export interface Exchange {
  readonly method: string;
  /** Below the root, with the query: `/projects/acme%2Fmanifests/merge_requests?state=opened`. */
  readonly path: string;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody?: unknown;
}

export interface Operation {
  readonly method: string;
  readonly path: RegExp;
  /** Names in the query, with a pattern for the value of each. */
  readonly query?: Readonly<Record<string, RegExp>>;
  readonly body?: AnySchemaObject;
  /** By status. */
  readonly answers: Readonly<Record<number, AnySchemaObject>>;
  readonly refusals: readonly number[];
}

export interface Description {
  readonly operations: readonly Operation[];
  /** What a refusal has. */
  readonly refusal: AnySchemaObject;
}

export const text = { type: 'string' };
export const integer = { type: 'integer' };
export const flag = { type: 'boolean' };
export const nullable = (schema: AnySchemaObject): AnySchemaObject => ({ anyOf: [schema, { type: 'null' }] });
export const list = (items: AnySchemaObject): AnySchemaObject => ({ type: 'array', items });

/** What is there. */
export const fields = (
  properties: Readonly<Record<string, AnySchemaObject>>,
  optional: Readonly<Record<string, AnySchemaObject>> = {},
): AnySchemaObject => ({
  type: 'object',
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
});

/** What may be sent, and nothing else. */
export const parameters = (
  properties: Readonly<Record<string, AnySchemaObject>>,
  required: readonly string[] = [],
): AnySchemaObject => ({ type: 'object', properties, required, additionalProperties: false });

/** What any operation may answer to the wrong caller, or when the server itself is in trouble. */
const ALWAYS_POSSIBLE = [401, 403, 404, 429, 500, 502, 503];

const ajv = new Ajv({ strict: false, allErrors: true });

/** A sentence for each departure of an exchange from a description; none where there is none. */
export function departures({ operations, refusal }: Description, exchange: Exchange): string[] {
  const { method, path, requestBody, status, responseBody } = exchange;
  const [pathname = '', search] = path.split('?', 2);
  const operation = operations.find((one) => one.method === method && one.path.test(pathname));
  if (!operation) return [`${method} ${pathname} is no operation of the description`];
  return [
    ...queryFaults(operation, new URLSearchParams(search)),
    ...bodyFaults(operation, requestBody),
    ...answerFaults(operation, refusal, status, responseBody),
  ].map((fault) => `${method} ${pathname}: ${fault}`);
}

function queryFaults({ query = {} }: Operation, asked: URLSearchParams): string[] {
  return [...asked].flatMap(([name, value]) => (query[name]?.test(value) ? [] : [`query ${name}=${value}`]));
}

function bodyFaults({ body }: Operation, sent: unknown): string[] {
  if (body === undefined) return sent === undefined ? [] : ['it takes no request body'];
  return faults('request body', body, sent);
}

function answerFaults(
  { answers, refusals }: Operation,
  refusal: AnySchemaObject,
  status: number,
  answered: unknown,
): string[] {
  // To a conditional request.
  if (status === 304) return answered === undefined ? [] : ['it answers 304 without a body'];
  const schema = answers[status];
  if (schema) return faults('response body', schema, answered);
  if (!refusals.includes(status) && !ALWAYS_POSSIBLE.includes(status)) return [`it does not answer ${status}`];
  return faults('response body', refusal, answered);
}

function faults(where: string, schema: AnySchemaObject, value: unknown): string[] {
  return ajv.validate(schema, value)
    ? []
    : (ajv.errors ?? []).map((one) => `${where}${one.instancePath} ${one.message}`);
}
