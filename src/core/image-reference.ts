/**
 * Image references: reading, writing, and whether two name the same repository.
 *
 * The grammar is that of the OCI distribution project's `reference` package
 * (https://github.com/distribution/reference/blob/main/reference.go); the defaults for a missing registry
 * (`docker.io`, `library/`) are Docker's.
 */

/** One reference, as written: `[registry/]path[:tag][@digest]`. */
export interface ImageReference {
  /** Registry and path as the author wrote them, e.g. `nginx` or `ghcr.io/acme/web`. */
  readonly name: string;
  readonly tag?: string;
  /** `algorithm:hex`, e.g. `sha256:9f86…`. */
  readonly digest?: string;
}

/** The version part of a reference: at least one of the two. */
export type ImageVersion = Pick<ImageReference, 'tag' | 'digest'>;

const DOMAIN_LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${DOMAIN_LABEL}(?:\\.${DOMAIN_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PATH_COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const NAME = `(?:${DOMAIN}/)?${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`;
const TAG = '[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}';
/** Of the algorithms that registries and runtimes take. Of any other, `web:8f14…` with a whole commit would be a digest. */
const DIGEST = '(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})';

const NAME_PATTERN = new RegExp(`^${NAME}$`);
const TAG_PATTERN = new RegExp(`^${TAG}$`);
const DIGEST_PATTERN = new RegExp(`^${DIGEST}$`);
const REFERENCE_PATTERN = new RegExp(`^(${NAME})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const VERSION_PATTERN = new RegExp(`^(?:(${TAG})(?:@(${DIGEST}))?|(${DIGEST}))$`);

/** Characters: more than a name, a tag and a digest have. A longer text overflows the stack of some expressions. */
const MAX_REFERENCE = 2000;
const MAX_NAME = 255;

const TEXT_AFTER_NAME = /^(.*?)(?::([^:@/]*))?(?:@(.*))?$/s;

/** `name:a/b@…`, which may be a registry with a port too (`name:5000/b`). */
const SLASH_BEHIND_COLON = /^([^@]*):([^:@]*)(?:@.*)?$/s;

/** What is before the name in a ref, as `github.ref` has it. */
const REF_FOLDER = /^refs\/(?:heads|tags)\//;

/** Whether a text can be a tag by the grammar of references. */
export const isTag = (text: string): boolean => TAG_PATTERN.test(text);

/** True for `algorithm:hex` of the right length for the algorithm. */
export function isDigest(text: string): boolean {
  return DIGEST_PATTERN.test(text);
}

/** Reads a reference; `undefined` when the text is not one. Never throws. */
export function parseReference(text: string): ImageReference | undefined {
  if (text.length > MAX_REFERENCE) return undefined;
  const match = REFERENCE_PATTERN.exec(text);
  const [, name = '', tag, digest] = match ?? [];
  if (!match || name.length > MAX_NAME) return undefined;
  // The grammar takes `sha256:…` for a repository with a tag; that is never meant.
  if (isDigest(text)) return undefined;
  return { name, ...version(tag, digest) };
}

/** Reads `tag`, `tag@digest` or `digest`, as a tag or digest key has them; `undefined` for anything else. */
export function parseVersion(text: string): ImageVersion | undefined {
  if (text.length > MAX_REFERENCE) return undefined;
  const [, tag, tagDigest, onlyDigest] = VERSION_PATTERN.exec(text) ?? [];
  const digest = tagDigest ?? onlyDigest;
  return tag === undefined && digest === undefined ? undefined : version(tag, digest);
}

/** What comes out of a build step that went wrong, or is pasted, where a reference is wanted. */
const MISTAKES: readonly (readonly [text: RegExp, problem: string])[] = [
  [/^(?:Array|Object)$/, 'is what an expression gives for a list or an object; give its text, by join() or toJSON()'],
  [/\$[\w({]|\{\{|%\w+%/, 'has a variable that was not replaced'],
  [/^[a-z][a-z+.-]*:\/\//i, 'has a scheme before its name; leave that out'],
  [/^["'`#[\](){}<>*-]/, 'begins with a character that no reference begins with'],
  [/^[:@/]|\/\/|\/[:@]/, 'has an empty part in its name, as where a variable or an output is empty'],
  [/^[^@]*:(?:@|$)/, 'has no tag after the ":", as where a variable or an output is empty'],
  [/@(?:\w+:)?$/, 'has no digest after the "@", as where a variable or an output is empty'],
];

/** Why a text is not a reference, as the end of a sentence: "… has an uppercase letter in its repository". */
export function referenceProblem(text: string): string {
  const mistake = MISTAKES.find(([pattern]) => pattern.test(text));
  if (mistake) return mistake[1];
  const [, name = '', tag, digest] = TEXT_AFTER_NAME.exec(text) ?? [];
  if (name === '') return 'names no repository';
  if (name.length > MAX_NAME) return `has a repository of ${name.length} characters, more than ${MAX_NAME}`;
  const [, named = '', slashed = ''] = SLASH_BEHIND_COLON.exec(text) ?? [];
  if (slashed.includes('/') && !/^\d+\//.test(slashed) && NAME_PATTERN.test(named)) {
    return `has a tag with a slash; write ${slashed.replace(REF_FOLDER, '').replace(/[^\w.]+/g, '-')}`;
  }
  if (!NAME_PATTERN.test(name)) {
    return NAME_PATTERN.test(name.toLowerCase())
      ? `has an uppercase letter in its repository; write ${name.toLowerCase()}`
      : 'has a repository that is not of the form registry/path in lowercase letters, digits and . _ - /';
  }
  if (tag !== undefined && tag.length > 128) return `has a tag of ${tag.length} characters, more than 128`;
  if (tag !== undefined && /^[.-]/.test(tag)) return 'has a tag that begins with . or -';
  if (tag !== undefined && !isTag(tag)) return 'has a tag with a character other than letters, digits and _ . -';
  if (digest !== undefined && !isDigest(digest)) return 'has a digest that is not sha256: and 64 hexadecimal digits';
  return 'is not an image reference';
}

/** Why a text is not a version, as the end of a sentence. */
export function versionProblem(text: string): string {
  const bare = parseVersion(text.replace(/^[:@]/, '')) ?? parseReference(text);
  const version = bare ? formatVersion(bare) : '';
  return version === '' ? referenceProblem(`image:${text}`) : `has more than a version; write ${version}`;
}

/** `name:tag@digest`, as far as there are a tag and a digest. */
export function formatReference({ name, ...version }: ImageReference): string {
  const text = formatVersion(version);
  return text === '' ? name : `${name}${version.tag === undefined ? '@' : ':'}${text}`;
}

/** `tag@digest`, `tag` or `digest`; empty when there is neither. */
export function formatVersion({ tag, digest }: ImageVersion): string {
  return [tag, digest].filter((part) => part !== undefined).join('@');
}

/** The version of a text that is one or, as in a change that moves an image, a whole reference. */
export function versionIn(text: string): string {
  return parseVersion(text) ? text : formatVersion(parseReference(text) ?? {});
}

/** A version for a person: its digest has no more than twelve hex digits. */
export function shortVersion(version: string): string {
  return version.replace(/(?<=^|@)([a-z\d+._-]+:[\da-f]{12})[\da-f]+$/i, '$1');
}

/** Whether two versions are the same; one of them may have only its tag, or only its digest. */
export function isSameVersion(one: string, other: string): boolean {
  return isPartOf(one, other) || isPartOf(other, one);
}

/** Whether all that `part` has, its tag, its digest or both, is the same in `whole`. */
export function isPartOf(part: string, whole: string): boolean {
  const [some, all] = [parseVersion(part), parseVersion(whole)];
  return (
    (some?.tag === undefined || some.tag === all?.tag) && (some?.digest === undefined || some.digest === all?.digest)
  );
}

/** A version without absent keys, so that two equal versions are deeply equal. */
function version(tag: string | undefined, digest: string | undefined): ImageVersion {
  return { ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/**
 * The repository of a name, in the one spelling that is compared:
 * `nginx`, `library/nginx` and `index.docker.io/library/nginx` are all `docker.io/library/nginx`.
 */
export function repositoryOf(name: string): string {
  const { registry, path } = splitName(name);
  return `${registry}/${registry === DOCKER_HUB && !path.includes('/') ? `library/${path}` : path}`;
}

const DOCKER_HUB = 'docker.io';
const DOCKER_HUB_ALIASES = new Set([DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

/** A name cut into its registry (lowercase, `docker.io` when there is none) and the path in it. */
export function splitName(name: string): { registry: string; path: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0)).toLowerCase();
  const isRegistry = first === 'localhost' || /[.:[]/.test(first);
  if (!isRegistry) return { registry: DOCKER_HUB, path: name };
  return { registry: DOCKER_HUB_ALIASES.has(first) ? DOCKER_HUB : first, path: name.slice(slash + 1) };
}

/** The part of a name that every spelling of it has, also where registry and path are written apart. */
export function searchWord(name: string): string {
  const { registry, path } = splitName(name);
  return registry === DOCKER_HUB ? path.replace(/^library\//, '') : path;
}

/** The ends of values that may be in front of the rest of a name, behind a registry or alone: `acme` for `ghcr.io/acme/web`. */
export function foldersOf(name: string): string[] {
  const [, ...path] = repositoryOf(name).split('/');
  return path.slice(1).map((_, index) => path.slice(0, index + 1).join('/'));
}
