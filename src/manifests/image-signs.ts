/** By what a file or a place, of which nothing else is known, shows that it is of an image: words, keys and names. Pure. */
import { splitName } from '../core/image-reference.ts';
import type { ManifestFile } from '../core/objects.ts';
import type { ImageSite } from './conventions/convention.ts';
import { FLUX_WORDS } from './flux-policies.ts';
import { mayContain } from './search-terms.ts';
import { isChartFile, isValuesFile } from './values/charts.ts';
import { mayBeValues, VALUES_WORDS } from './values/related.ts';
import { chartOfTemplate } from './values/template-uses.ts';

/** Every file with an image has one of these, or a name with a registry. */
const IMAGE_WORDS = [
  'mage',
  'MAGE',
  'img',
  'tag',
  'Tag',
  'TAG',
  'epository',
  'igest',
  'docker',
  'manifest-release',
  'newName',
];
const WITH_REGISTRY = /(?<![\w./-])(?=[\w./-]*?[\w-]\.[\w-]+\/[\w./-])[\w./-]+[:@]\w|[\w-]:\d+\/[\w./-]+[:@]\w/;

/** Whether a file may have the name or the version of an image. */
export function mayHaveImage(bytes: Uint8Array): boolean {
  if (mayContain(bytes, IMAGE_WORDS)) return true;
  return WITH_REGISTRY.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
}

/** Whether a file may say whose tag a tag of another file is, or have such a tag. */
export function mayExplain({ path, bytes }: ManifestFile): boolean {
  return (
    isChartFile(path) ||
    isValuesFile(path) ||
    chartOfTemplate(path) !== undefined ||
    mayBeValues(bytes) ||
    mayContain(bytes, [...VALUES_WORDS, ...FLUX_WORDS, 'ImageRepository'])
  );
}

/** Whether a place is of an image for certain: by its convention, its key, or a registry in its name. */
export function isImage(convention: string, where: string, name: string): boolean {
  return convention !== 'whole-reference' || /image|img/i.test(lastKey(where)) || splitName(name).path !== name;
}

/** Whether a place without a version has the name of an image for certain. */
export function isNamedImage({ fields: [field], named, where }: ImageSite): boolean {
  return (
    named === true ||
    field?.role !== 'reference' ||
    /(?:image|img|newName)$/i.test(lastKey(where)) ||
    (/repository$/i.test(where) && /image|img/i.test(where))
  );
}

/** Without the place in a list. */
const lastKey = (where: string): string => /(?<![\w-])([\w-]+)(?:\[\d+\])*$/.exec(where)?.[1] ?? '';
