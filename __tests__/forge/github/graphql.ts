/** Exchanges with GitHub's GraphQL API, checked against the excerpt of its schema that `scripts/trim-graphql.mjs` writes. */
import { readFileSync } from 'node:fs';
import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  __Type,
  buildSchema,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** One request to GitHub's GraphQL API and the answer to it. */
export interface GraphQlExchange {
  requestBody?: unknown;
  status: number;
  responseBody?: unknown;
}

type Fields = Record<string, unknown>;

/** What GitHub's own scalars look like; the schema only names them. */
const SCALARS: Record<string, RegExp> = {
  GitObjectID: /^[0-9a-f]{40}$/,
  GitRefname: /^refs\//,
  URI: /^https?:\/\//,
};

/** What a question about the schema is answered with. */
const INTROSPECTED = __Type;

const REFUSALS = [401, 403, 429, 500, 502, 503];

const schema = buildSchema(readFileSync(new URL('./github-schema.graphql', import.meta.url), 'utf8'));

const documents = new Map<string, { readonly document: DocumentNode; readonly invalid: readonly string[] }>();

/** A document, and why it is none of the schema: the same few are sent thousands of times. */
function readDocument(query: string) {
  const known = documents.get(query);
  if (known) return known;
  const document = parse(query);
  const read = { document, invalid: validate(schema, document).map(({ message }) => message) };
  documents.set(query, read);
  return read;
}

/** How an exchange departs from GitHub's schema: a sentence for each departure. */
export function graphqlViolations({ requestBody, status, responseBody }: GraphQlExchange): string[] {
  const { query, variables, operationName, ...rest } = (requestBody ?? {}) as Fields;
  if (typeof query !== 'string') return ['the request has no query'];
  const unknown = Object.keys(rest).map((name) => `the request has the unknown property ${name}`);
  const { document, invalid } = readDocument(query);
  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : undefined);
  if (!operation || invalid.length > 0) return [...unknown, ...invalid, ...(operation ? [] : ['which operation?'])];
  const departures = [...unknown, ...variableFaults(operation, (variables ?? {}) as Fields)];
  if (REFUSALS.includes(status)) return departures;
  if (status !== 200) return [...departures, `GraphQL does not answer ${status}`];
  const check = new AnswerCheck(document, (variables ?? {}) as Fields);
  return [...departures, ...answerFaults(check, operation, responseBody)];
}

function variableFaults({ variableDefinitions = [] }: OperationDefinitionNode, variables: Fields): string[] {
  const names = variableDefinitions.map(({ variable }) => variable.name.value);
  const unknown = Object.keys(variables).filter((name) => !names.includes(name));
  const { errors = [] } = getVariableValues(schema, variableDefinitions, variables);
  return [...unknown.map((name) => `the variable ${name} is not declared`), ...errors.map(({ message }) => message)];
}

function answerFaults(check: AnswerCheck, operation: OperationDefinitionNode, body: unknown): string[] {
  const { data, errors, ...rest } = (body ?? {}) as Fields;
  const unknown = Object.keys(rest).map((name) => `the answer has the unknown property ${name}`);
  const root = schema.getRootType(operation.operation);
  const ofErrors = errors === undefined ? [] : errorFaults(errors);
  // Where something failed on the way up, the whole is null.
  if (!root || (data === null && errors !== undefined)) return [...unknown, ...ofErrors];
  return [...unknown, ...ofErrors, ...check.object(root, operation.selectionSet, data, 'data')];
}

function errorFaults(errors: unknown): string[] {
  if (!Array.isArray(errors) || errors.length === 0) return ['errors must be a list of at least one'];
  const sound = errors.every(
    ({ message, path, locations }: Fields) =>
      typeof message === 'string' && Array.isArray(path ?? []) && Array.isArray(locations ?? []),
  );
  return sound ? [] : ['an error needs a message, and lists for its path and locations'];
}

/** Compares data with what a document asked for. */
class AnswerCheck {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  readonly #variables: Fields;

  constructor({ definitions }: DocumentNode, variables: Fields) {
    this.#variables = variables;
    const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  object(type: GraphQLCompositeType, selection: SelectionSetNode, value: unknown, where: string): string[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${where} must be an object`];
    const answer = value as Fields;
    const asked = this.#fields(type, selection, answer);
    const names = asked.map(({ key }) => key);
    const unknown = Object.keys(answer).filter((key) => !names.includes(key));
    const found = asked.flatMap(({ key, type: fieldType, node }) =>
      answer[key] !== undefined
        ? this.#value(fieldType, node, answer[key], `${where}.${key}`)
        : [`${where}.${key} is missing`],
    );
    return [...unknown.map((key) => `${where}.${key} was not asked for`), ...found];
  }

  #value(type: GraphQLOutputType, node: FieldNode, value: unknown, where: string): string[] {
    if (isNonNullType(type)) {
      return value === null ? [`${where} must not be null`] : this.#value(type.ofType, node, value, where);
    }
    if (value === null) return [];
    if (isListType(type)) {
      if (!Array.isArray(value)) return [`${where} must be a list`];
      return value.flatMap((item, index) => this.#value(type.ofType, node, item, `${where}[${index}]`));
    }
    if (isLeafType(type)) return leafFaults(type, value, where);
    return node.selectionSet ? this.object(type, node.selectionSet, value, where) : [];
  }

  /** What was asked of a type. Of an abstract one the parts for one kind of it count when the answer has any of them. */
  #fields(type: GraphQLCompositeType, { selections }: SelectionSetNode, answer: Fields) {
    return selections.flatMap((selection): { key: string; type: GraphQLOutputType; node: FieldNode }[] => {
      if (getDirectiveValues(GraphQLIncludeDirective, selection, this.#variables)?.['if'] === false) return [];
      if (selection.kind === Kind.FIELD) {
        const { name, alias } = selection;
        if (name.value === '__type') return [{ key: (alias ?? name).value, type: INTROSPECTED, node: selection }];
        const field = isObjectType(type) || 'getFields' in type ? type.getFields()[name.value] : undefined;
        return field ? [{ key: (alias ?? name).value, type: field.type, node: selection }] : [];
      }
      const spread = selection.kind === Kind.FRAGMENT_SPREAD;
      const fragment = spread ? this.#fragments.get(selection.name.value) : selection;
      if (!fragment) return [];
      const named = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (!named || !isCompositeType(named)) return [];
      const inner = this.#fields(named, fragment.selectionSet, answer);
      return !isAbstractType(type) || inner.some(({ key }) => answer[key] !== undefined) ? inner : [];
    });
  }
}

function leafFaults(
  type: Extract<GraphQLOutputType, { parseValue: unknown }>,
  value: unknown,
  where: string,
): string[] {
  const pattern = SCALARS[getNamedType(type).name];
  if (pattern) return typeof value === 'string' && pattern.test(value) ? [] : [`${where} is no ${type.name}`];
  try {
    type.parseValue(value);
    return [];
  } catch (error) {
    return [`${where}: ${(error as Error).message}`];
  }
}
