/** The lines of a template that hold `key: value` and nothing templated, each as a map of its own. */
import type { ManifestList, ManifestMap } from './tree.ts';
import type { ScalarStyle } from './scalar.ts';

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
  return { kind: 'map', entries: [entry], merged: [], flow: false };
}
