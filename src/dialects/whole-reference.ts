/** Any scalar that is exactly an image reference with a tag or a digest: `image: ghcr.io/acme/web:1.4.2`. */
import { parseReference } from '../image.ts';
import { walk, type ManifestDocument } from '../manifest.ts';
import { fieldOf, type Dialect, type ImageSite } from './dialect.ts';

export const wholeReference: Dialect = {
  name: 'whole-reference',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind !== 'scalar') continue;
      const reference = parseReference(node.text);
      if (!reference) continue;
      const { name, ...version } = reference;
      yield { where: path, name, version, fields: [fieldOf('reference', node)] };
    }
  },
};
