/** The part of an image that a key of values is. */
export interface ImagePart {
  readonly part: 'registry' | 'repository' | 'tag' | 'digest';
  readonly prefix: string;
}
const KEY = /^(.*?)(registry|repository|tag|digest)$/i;
export function imagePartOf(key: string): ImagePart | undefined {
  const [, prefix = '', part] = KEY.exec(key) ?? [];
  return part === undefined ? undefined : { part: part.toLowerCase() as ImagePart['part'], prefix };
}
export const isImagePart = (key: string): boolean => KEY.test(key);
