/** Raw inputs -> Inputs: checked, with what was not given filled in, and frozen. */
import type { Ci } from './ci.ts';
import { failure } from '../core/errors.ts';
import { GITHUB_HOST_KEYS } from './github-host-keys.ts';
import { readRemote, type Remote } from '../core/remote.ts';
import { formatReference, parseReference } from '../core/image-reference.ts';
import { DEFAULT_BODY, DEFAULT_COMMIT_MESSAGE } from './default-templates.ts';
import { choicesOf, defaultOf, type ChoiceName, type ChoiceOf, type InputName } from './table.ts';
import type { PlanOptions } from '../manifests/plan.ts';
import { readReleasedImages } from './images.ts';
import { PLAIN_RELEASE, type Story } from './operation.ts';
import { readTargets } from '../manifests/targets.ts';
import { isRange, satisfies } from '../core/version.ts';
import type { Attributes, Author, ReleasedImage } from '../core/objects.ts';

/** Texts as given; an absent one is empty. */
export type RawInputs = Readonly<Partial<Record<InputName, string>>>;

/** Which repository, and as whom. */
export interface Access {
  readonly remote: Remote;
  /** Empty for the repository's default branch. */
  readonly base: string;
  /** Empty when none was given. */
  readonly token: string;
  /** For the source repositories' API; empty when none was given. */
  readonly sourceToken: string;
  readonly app?: { readonly clientId: string; readonly privateKey: string };
  readonly ssh?: { readonly key: string; readonly knownHosts: string };
}

export interface Inputs extends Access {
  readonly images: readonly ReleasedImage[];
  readonly story: Story;
  /** What was chosen among several tags, for the log. */
  readonly notes: readonly string[];
  readonly paths: readonly string[];
  readonly plan: PlanOptions;
  readonly name: string;
  readonly templates: Readonly<Record<'branch' | 'title' | 'body' | 'commit-message', string>>;
  readonly delivery: ChoiceOf<'delivery'>;
  readonly order: ChoiceOf<'order'>;
  readonly force: boolean;
  readonly onForeignCommits: ChoiceOf<'on-foreign-commits'>;
  /** What the pull request gets beside its text; labels are templates still. */
  readonly attributes: Pick<Attributes, 'labels' | 'reviewers' | 'team-reviewers' | 'assignees'>;
  /** Empty for none. */
  readonly milestone: string;
  readonly draft: ChoiceOf<'draft'>;
  readonly autoMerge: ChoiceOf<'auto-merge'>;
  readonly sign: ChoiceOf<'sign'>;
  readonly signingKey: string;
  readonly author: Author;
  readonly dryRun: boolean;
}

/**
 * Checks the raw inputs and fills in what was not given. Throws INPUT_MISSING, INPUT_INVALID, IMAGE_INVALID,
 * IMAGES_UNREADABLE, IMAGE_TWO_VERSIONS, VERSION_NOT_ALLOWED.
 */
