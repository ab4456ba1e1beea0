/** References of released images in any text, as lines and not as YAML: in scripts, templates, prose, broken files. */
import { isDigest, parseVersion, repositoryOf, splitName, type ImageVersion } from '../../core/image-reference.ts';
import type { ReleasedImage } from '../../core/objects.ts';
import { withoutComments } from './comments.ts';
import { joinedValues, partsBeside, TextKeys, VERSION_KEY, type KeyAndValue, type KeysBeside } from './keys-beside.ts';
import { withoutRecords } from './records.ts';
import { namesIn, wholeTag, withoutEscapes } from './text-names.ts';
import {
  isOfEnvironment,
  variableBehind,
  variableValues,
  versionsByKey,
  type VariableValue,
} from './variable-values.ts';
import { lineAround } from '../yaml/lines.ts';

/** One reference, or a name and the version in a key beside it. */
export interface TextReference {
  readonly image: ReleasedImage;
  /** As it is spelled there. */
  readonly name: string;
  /** Empty where there is none. */
  readonly version: ImageVersion;
  /** Offset of the line that is reported: that of the version. */
  readonly offset: number;
  /** Whether a variable or template is in place of the registry. */
  readonly isVariable: boolean;
  /** Whether the version is in a key beside the name. */
  readonly isApart: boolean;
  /** The variable in place of the version, where another file may give it a value and the text gives it none. */
  readonly variable?: string;
}

/** An image as a text spells its name. */
export type Named = Pick<TextReference, 'image' | 'name' | 'isVariable'>;

/** Addresses of something else than an image. */
const SCHEME = /(?:^|[^a-z0-9+.-])([a-z][a-z0-9+.-]*):$/i;
const SCHEMES_OF_IMAGES = /^(?:docker|oci|containers-storage|docker-daemon|image)$/i;
const TAG_KEY = /(?:tag|digest)$/i;
/** What is in front of a name that is in a key of its own. */
const FOLDER_KEY = /(?:registry|repository|repo|\bhub)\b/i;
const SHA_KEY = /sha(?:256)?$/i;
/** The end of a variable or template: `${R}`, `$(R)`, `{{ .r }}`, `<r>`, `%R%`, `#{R}#`, `[[ .r ]]`, `@R@`, also in quotes. */
const VARIABLE_END = /(?:[})>%]|\}#|\]\]|@[\w.-]+@)["']?$/;
/** A variable of a shell with a default. */
const DEFAULT_IN_NAME = /\$\{\w+:?-(?<value>[\w.:/-]*)\}/g;
/** A word in place of a registry, which is no part of a name: `__REGISTRY__`, `REGISTRY`. */
const WORD_IN_PLACE = /^(?:__\w+__|[A-Z][A-Z\d_]*)\//;

/** The references of images, by their repositories. */
export class TextSearch {
  readonly #byRepository = new Map<string, ReleasedImage>();
  /** By the path behind the registry; Docker's default path is not needed there. */
  readonly #byPath = new Map<string, ReleasedImage>();
  /** The last components of their names. */
  readonly #components = new Set<string>();

