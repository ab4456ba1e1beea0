/** The environments that the names of folders and files say. Pure. */
import { withoutTemplateEnding } from '../../core/manifest-names.ts';

/** What environments are for, in the order in which a version goes through them. */
const KINDS = [
  ['development', /^dev(?:el(?:op(?:ment)?)?)?$/],
  ['integration', /^int(?:egration)?$/],
  ['test', /^(?:test(?:ing)?|tst|non-?prod(?:uction)?|sandbox|preview|demo)$/],
  ['acceptance', /^(?:qa|uat|acc(?:eptance)?)$/],
  ['staging', /^(?:stag(?:e|ing)|stg|pre-?prod(?:uction)?|canary)$/],
  ['production', /^(?:prod(?:uction)?|prd|live)$/],
] as const;

export type EnvironmentKind = (typeof KINDS)[number][0];

/** Names that other things have too: they count only where the folder around them says that it has environments. */
const WEAK = /^(?:int|integration|test|testing|tst|sandbox|preview|demo|acc|acceptance|canary|live)$/;
const FOLDERS = /^(?:overlays?|env(?:ironment)?s?|clusters?|stages?|values|variants)$/;
/** `eu`, `us-east-1`, `euw1`, `2`: behind the name of an environment, whose part it is. */
const REGION = /^(?:[a-z]{2,4}\d*|[a-z]{2}-[a-z]+(?:-?\d+[a-z]?)?|\d+)$/;
const VALUES = /^(?:values[-_.](.+)|(.+)[-_.]values)$/;

export interface NamedEnvironment {
  /** As it is written, in lower case. */
  readonly name: string;
  readonly kind: EnvironmentKind;
  /** The folder that has the name, or the file. */
  readonly path: string;
}

/** Where versions go first comes first. */
export const rankOf = (kind: EnvironmentKind): number => KINDS.findIndex(([name]) => name === kind);

/**
 * The environment of a file: of several names in its path the most particular one; `several` where they are of different kinds,
 * `undefined` for none.
 */
export function environmentOf(file: string): NamedEnvironment | 'several' | undefined {
  const [first, ...more] = namesIn(file);
  if (!first) return undefined;
  if (more.some(({ kind }) => kind !== first.kind)) return 'several';
  return more.find(({ name }) => name.startsWith(`${first.name}-`)) ?? first;
}

function namesIn(file: string): NamedEnvironment[] {
  const folders = file.split('/');
  const stem = withoutTemplateEnding(folders.pop() ?? '').replace(/\.(?:ya?ml|json)$/i, '');
  const found = folders.flatMap((folder, index) => {
    const isListed = FOLDERS.test((folders[index - 1] ?? '').toLowerCase());
    const named = readName(folder.toLowerCase(), isListed);
    return named ? { ...named, path: folders.slice(0, index + 1).join('/') } : [];
  });
  const [, behind, before] = VALUES.exec(stem.toLowerCase()) ?? [];
  const values = behind ?? before;
  const named = readName(values ?? stem.toLowerCase(), values !== undefined);
  return named ? [...found, { ...named, path: file }] : found;
}

/** A name alone, in front of a region, or behind the name of an app. */
function readName(text: string, isListed: boolean): Pick<NamedEnvironment, 'name' | 'kind'> | undefined {
  const whole = kindOf(text);
  if (whole) return isListed || !WEAK.test(text) ? { name: text, kind: whole } : undefined;
  const [, first = '', region = ''] = /^([a-z]+)[-_.](.+)$/.exec(text) ?? [];
  const before = WEAK.test(first) ? undefined : kindOf(first);
  if (before && REGION.test(region)) return { name: text, kind: before };
  const [, last = ''] = /[-_.]((?:pre-|non-)?[a-z]+)$/.exec(text) ?? [];
  const behind = WEAK.test(last) ? undefined : kindOf(last);
  return behind && { name: last, kind: behind };
}

const kindOf = (text: string): EnvironmentKind | undefined => KINDS.find(([, words]) => words.test(text))?.[0];
