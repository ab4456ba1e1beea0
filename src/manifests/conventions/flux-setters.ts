/**
 * Flux's setters: a trailing comment `# {"$imagepolicy": "namespace:policy"}` behind a whole reference, with `:name`, `:tag`
 * or `:digest` behind a part of one (https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources).
 */
import type { ManifestDocument } from '../yaml/tree.ts';
import type { Convention, FindContext, ImageSite } from './convention.ts';
import { sitesOf } from './annotated.ts';
import { partOf, type NamedPart } from './named-value.ts';
import { findCommented } from './trailing-comment.ts';

const COMMENT = /#\s*\{\s*"\$imagepolicy"\s*:\s*"(?<policy>[^":]+:[^":]+)(?::(?<part>name|tag|digest))?"\s*\}/y;

export const fluxSetters: Convention = {
  name: 'flux-setters',
  *find(document: ManifestDocument, { policies }: FindContext): Generator<ImageSite> {
    yield* sitesOf(
      [...findCommented(document, '$imagepolicy', COMMENT)].flatMap((commented) => {
        const { policy = '', part = partOf(commented.scalar, commented.path, 'reference') } =
          commented.match.groups ?? {};
        const image = policies.get(policy);
        return image === undefined ? [] : { ...commented, image, part: part as NamedPart };
      }),
    );
  },
};
