/** Each document is read by itself; what is read is what a reader of the whole text gets. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isScalar, parseAllDocuments, visit, type Scalar } from 'yaml';
import * as arbitrary from '../arbitraries.ts';
import { readManifest } from '../../../src/manifests/yaml/manifest.ts';
import { walk } from '../../../src/manifests/yaml/tree.ts';

/** The scalar values of each document with its number: `0 1.4.2`. */
function valuesRead(text: string): string[] | undefined {
  const { documents, defect } = readManifest('a.yaml', Buffer.from(text));
  const own = documents.filter(({ id, index }) => id === String(index));
  const values = own.flatMap(({ root, index }) =>
    walk(root).flatMap(({ node }) => (node.kind === 'scalar' ? `${index} ${node.text}` : [])),
  );
  return defect ? undefined : values;
}

function valuesOfWhole(text: string): string[] | undefined {
  const documents = [...parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false })];
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  return documents.flatMap((document, index) => {
    const values: string[] = [];
    visit(document, {
      Pair: (_, { value }) => void (isScalar(value) && values.push(`${index} ${textOf(value)}`)),
      Seq: (_, { items }) => void values.push(...items.filter(isScalar).map((item) => `${index} ${textOf(item)}`)),
    });
    return isScalar(document.contents) ? [`${index} ${textOf(document.contents)}`] : values;
  });
}

/** Of a block of one line the line breaks behind it are not counted. */
function textOf({ value, type }: Scalar): string {
  const text = String(value);
  return type?.startsWith('BLOCK') ? text.replace(/^(.+)\n+$/, '$1') : text;
}

it.each<[string, string]>([
  ['two', 'a: 1\n---\na: 2\n'],
  ['CRLF', '---\r\na: 1\r\n---\r\na: 2\r\n'],
  ['a comment, a tag, a value behind the mark', '--- # x\na: 1\n--- !t\na: 2\n--- {a: 3}\n---\ta\n'],
  ['a block behind the mark', '--- |\n x\n ---\n y\n--- >-\n z\n'],
  ['the mark inside a block, indented', 'a: |\n  x\n  ---\n  y\nb: 2\n'],
  ['a block at the margin that the mark ends', '--- |\nx\n---\na: 2\n'],
  ['the mark as the beginning of a word', 'a: 1\n---x: 2\n'],
  ['empty documents', '---\n---\n# x\n---\na: 1\n---\n'],
  ['comments between', '# x\n---\n# y\na: 1\n# z\n---\na: 2\n# end\n---\n# end\n'],
  ['document ends', 'a: 1\n...\n---\na: 2\n...\n# x\n...\na: 3\n'],
  ['directives', '%YAML 1.2\n---\na: 1\n...\n%TAG ! tag:x,2000:\n---\na: 2\n'],
  ['anchors of another document', 'a: &x 1\n---\nb: &x 2\n'],
  ['line breaks of other kinds', 'a: "x\u2028---\u2028y"\n---\nb: 1\n'],
])('%s', (_, text) => {
  expect(valuesRead(text)).toEqual(valuesOfWhole(text));
  expect(valuesRead(text)).toBeDefined();
});

it.each<[string, string]>([
  ['a quoted value', 'a: "x\n---\ny"\nb: 1\n'],
  ['a flow collection', 'a: [1,\n---\n2]\n'],
])('the mark ends %s, which is a defect', (_, text) => {
  expect(valuesOfWhole(text)).toBeUndefined();
  expect(valuesRead(text)).toBeUndefined();
});

it('random texts', () => {
  const mark = fc.constantFrom('\n---\n', '\r\n---\r\n', '\n--- # x\n', '\n...\n', '\n...\n---\n', '\n---\n---\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(arbitrary.manifestText, mark), { minLength: 1, maxLength: 4 }), (parts) => {
      const text = parts.flat().join('');
      // Templates, and what is repaired, only we read; the library shows aliases and merges otherwise.
      const whole = /\{\{|<<|\*/.test(text) ? undefined : valuesOfWhole(text)?.toSorted();
      const own = valuesRead(text)?.toSorted();
      expect(whole ?? own).toEqual(own);
    }),
  );
});
