/** Templates of something else than YAML (Helm, Go, Jinja): whether a text is one, and its lines without templating. */
import { isMap, isSeq, type Document, type Node as YamlNode } from 'yaml';
import type { ManifestList, ManifestMap } from './tree.ts';
import type { ScalarStyle } from './scalar.ts';

/**
 * The offset of template syntax outside scalars and comments; `undefined` when there is none. `{{ … }}` parses as a flow
 * map in a flow map, so it is recognised by its text; inside a scalar it is data (Argo Workflows, Prometheus rules).
 */
export function findTemplate(text: string, documents: readonly Document.Parsed[]): number | undefined {
  const errors = documents.some((document) => document.errors.length > 0);
  if (errors) {
    const offset = withoutComments(text).search(/\{\{|\{%/);
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

const LINE =
  /^[ \t]*(?:- +)?(?<key>[\w.-]+):[ \t]+(?:"(?<double>[^"\\\n]*)"|'(?<single>[^'\n]*)'|(?<plain>[\w./][^\s#'"{}]*))[ \t]*(?:[ \t]#.*)?\r?$/dgm;

/** A list with one map for each such line. Nothing is known of how the lines belong together. */
export function readLiteralLines(text: string): ManifestList {
  return { kind: 'list', items: [...text.matchAll(LINE)].filter(([line]) => !/\{\{|\{%/.test(line)).map(entryOf) };
}

function entryOf(match: RegExpExecArray): ManifestMap {
  const { groups = {}, indices } = match;
  const style = (['double', 'single', 'plain'] as const).find((name) => groups[name] !== undefined) ?? 'plain';
  const [from, to] = indices?.groups?.[style] ?? [0, 0];
  const quote = style === 'plain' ? 0 : 1;
  const value = { kind: 'scalar', text: groups[style] ?? '', style: style as ScalarStyle } as const;
  const place = { start: from - quote, end: to + quote };
  const entry = {
    key: groups['key'] ?? '',
    keyStart: indices?.groups?.['key']?.[0] ?? 0,
    value: { ...value, ...place },
  };
  return { kind: 'map', entries: [entry], values: new Map([[entry.key, entry.value]]), flow: false };
}
