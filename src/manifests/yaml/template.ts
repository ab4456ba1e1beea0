/** Whether a text is a template of YAML (Helm, Go, Jinja and others). */
import { isMap, isSeq, type Document, type Node as YamlNode } from 'yaml';
import { OPENING } from './template-actions.ts';

/**
 * The offset of template syntax outside scalars and comments; `undefined` when there is none. `{{ … }}` parses as a flow
 * map in a flow map, so it is recognised by its text; inside a scalar it is data (Argo Workflows, Prometheus rules).
 * A text with an error has no `documents`.
 */
export function findTemplate(text: string, documents: readonly Document.Parsed[] | undefined): number | undefined {
  if (!documents) {
    const offset = withoutComments(text).search(OPENING);
    return offset < 0 ? undefined : offset;
  }
  if (!text.includes('{{')) return undefined;
  const offsets = documents.map((document) => findDoubleBrace(text, document.contents));
  return offsets.find((offset) => offset !== undefined);
}

function findDoubleBrace(text: string, node: unknown): number | undefined {
  if (isMap(node)) {
    const start = (node as YamlNode).range?.[0] ?? 0;
    if (node.flow && text.startsWith('{{', start)) return start;
    for (const { key, value } of node.items) {
      const found = findDoubleBrace(text, key) ?? findDoubleBrace(text, value);
      if (found !== undefined) return found;
    }
  }
  if (isSeq(node)) {
    for (const item of node.items) {
      const found = findDoubleBrace(text, item);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The text, as long as before, with blanks for its comments. */
function withoutComments(text: string): string {
  return text.replace(/(?<=^|\s)#.*$/gm, (comment) => ' '.repeat(comment.length));
}
