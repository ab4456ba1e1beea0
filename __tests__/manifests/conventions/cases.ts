/** Golden case folders: `fixtures/conventions/<convention>/<case>/{before/,after/,case.json}`, and what is derived from them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { readTagSelection, type TagSelection } from '../../../src/core/tag-selection.ts';
import type { ManifestFile } from '../../../src/core/objects.ts';

const ROOT = join(import.meta.dirname, '../../fixtures/conventions');

/** What a case.json says: the input `images`, and what is expected besides the files. */
export interface CaseSpecification {
  /** What the case shows, where it is an example in docs/conventions.md. */
  readonly example?: string;
  readonly images: readonly string[];
  readonly error?: string;
  readonly problems?: readonly { readonly file: string; readonly line?: number; readonly message?: string }[];
  readonly missing?: readonly string[];
  /** Every line that keeps a released image with another version; a case leaves no other. */
  readonly left?: readonly { readonly file: string; readonly line: number; readonly reason?: string }[];
  /** The files that are no manifests by their names. */
  readonly others?: readonly string[];
  /** The inputs `targets`, `image-policies` and `only-tags`. */
  readonly targets?: readonly string[];
  readonly policies?: Readonly<Record<string, string>>;
  readonly onlyTags?: string;
  /** The input `insert`. */
  readonly insert?: true;
  /** False where a derivation makes no sense; `why` says so. */
  readonly derive?: false;
  readonly why?: string;
}

/** The input `only-tags` of a case, as a plan has it. */
export function selectionOf(text: string | undefined): { readonly onlyTags?: TagSelection } {
  const onlyTags = text === undefined ? undefined : readTagSelection(text);
  return onlyTags ? { onlyTags } : {};
}

/** The files of a case that a release may change. */
export function manifestsIn(files: readonly ManifestFile[], { others = [] }: CaseSpecification): ManifestFile[] {
  return files.filter(({ path }) => !others.includes(path));
}

export interface GoldenCase {
  readonly name: string;
  readonly specification: CaseSpecification;
  readonly before: readonly ManifestFile[];
  readonly after: readonly ManifestFile[];
}

/** A change of a whole file's bytes that must not change what is planned. */
export interface Derivation {
  readonly name: string;
  readonly apply: (bytes: Buffer) => Buffer;
}

/** The conventions that have a folder of cases. */
export const conventionFolders = readdirSync(ROOT).toSorted();

export function readCases(convention: string): GoldenCase[] {
  const folder = join(ROOT, convention);
  return existsSync(folder)
    ? readdirSync(folder)
        .toSorted()
        .map((name) => readCase(folder, name))
    : [];
}

function readCase(folder: string, name: string): GoldenCase {
  const specification = JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')) as CaseSpecification;
  return {
    name,
    specification,
    before: readFiles(join(folder, name, 'before')),
    after: specification.error === undefined ? readFiles(join(folder, name, 'after')) : [],
  };
}

/** All files below a folder, by path. */
export function readFiles(folder: string): ManifestFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: path.slice(folder.length + 1).replaceAll(sep, '/'),
      mode: '100644',
      bytes: readFileSync(path),
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Works on bytes as characters, so that it holds for any encoding that keeps ASCII. */
const onText = (change: (text: string) => string) => (bytes: Buffer) =>
  Buffer.from(change(bytes.toString('latin1')), 'latin1');

const crlf = onText((text) => text.replaceAll('\n', '\r\n'));
const bom = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from('\ufeff'), bytes]);
const noFinalNewline = onText((text) => text.replace(/[\r\n]+$/, ''));

export const asWritten: Derivation = { name: 'as written', apply: (bytes) => bytes };
export const derivations: readonly Derivation[] = [
  { name: 'with CRLF', apply: crlf },
  { name: 'with a byte order mark', apply: bom },
  { name: 'without a final newline', apply: noFinalNewline },
  { name: 'with all three', apply: (bytes) => bom(noFinalNewline(crlf(bytes))) },
];

export function derive(files: readonly ManifestFile[], { apply }: Derivation): ManifestFile[] {
  return files.map((file) => ({ ...file, bytes: apply(Buffer.from(file.bytes)) }));
}
