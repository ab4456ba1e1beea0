/** What a release changes in the cluster, in Markdown. */
import { counted } from '../../core/objects.ts';
import { cut, forMarkdown, markdownBlock, markdownCode, oneLine } from '../../core/escape.ts';
import {
  countChanges,
  isOnlyImages,
  type Difference,
  type ObjectChange,
  type Rendering,
} from '../../rendering/rendering.ts';

/** Rows of a table, and lines of a list. */
const MOST_ROWS = 50;
const MOST_LINES = 20;
/** Paths that a row names. */
const MOST_PATHS = 3;
/** Lines of one value. */
const MOST_VALUE_LINES = 20;
const CUT_NOTE = '… cut here';

/**
 * The section in at most `limit` characters (UTF-16 code units); empty where nothing was rendered. Without `folds` it has no
 * HTML, and so none of the differences, which are long.
 */
export function renderedSection(rendering: Rendering | undefined, limit: number, folds = true): string {
  if (!rendering || rendering.roots.length + rendering.unrendered.length === 0) return '';
  const parts = [summaryLine(rendering), table(rendering), notes(rendering)].filter((part) => part !== '');
  const head = parts.join('\n\n');
  if (head.length > limit) return cut(head, limit, CUT_NOTE);
  const differences = rendering.roots.flatMap(({ path, changes }) => changes.flatMap((one) => linesOf(path, one)));
  const room = limit - head.length - DETAILS_LENGTH;
  if (!folds || differences.length === 0 || room <= CUT_NOTE.length) return head;
  const whole = `${head}\n\n${details(markdownBlock(cut(differences.join('\n'), room, CUT_NOTE), 'diff'))}`;
  // The fence is longer than any in the text, however long that is.
  return whole.length > limit ? head : whole;
}

const details = (text: string): string => `<details><summary>Differences</summary>\n\n${text}\n\n</details>`;
const DETAILS_LENGTH = details(markdownBlock('', 'diff')).length + '\n\n'.length;

/** `5 objects, only images`; without markup. */
export function renderedSentence(rendering: Pick<Rendering, 'roots'>): string {
  const { objects, onlyImages } = countChanges(rendering);
  if (rendering.roots.length === 0) return 'not known';
  if (objects === 0) return 'nothing';
  const all = counted(objects, 'object');
  return onlyImages === objects ? `${all}, only images` : `${all}, ${objects - onlyImages} in more than the image`;
}

const summaryLine = (rendering: Rendering): string => `**What changes in the cluster:** ${renderedSentence(rendering)}`;

/** Only where something else than images changes. */
function table({ roots }: Rendering): string {
  const changes = roots.flatMap(({ path, as, changes: own }) =>
    own.map((change) => ({ root: as === '' ? path : `${path} (${as})`, change })),
  );
  if (changes.every(({ change }) => isOnlyImages(change))) return '';
  const first = changes.toSorted((a, b) => Number(isOnlyImages(a.change)) - Number(isOnlyImages(b.change)));
  const rows = first.slice(0, MOST_ROWS).map(({ root, change }) => {
    const { kind, name, namespace } = change;
    const cells = [`${kind}/${name}`, namespace, root].map((text) => (text === '' ? '–' : markdownCode(text)));
    return `| ${[...cells, whatChanges(change)].join(' | ')} |`;
  });
  const more = changes.length > MOST_ROWS ? [`\nand ${changes.length - MOST_ROWS} more`] : [];
  return ['| Object | Namespace | Rendered from | What changes |', '| --- | --- | --- | --- |', ...rows, ...more].join(
    '\n',
  );
}

function whatChanges(change: ObjectChange): string {
  if (change.what !== 'changed') return `**${change.what}**`;
  if (isOnlyImages(change)) return 'images';
  const others = change.differences.filter(({ cause }) => cause === 'other').map(({ path }) => markdownCode(path));
  const more = others.length > MOST_PATHS ? ` and ${others.length - MOST_PATHS} more` : '';
  return others.slice(0, MOST_PATHS).join(', ') + more;
}

function notes({ hidden, unrendered }: Rendering): string {
  const lines = [
    ...hidden.map(
      ({ file, line, to }) =>
        `${markdownCode(`${file}:${line}`)} changes, and nothing that is rendered has ${markdownCode(to)}`,
    ),
    ...unrendered.map(
      ({ file, line, message }) => `not rendered: ${markdownCode(`${file}:${line}`)}: ${forMarkdown(message)}`,
    ),
  ];
  const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more`] : [];
  return [...lines.slice(0, MOST_LINES), ...more].map((line) => `- ${line}`).join('\n');
}

/** The lines of a diff for one object. */
function linesOf(root: string, { kind, namespace, name, what, differences }: ObjectChange): string[] {
  const object = `${oneLine(root)}: ${oneLine(kind)} ${oneLine(namespace === '' ? name : `${namespace}/${name}`)}`;
  if (what !== 'changed') return [`${what === 'added' ? '+' : '-'} ${object}`];
  return [`  ${object}`, ...differences.flatMap(diffOf)];
}

function diffOf({ path, from, to }: Difference): string[] {
  const [olds, news] = [linesIn(from), linesIn(to)];
  // Of a long text only what differs: lines beside it may be anything.
  const isSame = (index: number): boolean => olds[index] === news[index];
  const isSameFromEnd = (index: number): boolean => olds.at(-1 - index) === news.at(-1 - index);
  const shorter = Math.min(olds.length, news.length);
  let start = 0;
  while (start < shorter - 1 && isSame(start)) start += 1;
  let end = 0;
  while (end < shorter - 1 - start && isSameFromEnd(end)) end += 1;
  const shown = (sign: string, lines: readonly string[]): string[] => {
    const differing = lines.slice(start, lines.length - end);
    const all = differing.slice(0, MOST_VALUE_LINES).map((line) => `${sign} ${oneLine(path)}: ${oneLine(line, 300)}`);
    return differing.length > MOST_VALUE_LINES ? [...all, `${sign} ${oneLine(path)}: …`] : all;
  };
  return [...shown('-', olds), ...shown('+', news)];
}

const linesIn = (text: string | undefined): readonly string[] =>
  text === undefined ? [] : text.replace(/\n$/, '').split('\n');
