/** Raw inputs -> Inputs: checked, with what was not given filled in, and frozen. */
import { readAccess, type Access } from './access.ts';
import type { Ci } from './ci.ts';
import { readPlatforms, readSigner, refuseWithoutRegistry, type Checks } from './checks.ts';
import { DEFAULT_BODY, DEFAULT_COMMIT_MESSAGE } from './default-templates.ts';
import { defaultOf } from './lookup.ts';
import { reading, type RawInputs } from './raw-inputs.ts';
import type { ChoiceName, ChoiceOf, InputName } from './table.ts';
import type { PlanOptions } from '../manifests/plan.ts';
import { readReleasedImages, type ReleasedImages } from './images.ts';
import { identityOf, type ReleaseIdentity } from './identity.ts';
import { PLAIN_RELEASE, type Operation } from './operation.ts';
import { readWait, type Wait } from './wait.ts';
import { readTargets } from '../manifests/targets.ts';
import {
  readAuthor,
  readChoice,
  readLines,
  readName,
  readNames,
  readOnlyTags,
  readPolicyLines,
  splitNames,
  refuseOtherVersions,
} from './values.ts';
import type { Attributes, Author, ReleasedImage } from '../core/objects.ts';

/** The inputs of one release, by what they are about. */
export interface Inputs {
  readonly access: Access;
  readonly images: ReleasedImages;
  readonly operation: Operation;
  readonly identity: ReleaseIdentity;
  readonly search: Search;
  readonly templates: Templates;
  readonly policy: Policy;
  readonly checks: Checks;
  readonly commit: CommitOptions;
  readonly wait: Wait;
}

/** Where images are looked for, and what is known about them beside the manifests. */
export interface Search {
  readonly paths: readonly string[];
  readonly plan: PlanOptions;
}

/** The texts of a release, as templates, and what its pull request has beside them. */
export interface Templates {
  /** The release's name as given; empty for one that is made from its identity. */
  readonly name: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  readonly 'commit-message': string;
  /** `labels` are templates. */
  readonly attributes: Omit<Attributes, 'draft'> & { readonly draft: ChoiceOf<'draft'> };
}

export interface Policy {
  readonly delivery: ChoiceOf<'delivery'>;
  /** Whether a version is released that is older than the present one. */
  readonly order: 'newest' | 'any';
  readonly force: boolean;
  readonly onForeignCommits: ChoiceOf<'on-foreign-commits'>;
  readonly dryRun: boolean;
  readonly render: ChoiceOf<'render'>;
  readonly sourceCommits: ChoiceOf<'source-commits'>;
  /** The branches that environments of the config file have for a base: no release overwrites one. */
  readonly bases: readonly string[];
}

export interface CommitOptions {
  readonly author: Author;
  readonly isAuthorGiven: boolean;
  /** By the server, or with `signingKey`. */
  readonly sign: 'none' | 'api' | 'ssh' | 'gpg';
  /** Empty unless it signs. */
  readonly signingKey: string;
}

/** The environment of the config file that a release is for; both are empty without the file. */
interface EnvironmentName {
  readonly app: string;
  readonly environment: string;
  readonly bases?: readonly string[];
}

/**
 * Checks the raw inputs and fills in the defaults. Throws INPUT_MISSING, INPUT_INVALID, IMAGE_INVALID,
 * IMAGES_UNREADABLE, IMAGE_TWO_VERSIONS, IMAGE_TAG_MOVES, VERSION_NOT_ALLOWED.
 */
