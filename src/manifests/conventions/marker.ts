/**
 * Our own marker, for a scalar that no convention explains: a trailing comment `# manifest-release: <image>` behind a
 * whole reference, `… <image> tag` behind a tag, `… <image> digest` behind a digest.
 */
import type { ManifestDocument } from '../yaml/tree.ts';
import type { Convention, ImageSite } from './convention.ts';
import { sitesOf } from './annotated.ts';
import { findCommented } from './trailing-comment.ts';

const COMMENT = /#\s*manifest-release:\s*(?<image>\S+)(?:[ \t]+(?<part>tag|digest))?[ \t]*$/my;

export const marker: Convention = {
  name: 'marker',
  *find(document: ManifestDocument): Generator<ImageSite> {
    const annotated = [...findCommented(document, COMMENT)].map((commented) => {
      const { image = '', part = 'reference' } = commented.match.groups ?? {};
      return { ...commented, image, part };
    });
    yield* sitesOf(annotated);
  },
};
