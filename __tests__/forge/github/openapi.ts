import type { Ajv2019, AnySchemaObject, ErrorObject } from 'ajv/dist/2019.js';
import { graphqlViolations } from './graphql.ts';
import { readDescription, type Description, type Operation } from './openapi-description.ts';

/** One request to GitHub's REST API and the answer to it. A body that was not sent is left out. */
export interface Exchange {
  method: string;
  /** Below the API root, with the query string: `/repos/acme/manifests/pulls?state=open`. */
  path: string;
  requestBody?: unknown;
  status: number;
  responseBody?: unknown;
}

/** What any operation may answer, documented or not, to the wrong caller or when GitHub itself is in trouble. */
const ALWAYS_POSSIBLE = [401, 403, 404, 429, 500, 502, 503];

/** Where github.com and Enterprise Server answer GraphQL. */
const GRAPHQL = ['/graphql', '/api/graphql'];

const GITHUB = readDescription('./github-openapi.json');
const ENTERPRISE = readDescription('./github-enterprise-openapi.json');

/**
 * How an exchange departs from GitHub's own description of its REST API, or of its GraphQL schema.
 *
 * Takes the request and its answer, and gives a sentence for each departure, so none for an exchange as GitHub describes
 * it. Any operation that `scripts/trim-openapi.mjs` does not list is a departure. What github.com describes is sent to
 * Enterprise Server too, so a request must be as that describes it as well. Throws `URIError` when the percent encoding
 * of the path is malformed.
 */
export function violations(exchange: Exchange): string[] {
  const [pathname = ''] = exchange.path.split('?', 1);
  if (exchange.method === 'POST' && GRAPHQL.includes(pathname)) return graphqlViolations(exchange);
  const operation = described(GITHUB, exchange);
  if (!operation) return [`${exchange.method} ${pathname} is no operation in github-openapi.json`];
  const ofRequest = requestFaults(GITHUB, operation, exchange);
  const ofEnterprise = ofRequest.length > 0 ? [] : enterpriseFaults(operation.id, exchange);
  return [...ofRequest, ...ofEnterprise, ...answerFaults(operation, exchange)];
}

function enterpriseFaults(id: string, exchange: Exchange): string[] {
  const operation = described(ENTERPRISE, exchange);
  const found = operation ? requestFaults(ENTERPRISE, operation, exchange) : [`${id} is no operation`];
  return found.map((fault) => `on Enterprise Server: ${fault}`);
}

function described({ operations }: Description, { method, path }: Exchange): Operation | undefined {
  const segments = segmentsOf(path);
  return operations.find((one) => one.method === method.toUpperCase() && matches(one.template, segments));
}

function requestFaults({ bodies, parameters }: Description, operation: Operation, exchange: Exchange): string[] {
  const { id, template, request, needsRequestBody } = operation;
  const { path, requestBody } = exchange;
  const [, search] = path.split('?', 2);
  const bodyFaults = (): string[] => {
    if (requestBody === undefined) return needsRequestBody ? [`${id} needs a request body`] : [];
    return request ? faults(bodies, 'request body', request, requestBody) : [`${id} takes no request body`];
  };
  return [
    ...faults(parameters, 'path', operation.path, pathValues(template, segmentsOf(path))),
    ...faults(parameters, 'query', operation.query, queryValues(new URLSearchParams(search))),
    ...bodyFaults(),
  ];
}

function answerFaults({ id, answers }: Operation, { status, responseBody }: Exchange): string[] {
  if (status === 304) return responseBody === undefined ? [] : [`${id} answers 304 without a body`];
  const schema = answers.get(status);
  if (schema) return faults(GITHUB.bodies, 'response body', schema, responseBody);
  // A refusal has a message, also where only its status is described.
  if (answers.has(status) && status < 400)
    return responseBody === undefined ? [] : [`${id} answers ${status} without a body`];
  return answers.has(status) || ALWAYS_POSSIBLE.includes(status) ? [] : [`${id} does not answer ${status}`];
}

function segmentsOf(path: string): string[] {
  const [pathname = ''] = path.split('?', 1);
  return pathname.split('/').map((segment) => decodeURIComponent(segment));
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
