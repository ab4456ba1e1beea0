/** An entry of the setting `targets` for a line that no convention reads. Pure. */
import { ReleaseError } from '../core/errors.ts';
import type { Leftover, ManifestFile, ReleasedImage } from '../core/objects.ts';
import { planRelease, type PlanOptions } from './plan.ts';
import { readTargets } from './targets.ts';
import { readManifest, type Manifest } from './yaml/manifest.ts';
import { walk } from './yaml/tree.ts';

/** The entry with which a release of the image changes the line; `undefined` where there is none. */
export function suggestTarget(
  { file: path, line }: Pick<Leftover, 'file' | 'line'>,
  image: ReleasedImage,
  files: readonly ManifestFile[],
  options: PlanOptions,
): string | undefined {
  const file = files.find((one) => one.path === path);
  if (!file) return undefined;
  const changes = (target: string): boolean => {
    try {
      const targets = readTargets([target], [image]);
      return planRelease([image], [file], { ...options, targets }).changes.some((change) => change.line === line);
    } catch (error) {
      if (error instanceof ReleaseError) return false;
      throw error;
    }
  };
  return valuesAt(readManifest(path, file.bytes), line)
    .map((value) => `${path}#${value}=${image.reference.name}`)
    .find(changes);
}

/** The values that begin on a line, as `targets` names them in a file. */
function valuesAt({ documents, lines }: Manifest, line: number): string[] {
  const own = documents.filter(({ label, name }) => label === '' || label === name);
  return own.flatMap(({ root, name, index }) => {
    const document = own.length === 1 ? '' : `${name || index}#`;
    return walk(root).flatMap(({ node, path }) =>
      node.kind === 'scalar' && lines.positionAt(node.start).line === line ? `${document}${path}` : [],
    );
  });
}
