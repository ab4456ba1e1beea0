/** Words and ends of values by which manifests of an image are found without parsing them. */
import { foldersOfName, searchWord } from '../core/image-reference.ts';
import type { ReleasedImage } from '../core/objects.ts';

/** Every manifest with one of the images contains a word, or a registry or repository that is the beginning of the name. */
export function searchTerms(images: readonly ReleasedImage[]): { words: string[]; registries: string[] } {
  const names = [...new Set(images.flatMap(({ reference, replaces }) => [reference.name, replaces]))];
  return {
    words: [...new Set(names.map(searchWord))],
    registries: [...new Set(names.flatMap(foldersOfName))],
  };
}

/** Whether the bytes of a manifest contain one of the words: far cheaper than parsing it. */
export function mayContain(bytes: Uint8Array, words: readonly string[]): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return words.some((word) => buffer.includes(word));
}
