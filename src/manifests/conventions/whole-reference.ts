/** Any scalar that is exactly an image reference with a tag or a digest: `image: ghcr.io/acme/web:1.4.2`. */
import { parseReference, type ImageReference } from '../../core/image-reference.ts';
import { walk, type ManifestDocument } from '../yaml/tree.ts';
import { fieldOf, type Convention, type ImageSite } from './convention.ts';

export const wholeReference: Convention = {
  name: 'whole-reference',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind !== 'scalar') continue;
      const reference = parseReference(node.text);
      if (!reference) continue;
      const { name, ...version } = reference;
      const doubtful = isHostAndPort(reference) && !/image/i.test(path);
      yield { where: path, name, version, fields: [fieldOf('reference', node)], ...(doubtful && { doubtful }) };
    }
  },
};

/** True for what may be an address as well, `redis:6379`. */
function isHostAndPort({ name, tag = '', digest }: ImageReference): boolean {
  return !name.includes('/') && digest === undefined && /^\d{1,5}$/.test(tag);
}
