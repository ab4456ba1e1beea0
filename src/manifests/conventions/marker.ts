/**
 * Our own marker, for a scalar that no convention explains: a trailing comment `# manifest-release: <image>` behind a
 * whole reference, `… <image> tag` behind a tag, `… <image> digest` behind a digest.
 */
import type { ManifestDocument } from '../yaml/tree.ts';
import { parseReference } from '../../core/image-reference.ts';
import { quote } from '../../core/escape.ts';
import type { Convention, ImageSite } from './convention.ts';
import { sitesOf } from './annotated.ts';
import { partOf } from './named-value.ts';
import { findCommented } from './trailing-comment.ts';

/** Other comments may be in front of it and behind it. */
const COMMENT = /#(?:[^\r\n]*?#)?\s*manifest-release:[ \t]*(?<image>\S+)(?<rest>[^\r\n#]*)/y;

export const marker: Convention = {
  name: 'marker',
  *find(document: ManifestDocument): Generator<ImageSite> {
    yield* sitesOf(
      [...findCommented(document, 'manifest-release:', COMMENT)].map((commented) => {
        const { image = '', rest = '' } = commented.match.groups ?? {};
        const given = rest.trim();
        const part = given === 'tag' || given === 'digest' ? given : undefined;
        const isUnknown = part === undefined && given !== '';
        return {
          ...commented,
          image: parseReference(image)?.name ?? image,
          part: part ?? partOf(commented.scalar, commented.path, 'reference'),
          ...(isUnknown && { refused: `has a comment that ends in ${quote(given)} in place of tag or digest` }),
        };
      }),
    );
  },
};
