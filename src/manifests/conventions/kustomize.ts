/**
 * `images:` of a Kustomization or Component, with its old name `imageTags:` too, of Flux's `Kustomization.spec` and the
 * `postRenderers` of its HelmRelease, and `imageTag:` of a transformer: entries of `name`, `newName`, `newTag` and `digest`.
 * The image that an entry releases is `newName` if present, else `name`; some write the version into
 * `newName`, and Kustomize renders it
 * (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/).
 */
import { formatVersion, isDigest, parseReference } from '../../core/image-reference.ts';
import { withoutTemplateEnding } from '../../core/manifest-names.ts';
import { mapOf, scalarOf, valueOf, type ManifestDocument, type ManifestMap, type ManifestNode } from '../yaml/tree.ts';
import { insertedField } from './inserted-key.ts';
import {
  fieldOf,
  isEmpty,
  versionOf,
  type Convention,
  type Field,
  type FieldRole,
  type ImageSite,
} from './convention.ts';

const KINDS = new Set(['Kustomization', 'Component', 'ImageTagTransformer']);
const FILE_NAME = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

export const kustomize: Convention = {
  name: 'kustomize',
  *find({ path, text, root }: ManifestDocument): Generator<ImageSite> {
    if (root?.kind !== 'map') return;
    const kind = scalarOf(root, 'kind')?.text;
    const spec = mapOf(root, 'spec');
    if (kind === 'HelmRelease' && spec) yield* sitesOfRenderers(spec, text);
    if (kind === undefined ? !FILE_NAME.test(withoutTemplateEnding(path)) : !KINDS.has(kind)) return;
    for (const key of ['images', 'imageTags']) yield* sitesIn(valueOf(root, key), key, text);
    if (spec) yield* sitesIn(valueOf(spec, 'images'), 'spec.images', text);
    const entry = mapOf(root, 'imageTag');
    const site = entry && siteOf(entry, 'imageTag', text);
    if (site) yield site;
  },
};

function* sitesIn(images: ManifestNode | undefined, path: string, text: string): Generator<ImageSite> {
  if (images?.kind !== 'list') return;
  for (const [index, entry] of images.items.entries()) {
    const site = entry.kind === 'map' ? siteOf(entry, `${path}[${index}]`, text) : undefined;
    if (site) yield site;
  }
}

function* sitesOfRenderers(spec: ManifestMap, text: string): Generator<ImageSite> {
  const renderers = valueOf(spec, 'postRenderers');
  if (renderers?.kind !== 'list') return;
  for (const [index, renderer] of renderers.items.entries()) {
    const kustomization = renderer.kind === 'map' ? mapOf(renderer, 'kustomize') : undefined;
    if (kustomization)
      yield* sitesIn(valueOf(kustomization, 'images'), `spec.postRenderers[${index}].kustomize.images`, text);
  }
}

function siteOf(entry: ManifestMap, where: string, text: string): ImageSite | undefined {
  const name = scalarOf(entry, 'name');
  const newName = scalarOf(entry, 'newName');
  const newTag = scalarOf(entry, 'newTag');
  const digest = scalarOf(entry, 'digest');
  const reference = parseReference((newName ?? name)?.text ?? '');
  if (!name || !reference) return undefined;

  const { name: image, ...inName } = reference;
  if (newName && !newTag && !digest && formatVersion(inName) !== '') {
    return { where, name: image, version: inName, fields: [fieldOf('match', name), fieldOf('reference', newName)] };
  }
  const inTag = newTag && versionOf(newTag);
  const inDigest = digest && isDigest(digest.text) ? { digest: digest.text } : undefined;
  // A text that is no version, such as ${TAG}, belongs to another tool.
  const readable = (!newTag || inTag || isEmpty(newTag)) && (!digest || inDigest || isEmpty(digest));
  const fields: Field[] = [fieldOf('match', name)];
  if (newName) fields.push(fieldOf('name', newName));
  else fields.push(...absentField(entry, 'name', 'newName', text));
  if (newTag) fields.push(fieldOf('tag', newTag));
  else if (!digest) fields.push(...absentField(entry, 'tag', 'newTag', text));
  if (digest) fields.push(fieldOf('digest', digest));
  else if (inTag?.digest === undefined) fields.push(...absentField(entry, 'digest', 'digest', text));
  return { where, name: image, version: readable ? { ...inTag, ...inDigest } : {}, fields };
}

/** A key that the entry lacks, to be written in front of its version, or behind its names where it has none. */
function absentField(entry: ManifestMap, role: FieldRole, key: string, text: string): Field[] {
  const version = entry.entries.find((candidate) => candidate.key === 'newTag' || candidate.key === 'digest');
  const name = entry.entries.findLast((candidate) => candidate.key === 'name' || candidate.key === 'newName');
  if (version) return [insertedField(entry, { key, role, beside: version, side: 'before' }, text)];
  return name ? [insertedField(entry, { key, role, beside: name, side: 'after' }, text)] : [];
}
