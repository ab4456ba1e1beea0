/** Which characters of scalars belong to which sites. */
import type { Field } from './conventions/convention.ts';

/** The fields that were claimed, by the parts of the text that they are in: a scalar may have as many as a file has lines. */
export class ClaimedCharacters<Owner> {
  readonly #parts = new Map<number, { readonly field: Field; readonly owner: Owner }[]>();

  claim(field: Field, owner: Owner): void {
    for (let part = partOf(field.start); part <= partOf(field.end); part += 1) {
      const claims = this.#parts.get(part);
      if (claims) claims.push({ field, owner });
      else this.#parts.set(part, [{ field, owner }]);
    }
  }

  /** The first owner of a field of the same scalar with the same characters, or some of them, that `isOther` takes. */
  findOther(field: Field, isOther: (owner: Owner) => boolean): Owner | undefined {
    for (let part = partOf(field.start); part <= partOf(field.end); part += 1) {
      const found = this.#parts.get(part)?.find((one) => overlap(one.field, field) && isOther(one.owner));
      if (found) return found.owner;
    }
    return undefined;
  }
}

/** Parts of 64 characters. */
const partOf = (offset: number): number => offset >> 6;

/** Whether two fields are of one scalar and have characters in common. */
function overlap(one: Field, other: Field): boolean {
  if (one.scalar !== other.scalar) return false;
  return one.start === other.start || (one.start < other.end && other.start < one.end);
}
