/** Raw inputs -> Inputs: checked, with what was not given filled in, and frozen. */
import type { Ci } from './ci.ts';
import { failure } from './errors.ts';
import type { Author } from './git/fast-import.ts';
import { readRemote, type Remote } from './git/remote.ts';
import { parseReference } from './image.ts';
import type { PlanOptions } from './plan.ts';
import { defaultOf, type InputName } from './input-table.ts';
import { readReleasedImages, type ReleasedImage } from './released-images.ts';
import { readTargets } from './targets.ts';

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
