/** The job summary of a run, in Markdown. */
import type { ReleaseError } from '../core/errors.ts';
import { cut, forMarkdown, markdownBlock, markdownCode, markdownUrl } from '../core/escape.ts';
import { describe } from '../core/log.ts';
import type { Change, Leftover } from '../core/objects.ts';
import type { Result } from '../environments/result.ts';
import { imageChanges, shownStep } from '../release/image-changes.ts';
import { pullRequestName } from '../release/pull-request/name.ts';
import { renderedSection } from '../release/pull-request/rendered-section.ts';
import { summaryOfImages } from './checked.ts';
import { CUT_NOTE, MAX_DIFF, MAX_LEFT } from './outputs.ts';
import { sentenceOf } from './sentences.ts';

/** GitHub takes 1 MiB a step; characters may need several bytes. */
export const MAX_SUMMARY = 300_000;
/** Characters of what changes in the cluster. */
const MAX_RENDERED = 65_536;
/** Places that are shown without being asked. */
const MAX_UNFOLDED = 5;

/** The sections of all results, cut to `MAX_SUMMARY` characters. */
export function toSummary(results: readonly Result[]): string {
  return cut(results.map(summaryOf).join('\n\n'), MAX_SUMMARY, CUT_NOTE);
}

function summaryOf(result: Result): string {
  const { outcome, error } = result;
  const heading = `### ${inHeading(sentenceOf(result))}`;
  if (!outcome) return heading;
  const { pullRequest, changes, left, diff, rendering, checked } = outcome;
  const link =
    pullRequest &&
    `[${pullRequestName(outcome, pullRequest.number).replace(/^p/, 'P')}](${markdownUrl(pullRequest.url)}): ${markdownCode(pullRequest.title)}`;
  const parts = [
    heading,
    error && failureBlock(error),
    link,
    changes.length > 0 && tableOf(changes),
    changes.length > 0 && placesIn(changes),
    summaryOfImages(checked),
    left.length > 0 && summaryOfLeft(left),
    renderedSection(rendering, MAX_RENDERED),
    diff !== '' &&
      `<details><summary>Diff</summary>\n\n${markdownBlock(cut(diff, MAX_DIFF, CUT_NOTE), 'diff')}\n\n</details>`,
  ];
  return parts.filter(Boolean).join('\n\n');
}

function summaryOfLeft(left: readonly Leftover[]): string {
  const rows = left.slice(0, MAX_LEFT).map(({ file, line, image, version, reason }) => {
    return `| ${[`${file}:${line}`, image, version].map(markdownCode).join(' | ')} | it ${forMarkdown(reason)} |`;
  });
  return ['**Left as it is**', '', '| Place | Image | Version | Why |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/** A sentence in a heading of Markdown. */
export const inHeading = (text: string): string => text.replace(/[\\`*_<>[\]]/g, '\\$&');

/** The summary of a run that ended with an error. */
export function failureSummary(error: ReleaseError): string {
  return cut(`### Failed: ${error.code}\n\n${failureBlock(error)}`, MAX_SUMMARY, CUT_NOTE);
}

const failureBlock = (error: ReleaseError): string =>
  `${markdownBlock(describe(error))}\n\n[What ${error.code} means](${error.page})`;

function tableOf(changes: readonly Change[]): string {
  const rows = imageChanges(changes).map(({ image, from, to, bump, places }) => {
    const versions = [from.join(', '), to].map((text) => (text === '' ? '–' : markdownCode(text)));
    return `| ${[markdownCode(image), ...versions, shownStep(bump) || '–', String(places)].join(' | ')} |`;
  });
  return ['| Image | From | To | Step | Places |', '| --- | --- | --- | --- | --: |', ...rows].join('\n');
}

function placesIn(changes: readonly Change[]): string {
  const lines = changes.map(
    ({ file, line, where, image, from, to }) =>
      `- ${markdownCode(`${file}:${line}`)} ${markdownCode(where)}: ${markdownCode(image)} ${[from, to].filter(Boolean).map(markdownCode).join(' → ')}`,
  );
  const list = lines.join('\n');
  if (lines.length <= MAX_UNFOLDED) return list;
  return `<details><summary>${lines.length} places</summary>\n\n${list}\n\n</details>`;
}
