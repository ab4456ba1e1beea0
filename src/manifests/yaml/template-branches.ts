/**
 * A template as YAML: its actions are masked by as many other characters, so that offsets hold. Where it has branches
 * (`if` and `else`), one text is made for each, in which the others are blank: lines of two branches never are together.
 */
import { templateActions, type TemplateAction } from './template-actions.ts';

/** A character that no name, version or key has; it is in place of an action on a line that has more than actions. */
export const MASK = '\ue000';

interface Span {
  readonly start: number;
  end: number;
}

interface Branch extends Span {
  readonly constructs: Construct[];
}

/** `if … else … end`, with an empty branch at the end where there is no `else`. */
interface Construct {
  readonly branches: Branch[];
}

/** A template with more is read as far as these show its lines. */
const MAX_TEXTS = 16;
const MAX_DEPTH = 12;

/** The texts of all branches, each as long as the template: the first has the first branch of each choice. */
export function branchesOf(template: string): string[] {
  const actions = [...templateActions(template)];
  const root = readBranches(actions, template);
  const masked = maskActions(template, actions);
  const count = Math.min(countOf(root), MAX_TEXTS);
  return Array.from({ length: count }, (_, index) =>
    replaceSpans(masked, hiddenIn(root, index), blank).replace(LINES_BEHIND_HEADER, emptyLines),
  );
}

function readBranches(actions: readonly TemplateAction[], text: string): Branch {
  const root: Branch = { start: 0, end: text.length, constructs: [] };
  const open: { readonly around: Branch; readonly construct: Construct; readonly start: number }[] = [];
  let current = root;
  const begin = (construct: Construct, start: number): void => {
    current = { start, end: text.length, constructs: [] };
    construct.branches.push(current);
  };
  for (const { role, start, end } of actions) {
    const innermost = open.at(-1);
    if (role === 'opens') {
      const construct: Construct = { branches: [] };
      open.push({ around: current, construct, start });
      if (open.length <= MAX_DEPTH) current.constructs.push(construct);
      begin(construct, end);
    } else if (innermost && role === 'alternates') {
      current.end = start;
      begin(innermost.construct, end);
    } else if (innermost && role === 'closes') {
      current.end = start;
      // `else` alone, not `else if`, would need none; one empty branch more does no harm.
      innermost.construct.branches.push({ start, end: start, constructs: [] });
      current = innermost.around;
      // Branches on one line are parts of a value.
      const isLine = !text.slice(innermost.start, end).includes('\n');
      if (isLine && current.constructs.at(-1) === innermost.construct) current.constructs.pop();
      open.pop();
    }
  }
  return root;
}

/** How many texts show all branches inside of one: those of one construct take turns, several constructs change together. */
function countOf({ constructs }: Branch): number {
  return Math.max(1, ...constructs.map(({ branches }) => branches.reduce((sum, branch) => sum + countOf(branch), 0)));
}

/** What the text with a number does not show of a branch. */
function hiddenIn({ constructs }: Branch, index: number): Span[] {
  return constructs.flatMap(({ branches }) => {
    const counts = branches.map(countOf);
    const total = counts.reduce((sum, count) => sum + count, 0);
    let rest = Math.min(index, total - 1);
    let shown = 0;
    while (rest >= (counts[shown] ?? Infinity)) rest -= counts[shown++] ?? 0;
    return branches.flatMap((branch, at) => (at === shown ? hiddenIn(branch, rest) : branch));
  });
}

function maskActions(text: string, actions: readonly Span[]): string {
  const masked = replaceSpans(text, actions, (action) => action.replace(/[^\r\n]/g, MASK));
  return masked.replace(WHOLE_VALUE, blank);
}

/**
 * A line, or all behind a key: other lines of the same map or list may be below it. What is in front of it is looked at
 * where it begins alone, not at each blank.
 */
const WHOLE_VALUE = new RegExp(
  String.raw`(?=${MASK})(?<=^\ufeff?[ \t]*|:[ \t]+|- +)${MASK}[ \t${MASK}]*(?=\r?$|[ \t]#)`,
  'gm',
);

function blank(part: string): string {
  return part.replace(/[^\r\n]/g, ' ');
}

/** At the beginning of a block of text no line may be of more spaces than those behind it. */
const LINES_BEHIND_HEADER = /(?<=[|>][-+\d]{0,2}[ \t]*\r?\n)(?:[ \t]*\r?\n)+/g;

function emptyLines(part: string): string {
  return part.replace(/[ \t]/g, '\n');
}

/** `spans` are in the order of the text, and do not overlap. */
function replaceSpans(text: string, spans: readonly Span[], replace: (part: string) => string): string {
  let position = 0;
  const parts = spans.flatMap(({ start, end }) => {
    const kept = text.slice(position, start);
    position = end;
    return [kept, replace(text.slice(start, end))];
  });
  return [...parts, text.slice(position)].join('');
}
