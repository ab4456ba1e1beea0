/** Places that the input `targets` names: `file#/json/pointer` or `file#dotted.path`, for what no convention explains. */
import { parseReference, parseVersion } from '../../core/image-reference.ts';
import { valueOf, type ManifestDocument, type ManifestNode } from '../yaml/tree.ts';
import type { Convention, FieldRole, FindContext, ImageSite } from './convention.ts';
import { fieldOf } from './convention.ts';

export const explicitTarget: Convention = {
  name: 'explicit-target',
  *find(document: ManifestDocument, { targets }: FindContext): Generator<ImageSite> {
    for (const { text, file, document: selector, path, image } of targets) {
      if (file !== document.path || !isSelected(document, selector)) continue;
      const node = descend(document.root, path);
      if (node?.kind !== 'scalar' || node.text.includes('\n')) continue;
      const isWhole = /[/:]/.test(node.text.replace(/@.*/, ''));
      const reference = isWhole ? parseReference(node.text) : undefined;
      const version = reference ?? parseVersion(node.text) ?? {};
      const role: FieldRole = reference ? 'reference' : roleOf(version);
      const { tag, digest } = version;
      yield {
        where: path.join('.'),
        name: reference?.name ?? image,
        version: { ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) },
        of: image,
        target: text,
        fields: [fieldOf(role, node)],
      };
    }
  },
};

function roleOf({ tag, digest }: { tag?: string; digest?: string }): FieldRole {
  if (digest === undefined) return 'bare-tag';
  return tag === undefined ? 'digest' : 'tag';
}

function isSelected({ name, index }: ManifestDocument, selector: string | undefined): boolean {
  return selector === undefined || selector === name || selector === String(index);
}

/** The node at a path of keys and list indexes. */
function descend(root: ManifestNode | undefined, path: readonly string[]): ManifestNode | undefined {
  return path.reduce<ManifestNode | undefined>((node, segment) => {
    const place = node?.kind === 'alias' ? node.target : node;
    if (place?.kind === 'map') return valueOf(place, segment);
    return place?.kind === 'list' && /^\d+$/.test(segment) ? place.items[Number(segment)] : undefined;
  }, root);
}
