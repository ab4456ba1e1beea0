/** Mustache templates over one documented set of variables, rendered safely for the place they go to. */
import { closest } from 'fastest-levenshtein';
import Mustache from 'mustache';
import { failure } from '../../core/errors.ts';
import { forCommit, forMarkdown, markdownCode, markdownUrl, oneLine } from '../../core/escape.ts';
import { memoized } from '../../core/objects.ts';
import { safeText } from '../../core/secrets.ts';
import { SafeContext, StrictWriter, type MakeSafe } from './strict-writer.ts';

/** Name -> what it is. A nested table is an object; one in brackets is a list of them, to be used as a section. */
export const VARIABLES = {
  action: 'Release, Promote or Roll back',
  app: 'the app of the config file',
  environment: 'its environment',
  name: 'the release’s name',
  version: 'version of the first image: its tag, else its digest',
  images: [
    {
      name: 'the image as given, without version',
      tag: 'its tag',
      digest: 'its digest',
      version: 'tag@digest, as far as given',
    },
  ],
  from: 'version before of the first image; several where places differ; empty where there was none, or the same',
  bump: 'the largest step among the changes: major, minor, patch, down, or unordered (also the first version of a place)',
  step: 'the same for a person: empty where there is no order',
  imageChanges: [
    {
      image: 'an image that changes, as the manifests spell it',
      from: 'its versions before; empty for a first version',
      to: 'its version after',
      step: 'the step between the two: major, minor, patch or down; empty where there is no order',
      places: 'how many places have it',
      registry: 'what its registry says: digest, platforms and age; or "not checked"',
      builtBy: 'who was verified to have built it, or "not checked"',
    },
  ],
  checked: 'set where the registries were asked',
  unchecked: 'why images were not checked; empty where all were',
  imagesMore: 'how many images are not in that list; empty for none',
  placeCount: 'how many places change in how many files, as "10 places in 4 files"',
  placesFolded: 'set where the places are more than five',
  places: [
    {
      file: 'path of the manifest',
      line: 'line in it',
      where: 'path in the document',
      image: 'the image as the manifest spells it',
      from: 'version before, its digest cut to twelve characters; empty for a place that had none',
      to: 'version after, cut in the same way',
      note: 'what changes beside the version; else empty',
    },
  ],
  placesMore: 'how many places are not in that list; empty for none',
  changes: [
    {
      file: 'path of the manifest',
      line: 'line in it',
      where: 'path in the document',
      image: 'the image as the manifest spells it',
      from: 'version before; empty for a place that had none',
      to: 'version after',
      note: 'what changes beside the version: quoted, forceString: true; else empty',
      bump: 'the step between the two: major, minor, patch, down, or unordered',
    },
  ],
  leftCount: 'how many lines keep another version of a released image, as "2 lines"; empty for none',
  left: [
    {
      file: 'path of a file that has one',
      line: 'line in it',
      image: 'the image as it is spelled there',
      version: 'the version that is there',
      reason: 'why it was left, e.g. "is in a template"',
    },
  ],
  leftMore: 'how many lines are not in that list; empty for none',
  rendered: 'what changes in the cluster, as Markdown; empty where nothing was rendered',
  reason: 'why, as the input says',
  origin: {
    environment: 'environment that the versions were promoted from',
    since: 'when they came there, or in a rollback, when they were there before',
    pull: 'number of the pull request that brought them there',
    pullUrl: 'web page of that pull request',
    age: 'how long they were there at the time of this run, as "3 days"',
  },
  skipped: 'versions that the pull request carried on the way here, and that were never merged',
  contents: {
    summary: 'how many commits of the source repository are in it, or why that is not known',
    url: 'web page that compares the two versions',
  },
  commits: [
    {
      commit: 'id of a commit that is in it',
      shortCommit: 'its first seven characters',
      author: 'who wrote it',
      subject: 'first line of its message',
      mark: 'Breaking change or Revert, as a conventional commit says; else empty',
      url: 'web page of that commit',
      pull: 'number of its pull request',
      pullUrl: 'web page of that pull request',
    },
  ],
  commitsMore: 'how many commits are not in that list; empty for none',
  source: {
    repository: 'repository that the image was built from',
    commit: 'commit that it was built from',
    shortCommit: 'its first seven characters',
    url: 'web page of that commit',
  },
  run: { url: 'web page of the CI run' },
  actor: 'who started the run',
  goBack: { command: 'command that releases the versions before again; empty where there were none, or several' },
  base: 'branch that the pull request goes into',
  details: 'set where the pages of the server fold the HTML element details',
} as const;

type Row = Readonly<Record<string, string>>;
type Table = Readonly<Record<string, string | Row | readonly [Row]>>;
type Values<Names> = { readonly [Key in keyof Names]: string };

