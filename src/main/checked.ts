/** What is known of the released images, for outputs and the job summary. */
import { formatReference } from '../core/image-reference.ts';
import { forMarkdown, markdownCode } from '../core/escape.ts';
import type { CheckedImage } from '../release/check-images.ts';
import { digestOf, factsOf, shownFacts, shownSigner, whyUnchecked } from '../release/checked-images.ts';

/** For the output `results`. */
export function imagesOf(checked: readonly CheckedImage[] = []) {
  return checked.map((one) => {
    const { platforms = [], created = '', source = '', revision = '' } = factsOf(one) ?? {};
    const { reference, inspection, verdict } = one;
    return {
      image: formatReference(reference),
      registry: inspection.kind,
      digest: digestOf(one),
      platforms,
      created,
      source,
      revision,
      'built-by': verdict?.kind === 'verified' ? verdict.by : '',
      reason: inspection.kind === 'unreadable' ? inspection.reason : '',
    };
  });
}

/** A table in Markdown; empty where nothing was asked. */
export function summaryOfImages(checked: readonly CheckedImage[] = []): string {
  if (checked.length === 0) return '';
  const rows = checked.map((one) => {
    const known = [shownFacts(one), shownSigner(one)].map(forMarkdown);
    return `| ${[markdownCode(formatReference(one.reference)), ...known].join(' | ')} |`;
  });
  const reasons = whyUnchecked(checked).map(forMarkdown).join('; ');
  const table = ['| Image | Registry | Built by |', '| --- | --- | --- |', ...rows].join('\n');
  return reasons === '' ? table : `${table}\n\nNot checked in the registry: ${reasons}`;
}
