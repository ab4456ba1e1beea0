/** Words, and ends of registries and repositories, by which manifests of an image are found without parsing them. */
import { foldersOf, searchWord } from '../core/image-reference.ts';
import type { ReleasedImage } from '../core/objects.ts';

/** Every manifest with one of the images contains a word, or the beginning of the name at the end of a registry or repository. */
export function searchTerms(images: readonly ReleasedImage[]): { words: string[]; registries: string[] } {
  const names = [...new Set(images.flatMap(({ reference, replaces }) => [reference.name, replaces]))];
  return {
    words: [...new Set(names.map(searchWord))],
    registries: [...new Set(names.flatMap(foldersOf))],
  };
}

/** Whether the bytes of a manifest contain one of the words: far cheaper than parsing it. */
export function mayContain(bytes: Uint8Array, words: readonly string[]): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return words.some((word) => buffer.includes(word));
}
