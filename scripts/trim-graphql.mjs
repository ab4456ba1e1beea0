#!/usr/bin/env node
/**
 * Writes `__tests__/forge/github/github-schema.graphql`: what GitHub's GraphQL schema says about the documents in
 * `src/forge/github/graphql-documents.ts`, and about those that the command line `gh` sends to the sandbox.
 *
 * The tests hold every document this project sends, and every answer its sandbox gives, against that file. The whole
 * schema is 1.2 MB, so the repository keeps only the types, fields and arguments in use.
 *
 * After a change of the documents run
 *
 *     node scripts/trim-graphql.mjs
 *
 * which downloads the package into a temporary folder, or, with the package already unpacked,
 *
 *     node scripts/trim-graphql.mjs path/to/package
 *
 * It fails, writing nothing, when a document is not valid by the whole schema.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import {
  buildASTSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isRequiredArgument,
  isRequiredInputField,
  Kind,
  parse,
  print,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { format, resolveConfig } from 'prettier';

const PACKAGE = '@octokit/graphql-schema@15.26.1';
const DOCUMENTS = [
  new URL('../__tests__/forge/github/documents.ts', import.meta.url),
  new URL('../__tests__/sandbox/gh-documents.ts', import.meta.url),
];
const OUTPUT = new URL('../__tests__/forge/github/github-schema.graphql', import.meta.url);

const [folder] = process.argv.slice(2);
const definitions = parse(folder ? read(folder) : download());
const schema = buildASTSchema(definitions, { assumeValid: true });
const kept = keptNames((await Promise.all(DOCUMENTS.map(readDocuments))).flat());
const excerpt = definitions.definitions.map(trimmed).filter(Boolean);
const note = `# GitHub's GraphQL schema, an excerpt of ${PACKAGE} (MIT). Written by scripts/trim-graphql.mjs.\n\n`;
const text = `${note}${print({ kind: Kind.DOCUMENT, definitions: excerpt })}`;
const output = fileURLToPath(OUTPUT);
writeFileSync(output, await format(text, { ...(await resolveConfig(output)), filepath: output }));

function read(folder) {
  return readFileSync(join(folder, 'schema.graphql'), 'utf8');
}

function download() {
  const folder = mkdtempSync(join(tmpdir(), 'graphql-'));
  try {
    const packed = execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder], {
      encoding: 'utf8',
    });
    execFileSync('tar', ['-xzf', packed.trim(), 'package/schema.graphql'], { cwd: folder });
    return read(join(folder, 'package'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All documents of a module, each valid by the schema. */
async function readDocuments(file) {
  // Node 20 does not import TypeScript.
  const options = { bundle: true, write: false, format: 'esm', platform: 'node' };
  const [{ contents }] = buildSync({ entryPoints: [fileURLToPath(file)], ...options }).outputFiles;
  const module = await import(`data:text/javascript;base64,${Buffer.from(contents).toString('base64')}`);
  return Object.values(module)
    .flat()
    .map((text) => {
      const document = parse(text);
      const [error] = validate(schema, document);
      if (error) throw new Error(`${error.message} in ${text}`);
      return document;
    });
}

/** For each type in use the names of its fields in use, with `Type.field` for the arguments of a field. */
function keptNames(documents) {
  const kept = new Map();
  const keep = (owner, name) => kept.set(owner, (kept.get(owner) ?? new Set()).add(name));
  const reach = (type, isNeeded = isRequiredInputField) => {
    const named = getNamedType(type);
    if (!kept.has(named.name)) kept.set(named.name, new Set());
    if (!isInputObjectType(named)) return;
    for (const field of Object.values(named.getFields()).filter(isNeeded)) {
      if (kept.get(named.name).has(field.name)) continue;
      keep(named.name, field.name);
      reach(field.type, isNeeded);
    }
  };
  for (const document of documents) {
    const info = new TypeInfo(schema);
    const visitor = {
      Field() {
        const [parent, field] = [info.getParentType(), info.getFieldDef()];
        keep(parent.name, field.name);
        reach(field.type);
        for (const argument of field.args.filter(isRequiredArgument)) {
          keep(`${parent.name}.${field.name}`, argument.name);
          reach(argument.type);
        }
      },
      Argument() {
        const argument = info.getArgument();
        keep(`${info.getParentType().name}.${info.getFieldDef().name}`, argument.name);
        reach(argument.type);
      },
      ObjectField(node) {
        keep(getNamedType(info.getParentInputType()).name, node.name.value);
        reach(info.getInputType());
      },
      // Of an object in a variable, any field may be sent.
      VariableDefinition: () => reach(info.getInputType(), () => true),
      InlineFragment: () => reach(info.getType()),
    };
    visit(document, visitWithTypeInfo(info, visitor));
  }
  // What implements an interface has all of its fields.
  for (const [name, names] of kept) {
    const type = schema.getType(name);
    if (!isInterfaceType(type)) continue;
    for (const possible of schema.getPossibleTypes(type).filter((one) => kept.has(one.name))) {
      for (const field of names) keep(possible.name, field);
    }
  }
  return kept;
}

/** A definition with only what is in use, and without prose; undefined when nothing of it is. */
function trimmed(definition) {
  const { kind, name, fields, interfaces, types, values } = definition;
  const names = kept.get(name?.value);
  if (names === undefined || kind === Kind.DIRECTIVE_DEFINITION) return undefined;
  return {
    ...bare(definition),
    ...(values && { values: values.map(bare) }),
    // Of a union.
    ...(types && { types: types.filter((one) => kept.has(one.name.value)) }),
    ...(interfaces && { interfaces: interfaces.filter((one) => kept.has(one.name.value)) }),
    ...(fields && {
      fields: fields
        .filter((field) => names.has(field.name.value))
        .map((field) => ({
          ...bare(field),
          ...(field.arguments && {
            arguments: field.arguments
              .filter((argument) => kept.get(`${name.value}.${field.name.value}`)?.has(argument.name.value))
              .map(bare),
          }),
        })),
    }),
  };
}

function bare(node) {
  return { ...node, description: undefined, directives: [] };
}
