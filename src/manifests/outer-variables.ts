/**
 * Versions that are apart from the names of their images: `${TAG}` is behind the name, and another file gives it the value.
 * For a Compose file that is the `.env` beside it, else `postBuild.substitute` of a Flux Kustomization whose `spec.path` is a
 * folder above the file. Pure.
 */
import type { ManifestFile } from '../core/objects.ts';
import { substituteOf } from './conventions/object-variables.ts';
import { mayContain } from './search-terms.ts';
import { withoutComments } from './text/comments.ts';
import { referencesBy, type Named, type TextReference } from './text/text-references.ts';
import { variableValues, type VariableValue } from './text/variable-values.ts';
import { foldersAbove } from './values/charts.ts';
import { folderOf, inFolder, repositoryPath } from './values/repository-paths.ts';
import { WordSearch } from './word-search.ts';
import { readManifest } from './yaml/manifest.ts';
import { mapOf, scalarOf } from './yaml/tree.ts';

/** Every Kustomization that gives values has it. */
export const SUBSTITUTING = 'postBuild';

/** Every name with a variable behind it has it. */
export const VARIABLE_MARK = ':$';

const COMPOSE = /^services:/m;
const ENVIRONMENT = /(?:^|\/)\.env$/;

/** A file, and what TextSearch finds in it. */
export interface TextOfImages {
  readonly path: string;
  readonly text: string;
  readonly references: Iterable<TextReference>;
}

/** The variables behind names of images, to which the files that have both give no value. */
export class OpenVariables {
  /** Files of variables that may give values, whether they are there or not. */
  readonly environments = new Set<string>();
  /** Variables to which a Kustomization may give values. */
  readonly substituted = new Set<string>();
  /** The images by their names, by a variable and what may give it a value: a file of variables, or the folder of a Kustomization. */
  readonly #named = new Map<string, Map<string, Named>>();

  constructor(texts: Iterable<TextOfImages>) {
    for (const { path, text, references } of texts) {
      if (!text.includes(VARIABLE_MARK)) continue;
      const environment = COMPOSE.test(text) ? inFolder(folderOf(path), '.env') : undefined;
      const sources = environment === undefined ? foldersAbove(path) : [environment];
      for (const { variable, ...named } of references) {
        if (variable === undefined) continue;
        if (environment === undefined) this.substituted.add(variable);
        else this.environments.add(environment);
        for (const source of sources) this.#add(keyOf(source, variable), named);
      }
    }
  }

  /** Whether a file may be a manifest that gives one of them a value. */
  get mayBeIn(): (file: ManifestFile) => boolean {
    const names = new WordSearch(this.substituted);
    return ({ bytes }) => this.substituted.size > 0 && mayContain(bytes, [SUBSTITUTING]) && names.isIn(bytes);
  }

  /** The versions that a text gives them. */
  *valuesIn(path: string, text: string): Generator<TextReference> {
    if (this.#named.size === 0) return;
    for (const { source, name, value } of valuesGiven(path, text)) {
      for (const named of this.#named.get(keyOf(source, name))?.values() ?? []) yield* referencesBy(named, [value]);
    }
  }

  #add(key: string, named: Named): void {
    const others = this.#named.get(key);
    if (others) others.set(named.name, named);
    else this.#named.set(key, new Map([[named.name, named]]));
  }
}

const keyOf = (source: string, variable: string): string => `${source}\0${variable}`;

interface GivenValue {
  /** The file of variables, or the folder of the Kustomization. */
  readonly source: string;
  readonly name: string;
  readonly value: VariableValue;
}

function* valuesGiven(path: string, text: string): Generator<GivenValue> {
  if (ENVIRONMENT.test(path)) {
    for (const [name, values] of variableValues(withoutComments(path, text))) {
      for (const value of values) yield { source: path, name, value };
    }
  } else if (text.includes(SUBSTITUTING)) yield* substitutesIn(path, text);
}

/** What the Kustomizations of a text substitute. One of the top folder is left out: every file is below it, also those of another repository. */
function* substitutesIn(path: string, text: string): Generator<GivenValue> {
  for (const { root, name: object } of readManifest(path, Buffer.from(text)).documents) {
    if (root?.kind !== 'map' || !object.startsWith('Kustomization/')) continue;
    const spec = mapOf(root, 'spec');
    const source = repositoryPath('', (spec && scalarOf(spec, 'path')?.text) ?? '');
    if (source === undefined || source === '') continue;
    for (const { key: name, value } of substituteOf(root)?.entries ?? []) {
      if (value.kind === 'scalar') yield { source, name, value: { value: value.text, offset: value.start } };
    }
  }
}
