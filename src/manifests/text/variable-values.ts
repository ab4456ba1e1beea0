/** The values that a text itself gives to a variable which is the tag behind a name. */

export interface VariableValue {
  readonly value: string;
  readonly offset: number;
}

/**
 * `:$TAG`, `:${TAG}`, `:$(TAG)`, `:v${VERSION}`, `@${DIGEST}`, `:{{ web_version }}`, `:{{ $tag }}`, `:${{ env.TAG }}`,
 * `:${local.tag}`, `:$(params.tag)`, `:${var.tag}`, `:{{inputs.parameters.tag}}`, `:{tag}`, `:\(tag)`, `:" + tag`, `:%s" % tag`. What
 * has a dot in front, as in templates of Go, has its value elsewhere.
 */
const VARIABLE =
  /[:@](?<before>[A-Za-z_.-]{0,30})(?:\$\{\{|\$[{(]?|\{\{-?|\{|<<|\\\(|["'`][ \t]?\+|%s["'`][ \t]?[%,])[ \t]{0,20}(?:(?:\w{1,30}\.){0,3}?(?:env|local|param(?:eter)?s|var)\.|\$)?(?<name>[A-Za-z_][\w-]*)(?![\w.-])/y;
const VALUE = String.raw`[ \t]{0,20}["'\x60]?(?<value>(?:sha256:[0-9a-f]{64}|\w[\w.-]{0,126}(?:@sha256:[0-9a-f]{64})?))(?=["'\x60\s,;}]|$)`;
/** `TAG=1.4.1`, `tag = "1.4.1"`, `TAG ?= 1.4.1`, `tag: 1.4.1`; the default of `web:${TAG:=1.4.1}` is that of the name. */
const ASSIGNED = new RegExp(
  String.raw`(?<![\w.-]|:[A-Za-z_.-]{0,30}\$\{)(?<name>[A-Za-z_][\w-]*)["']?[ \t]{0,20}(?::(?=[ \t])|[:?]{0,2}=)${VALUE}`,
  'g',
);
/** `name: TAG`, and `value: 1.4.1` or `default: 1.4.1` beside it. */
const NAMED = new RegExp(
  String.raw`\bname["']?:[ \t]{0,20}["']?(?<name>[A-Za-z_][\w-]*)(?![\w.-])(?:(?!\bname["']?:)[^]){0,200}?\b(?:value|default)["']?:${VALUE}`,
  'g',
);

/** `variable "TAG" {`, `TAG: {` or `TAG:`, and on the next lines of that map `default = "1.4.1"` or `value: 1.4.1`. */
const DECLARED = new RegExp(
  String.raw`(?<![\w-])(?<name>[A-Za-z_][\w-]*)["']?(?::[ \t]{0,20}(?:\{|(?=\r?\n))|[ \t]{0,20}\{)(?:(?!:[ \t]{0,20}(?:\{|\r?\n))[^{}]){0,200}?\b(?:value|[Dd]efault)["']?[ \t]{0,20}[:=]${VALUE}`,
  'g',
);

/** A map of versions, `tags: {web: 1.4.1}` or `versions:` and the lines below it, as far as it has no other map in it. */
const VERSIONS =
  /(?:tags|versions)["']?[ \t]{0,20}\+?[:=]{1,3}[ \t]{0,20}(?:\{[^{}]{0,5000}\}|\r?\n(?<column>[ \t]+)\S.*(?:\n\k<column>.*){0,200})/gi;

/** The values of the maps of versions in a text, by their keys: an image may have the same key in a map of names. */
export function versionsByKey(text: string): ReadonlyMap<string, readonly VariableValue[]> {
  const all = [...text.matchAll(VERSIONS)].flatMap(({ 0: map, index }) => {
    const from = index + map.search(/[{\n]/);
    const values = variableValues(text.slice(from, index + map.length));
    return [...values].map(([key, some]) => [key, some.map((one) => ({ ...one, offset: from + one.offset }))] as const);
  });
  return new Map(all);
}

/** The variable in place of a version at the end of a name, and what the tag has in front of it. */
export function variableBehind(text: string, end: number): { name: string; before: string } | undefined {
  VARIABLE.lastIndex = end;
  const { name, before = '' } = VARIABLE.exec(text)?.groups ?? {};
  return name === undefined ? undefined : { name, before };
}

/**
 * `:$TAG`, `:${TAG}`, `:${TAG:-1.4.1}`: a whole tag that another file may give, as Compose and Flux read it. A part of a value,
 * as of `${TAG%%-*}`, is another one.
 */
const ENVIRONMENT = /:\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*(?::?[-?=][^{}\n]*)?\})(?![\w.$-])/y;

/** Whether the variable in place of a tag at the end of a name may have its value in another file. */
export function isOfEnvironment(text: string, end: number): boolean {
  ENVIRONMENT.lastIndex = end;
  return ENVIRONMENT.test(text);
}

/** All values that a text gives to names, by the name. */
export function variableValues(text: string): ReadonlyMap<string, readonly VariableValue[]> {
  const values = new Map<string, VariableValue[]>();
  for (const pattern of [ASSIGNED, NAMED, DECLARED]) {
    for (const { 0: all, index, groups } of text.matchAll(pattern)) {
      const { name = '', value = '' } = groups ?? {};
      const one = { value, offset: index + all.lastIndexOf(value) };
      const others = values.get(name);
      if (others) others.push(one);
      else values.set(name, [one]);
    }
  }
  return values;
}
