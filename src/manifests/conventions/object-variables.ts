/**
 * A tag that an object has as the value of a variable, and uses behind the name of an image: `${WEB_TAG}` of a parameter
 * of an OpenShift Template, `{{ .tag }}` of an element of an ApplicationSet's list generator, `${web_tag}` of a Flux
 * Kustomization's `postBuild.substitute`.
 */
import { groupBy, kept } from '../../core/objects.ts';
import { parseReference, repositoryOf } from '../../core/image-reference.ts';
import {
  mapOf,
  namedItems,
  valueOf,
  walk,
  type ManifestDocument,
  type ManifestMap,
  type ManifestNode,
  type ManifestScalar,
} from '../yaml/tree.ts';
import { TEMPLATED } from '../yaml/templated-values.ts';
import type { Convention, ImageSite } from './convention.ts';
import { groupImageParts } from './image-keys.ts';
import { nameOfParts, versionFields } from './image-parts.ts';

export const objectVariables: Convention = {
  name: 'object-variables',
  *find(document: ManifestDocument): Generator<ImageSite> {
    const variables = [...variablesOf(document)];
    if (variables.length === 0) return;
    const values = groupBy(variables, ({ name }) => name);
    const imagesOf = imagesByVariable(usesIn(document, values));
    for (const { name, where, scalar } of variables) {
      const images = imagesOf.get(name);
      const read = images && versionFields({ tag: scalar });
      if (!read || read.fields.length === 0) continue;
      const candidates = images.size > 1 ? { candidates: [...images.values()] } : {};
      for (const [of, image] of images) yield { where, name: image, of, ...read, ...candidates };
    }
  },
};

interface Variable {
  readonly name: string;
  readonly where: string;
  readonly scalar: ManifestScalar;
}

/** Where a document has variables, by its kind. */
function* variablesOf({ root, name }: ManifestDocument): Generator<Variable> {
  if (root?.kind !== 'map') return;
  const [kind] = name.split('/');
  if (kind === 'Template' || valueOf(root, 'objects')) yield* parametersOf(valueOf(root, 'parameters'));
  if (kind === 'ApplicationSet') {
    for (const { node, path } of walk(root)) {
      const [, inside] = GENERATED.exec(path) ?? [];
      if (inside !== undefined) yield* entriesOf(node, path, inside === '' ? '' : `${inside.slice(1)}.`);
    }
  }
  if (kind === 'Kustomization') {
    const substitute = substituteOf(root);
    if (substitute) yield* entriesOf(substitute, 'spec.postBuild.substitute');
  }
}

/** The values that a Flux Kustomization gives to variables. */
export function substituteOf(kustomization: ManifestMap): ManifestMap | undefined {
  return mapOf(mapOf(mapOf(kustomization, 'spec'), 'postBuild'), 'substitute');
}

/** An element of a list generator, or the `values` of a generator of any kind, and the path in it. */
const GENERATED = /(?:\.list\.elements\[\d+\]|\.generators\[\d+\]\.\w+(?=\.values))((?:\.[\w-]+)*)$/;

function* parametersOf(list: ManifestNode | undefined): Generator<Variable> {
  for (const { index, name, scalar } of namedItems(list)) {
    yield { name, where: `parameters[${index}].value`, scalar };
  }
}

function* entriesOf(node: ManifestNode, path: string, prefix = ''): Generator<Variable> {
  for (const { key, value } of node.kind === 'map' ? node.entries : []) {
    if (value.kind === 'scalar') yield { name: prefix + key, where: `${path}.${key}`, scalar: value };
  }
}

interface Use {
  readonly variable: string;
  /** The name in front of it. */
  readonly image: string;
}

/** The images of each variable, by their repositories. */
function imagesByVariable(uses: Iterable<Use>): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const all = new Map<string, Map<string, string>>();
  for (const { variable, image } of uses) kept(all, variable, () => new Map()).set(repositoryOf(image), image);
  return all;
}

const VARIABLE = String.raw`\$\{\{?(\w+)\}?\}|\{\{-?\s*\.?([\w-]+(?:\.[\w-]+)*)\s*(?:\|\s*quote\s*)?-?\}\}`;
const ALL = new RegExp(VARIABLE, 'g');
const ONLY = new RegExp(`^(?:${VARIABLE})$`);
const BEHIND_NAME = new RegExp(`^(?:[^\\s=]*=)?([^\\s]*):(?:${VARIABLE})$`);

/** The variables that are the tag of an image: `name:${TAG}`, `old=name:${TAG}`, or `tag: ${TAG}` beside a name. */
function* usesIn(document: ManifestDocument, values: ReadonlyMap<string, readonly Variable[]>): Generator<Use> {
  /** The text as it was written, with the value of each variable that has but one. */
  const filledIn = (text: string): string =>
    text.replace(ALL, (all, shell: string | undefined, template: string | undefined) => {
      const [value, ...more] = values.get(shell ?? template ?? '') ?? [];
      return value && more.length === 0 ? value.scalar.text : all;
    });
  for (const node of nodesOf(document.root)) {
    if (node.kind === 'scalar') {
      const [, name = '', shell, template] = BEHIND_NAME.exec(written(node, document)) ?? [];
      const image = parseReference(filledIn(name))?.name;
      if (image !== undefined) yield { variable: shell ?? template ?? '', image };
    }
    const entries = keyedScalars(node).map(([key, scalar]) => {
      const text = written(scalar, document);
      return [key, { text: ONLY.test(text) ? text : filledIn(text) }] as const;
    });
    for (const { tag, ...parts } of groupImageParts(entries)) {
      const [, shell, template] = ONLY.exec(tag?.value.text ?? '') ?? [];
      const named = nameOfParts(parts);
      if (named) yield { variable: shell ?? template ?? '', image: named.name };
    }
  }
}

/** The scalars of a map by their keys, and those of a list of parameters by their names. */
function keyedScalars(node: ManifestNode): (readonly [key: string, scalar: ManifestScalar])[] {
  if (node.kind === 'map') {
    return node.entries.flatMap(({ key, value }) => (value.kind === 'scalar' ? [[key, value] as const] : []));
  }
  return namedItems(node).map(({ name, scalar }) => [name, scalar]);
}

/** An action that is a whole value. */
const ACTION = /[ \t]*(\{\{[^{}\n]*\}\})(?=[ \t]*(?:[\r\n]|$))/y;

/** A scalar as it was written, without its quotes: of a template action, the tree has only where it is. */
function written({ start, end, text: read }: ManifestScalar, { text }: ManifestDocument): string {
  if (read === TEMPLATED) {
    ACTION.lastIndex = start;
    return ACTION.exec(text)?.[1] ?? '';
  }
  return text.slice(start, end).replace(/^["']|["']$/g, '');
}

/** All nodes, those of blocks of text too. */
function* nodesOf(root: ManifestNode | undefined): Generator<ManifestNode> {
  for (const { node } of walk(root)) {
    yield node;
    for (const inner of node.kind === 'scalar' ? (node.embedded ?? []) : []) yield* nodesOf(inner);
  }
}
