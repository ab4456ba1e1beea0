/** The table of inputs, which action.yml, the command line's flags and the README are checked against. */
import { closest } from 'fastest-levenshtein';

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

/** The input that an unknown name was probably meant to be. */
export function nearestInput(name: string): InputName {
  return closest(
    name,
    INPUTS.map((input) => input.name),
  ) as InputName;
}

/** What an input is when it is not given. */
export function defaultOf(name: InputName): string {
  return INPUTS.find((input) => input.name === name)?.default ?? '';
}
