/** Raw inputs -> Inputs. The table is what action.yml, the command line's flags and the README are checked against. */
import { closest } from 'fastest-levenshtein';
import type { Ci } from './ci.ts';
import { failure } from './errors.ts';
import type { Author } from './git/fast-import.ts';
import { readRemote, type Remote } from './git/remote.ts';
import { parseReference } from './image.ts';
import type { PlanOptions } from './plan.ts';
import { readReleasedImages, type ReleasedImage } from './released-images.ts';
import { readTargets } from './targets.ts';

interface InputDefinition {
  readonly name: string;
  readonly description: string;
  readonly default: string;
  readonly required?: true;
  /** One per line; on the command line also by repeating the flag. */
  readonly list?: true;
  /** What the command line has instead of a flag of that name. */
  readonly commandLine?: 'switch' | 'none';
}

export const INPUTS = [
  {
    name: 'repository',
    description: 'Manifest repository: owner/name on this GitHub server, a git URL (https, ssh), or a local path.',
    default: '${{ github.repository }}',
  },
  {
    name: 'images',
    description:
      'Images to release, one per line: name:tag, name:tag@sha256:…, name@sha256:…, or old=new:tag to move to another ' +
      'repository too; or the tags or json output of docker/metadata-action, or the metadata output of docker/bake-action.',
    default: '',
    required: true,
    list: true,
  },
  {
    name: 'paths',
    description: 'Git pathspecs, one per line, that limit where images are looked for. Default: the whole repository.',
    default: '',
    list: true,
  },
  {
    name: 'only-tags',
    description: 'A tag or a range of versions (1.x, >=1.2 <2): only places that hold such a one are changed.',
    default: '',
  },
  {
    name: 'targets',
    description:
      'Further places, one per line, that no convention explains: file#/json/pointer=image or file#dotted.path=image; ' +
      'file#kind/name#path where a file has several documents. One image needs no =image.',
    default: '',
    list: true,
  },
  {
    name: 'image-policies',
    description: 'Flux image policies that are not in the repository, one per line: namespace:policy=image.',
    default: '',
    list: true,
  },
  {
    name: 'templates',
    description: 'report (templates are never edited) or literal (their lines with nothing templated are).',
    default: 'report',
  },
  {
    name: 'base',
    description: 'Branch that the pull request goes into. Default: the default branch of the repository.',
    default: '',
  },
  {
    name: 'name',
    description: 'Name of the release. Default: last component of the first image’s repository.',
    default: '',
  },
  { name: 'branch', description: 'Template of the release branch.', default: 'release/{{ name }}' },
  {
    name: 'title',
    description: 'Template of the pull request’s title.',
    default: 'Release {{ name }} {{ version }}',
  },
  {
    name: 'body',
    description: 'Template of the pull request’s body, in Markdown. Default: a table of the changes with links.',
    default: '',
  },
  {
    name: 'commit-message',
    description: 'Template of the commit message. Default: the title’s default and a list of the changes.',
    default: '',
  },
  {
    name: 'token',
    description: 'Token for git and the API, with Contents: write and Pull requests: write on the manifest repository.',
    default: '${{ github.token }}',
    commandLine: 'none',
  },
  {
    name: 'author',
    description: 'Author and committer of the commit, as Name <email>.',
    default: 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>',
  },
  {
    name: 'dry-run',
    description: 'Plan and show everything, write nothing.',
    default: 'false',
    commandLine: 'switch',
  },
] as const satisfies readonly InputDefinition[];

export type InputName = (typeof INPUTS)[number]['name'];

/** The table with its optional columns, for those who go through it. */
export const INPUT_TABLE: readonly (InputDefinition & { readonly name: InputName })[] = INPUTS;

/** Texts as given; an absent one is empty. */
export type RawInputs = Readonly<Partial<Record<InputName, string>>>;

export interface Inputs {
  readonly remote: Remote;
  readonly images: readonly ReleasedImage[];
  /** What was chosen among several tags, for the log. */
  readonly notes: readonly string[];
  readonly paths: readonly string[];
  readonly plan: PlanOptions;
  /** Empty for the repository's default branch. */
  readonly base: string;
  readonly name: string;
  readonly templates: Readonly<Record<'branch' | 'title' | 'body' | 'commit-message', string>>;
  /** Empty when none was given. */
  readonly token: string;
  readonly author: Author;
  readonly dryRun: boolean;
}

