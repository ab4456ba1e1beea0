/** The images that a tag may be of, where no repository is in its own document: as few as the names of files leave. */
import { groupBy, kept } from '../../core/objects.ts';
import type { TagOwner } from '../conventions/convention.ts';

/** Of more images none is likelier than another, and each would be told of each of as many tags. */
const MOST_OWNERS = 20;
/** Words of a file's name that are compared. */
const MOST_WORDS = 8;

/** An image, and the path of the file that its repository is in. */
export interface PlacedOwner {
  readonly path: string;
  readonly owner: TagOwner;
}

/** The images that the tags of one layer may be of. */
export class OwnerCandidates {
  /** By the names of their files, as far as files of tags are called after them: `web` where there is `web-prod.yaml`. */
  readonly #byName: ReadonlyMap<string, readonly PlacedOwner[]>;
  readonly #others: readonly PlacedOwner[];
  #byBeginning: ReadonlyMap<string, readonly PlacedOwner[]> | undefined;

  /** `tagged` are the paths of the files with tags, where nothing but names tells which image is whose. */
  constructor(owners: readonly PlacedOwner[], tagged: readonly string[]) {
    const own = new Set(owners.map(({ path }) => path));
    const beginnings = new Set(tagged.filter((path) => !own.has(path)).flatMap(beginningsOf));
    const hasName = ({ path }: PlacedOwner): boolean => beginnings.has(nameOf(path));
    this.#byName = groupBy(owners.filter(hasName), ({ path }) => nameOf(path));
    this.#others = owners.filter((one) => !hasName(one));
  }

  /** Those of a tag in a file; of too many the ones whose file has most of the first words of its name, else none. */
  of(path: string): readonly TagOwner[] {
    const beginnings = beginningsOf(path);
    const named = beginnings.flatMap((beginning) => this.#byName.get(beginning) ?? []);
    const owners = [...named, ...(this.#others.length <= MOST_OWNERS ? this.#others : this.#nearest(beginnings))];
    return owners.length <= MOST_OWNERS ? owners.map(({ owner }) => owner) : [];
  }

  #nearest(beginnings: readonly string[]): readonly PlacedOwner[] {
    this.#byBeginning ??= byBeginning(this.#others);
    const nearest = beginnings.findLast((beginning) => this.#byBeginning?.has(beginning)) ?? '';
    return this.#byBeginning.get(nearest) ?? [];
  }
}

function byBeginning(owners: readonly PlacedOwner[]): ReadonlyMap<string, readonly PlacedOwner[]> {
  const found = new Map<string, PlacedOwner[]>();
  for (const one of owners) {
    for (const beginning of beginningsOf(one.path)) kept(found, beginning, () => []).push(one);
  }
  return found;
}

/** The words of a file's name: `web-prod` of `values/web_prod.yaml`. */
const nameOf = (path: string): string => beginningsOf(path).at(-1) ?? '';

/** The first word of a file's name, the first two, and so on. */
function beginningsOf(path: string): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const words = name.split(/[^a-zA-Z\d]+/).slice(0, MOST_WORDS);
  return words.map((_, index) => words.slice(0, index + 1).join('-'));
}
