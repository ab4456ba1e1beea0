/**
 * Images whose tags another tool scans: `ImageRepository.spec.image` of Flux, `imageName` of an `ImageUpdater` of Argo CD Image Updater
 * and its annotation `image-list`. What is behind such a name is no version but a constraint, and is never changed.
 */
import { mapOf, scalarOf, valueOf, walk, type ManifestDocument, type ManifestMap } from './yaml/tree.ts';

const KIND = 'ImageRepository';
const UPDATER = 'ImageUpdater';
const IMAGE_LIST = 'argocd-image-updater.argoproj.io/image-list';

/** From the start to the end of each scanned image of documents: in objects, in patches of them, in lines of templates. */
export function scannedImages(text: string, documents: readonly ManifestDocument[]): ReadonlyMap<number, number> {
  if (![KIND, UPDATER, IMAGE_LIST].some((word) => text.includes(word))) return new Map();
  const starts = documents.flatMap(({ root }) =>
    walk(root).flatMap(({ node }) => (node.kind === 'map' ? [...scannedIn(node)] : [])),
  );
  return new Map([...scannedInLines(text), ...listsInLines(text), ...starts]);
}

/** The text, as long as before, with blanks for scanned images. */
export function withoutScanned(text: string, documents: readonly ManifestDocument[] = []): string {
  const spans = [...scannedImages(text, documents)].toSorted(([a], [b]) => a - b);
  const parts: string[] = [];
  let position = 0;
  for (const [start, end] of spans) {
    if (end <= position) continue;
    const from = Math.max(start, position);
    parts.push(text.slice(position, from), ' '.repeat(end - from));
    position = end;
  }
  return [...parts, text.slice(position)].join('');
}

type Span = readonly [start: number, end: number];

function* scannedIn(map: ManifestMap): Generator<Span> {
  const kind = scalarOf(map, 'kind')?.text;
  if (kind === KIND) yield* imageOf(mapOf(map, 'spec'));
  if (kind === UPDATER) {
    for (const { node } of walk(map)) {
      const name = node.kind === 'map' ? scalarOf(node, 'imageName') : undefined;
      if (name) yield [name.start, name.end];
    }
  }
  const list = scalarOf(map, IMAGE_LIST);
  if (list) yield [list.start, list.end];
  const target = mapOf(map, 'target');
  if (!target || scalarOf(target, 'kind')?.text !== KIND) return;
  for (const patch of scalarOf(map, 'patch')?.embedded ?? []) {
    for (const operation of patch.kind === 'list' ? patch.items : []) {
      if (operation.kind !== 'map') continue;
      const path = scalarOf(operation, 'path')?.text;
      const value = valueOf(operation, 'value');
      if (path === '/spec/image' && value?.kind === 'scalar') yield [value.start, value.end];
      if (path === '/spec' && value?.kind === 'map') yield* imageOf(value);
    }
  }
}

function* imageOf(spec: ManifestMap | undefined): Generator<Span> {
  const image = spec && scalarOf(spec, 'image');
  if (image) yield [image.start, image.end];
}

const LIST_LINE = new RegExp(`["']?${IMAGE_LIST}["']?[ \\t]*:[ \\t]*(?=\\S)([^\\r\\n]*)`, 'g');

/** The annotation on one line, also where a text is no YAML. */
function* listsInLines(text: string): Generator<Span> {
  for (const { index, 0: all, 1: list = '' } of text.matchAll(LIST_LINE)) {
    yield [index + all.length - list.length, index + all.length];
  }
}

interface Line {
  /** The offset of its first key, also behind the hyphen of a list's item, and the column of that. */
  readonly offset: number;
  readonly column: number;
  readonly isItem: boolean;
  readonly text: string;
}

const KIND_LINE = new RegExp(`^["']?kind["']?[ \\t]*:[ \\t]*["']?${KIND}\\b`);
const SPEC_LINE = /^["']?spec["']?[ \t]*:[ \t]*(?:#.*)?$/;
const IMAGE_LINE = /^["']?image["']?[ \t]*:[ \t]*(?=\S)/;

/** The same by indentation, also where a text is no YAML. */
function* scannedInLines(text: string): Generator<Span> {
  const lines = linesOf(text);
  let end = 0;
  for (const [index, line] of lines.entries()) {
    // An object has one kind.
    if (index < end || !KIND_LINE.test(line.text)) continue;
    const behind = within(lines, index + 1, line.column);
    end = index + 1 + behind.length;
    const object = [...before(lines, index), line, ...behind];
    const spec = object.findIndex(({ text: key, column }) => column === line.column && SPEC_LINE.test(key));
    const children = spec < 0 ? [] : within(object, spec + 1, line.column + 1);
    const image = children.find(({ text: key, column }) => column === children[0]?.column && IMAGE_LINE.test(key));
    const start = (image?.offset ?? 0) + (IMAGE_LINE.exec(image?.text ?? '')?.[0].length ?? 0);
    if (image) yield [start, image.offset + image.text.length];
  }
}

/** Without empty ones, comments, and lines that are wholly templated. */
function linesOf(text: string): Line[] {
  return [...text.matchAll(/^([ \t]*(?:-[ \t]+)?)([^\r\n]*)/gm)].flatMap(({ 1: indent = '', 2: rest = '', index }) => {
    if (rest === '' || /^(?:#|\{\{|\{%)/.test(rest)) return [];
    return { offset: index + indent.length, column: indent.length, isItem: indent.includes('-'), text: rest };
  });
}

/** The lines of the same object in front of one. */
function before(lines: readonly Line[], index: number): readonly Line[] {
  const { column = 0, isItem = false } = lines[index] ?? {};
  if (isItem) return [];
  let first = index;
  for (; first > 0; first -= 1) {
    const line = lines[first - 1];
    if (!line || line.column < column || isBreak(line)) break;
    if (line.isItem && line.column === column) return lines.slice(first - 1, index);
  }
  return lines.slice(first, index);
}

/** The lines from one on that belong to an object at a column. */
function within(lines: readonly Line[], start: number, column: number): readonly Line[] {
  let end = start;
  for (; end < lines.length; end += 1) {
    const line = lines[end];
    const isNextItem = line?.isItem === true && line.column === column;
    if (!line || line.column < column || isNextItem || isBreak(line)) break;
  }
  return lines.slice(start, end);
}

const isBreak = ({ text }: Line): boolean => text.startsWith('---');