export function readInputs(raw: RawInputs, ci: Ci, told?: Story): Inputs {
  const given = reading(raw);
  const story = told ?? { ...PLAIN_RELEASE, reason: given('reason') };
  const orDefault = (name: InputName): string => given(name) || defaultOf(name);
  const choice = <Name extends ChoiceName>(name: Name): ChoiceOf<Name> => readChoice(name, orDefault(name));
  const linesOf = (name: InputName): string[] => readLines(given(name));

  const { images, notes } = readReleasedImages(given('images'));
  refuseOtherVersions(images, given('only-versions'));
  const sign = choice('sign');
  return Object.freeze({
    ...readAccess(raw, ci),
    images,
    story,
    notes,
    paths: linesOf('paths'),
    plan: {
      targets: readTargets(linesOf('targets'), images),
      policies: readPolicyLines(linesOf('image-policies')),
      templates: choice('templates'),
      ...(given('only-tags') !== '' && { onlyTags: given('only-tags') }),
    },
    name: readName(given('name') || lastComponent(images)),
    templates: {
      branch: orDefault('branch'),
      title: orDefault('title'),
      body: given('body') || DEFAULT_BODY,
      'commit-message': given('commit-message') || DEFAULT_COMMIT_MESSAGE,
    },
    delivery: choice('delivery'),
    order: choice('order'),
    force: choice('force') === 'true',
    onForeignCommits: choice('on-foreign-commits'),
    attributes: {
      labels: linesOf('labels'),
      reviewers: linesOf('reviewers').filter((name) => !name.includes('/')),
      // A reviewer of the form organisation/team is a team.
      'team-reviewers': [
        ...linesOf('team-reviewers'),
        ...linesOf('reviewers').flatMap((name) => name.split('/').slice(1)),
      ],
      assignees: linesOf('assignees'),
    },
    milestone: given('milestone'),
    draft: choice('draft'),
    autoMerge: choice('auto-merge'),
    sign,
    signingKey: sign === 'ssh' || sign === 'gpg' ? readSecret(raw, 'signing-key') : '',
    author: readAuthor(orDefault('author')),
    dryRun: choice('dry-run') === 'true',
  });
}

/** Throws INPUT_INVALID. */
export function readMode({ mode }: RawInputs): ChoiceOf<'mode'> {
  return readChoice('mode', mode?.trim() || defaultOf('mode'));
}

/** What is needed before a release is known. Throws INPUT_MISSING, INPUT_INVALID. */
export function readAccess(raw: RawInputs, ci: Ci): Access {
  const given = reading(raw);
  const ownRepository = ci.name === 'GitHub Actions' ? ci.source.repository : '';
  const repository = given('repository') || ownRepository;
  if (repository === '') throw failure('INPUT_MISSING', { input: 'repository' });
  return {
    remote: readRemote(repository, ci.serverUrl, given('ssh-key') !== ''),
    base: given('base').replace(/^refs\/heads\//, ''),
    token: given('token'),
    sourceToken: given('source-token'),
    ...(given('app-client-id') !== '' && {
      app: { clientId: given('app-client-id'), privateKey: readSecret(raw, 'app-private-key') },
    }),
    ...(given('ssh-key') !== '' && {
      ssh: { key: readSecret(raw, 'ssh-key'), knownHosts: given('ssh-known-hosts') || GITHUB_HOST_KEYS },
    }),
  };
}

const reading =
  (raw: RawInputs) =>
  (name: InputName): string =>
    (raw[name] ?? '').trim();

export function readLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A secret that another input makes necessary. */
function readSecret(raw: RawInputs, name: InputName): string {
  const secret = reading(raw)(name);
  if (secret === '') throw failure('INPUT_MISSING', { input: name });
  return `${secret}\n`;
}

/** `only-versions`: what a base must not get is refused before anything is cloned. */
function refuseOtherVersions(images: readonly ReleasedImage[], range: string): void {
  if (range === '') return;
  if (!isRange(range)) {
    throw failure('INPUT_INVALID', { input: 'only-versions', value: range, reason: 'is no range of versions' });
  }
  const other = images.find(({ reference }) => !satisfies(reference.tag ?? '', range));
  if (other) throw failure('VERSION_NOT_ALLOWED', { image: formatReference(other.reference), range });
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

/** Of `true` and `false` also the spellings of YAML 1.2 core, which @actions/core takes too. */
function readChoice<Name extends ChoiceName>(input: Name, value: string): ChoiceOf<Name> {
  const choices = choicesOf(input);
  const folded = /^(?:True|TRUE|False|FALSE)$/.test(value) ? value.toLowerCase() : value;
  const chosen = choices.find((choice) => choice === folded);
  if (chosen !== undefined) return chosen;
  const last = choices.at(-1) ?? '';
  const rest = choices.slice(0, -1);
  const reason = rest.length === 1 ? `is neither ${rest[0]} nor ${last}` : `is none of ${rest.join(', ')} and ${last}`;
  throw failure('INPUT_INVALID', { input, value, reason });
}
