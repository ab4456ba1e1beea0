/** Which characters of scalars belong to which sites. */
import type { Field } from './conventions/convention.ts';

interface Claim<Owner> {
  readonly field: Field;
  readonly owner: Owner;
}

/** The fields that were claimed, by the parts of the text that they are in: a scalar may have as many as a file has lines. */
export class ClaimedCharacters<Owner extends { readonly convention: string }> {
  /** Of each convention the first claim of the same characters: aliases may repeat one field as often as a file has lines. */
  readonly #parts = new Map<number, Map<string, Claim<Owner>>>();

  claim(field: Field, owner: Owner): void {
    const key = `${owner.convention} ${field.scalar} ${field.start} ${field.end}`;
    for (let part = partOf(field.start); part <= partOf(field.end); part += 1) {
      const claims = this.#parts.get(part) ?? new Map<string, Claim<Owner>>();
      this.#parts.set(part, claims);
      if (!claims.has(key)) claims.set(key, { field, owner });
    }
  }

  /** The first owner of another convention that has a field of the same scalar with the same characters, or some of them. */
  findOther(field: Field, convention: string): Owner | undefined {
    for (let part = partOf(field.start); part <= partOf(field.end); part += 1) {
      for (const { field: claimed, owner } of this.#parts.get(part)?.values() ?? []) {
        if (owner.convention !== convention && overlap(claimed, field)) return owner;
      }
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
