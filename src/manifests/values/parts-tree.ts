/** A tree of values as far as it has parts of images. */
import { parseReference, repositoryOf } from '../../core/image-reference.ts';
import { groupBy, kept } from '../../core/objects.ts';
import { documentKey, isEmpty, type OwnedTag, type TagOwner } from '../conventions/convention.ts';
import { readLonePart, type LonePart } from '../conventions/image-keys.ts';
import { OwnerCandidates, type PlacedOwner } from './owner-candidates.ts';
import type { TemplateUse } from './template-uses.ts';
import type { LeafReader, ValueLeaf } from './value-leaves.ts';
import type { ValuesTree } from './values-tree.ts';

/** A leaf that is a part of an image. Parts of one `group` belong to one image, as far as keys say. */
export interface PartLeaf extends ValueLeaf {
  readonly part: LonePart['part'];
  readonly group: string;
}

export type VersionLeaf = PartLeaf & { readonly part: OwnedTag['part'] };

/** The part that a leaf is. */
export function partOf(leaf: ValueLeaf): PartLeaf | undefined {
  const read = readLonePart(leaf.path.at(-1) ?? '');
  return read && { ...leaf, part: read.part, group: JSON.stringify([...leaf.path.slice(0, -1), read.prefix]) };
}

/** The repositories of one group. */
interface Repositories {
  readonly all: readonly PartLeaf[];
  readonly byDocument: ReadonlyMap<string, readonly PartLeaf[]>;
  /** What tags of a rank may be of that have none in their document. */
  readonly byRank: Map<number, OwnerCandidates>;
}

export class PartsTree {
  readonly object: string;
  readonly tree: ValuesTree;
  readonly #parts: readonly PartLeaf[];
  readonly #groups: ReadonlyMap<string, readonly PartLeaf[]>;
  readonly #uses = new Map<string, TagOwner[]>();
  readonly #repositories = new Map<string, Repositories>();

  /** `uses` are those of the templates of a chart and all below it. */
  constructor(tree: ValuesTree, reader: LeafReader, uses: (chart: string) => readonly TemplateUse[]) {
    this.object = tree.object;
    this.tree = tree;
    this.#parts = tree.layers.flatMap((layer) => reader.leavesOf(layer)).flatMap((leaf) => partOf(leaf) ?? []);
    this.#groups = groupBy(this.#parts, ({ group }) => group);
    for (const { source, at } of tree.layers) {
      for (const { path, owner } of source.kind === 'chart' ? uses(source.folder) : []) {
        const key = JSON.stringify([...at, ...path]);
        const owners = this.#uses.get(key);
        if (owners) owners.push(owner);
        else this.#uses.set(key, [owner]);
      }
    }
  }

  /** Tags and digests without a repository beside them. */
  get tags(): VersionLeaf[] {
    return this.#parts.filter(isVersionPart).filter((leaf) => !this.#isBesideRepository(leaf));
  }

  /**
   * The images that a tag may be of: the repository in the same layer or the nearest below, and those of alternatives to
   * its layer, which may be below it too; where there is none, each of those above.
   */
  ownersOf(tag: PartLeaf): readonly TagOwner[] {
    const used = this.#uses.get(JSON.stringify(tag.path));
    if (used) return used;
    const repositories = this.#repositoriesOf(tag.group);
    if (repositories.all.length === 0) return this.#imagesBelow(tag);
    const inDocument = repositories.byDocument.get(documentKey(tag.document.path, tag.id)) ?? [];
    const own = inDocument.filter(({ rank }) => rank === tag.rank);
    if (own.length > 0) return own.flatMap((leaf) => this.#ownerOf(leaf));
    return kept(repositories.byRank, tag.rank, () => {
      const below = strongest(repositories.all.filter(({ rank }) => rank < tag.rank));
      const nearest = [...below, ...repositories.all.filter(({ rank }) => rank === tag.rank)];
      const owners = (nearest.length > 0 ? nearest : repositories.all).flatMap((leaf) => this.#placed(leaf));
      return new OwnerCandidates(owners, this.tree.isGuess ? this.#pathsWithTags(tag.group) : []);
    }).of(tag.document.path);
  }

  /** What a layer above all of this tree would find, by group. */
  get owners(): Map<string, TagOwner[]> {
    const groups = [...this.#groups.keys()];
    return new Map(
      groups.map((group) => [group, strongest(this.#repositoriesOf(group).all).flatMap((leaf) => this.#ownerOf(leaf))]),
    );
  }

  /** `global.image.tag` is the tag of all images that have none of their own. */
  #imagesBelow({ path }: PartLeaf): TagOwner[] {
    if (path[0] !== 'global') return [];
    const untagged = [...this.#groups].filter(
      ([, parts]) => !parts.some((leaf) => isVersionPart(leaf) && !isEmpty(leaf.scalar)),
    );
    return untagged.flatMap(([group]) => this.#repositoriesOf(group).all).flatMap((leaf) => this.#ownerOf(leaf));
  }

  #repositoriesOf(group: string): Repositories {
    return kept(this.#repositories, group, () => {
      const parts = this.#groups.get(group) ?? [];
      const all = parts.filter(({ part, scalar }) => part === 'repository' && !isEmpty(scalar));
      return { all, byDocument: groupBy(all, ({ document, id }) => documentKey(document.path, id)), byRank: new Map() };
    });
  }

  #isBesideRepository(tag: PartLeaf): boolean {
    const group = this.#groups.get(tag.group) ?? [];
    return group.some((leaf) => leaf.part === 'repository' && isSame(leaf, tag) && leaf.parent === tag.parent);
  }

  #pathsWithTags(group: string): string[] {
    return (this.#groups.get(group) ?? []).filter(isVersionPart).map(({ document }) => document.path);
  }

  #placed(repository: PartLeaf): PlacedOwner[] {
    return this.#ownerOf(repository).map((owner) => ({ path: repository.document.path, owner }));
  }

  #ownerOf(repository: PartLeaf): TagOwner[] {
    const registry = this.#registryOf(repository);
    const name = registry === '' ? repository.scalar.text : `${registry}/${repository.scalar.text}`;
    const reference = parseReference(name);
    if (!reference || reference.tag !== undefined || reference.digest !== undefined) return [];
    const { document, scalar } = repository;
    const source = `${document.path}:${document.lines.positionAt(scalar.start).line}`;
    return [{ image: repositoryOf(name), name, source }];
  }

  /** `global.imageRegistry` wins over the registry of an image, as in the charts that have it. */
  #registryOf({ group }: PartLeaf): string {
    const written = (of: string): PartLeaf[] =>
      (this.#groups.get(of) ?? []).filter(({ part, scalar }) => part === 'registry' && !isEmpty(scalar));
    const global = [
      ['global', 'image', ''],
      ['global', ''],
    ].flatMap((keys) => written(JSON.stringify(keys)));
    const registries = [...written(group), ...global];
    return registries.at(-1)?.scalar.text ?? '';
  }
}

function strongest(leaves: readonly PartLeaf[]): PartLeaf[] {
  const rank = leaves.reduce((most, leaf) => Math.max(most, leaf.rank), -Infinity);
  return leaves.filter((leaf) => leaf.rank === rank);
}

export const isVersionPart = (leaf: PartLeaf): leaf is VersionLeaf =>
  leaf.part !== 'registry' && leaf.part !== 'repository';

/** Whether two leaves are in one document. */
function isSame(one: Pick<ValueLeaf, 'id' | 'document'>, other: Pick<ValueLeaf, 'id' | 'document'>): boolean {
  return one.id === other.id && one.document.path === other.document.path;
}
