/** The report of mode scan: lines for a person, the rows of the table, and the job summary. */
import { cut, forMarkdown, markdownCode, oneLine } from '../core/escape.ts';
import { counted, groupBy, UNKNOWN_IMAGE } from '../core/objects.ts';
import type { OpenPlace, Scan, ScannedPlace } from '../manifests/scan.ts';
import { CUT_NOTE, nothing } from './outputs.ts';
import type { RunReport } from './report.ts';
import { inHeading, MAX_SUMMARY } from './summary.ts';

/** Rows that the summary shows: it has no room for all of a large repository. */
const MOST_ROWS = 1000;

/** The report of a scan: places, and what was seen and is no place. */
export function reportScan(scan: Scan): RunReport {
  const { places, open } = scan;
  return {
    outputs: { ...nothing(), results: [...places.map(placeRow), ...open.map(openRow)] },
    lines: linesOf(scan),
    failures: [],
    summary: summaryOf(scan, sentenceOf(places, open)),
  };
}

const placeRow = ({ image, version, file, line, where, convention }: ScannedPlace) => ({
  image,
  version,
  file,
  line,
  where,
  convention,
});

const openRow = ({ image, version, file, line, where, reason, marker }: OpenPlace) => ({
  image,
  version,
  file,
  line,
  where,
  convention: '',
  reason: `it ${reason}`,
  marker,
});

function sentenceOf(places: readonly ScannedPlace[], open: readonly OpenPlace[]): string {
  const images = new Set(places.map(({ repository }) => repository)).size;
  const files = new Set(places.map(({ file }) => file)).size;
  if (places.length + open.length === 0) return 'No image was found in any manifest.';
  const found = `${counted(images, 'image')} in ${counted(places.length, 'place')} of ${counted(files, 'file')}`;
  return open.length === 0 ? `${found}.` : `${found}; ${counted(open.length, 'place')} that no release would write.`;
}

function linesOf({ places, open }: Scan): string[] {
  const lines: string[] = [];
  const groups = [...groupBy(places, ({ repository }) => repository).values()];
  const widths = widthsOf(places);
  for (const group of groups) {
    lines.push(oneLine(group[0]?.image ?? ''));
    for (const { version, file, line, convention } of group) {
      const cells = [shortened(version).padEnd(widths.version), convention.padEnd(widths.convention)];
      lines.push(`  ${cells.join('  ')}  ${oneLine(file)}:${line}`);
    }
  }
  if (open.length > 0) lines.push('', 'Seen, and written by no release:');
  for (const place of open) {
    const { image, version, file, line, where, reason, marker } = place;
    const what = [oneLine(where), oneLine(image), oneLine(version)].filter(Boolean).join(' ');
    lines.push(`  ${oneLine(file)}:${line} ${what}: it ${oneLine(reason, 500)}`);
    if (marker !== '') lines.push(`    ${oneLine(marker)}`);
  }
  if (open.some(({ marker }) => marker !== '')) lines.push('', ADVICE);
  return [...lines, ...(lines.length > 0 ? [''] : []), sentenceOf(places, open)];
}

const ADVICE = `Paste the indented line in place of the one in the file to have it written; for ${UNKNOWN_IMAGE} write the image's name.`;

const MOST_VERSION = 40;

const shortened = (version: string): string => oneLine(version, MOST_VERSION);

function widthsOf(places: readonly ScannedPlace[]): { readonly version: number; readonly convention: number } {
  let [version, convention] = [0, 0];
  for (const place of places) {
    version = Math.max(version, shortened(place.version).length);
    convention = Math.max(convention, place.convention.length);
  }
  return { version, convention };
}

function summaryOf({ places, open }: Scan, sentence: string): string {
  const rows = places.slice(0, MOST_ROWS).map(({ image, version, convention, file, line }) => {
    return `| ${[image, version, convention, `${file}:${line}`].map(markdownCode).join(' | ')} |`;
  });
  const unjoined = open.slice(0, MOST_ROWS).map(({ file, line, image, version, reason, marker }) => {
    const cells = [`${file}:${line}`, image, version].map((text) => (text === '' ? '' : markdownCode(text)));
    return `| ${[...cells, `it ${forMarkdown(reason)}`, marker === '' ? '' : markdownCode(marker)].join(' | ')} |`;
  });
  const table = (head: string, some: readonly string[]): string[] =>
    some.length === 0 ? [] : ['', head, `|${' --- |'.repeat(head.split('|').length - 2)}`, ...some];
  const text = [
    `### ${inHeading(sentence)}`,
    ...table('| Image | Version | Convention | Place |', rows),
    ...table('| Place | Image | Version | Why no release writes it | Line with a marker |', unjoined),
  ].join('\n');
  return cut(text, MAX_SUMMARY, CUT_NOTE);
}
