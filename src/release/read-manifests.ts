/** Reads the manifests of one commit that matter for a release, and those that say to which image their versions belong. */
import type { ManifestFile } from '../core/objects.ts';
import type { ReadManifests, ReadOptions, SearchTerms } from '../git/manifest-store.ts';
import { FLUX_WORDS, hasUnknownPolicy, mayHaveRepository } from '../manifests/flux-policies.ts';
import { mayName } from '../manifests/inventory.ts';
import { OpenVariables, SUBSTITUTING, VARIABLE_MARK } from '../manifests/outer-variables.ts';
import { mayContain, searchTerms } from '../manifests/search-terms.ts';
import { TextSearch } from '../manifests/text/text-references.ts';
import { chartFolders, isValuesFile } from '../manifests/values/charts.ts';
import {
  isValueOf,
  mayBeValues,
  relatedTo,
  TAG_WORDS,
  VALUES_WORDS,
  withRelated,
} from '../manifests/values/related.ts';
import { ANY, folderOf, pathPattern } from '../manifests/values/repository-paths.ts';
import { isWorkflow, namesWorkflows } from '../manifests/workflow-files.ts';
import { WordSearch } from '../manifests/word-search.ts';
import { chartOfTemplate } from '../manifests/values/template-uses.ts';
import { readManifest, type Manifest } from '../manifests/yaml/manifest.ts';
import type { ReadFiles, Reading, Wanted } from './plan-manifests.ts';

/** The whole repository, as a pathspec. */
const EVERYTHING = ['.'];

/**
 * The manifests of a commit (the base's tip unless given) that may have a released image, those that targets name, and
 * those that may have its version without its name, without workflows that `paths` does not name; with `others` also texts
 * of other kinds with its name, and files that give a value to a variable behind it; and the tip of `branch`, where one is
 * named. What only explains these is read wherever it is; outside of `paths` it has `isContext`.
 */
export async function readManifests(
  { store, log }: Reading,
  { images, unused = [], search }: Wanted,
  { others = false, ...options }: Pick<ReadOptions, 'commit' | 'branch'> & Pick<SearchTerms, 'others'> = {},
): Promise<ReadFiles & Pick<ReadManifests, 'tip'>> {
  const { targets = [], policies } = search.plan;
  const { words, registries } = searchTerms([...images, ...unused]);
  const files = [...new Set(targets.map(({ file }) => file))];
  const sought = policies?.size ? [...words, ...FLUX_WORDS] : words;
  const terms = { words: sought, registries, files, paths: search.paths, others };
  const { manifests: found, others: unread, problems, tip } = await store.read(terms, options);
  const isLeft = ({ path }: ManifestFile): boolean =>
    isWorkflow(path) && !namesWorkflows(search.paths) && !files.includes(path);
  const manifests = found.filter((file) => !isLeft(file));
  const workflows = others ? found.filter(isLeft) : [];
  const named = new WordSearch(words);
  const texts = [...workflows, ...unread].filter(({ bytes }) => named.isIn(bytes) && !mayContain(bytes, ['\0']));
  for (const problem of problems) log.problem(problem);
  const { commit } = options;
  const read: Access['read'] = async (more, below) => {
    const related = await store.read(more, { ...(below && { below }), ...(commit !== undefined && { commit }) });
    return related.manifests.filter((file) => !isLeft(file));
  };
  const context = new ContextReader(manifests, search.paths.length === 0, { read, paths: () => store.paths(commit) });
  await context.readPolicies(search.plan.policies);
  await context.readRelated(mayName(images, targets));
  const known = new Set(texts.map(({ path }) => path));
  const given = others ? await context.readVariables(named, new TextSearch([...images, ...unused])) : [];
  return { manifests: context.files, others: [...texts, ...given.filter(({ path }) => !known.has(path))], tip };
}

interface Access {
  readonly read: (terms: SearchTerms, below?: ReadOptions['below']) => Promise<readonly ManifestFile[]>;
  /** The paths of all manifests. */
  readonly paths: () => Promise<readonly string[]>;
}

/** Adds what explains manifests to them. */
class ContextReader {
  readonly #known: Map<string, ManifestFile>;
  /** Whether manifests were searched in the whole repository, and so may all be changed. */
  readonly #isEverywhere: boolean;
  readonly #access: Access;
  readonly #asked = new Set<string>();

  constructor(found: readonly ManifestFile[], isEverywhere: boolean, access: Access) {
    this.#known = new Map(found.map((file) => [file.path, file]));
    this.#isEverywhere = isEverywhere;
    this.#access = access;
  }

