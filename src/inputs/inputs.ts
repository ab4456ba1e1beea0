/** Raw inputs -> Inputs: checked, with what was not given filled in, and frozen. */
import type { Ci } from './ci.ts';
import { readPlatforms, readSigner, refuseWithoutRegistry, type Checks } from './checks.ts';
import { GITHUB_HOST_KEYS } from './github-host-keys.ts';
import { readRemote, type Remote } from '../core/remote.ts';
import { DEFAULT_BODY, DEFAULT_COMMIT_MESSAGE } from './default-templates.ts';
import { defaultOf, missingInput } from './lookup.ts';
import { WORKFLOW_TOKEN } from './definition.ts';
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
import { withLogin } from '../forge/git-login.ts';
import { isServerOf, kindOf, type ForgeKind } from '../forge/kind.ts';
import { addressOf } from '../forge/repository-name.ts';

/** Texts as given; an absent one is empty. */
export type RawInputs = Readonly<Partial<Record<InputName, string>>>;

/** Which repository, and as whom. */
export interface Access {
  readonly remote: Remote;
  /** The kind of its server. */
  readonly kind: ForgeKind;
  /** Empty for the repository's default branch. */
  readonly base: string;
  /** Empty when none was given. */
  readonly token: string;
  /** For the source repositories' API; empty when none was given. */
  readonly sourceToken: string;
  /** The workflow's own token, where github.com made it: its registry takes that too. Else empty. */
  readonly packagesToken: string;
  readonly app?: { readonly clientId: string; readonly privateKey: string };
  readonly ssh?: { readonly key: string; readonly knownHosts: string };
  /** The same with the kind that the server says it is, while that is asked beside all else; never rejects. Absent where it is not asked. */
  readonly asked?: Promise<Access>;
}

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
        reviewers: namesOf('reviewers').filter((name) => !name.includes('/')),
        // A reviewer of the form organisation/team is a team.
        'team-reviewers': namesOf('reviewers').flatMap((name) => name.split('/').slice(1)),
        assignees: namesOf('assignees'),
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

/** What is needed before a release is known. Throws INPUT_MISSING, INPUT_INVALID. */
export function readAccess(raw: RawInputs, ci: Ci): Access {
  const given = reading(raw);
  const repository = given('repository') || ci.ownRepository;
  if (repository === '') throw missingInput('repository');
  const [home] = ci.servers;
  const remote = readRemote(addressOf(repository, home, given('token')), home.url, given('ssh-key') !== '');
  const forge = readChoice('forge', given('forge') || defaultOf('forge'));
  const kind = forge === 'auto' ? kindOf(remote, ci.servers) : forge;
  const token = tokenFor(remote, given('token'), ci);
  // Else the run would go on with the token of the workflow, whose refusal says nothing of an App.
  const isKeyOnly = given('app-client-id') === '' && given('app-private-key') !== '' && isNobodysChoice(given('token'));
  if (isKeyOnly && remote.transport !== 'file') throw missingInput('app-client-id');
  return {
    remote: withLogin(remote, kind, { token, isOfJob: token === ci.jobToken }),
    kind,
    base: given('base').replace(/^refs\/heads\//, ''),
    token,
    sourceToken: withoutMark(given('source-token')),
    packagesToken: packagesTokenOf([given('token'), given('source-token')], ci),
    ...(given('app-client-id') !== '' && {
      app: { clientId: given('app-client-id'), privateKey: readSecret(raw, 'app-private-key') },
    }),
    ...(given('ssh-key') !== '' && {
      ssh: { key: readSecret(raw, 'ssh-key'), knownHosts: given('ssh-known-hosts') || GITHUB_HOST_KEYS },
    }),
  };
}

const withoutMark = (token: string): string => (isOfWorkflow(token) ? token.slice(WORKFLOW_TOKEN.length) : token);

const isOfWorkflow = (token: string): boolean => token.startsWith(WORKFLOW_TOKEN);

const isNobodysChoice = (token: string): boolean => token === '' || isOfWorkflow(token);

function packagesTokenOf(tokens: readonly string[], { servers: [home], jobToken, jobServerUrl }: Ci): string {
  if (jobServerUrl === GITHUB_COM && jobToken !== '') return jobToken;
  return home.url === GITHUB_COM ? withoutMark(tokens.find(isOfWorkflow) ?? '') : '';
}

const GITHUB_COM = 'https://github.com';

/** The token given; one that nobody gave, of the workflow or of this job, for the server that made it alone. */
function tokenFor(remote: Remote, token: string, { servers: [home], jobToken, jobServerUrl }: Ci): string {
  if (isOfWorkflow(token)) return isServerOf(home, remote) ? withoutMark(token) : '';
  if (token !== '' || jobServerUrl === '') return token;
  const isOwn = isServerOf({ url: jobServerUrl }, remote) && isBelow(jobServerUrl, remote);
  return isOwn ? jobToken : '';
}

/** Whether a repository is in the folder of that server: several may share a host. By ssh the folder is in no address. */
function isBelow(server: string, { transport, url }: Remote): boolean {
  const folderOf = (address: string): string => `${new URL(address).pathname.replace(/\/+$/, '')}/`;
  return transport === 'ssh' || folderOf(url).startsWith(folderOf(server));
}

/** The inputs that are not empty, trimmed. */
export function givenOf(raw: RawInputs): RawInputs {
  const entries = Object.entries(raw).map(([name, text]) => [name, text.trim()] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

const reading =
  (raw: RawInputs) =>
  (name: InputName): string =>
    (raw[name] ?? '').trim();

/** A secret that another input makes necessary. */
function readSecret(raw: RawInputs, name: InputName): string {
  const secret = reading(raw)(name);
  if (secret === '') throw missingInput(name);
  return `${secret}\n`;
}