const DEFAULT_BODY = `Releases **{{ name }}** {{ version }}.

| Image | Old | New | Place |
| --- | --- | --- | --- |
{{#changes}}
| {{ image }} | {{ from }} | {{ to }} | {{ file }}:{{ line }} {{ where }} |
{{/changes}}

{{#source.commit}}
Built from {{#source.repository}}{{ source.repository }}@{{/source.repository}}{{#source.url}}[{{ source.shortCommit }}]({{ source.url }}){{/source.url}}{{^source.url}}{{ source.shortCommit }}{{/source.url}}{{#run.url}} by [this run]({{ run.url }}){{/run.url}}{{#actor}}, started by {{ actor }}{{/actor}}.
{{/source.commit}}
`;

const DEFAULT_COMMIT_MESSAGE = `Release {{ name }} {{ version }}

{{#changes}}
{{ file }}:{{ line }} {{ image }} {{ from }} -> {{ to }}
{{/changes}}
`;

/**
 * Checks the raw inputs and fills in what was not given. Throws INPUT_MISSING, INPUT_INVALID, IMAGE_INVALID,
 * IMAGES_UNREADABLE, IMAGE_TWO_VERSIONS.
 */
export function readInputs(raw: RawInputs, ci: Ci): Inputs {
  const given = (name: InputName): string => (raw[name] ?? '').trim();
  const orDefault = (name: InputName): string => given(name) || defaultOf(name);

  const linesOf = (name: InputName): string[] =>
    given(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');

  const { images, notes } = readReleasedImages(given('images'));
  const ownRepository = ci.name === 'GitHub Actions' ? ci.source.repository : '';
  const repository = given('repository') || ownRepository;
  if (repository === '') throw failure('INPUT_MISSING', { input: 'repository' });
  return Object.freeze({
    remote: readRemote(repository, ci.serverUrl),
    images,
    notes,
    paths: linesOf('paths'),
    plan: {
      targets: readTargets(linesOf('targets'), images),
      policies: readPolicyLines(linesOf('image-policies')),
      templates: readTemplates(orDefault('templates')),
      ...(given('only-tags') !== '' && { onlyTags: given('only-tags') }),
    },
    base: given('base').replace(/^refs\/heads\//, ''),
    name: readName(given('name') || lastComponent(images)),
    templates: {
      branch: orDefault('branch'),
      title: orDefault('title'),
      body: given('body') || DEFAULT_BODY,
      'commit-message': given('commit-message') || DEFAULT_COMMIT_MESSAGE,
    },
    token: given('token'),
    author: readAuthor(orDefault('author')),
    dryRun: readBoolean('dry-run', orDefault('dry-run')),
  });
}

/** The input that an unknown name was probably meant to be. */
export function nearestInput(name: string): InputName {
  return closest(
    name,
    INPUTS.map((input) => input.name),
  ) as InputName;
}

function defaultOf(name: InputName): string {
  return INPUTS.find((input) => input.name === name)?.default ?? '';
}

function lastComponent(images: readonly ReleasedImage[]): string {
  return images[0]?.reference.name.split('/').at(-1) ?? '';
}

function readName(value: string): string {
  if (!/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(value)) {
    throw failure('INPUT_INVALID', {
      input: 'name',
      value,
      reason: 'is not one line of at most 100 visible characters',
    });
  }
  return value;
}

function readAuthor(value: string): Author {
  const [, name, email] = /^([^<>\n]*[^<>\s])\s*<([^<>\s]+)>$/.exec(value) ?? [];
  if (name === undefined || email === undefined) {
    throw failure('INPUT_INVALID', { input: 'author', value, reason: 'is not of the form Name <email>' });
  }
  return { name, email };
}

/** `namespace:policy=image` -> image by policy. */
function readPolicyLines(lines: readonly string[]): Map<string, string> {
  return new Map(
    lines.map((value): [string, string] => {
      const [, policy, image] = /^([^:=\s]+:[^:=\s]+)=(\S+)$/.exec(value) ?? [];
      if (policy === undefined || image === undefined || !parseReference(image)) {
        throw failure('INPUT_INVALID', {
          input: 'image-policies',
          value,
          reason: 'is not of the form namespace:policy=image',
        });
      }
      return [policy, image];
    }),
  );
}

function readTemplates(value: string): 'report' | 'literal' {
  if (value === 'report' || value === 'literal') return value;
  throw failure('INPUT_INVALID', { input: 'templates', value, reason: 'is neither report nor literal' });
}

/** The booleans of YAML 1.2 core, which @actions/core takes too. */
function readBoolean(input: InputName, value: string): boolean {
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  if (/^(?:false|False|FALSE)$/.test(value)) return false;
  throw failure('INPUT_INVALID', { input, value, reason: 'is neither true nor false' });
}