  /** In the order of their paths, in which they are shown too. */
  get files(): ManifestFile[] {
    return [...this.#known.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Flux's policies, where a setter has one that is not known. */
  async readPolicies(given: ReadonlyMap<string, string> = new Map()): Promise<void> {
    if (this.#isEverywhere) {
      if (this.files.some(mayHaveRepository)) this.#add(await this.#access.read({ words: FLUX_WORDS }));
    } else if (hasUnknownPolicy(this.files, given)) {
      const all = await this.#access.read({ words: [], paths: EVERYTHING });
      this.#add(all.filter((file) => mayHaveRepository(file) || mayContain(file.bytes, FLUX_WORDS)));
    }
  }

  /** The values below and above those of an image: by what they name, and without `paths` by what names them. */
  async readRelated(isNamed: (file: ManifestFile) => boolean): Promise<void> {
    const seeds = this.files.filter((file) => isNamed(file) || (!this.#isEverywhere && mayHaveTag(file)));
    for (let last: readonly ManifestFile[] = seeds; last.length > 0;) last = await this.#readRelatedTo(last);
    // Values that no file below the paths or named by them explains may be explained by what names them.
    if (this.#isEverywhere || seeds.length === 0 || this.files.some(isNamed)) return;
    const all = await this.#access.read({ words: [], paths: EVERYTHING });
    this.#add([...withRelated(all.filter(isNamed), all, parse).keys()]);
  }

  /**
   * What gives values to variables behind names of images: Kustomizations below the paths, or anywhere without them; the
   * answer is the files of variables, which are no manifests.
   */
  async readVariables(isNamed: WordSearch, search: TextSearch): Promise<readonly ManifestFile[]> {
    const texts = this.files.flatMap(({ path, bytes, isContext }) => {
      const mayHave = !isContext && mayContain(bytes, [VARIABLE_MARK]) && isNamed.isIn(bytes);
      if (!mayHave) return [];
      const text = new TextDecoder().decode(bytes);
      return { path, text, references: search.find(path, text) };
    });
    const variables = new OpenVariables(texts);
    const files = [...variables.environments];
    const words = this.#isEverywhere && variables.substituted.size > 0 ? [SUBSTITUTING] : [];
    if (files.length + words.length === 0) return [];
    const found = await this.#access.read({ words, files });
    this.#add(found.filter(variables.mayBeIn));
    return found.filter(({ path }) => variables.environments.has(path));
  }

  async #readRelatedTo(last: readonly ManifestFile[]): Promise<readonly ManifestFile[]> {
    const charts = chartFolders(this.#known.keys());
    const related = relatedTo(last.map(parse), charts);
    // A folder is asked for again when it turns out to be a chart, which has values in more files.
    const folders = this.#unasked(related.folders, (folder) => (charts.has(folder) ? 'chart' : 'folder'));
    const siblings = this.#unasked(related.siblings, () => 'siblings');
    const words = this.#isEverywhere ? this.#unasked(related.names, () => 'name') : [];
    const files = await this.#expand(this.#unasked(related.files, () => 'file'));
    const wanted = files.filter((file) => !this.#known.has(file));
    const near = [...folders, ...siblings];
    if (wanted.length + near.length + words.length === 0) return [];
    const isIn = isValueOf(folders, charts);
    const isValue = (path: string): boolean =>
      isIn(path) || siblings.includes(folderOf(path)) || this.#isTemplateIn(path, folders);
    const found = await this.#access.read({ words, files: wanted }, { folders: near, matches: isValue });
    const named = new Set(wanted);
    return this.#add(
      found.filter((file) => named.has(file.path) || isValue(file.path) || mayContain(file.bytes, VALUES_WORDS)),
    );
  }

  /** Without `paths` the templates that matter are found by the name of the image. */
  #isTemplateIn(path: string, folders: readonly string[]): boolean {
    const chart = this.#isEverywhere ? undefined : chartOfTemplate(path);
    return chart !== undefined && folders.includes(chart);
  }

  /** Those that are asked for the first time. */
  #unasked(terms: ReadonlySet<string>, kindOf: (term: string) => string): string[] {
    return [...terms].filter((term) => {
      const key = `${kindOf(term)} ${term}`;
      return !this.#asked.has(key) && this.#asked.add(key);
    });
  }

  /** Paths, with those that the templated ones may be. */
  async #expand(files: readonly string[]): Promise<readonly string[]> {
    const patterns = files.filter((file) => file.includes(ANY)).map(pathPattern);
    if (patterns.length === 0) return files;
    const all = await this.#access.paths();
    return [...files, ...all.filter((path) => patterns.some((pattern) => pattern.test(path)))];
  }

  #add(files: readonly ManifestFile[]): readonly ManifestFile[] {
    const added = files
      .filter(({ path }) => !this.#known.has(path))
      .map((file) => (this.#isEverywhere ? file : { ...file, isContext: true as const }));
    for (const file of added) this.#known.set(file.path, file);
    return added;
  }
}

const parse = ({ path, bytes }: ManifestFile): Manifest => readManifest(path, bytes);

/** Whether a file may have a tag whose repository is elsewhere. */
function mayHaveTag({ path, bytes }: ManifestFile): boolean {
  const isValues = isValuesFile(path) || mayContain(bytes, VALUES_WORDS);
  return mayBeValues(bytes) || (isValues && mayContain(bytes, TAG_WORDS));
}