  constructor(images: readonly ReleasedImage[]) {
    for (const image of images) {
      for (const name of [image.replaces, image.reference.name]) {
        const repository = repositoryOf(name);
        this.#byRepository.set(repository, image);
        const path = repository.slice(repository.indexOf('/') + 1);
        this.#components.add(path.slice(path.lastIndexOf('/') + 1));
        for (const spelled of [path, path.replace(/^library\//, '')]) this.#byPath.set(spelled, image);
      }
    }
  }

  /**
   * All references in a text, outside of comments and of records of what was applied; also those without a version. In a
   * text that is broken, a version near by counts as beside the name.
   */
  *find(path: string, text: string, isBroken = false): Generator<TextReference> {
    const isKnown = (component: string): boolean => this.#components.has(component);
    if (namesIn(withoutEscapes(text), isKnown).next().done === true) return;
    const shown = withoutEscapes(withoutRecords(withoutComments(path, text)));
    const keys = new TextKeys(shown, isBroken);
    const variables = new TextVariables(shown);
    const isInParts = FOLDER_KEY.test(shown);
    for (const { name: written, offset, length, end, tag, digest: hex } of namesIn(shown, isKnown)) {
      // Of a digest that was cut off nothing is known.
      const digest = hex !== undefined && isDigest(hex) ? hex : undefined;
      const named = this.#imageOf(written, shown.slice(Math.max(offset - LONGEST_VARIABLE, 0), offset));
      if (tag === undefined && digest === undefined) {
        const isAsked = named !== undefined || isInParts || this.#byPath.has(written);
        if (isAsked) yield* this.#besides(written, named, offset, variables, keys.beside(offset, length));
      } else if (named && !isNoImage(named.name, tag, shown, offset)) {
        const whole = tag && wholeTag(tag, named.image.reference.tag ?? '', shown, end);
        const version = { ...(whole !== undefined && { tag: whole }), ...(digest !== undefined && { digest }) };
        yield { ...named, version, offset, isApart: false };
      }
      if (named) yield* variables.behind(named, offset, end);
    }
  }

  /** The name, and the versions in keys beside it; there the registry may have a key of its own. */
  *#besides(
    written: string,
    known: Named | undefined,
    offset: number,
    variables: TextVariables,
    { key, others }: KeysBeside = { key: '', others: [] },
  ): Generator<TextReference> {
    const ofSame = partsBeside(key, others);
    const folders = [...ofSame, ...others].filter((other) => FOLDER_KEY.test(other.key));
    const path = written.replace(/^\//, '');
    const joined = joinedValues(folders).flatMap((folder) => this.#imageOf(`${folder}/${path}`, ' ') ?? [])[0];
    const named = joined ?? known;
    if (!named) return;
    yield { ...named, version: {}, offset, isApart: false };
    if (!ofSame.some((other) => VERSION_KEY.test(other.key))) yield* variables.ofKey(named, key);
    const isName = /^name$/i.test(key);
    // A package and a chart have a name without a registry and a version too; in a kustomization the new name counts.
    if (isName && (!(joined || written.includes('/')) || ofSame.some((other) => other.key === 'newName'))) return;
    const versions = isName && splitName(named.name).path === named.name ? TAG_KEY : VERSION_KEY;
    for (const other of ofSame) {
      const version = versions.test(other.key) ? versionIn(other) : undefined;
      if (version && /\d/.test(other.value)) yield { ...named, version, offset: other.offset, isApart: true };
    }
  }

  /** The image that a run of characters names, with the text in front of it; `undefined` for any other. */
  #imageOf(written: string, before: string): Named | undefined {
    const scheme = written.startsWith('//') ? SCHEME.exec(before)?.[1] : undefined;
    if (scheme !== undefined) {
      return SCHEMES_OF_IMAGES.test(scheme) ? this.#imageOf(written.slice(2), ' ') : undefined;
    }
    if (VARIABLE_END.test(before)) {
      return this.#behindDefaults(before, written) ?? this.#behindVariable(written.replace(/^\//, ''));
    }
    if (/\w@$/.test(before)) return undefined;
    if (WORD_IN_PLACE.test(written)) return this.#behindVariable(written.replace(WORD_IN_PLACE, ''));
    if (before.endsWith('$')) return this.#behindVariable(written.replace(/^[^/]*\//, ''));
    const image = this.#byRepository.get(repositoryOf(written));
    return image && { image, name: written, isVariable: false };
  }

  /** The name that the defaults of variables make: `${REGISTRY:-ghcr.io/acme}/web`. */
  #behindDefaults(before: string, written: string): Named | undefined {
    const [start = ''] = /[\w.:/-]*$/.exec(before.replace(DEFAULT_IN_NAME, '$<value>')) ?? [];
    const name = start + written;
    const image = start === '' ? undefined : this.#byRepository.get(repositoryOf(name));
    return image && { image, name, isVariable: true };
  }

  #behindVariable(path: string): Named | undefined {
    const image = this.#byPath.get(path) ?? this.#byRepository.get(repositoryOf(path));
    return image && { image, name: path, isVariable: true };
  }
}

/** The versions that a text gives to the variables behind names, each once. */
class TextVariables {
  readonly #text: string;
  readonly #known = new Set<string>();
  #values: ReadonlyMap<string, readonly VariableValue[]> | undefined;
  #versions: ReadonlyMap<string, readonly VariableValue[]> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The versions that other maps have for a key whose value is a name, and that has none beside it. */
  *ofKey(named: Named, key: string): Generator<TextReference> {
    this.#versions ??= versionsByKey(this.#text);
    yield* this.#once(`key ${key}`, named, this.#versions.get(key) ?? []);
  }

  *behind(named: Named, offset: number, end: number): Generator<TextReference> {
    const variable = variableBehind(this.#text, end);
    if (variable === undefined) return;
    const { name, before } = variable;
    this.#values ??= variableValues(this.#text);
    const values = this.#values.get(name);
    if (values) yield* this.#once(`variable ${before} ${name}`, named, values, before);
    else if (isOfEnvironment(this.#text, end)) yield { ...named, version: {}, offset, isApart: true, variable: name };
  }

  /** The references that values from one origin make, where an image has not had them yet. */
  *#once(origin: string, named: Named, values: readonly VariableValue[], before = ''): Generator<TextReference> {
    const key = `${named.name} ${origin}`;
    if (!this.#known.has(key)) yield* referencesBy(named, values, before);
    this.#known.add(key);
  }
}

/** The references that the values of a variable behind a name make, with what is before it. */
export function* referencesBy(named: Named, values: readonly VariableValue[], before = ''): Generator<TextReference> {
  for (const { value, offset } of values) {
    const version = /\d/.test(value) ? parseVersion(before + value) : undefined;
    if (version) yield { ...named, version, offset, isApart: true };
  }
}

/** Of the variables in place of a registry. */
const LONGEST_VARIABLE = 120;

/** The version in a key beside a name: in a key `sha` a digest, also one without its algorithm, and no commit. */
function versionIn({ key, value }: KeyAndValue): ImageVersion | undefined {
  if (!SHA_KEY.test(key)) return parseVersion(value);
  return [value, `sha256:${value}`].filter(isDigest).map((digest) => ({ digest }))[0];
}

/** A name without a slash and a word may be anything: a host and its port, a user and a password. */
function isNoImage(name: string, tag: string | undefined, text: string, offset: number): boolean {
  if (tag === undefined || name.includes('/')) return false;
  const { start, line } = lineAround(text, offset);
  const before = line.slice(0, offset - start);
  if (/image|\bfrom\b/i.test(before)) return false;
  return isPort(tag) || !/\d|^latest$/.test(tag);
}

/** Services have ports above those that systems keep for themselves; a version of that size is no number alone. */
export function isPort(tag: string): boolean {
  return /^\d{2,5}$/.test(tag) && Number(tag) >= 80;
}
