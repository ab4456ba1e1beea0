/** The image of each tag in values whose repository is at the same path in another layer. Pure. */
import { groupBy } from '../../core/objects.ts';
import { documentKey, type OwnedTag, type TagOwner, type TagOwners } from '../conventions/convention.ts';
import { readLonePart } from '../conventions/image-keys.ts';
import { joinPath, type ManifestDocument } from '../yaml/tree.ts';
import type { Manifest } from '../yaml/manifest.ts';
import { argoTrees } from './argo-cd.ts';
import { chartsIn, chartTrees, type ManifestsByPath } from './charts.ts';
import { configEntries } from './config-objects.ts';
import { fleetTrees } from './fleet.ts';
import { fluxTrees } from './flux.ts';
import { helmfileTrees } from './helmfile.ts';
import { patchedValues, type PatchedValue } from './json-patches.ts';
import { kustomizeTrees } from './kustomize-charts.ts';
import { isVersionPart, partOf, PartsTree, type PartLeaf, type VersionLeaf } from './parts-tree.ts';
import { chartOfTemplate, templateUses, type TemplateUse } from './template-uses.ts';
import { LeafReader } from './value-leaves.ts';
import type { ValuesTree } from './values-tree.ts';

const READERS = [argoTrees, fluxTrees, helmfileTrees, kustomizeTrees, fleetTrees];

/** The trees that a document says there are. */
export const treesIn = (document: ManifestDocument): ValuesTree[] => READERS.flatMap((read) => [...read(document)]);

/** The owners of all tags, as far as the manifests say. */
export function findTagOwners(manifests: readonly Manifest[]): TagOwners {
  const byPath = new Map(manifests.map((manifest) => [manifest.path, manifest]));
  const documents = manifests.flatMap((manifest) => manifest.documents);
  const entries = documents.flatMap((document) => [...configEntries(document)]);
  const reader = new LeafReader(
    { manifests: byPath, objects: groupBy(entries, ({ name }) => name) },
    (key) => readLonePart(key) !== undefined,
  );
  const read = [...chartTrees(byPath), ...documents.flatMap(treesIn)];
  const uses = usesOf(byPath);
  const trees = read.map((tree) => new PartsTree(tree, reader, uses));
  const objects = new Map(
    [...groupBy(trees, ({ object }) => object)].map(([name, group]) => [name, new ObjectTrees(group)]),
  );
  objects.delete('');
  const found = trees.flatMap((tree) =>
    tree.tags.map((tag): Found => {
      const own = tree.ownersOf(tag);
      const owners = own.length > 0 ? own : (objects.get(tree.object)?.ownersOf(tag) ?? []);
      return { tag, owners, isGuess: tree.tree.isGuess ?? false };
    }),
  );
  for (const patch of documents.flatMap((document) => [...patchedValues(document, byPath)])) {
    for (const [name, target] of objects) {
      if (!patch.target.test(name)) continue;
      const tags = tagsOf(patch, target, reader);
      found.push(...tags.map((tag) => ({ tag, owners: target.ownersOf(tag), isGuess: false })));
    }
  }
  return tableOf(found);
}

/** The uses in the templates of a chart, and of those that it depends on. */
function usesOf(manifests: ManifestsByPath): (chart: string) => readonly TemplateUse[] {
  const templates = [...manifests.values()].filter(({ path }) => chartOfTemplate(path) !== undefined);
  const own = groupBy(templates, ({ path }) => chartOfTemplate(path));
  const known = new Map<string, readonly TemplateUse[]>();
  return (chart) => {
    const uses =
      known.get(chart) ??
      (own.size === 0 ? [] : chartsIn(chart, manifests)).flatMap(({ folder, at }) =>
        (own.get(folder) ?? [])
          .flatMap((template) => [...templateUses(template)])
          .map(({ path, owner }) => ({ path: [...at, ...path], owner })),
      );
    known.set(chart, uses);
    return uses;
  };
}

/** The trees of all objects of one name: those of a base and of what patches it. */
class ObjectTrees {
  readonly #owners = new Map<string, TagOwner[]>();
  readonly #parameters = new Map<string, readonly string[]>();

  constructor(trees: readonly PartsTree[]) {
    for (const { owners, tree } of trees) {
      for (const [group, some] of owners)
        this.#owners.set(group, unique([...(this.#owners.get(group) ?? []), ...some]));
      for (const { source, at } of tree.layers) {
        if (source.kind === 'node' && at.length > 0) this.#parameters.set(source.where, at);
      }
    }
  }

  ownersOf({ group }: PartLeaf): readonly TagOwner[] {
    return this.#owners.get(group) ?? [];
  }

  /** The path in the values that a pointer into such an object leads to. */
  pathOf(pointer: readonly string[]): readonly string[] | undefined {
    const where = pointer.reduce((path, key) => (/^\d+$/.test(key) ? `${path}[${key}]` : joinPath(path, key)), '');
    const inline = pointer.indexOf('valuesObject');
    if (inline >= 0) return pointer.slice(inline + 1);
    const isFlux = pointer[0] === 'spec' && pointer[1] === 'values';
    return isFlux ? pointer.slice(2) : this.#parameters.get(where);
  }
}

/** The tags that a patch writes. */
function tagsOf({ pointer, value }: PatchedValue, target: ObjectTrees, reader: LeafReader): VersionLeaf[] {
  const at = target.pathOf(pointer);
  const leaves = at ? reader.leavesOf({ source: value, at, rank: Infinity }) : [];
  return leaves.flatMap((leaf) => partOf(leaf) ?? []).filter(isVersionPart);
}

interface Found {
  readonly tag: VersionLeaf;
  readonly owners: readonly TagOwner[];
  readonly isGuess: boolean;
}

/** A tag that is in several trees has the owners of all; a guess counts where nothing else is known. */
function tableOf(found: readonly Found[]): TagOwners {
  const table = new Map<string, Map<string, OwnedTag>>();
  for (const { tag, owners, isGuess } of found.toSorted((a, b) => Number(a.isGuess) - Number(b.isGuess))) {
    const { document, id, where, parent, part } = tag;
    const key = documentKey(document.path, id);
    const tags = table.get(key) ?? new Map<string, OwnedTag>();
    const known = tags.get(where);
    if (owners.length === 0 || (isGuess && known && !known.isGuess)) continue;
    tags.set(where, { part, where, parent, owners: unique([...(known?.owners ?? []), ...owners]), isGuess });
    table.set(key, tags);
  }
  return new Map([...table].map(([key, tags]) => [key, [...tags.values()]]));
}

const unique = (owners: readonly TagOwner[]): TagOwner[] => [
  ...new Map(owners.map((owner) => [owner.image, owner])).values(),
];