/** The values of the variables; a text that is not known is empty. */
export interface Variables {
  readonly action: string;
  readonly app: string;
  readonly environment: string;
  readonly reason: string;
  readonly origin: Values<(typeof VARIABLES)['origin']>;
  readonly name: string;
  readonly version: string;
  readonly images: readonly Values<(typeof VARIABLES)['images'][0]>[];
  readonly from: string;
  readonly bump: string;
  readonly step: string;
  readonly imageChanges: readonly Values<(typeof VARIABLES)['imageChanges'][0]>[];
  readonly checked: string;
  readonly unchecked: string;
  readonly imagesMore: string;
  readonly placeCount: string;
  readonly placesFolded: string;
  readonly places: readonly Values<(typeof VARIABLES)['places'][0]>[];
  readonly placesMore: string;
  readonly changes: readonly Values<(typeof VARIABLES)['changes'][0]>[];
  readonly leftCount: string;
  readonly left: readonly Values<(typeof VARIABLES)['left'][0]>[];
  readonly leftMore: string;
  readonly rendered: string;
  readonly skipped: string;
  readonly contents: Values<(typeof VARIABLES)['contents']>;
  readonly commits: readonly Values<(typeof VARIABLES)['commits'][0]>[];
  readonly commitsMore: string;
  readonly source: Values<(typeof VARIABLES)['source']>;
  readonly run: Values<(typeof VARIABLES)['run']>;
  readonly actor: string;
  readonly goBack: Values<(typeof VARIABLES)['goBack']>;
  readonly base: string;
  readonly details: string;
}

/** Where a rendered text goes; the values are made safe for it, the template's own text is the author's. */
export type Place = 'ref' | 'line' | 'commit' | 'markdown';

const SAFE: Readonly<Record<Place, MakeSafe>> = {
  // No part of the path may begin with a dot, be empty or end in .lock.
  ref: (value) =>
    value
      .replace(/[^\w./-]+/g, '-')
      .replace(/\.{2,}/g, '.')
      .replace(/(^|\/)[./]+/g, '$1-')
      .replace(/\.lock(?=\/|$)/g, '-lock')
      .replace(/[./]$/, '-'),
  line: (value) => oneLine(value, 1000),
  commit: forCommit,
  markdown: (value, key) => {
    // Markdown already, whose values were made safe.
    if (key === 'rendered') return value;
    if (key === 'command') return markdownCode(value);
    return /url$/i.test(key) ? markdownUrl(value) : forMarkdown(value);
  },
};

/**
 * Renders the template of an input. Throws TEMPLATE_INVALID, TEMPLATE_VARIABLE_UNKNOWN, and TEMPLATE_VARIABLE_EMPTY
 * for a variable without a value outside a section that asks for it.
 */
export function renderTemplate(input: string, template: string, variables: Partial<Variables>, place: Place): string {
  const known = Object.fromEntries(Object.entries(VARIABLES).filter(([name]) => name in variables));
  try {
    checkNames(input, Mustache.parse(template) as Token[], [known]);
  } catch (error) {
    if (error instanceof Error && error.name === 'Error') {
      throw failure('TEMPLATE_INVALID', { input, reason: error.message }, error);
    }
    throw error;
  }
  // Also the template's own text, which may be given with a secret in it.
  const context = new SafeContext(variables, memoized(SAFE[place]));
  return safeText(new StrictWriter(input, variables).render(template, context));
}

/** `[type, name, start, end, children?]`, see mustache.js. */
type Token = [type: string, name: string, start: number, end: number, children?: Token[]];

/** Sections in sections: more than any text needs. */
const MAX_DEPTH = 20;

function checkNames(input: string, tokens: readonly Token[], scopes: readonly Table[], depth = 0): void {
  if (depth > MAX_DEPTH) {
    throw failure('TEMPLATE_INVALID', { input, reason: `has sections in sections, more than ${MAX_DEPTH} deep` });
  }
  for (const [type, name, , , children] of tokens) {
    if (type === 'text' || type === '!' || type === '=') continue;
    const found = type === '>' ? undefined : lookUp(name, scopes);
    if (found === undefined || (typeof found === 'object' && !children)) {
      const nearest = closest(name, scopes.flatMap(namesOf));
      throw failure('TEMPLATE_VARIABLE_UNKNOWN', { input, variable: name, nearest });
    }
    if (children) {
      checkNames(input, children, typeof found === 'object' ? [rowOf(found), ...scopes] : scopes, depth + 1);
    }
  }
}

function lookUp(name: string, scopes: readonly Table[]): Table[string] | undefined {
  const [first = '', second, ...rest] = name.split('.');
  const scope = scopes.find((candidate) => Object.hasOwn(candidate, first));
  const value = scope?.[first];
  if (second === undefined) return value;
  if (rest.length > 0 || typeof value !== 'object' || isList(value)) return undefined;
  return Object.hasOwn(value, second) ? value[second] : undefined;
}

const isList = (value: Row | readonly [Row]): value is readonly [Row] => Array.isArray(value);

const rowOf = (value: Row | readonly [Row]): Row => (isList(value) ? value[0] : value);

/** The names in a scope, as the README lists them. */
function namesOf(scope: Table): string[] {
  return Object.entries(scope).flatMap(([name, value]) =>
    typeof value === 'string'
      ? name
      : Object.keys(rowOf(value)).map((key) => `${name}${isList(value) ? '[]' : ''}.${key}`),
  );
}
