/** What a text keeps of other tools: records and constraints, which are no places. */
import { withoutScanned } from '../scanned-images.ts';
import { LAST_APPLIED } from '../yaml/tree.ts';

const APPLIED_TEXT = new RegExp(String.raw`${LAST_APPLIED}["']?\s*:\s*"(?:[^"\\]|\\.)*"`, 'g');

/** The text, as long as before, with blanks for the object that kubectl applied last and for images that another tool scans. */
export function withoutRecords(text: string): string {
  const unscanned = withoutScanned(text);
  if (!unscanned.includes(LAST_APPLIED)) return unscanned;
  return unscanned
    .replace(APPLIED_TEXT, blank)
    .split(/^(?=---)/m)
    .map(withoutBlocks)
    .join('');
}

/** The same in one document, for values of several lines. */
function withoutBlocks(document: string): string {
  let block = -1;
  const lines = document.split('\n').map((line) => {
    const indentation = line.search(/\S/);
    if (block >= 0 && (indentation > block || indentation < 0)) return blank(line);
    block = line.includes(LAST_APPLIED) ? indentation : -1;
    return block >= 0 ? blank(line) : line;
  });
  return lines.join('\n');
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');
