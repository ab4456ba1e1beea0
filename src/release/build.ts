/** What one build released and where it came from. */
import type { Ci } from '../inputs/ci.ts';
import { formatReference } from '../core/image-reference.ts';
import type { Inputs } from '../inputs/inputs.ts';

/** Later runs order themselves by it. Texts are empty where unknown. */
export interface Build {
  /** References, `name:tag@digest`. */
  readonly images: readonly string[];
  readonly source: { readonly repository: string; readonly commit: string };
  /** Of the source commit, as `utcTime` writes it. */
  readonly time: string;
  /** `<workflow>#<run number>`, e.g. `acme/web/.github/workflows/ci.yml#42`. */
  readonly number: string;
  readonly runUrl: string;
  /** The references that this rollback took away; empty for a release. */
  readonly rollsBack: readonly string[];
}

export function buildOf(
  { images, story }: Pick<Inputs, 'images' | 'story'>,
  { source, buildNumber, runUrl }: Ci,
): Build {
  return {
    images: images.map(({ reference }) => formatReference(reference)),
    source: { repository: source.repository, commit: source.commit },
    time: source.time,
    number: buildNumber,
    runUrl,
    rollsBack: story.rollsBack,
  };
}

/** What the run says of what was not built in it, but by `build`, as far as that is known. */
export function asBuiltBy(ci: Ci, build: Build | undefined): Ci {
  const { source, time = '', number: buildNumber = '' } = build ?? {};
  const { repository = '', commit = '' } = source ?? {};
  const ours = ci.source;
  const isShown = commit !== '' && ours.commit !== '' && ours.repository !== '';
  const url = isShown ? ours.url.replace(ours.repository, repository).replace(ours.commit, commit) : '';
  return { ...ci, source: { repository, commit, url, time, ref: '' }, buildNumber };
}
