/** Places that the setting `targets` names: `file#/json/pointer` or `file#dotted.path`, for what no convention explains. */
import { repositoryOf } from '../../core/image-reference.ts';
import { valueOf, walk, type ManifestDocument, type ManifestNode } from '../yaml/tree.ts';
import { refusedSite } from './annotated.ts';
import type { Convention, FindContext, ImageSite } from './convention.ts';
import { partOf, readNamedValue } from './named-value.ts';

export const explicitTarget: Convention = {
  name: 'explicit-target',
  *find(document: ManifestDocument, { targets }: FindContext): Generator<ImageSite> {
    for (const { text: target, file, document: selector, path, image } of targets) {
      if (file !== document.path || !isSelected(document, selector)) continue;
      const node = descend(document.root, path);
      if (!node) continue;
      const where = path.join('.');
      if (node.kind !== 'scalar') {
        yield {
          ...refusedSite({ scalar: { start: startOf(node) }, path: where, image }, 'is no single value'),
          target,
        };
        continue;
      }
      const source = document.text.slice(node.start, node.end);
      const value = readNamedValue({ scalar: node, source, image, part: partOf(node, path.at(-1) ?? '', 'tag') });
      if ('refused' in value) {
        yield { ...refusedSite({ scalar: node, path: where, image }, value.refused), target };
      } else {
        const { name = image, version, field } = value;
        yield { where, name, version, of: repositoryOf(image), named: true, target, fields: [field] };
      }
    }
  },
};

function isSelected({ name, index }: ManifestDocument, selector: string | undefined): boolean {
  return selector === undefined || selector === name || selector === String(index);
}

/** Where the first value in a map or list begins. */
function startOf(node: ManifestNode): number {
  const collection = node.kind === 'alias' ? node.target : node;
  const first = walk(collection).find(({ node: one }) => one.kind === 'scalar')?.node;
  return first?.kind === 'scalar' ? first.start : 0;
}

/** The node at a path of keys and list indexes. */
function descend(root: ManifestNode | undefined, path: readonly string[]): ManifestNode | undefined {
  return path.reduce<ManifestNode | undefined>((node, segment) => {
    const place = node?.kind === 'alias' ? node.target : node;
    if (place?.kind === 'map') return valueOf(place, segment);
    return place?.kind === 'list' && /^\d+$/.test(segment) ? place.items[Number(segment)] : undefined;
  }, root);
}
