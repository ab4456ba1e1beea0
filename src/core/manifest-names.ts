/** Files that are manifests, by their names. */

const MANIFEST = /\.(?:ya?ml|json)$|(?:^|\/)(?:Kustomization|Kptfile)$/i;
/** Templates of another file: `values.yaml.gotmpl`. Copies and examples (`.bak`, `.dist`, `.example`) are none. */
const TEMPLATE = /\.(?:gotmpl|ctmpl|tmpl|tplt|tpl|template|j2|jinja2?|tftpl|erb)$/i;

/** True for YAML and JSON, and for templates of them. */
export const isManifestName = (path: string): boolean => MANIFEST.test(withoutTemplateEnding(path));

/** The name of the file that a template makes. */
export const withoutTemplateEnding = (path: string): string => path.replace(TEMPLATE, '');

/** The names of the file of a kustomization (https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization). */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
