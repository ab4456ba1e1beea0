/** Values that the templates of a chart write behind the name of an image: `image: ghcr.io/acme/web:{{ .Values.tag }}`. */
import { parseReference, repositoryOf } from '../../core/image-reference.ts';
import type { TagOwner } from '../conventions/convention.ts';
import type { Manifest } from '../yaml/manifest.ts';

/** One value, by its path in the values of the chart. */
export interface TemplateUse {
  readonly path: readonly string[];
  readonly owner: TagOwner;
}

const FOLDER = /^(?:(.*)\/)?templates\//;
const NAME = /[\w][\w./:-]*$/;
const VALUE = /\{\{-?\s*\$?\.Values\.([\w.]+)\s*(?:\|[^{}\n]{0,200})?-?\}\}/y;
/** No name of an image is longer. */
const MAX_NAME = 255;

/** The chart that has a template; `undefined` for a file that is none. */
export function chartOfTemplate(path: string): string | undefined {
  const match = FOLDER.exec(path);
  return match ? (match[1] ?? '') : undefined;
}

/** The uses in one template. */
export function* templateUses({ path, text, lines }: Manifest): Generator<TemplateUse> {
  for (let at = text.indexOf(':{{'); at >= 0; at = text.indexOf(':{{', at + 1)) {
    VALUE.lastIndex = at + 1;
    const [, value] = VALUE.exec(text) ?? [];
    const [written = ''] = NAME.exec(text.slice(Math.max(at - MAX_NAME, 0), at)) ?? [];
    const name = parseReference(written)?.name;
    if (value === undefined || name === undefined || name !== written) continue;
    const source = `${path}:${lines.positionAt(at).line}`;
    yield { path: value.split('.'), owner: { image: repositoryOf(name), name, source } };
  }
}
