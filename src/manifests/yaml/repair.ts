/** What libyaml, Go's readers or editors of JSON take and the parser here does not, as a text of the same length that it takes. */
import { joinFlowLines } from './lines.ts';

interface SyntaxFault {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** The text without the cause of a fault; the same text where it is none of these. */
export function repair(text: string, { code, message, pos: [offset] }: SyntaxFault): string {
  const plain = JSON_START.test(text) ? withoutJsonComments(text) : text;
  if (plain !== text) return plain;
  if (code === 'BAD_INDENT') return joinFlowLines(text, offset);
  if (message.startsWith('Missing closing ')) return joinQuotedLines(text, offset);
  return message.startsWith('Comments must be separated') ? withoutCommentAt(text, offset) : text;
}

/** The beginning of JSON, which may have the comments of JavaScript. */
const JSON_START = /^\s*(?:\/[/*]|[[{](?!\{))/;
/** A string, in which a mark of a comment is none, or a comment. */
const STRING_OR_COMMENT = /"(?:[^"\\\n]|\\.)*"?|(?<![:\w])\/\/.*|\/\*[^]*?(?:\*\/|$)/g;

function withoutJsonComments(text: string): string {
  return text.replace(STRING_OR_COMMENT, (part) => (part.startsWith('"') ? part : part.replace(/[^\r\n]/g, ' ')));
}

const OPENING_QUOTE = /(?<![^\s,:[{])["'][^"']*$/;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/sy;

/** A quoted value whose lines are indented less than its key, on one line; `offset` is at the end of its first. */
function joinQuotedLines(text: string, offset: number): string {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const start = text.slice(from, offset + 1).search(OPENING_QUOTE);
  QUOTED.lastIndex = from + start;
  const [quoted] = (start < 0 ? undefined : QUOTED.exec(text)) ?? [];
  if (quoted === undefined || /^(?:---|\.\.\.)/m.test(quoted)) return text;
  return text.slice(0, from + start) + quoted.replace(/[\r\n]/g, ' ') + text.slice(from + start + quoted.length);
}

/** A comment directly behind quotes, a bracket or a comma. */
function withoutCommentAt(text: string, offset: number): string {
  if (!/["'\]},]/.test(text.charAt(offset - 1))) return text;
  return text.slice(0, offset) + text.slice(offset).replace(/^#.*/, (comment) => ' '.repeat(comment.length));
}