export function readInputs(
  raw: RawInputs,
  ci: Ci,
  operation?: Operation,
  environment: EnvironmentName = { app: '', environment: '' },
): Inputs {
  const given = reading(raw);
  const orDefault = (name: InputName): string => given(name) || defaultOf(name);
  const choice = <Name extends ChoiceName>(name: Name): ChoiceOf<Name> => readChoice(name, orDefault(name));
  const linesOf = (name: InputName): string[] => readLines(given(name));
  const namesOf = (name: InputName): string[] => readNames(name, given(name));
  // As CODEOWNERS and comments write them.
  const loginsOf = (name: InputName): string[] => namesOf(name).map((login) => login.replace(/^@/, ''));

  const mayMove = operation !== undefined && operation.action !== 'Release';
  const images = readReleasedImages(given('images'), { branch: ci.branch, mayMove });
  refuseOtherVersions(images.released, given('allowed-versions'));
  const signer = readSigner(choice('verify'), given('signer'));
  const checks: Checks = {
    registry: choice('registry'),
    pin: choice('pin'),
    platforms: readPlatforms(splitNames(given('platforms'))),
    ...(signer && { signer }),
    trustedRoot: given('trusted-root'),
  };
  refuseWithoutRegistry(checks);
  const force = choice('force') === 'true';
  const order: Policy['order'] = force || operation?.action === 'Roll back' ? 'any' : 'newest';
  const method = choice('auto-merge');
  const autoMerge: Attributes['auto-merge'] = method === 'none' ? '' : method;
  return Object.freeze({
    access: readAccess(raw, ci),
    images,
    operation: operation ?? { ...PLAIN_RELEASE, reason: given('reason') },
    identity: identityOf(environment, images.released, linesOf('paths')),
    search: readSearch(raw, images.released),
    templates: {
      name: given('name') === '' ? '' : readName(given('name')),
      branch: orDefault('branch'),
      title: orDefault('title'),
      body: given('body') || DEFAULT_BODY,
      'commit-message': given('commit-message') || DEFAULT_COMMIT_MESSAGE,
      attributes: {
        labels: namesOf('labels'),
        reviewers: loginsOf('reviewers').filter((name) => !name.includes('/')),
        // A reviewer of the form organisation/team is a team.
        'team-reviewers': loginsOf('reviewers').flatMap((name) => name.split('/').slice(1)),
        assignees: loginsOf('assignees'),
        milestone: given('milestone'),
        'auto-merge': autoMerge,
        draft: choice('draft'),
      },
    },
    policy: {
      delivery: choice('delivery'),
      order,
      force,
      onForeignCommits: choice('on-foreign-commits'),
      dryRun: choice('dry-run') === 'true',
      render: choice('render'),
      sourceCommits: choice('source-commits'),
      bases: environment.bases ?? [],
    },
    checks,
    commit: readCommitOptions(raw, ci),
    wait: readWait(raw),
  });
}

/** Throws INPUT_INVALID. */
export function readCommitOptions(raw: RawInputs, ci: Ci): CommitOptions {
  const given = reading(raw);
  const sign = readChoice('sign-commits', given('sign-commits') || defaultOf('sign-commits'));
  return {
    author: given('author') === '' ? ci.author : readAuthor(given('author')),
    isAuthorGiven: given('author') !== '',
    ...readSigning(sign === 'true', given('signing-key')),
  };
}

/** The kind of a key is in its first line. */
function readSigning(isWanted: boolean, key: string): Pick<CommitOptions, 'sign' | 'signingKey'> {
  if (!isWanted) return { sign: 'none', signingKey: '' };
  if (key === '') return { sign: 'api', signingKey: '' };
  return { sign: key.includes('BEGIN PGP') ? 'gpg' : 'ssh', signingKey: `${key}\n` };
}

/** Where the images are looked for; they may have no version yet. Throws INPUT_INVALID. */
export function readSearch(raw: RawInputs, images: readonly ReleasedImage[]): Search {
  const given = reading(raw);
  const linesOf = (name: InputName): string[] => readLines(given(name));
  return {
    paths: linesOf('paths'),
    plan: {
      targets: readTargets(linesOf('targets'), images),
      policies: readPolicyLines(linesOf('image-policies')),
      insert: readChoice('insert', given('insert') || defaultOf('insert')) === 'true',
      ...(given('only-tags') !== '' && { onlyTags: readOnlyTags(given('only-tags')) }),
    },
  };
}

/** Throws INPUT_INVALID. */
export function readMode({ mode }: RawInputs): ChoiceOf<'mode'> {
  return readChoice('mode', mode?.trim() || defaultOf('mode'));
}
