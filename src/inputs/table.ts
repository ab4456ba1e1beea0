/** The table of inputs, which action.yml, the command line's flags and the README are checked against. */
import { FORGE_KINDS } from '../forge/kind.ts';

export interface InputDefinition {
  readonly name: string;
  readonly description: string;
  /** Empty unless given. */
  readonly default?: string;
  /** One per line; on the command line also by repeating the flag. */
  readonly list?: true;
  /** The values that it may have. */
  readonly choices?: readonly string[];
  /** A secret: on the command line it comes in this environment variable, and never as a flag. */
  readonly variable?: string;
  /** Allowed in the config file too: `filled` with app and environment there, or a template that is `rendered` later. */
  readonly perEnvironment?: 'filled' | 'rendered';
}

/** Before the token of a workflow that is the default of an input: what a person gives has no such mark. */
export const WORKFLOW_TOKEN = 'workflow:';

export const BOOLEAN = ['true', 'false'] as const;

export const INPUTS = [
  {
    name: 'repository',
    description:
      'Manifest repository: owner/name on the server of this CI (else on github.com), a git URL (https, ssh), or a local path.',
    default: '${{ github.repository }}',
  },
  {
    name: 'forge',
    description:
      'Kind of the server of that repository, where its address, the CI and a question to it do not say: auto, github, gitlab, gitea, forgejo, ' +
      'bitbucket-cloud, bitbucket-data-center, azure-devops, codecommit, or git for any other.',
    default: 'auto',
    choices: ['auto', ...FORGE_KINDS],
  },
  {
    name: 'images',
    description:
      'Images to release, one per line: name:tag, name:tag@sha256:…, name@sha256:…, or old=new:tag to move to another ' +
      'repository too; or the tags or json output of docker/metadata-action, or the metadata output of docker/bake-action.',
    list: true,
  },
  {
    name: 'paths',
    description: 'Git pathspecs, one per line, of the manifests to change. Default: the whole repository.',
    list: true,
    perEnvironment: 'filled',
  },
  {
    name: 'only-tags',
    description:
      'A tag, a glob (agent-*, *-alpine) or a range of versions (1.x, >=1.2 <2): only places with such a tag are changed.',
    perEnvironment: 'filled',
  },
  {
    name: 'targets',
    description:
      'Further places, one per line, that no convention finds: file#/json/pointer=image or file#dotted.path=image; ' +
      'file#kind/name#path where a file has several documents. One image needs no =image.',
    list: true,
    perEnvironment: 'filled',
  },
  {
    name: 'insert',
    description:
      'Write a version also to places that have none yet, where one belongs: an empty tag, an entry of a kustomization ' +
      'without newTag, an image without a tag.',
    default: 'false',
    choices: BOOLEAN,
    perEnvironment: 'filled',
  },
  {
    name: 'image-policies',
    description: 'Flux image policies that are not in the repository, one per line: namespace:policy=image.',
    list: true,
    perEnvironment: 'filled',
  },
  {
    name: 'base',
    description: 'Branch that the pull request goes into. Default: the default branch of the repository.',
    perEnvironment: 'filled',
  },
  {
    name: 'name',
    description:
      'Name of the release. Default: last component of the first image’s repository; of an environment, app-environment.',
    perEnvironment: 'filled',
  },
  {
    name: 'branch',
    description: 'Template of the release branch.',
    default: 'release/{{ name }}',
    perEnvironment: 'rendered',
  },
  {
    name: 'title',
    description: 'Template of the pull request’s title.',
    default:
      '{{ action }} {{ name }} {{#from}}{{ from }} → {{/from}}{{ version }}{{#from}}{{#step}} ({{ step }}){{/step}}{{/from}}',
    perEnvironment: 'rendered',
  },
  {
    name: 'body',
    description:
      'Template of the pull request’s body, in Markdown. Default: what a reviewer needs, see docs/pull-request.md.',
    perEnvironment: 'rendered',
  },
  {
    name: 'commit-message',
    description: 'Template of the commit message. Default: the title’s default and a list of the changes.',
    perEnvironment: 'rendered',
  },
  {
    name: 'source-commits',
    description:
      'Whether the pull request lists the commits of the source repository: auto (not those of a repository that is not public, ' +
      'where the manifest repository is), or always.',
    default: 'auto',
    choices: ['auto', 'always'],
    perEnvironment: 'filled',
  },
  {
    name: 'render',
    description:
      'What kustomize and Helm render from the changed files, before and after: auto (as far as the tools are on the PATH and ' +
      'nothing has to be fetched), off, or require (an error where something is not rendered).',
    default: 'auto',
    choices: ['auto', 'off', 'require'],
    perEnvironment: 'filled',
  },
  {
    name: 'registry',
    description:
      'Before anything is written the registry of each released image is asked about it: check (an absent tag, or a digest that ' +
      'is not the one of the tag, is an error; a registry that cannot be read is noted), require (that is an error too), or off.',
    default: 'check',
    choices: ['check', 'require', 'off'],
    perEnvironment: 'filled',
  },
  {
    name: 'pin',
    description:
      'What the digest from the registry is written to: keep (places that have a digest), always (all places, as tag@digest), or ' +
      'never.',
    default: 'keep',
    choices: ['keep', 'always', 'never'],
    perEnvironment: 'filled',
  },
  {
    name: 'platforms',
    description: 'Platforms, one per line, that each released image must be for: linux/amd64.',
    list: true,
    perEnvironment: 'filled',
  },
  {
    name: 'verify',
    description:
      'Who built the image is proved before anything is written: none, attestation (a build provenance of GitHub), or cosign (a ' +
      'signature).',
    default: 'none',
    choices: ['none', 'attestation', 'cosign'],
    perEnvironment: 'filled',
  },
  {
    name: 'signer',
    description:
      'Who must have signed. For attestation: owner/repo, owner/repo/.github/workflows/file.yml, or both for a reusable workflow ' +
      'of another repository. For cosign: an identity and its issuer, or a public key in PEM.',
    perEnvironment: 'filled',
  },
  {
    name: 'trusted-root',
    description:
      'Trusted root of Sigstore, as gh attestation trusted-root or cosign trusted-root create print it: private repositories need ' +
      'that. Default: the one of the public Sigstore.',
    perEnvironment: 'filled',
  },
  {
    name: 'delivery',
    description: 'pull-request, or push: the commit goes straight to the base branch.',
    default: 'pull-request',
    choices: ['pull-request', 'push'],
    perEnvironment: 'filled',
  },
  {
    name: 'order',
    description: 'newest (a release older than the present version is skipped) or any (for going back).',
    default: 'newest',
    choices: ['newest', 'any'],
    perEnvironment: 'filled',
  },
  {
    name: 'only-versions',
    description: 'Range of versions (>=1.0.0) that the base allows; a release of any other version is an error.',
    perEnvironment: 'filled',
  },
  {
    name: 'force',
    description:
      'Open a pull request also for a version whose pull request was closed without merging, or that was rolled ' +
      'back.',
    default: 'false',
    choices: BOOLEAN,
  },
  {
    name: 'on-foreign-commits',
    description:
      'When others committed on the release branch: append (our commit goes on top), stop (an error that names them) ' +
      'or reset (their commits are overwritten).',
    default: 'append',
    choices: ['append', 'stop', 'reset'],
    perEnvironment: 'filled',
  },
  {
    name: 'labels',
    description: 'Labels, one per line; templates, as bump/{{ bump }}.',
    list: true,
    perEnvironment: 'rendered',
  },
  {
    name: 'reviewers',
    description: 'Login names to ask for a review, one per line; organisation/team for a team.',
    list: true,
    perEnvironment: 'filled',
  },
  {
    name: 'team-reviewers',
    description: 'Teams to ask for a review, one per line.',
    list: true,
    perEnvironment: 'filled',
  },
  { name: 'assignees', description: 'Login names to assign, one per line.', list: true, perEnvironment: 'filled' },
  { name: 'milestone', description: 'Title of an open milestone.', perEnvironment: 'filled' },
  {
    name: 'draft',
    description: 'Open the pull request as a draft: false, true, or always (an update makes it a draft again).',
    default: 'false',
    choices: ['false', 'true', 'always'],
    perEnvironment: 'filled',
  },
  {
    name: 'auto-merge',
    description: 'Let the server merge when all rules are met: none, merge, squash or rebase.',
    default: 'none',
    choices: ['none', 'merge', 'squash', 'rebase'],
    perEnvironment: 'filled',
  },
  {
    name: 'wait',
    description:
      'What the run waits for after its release: none, merge (until the pull request is merged or closed), or deployed (until ' +
      'the agents of the input verdict say whether it is deployed).',
    default: 'none',
    choices: ['none', 'merge', 'deployed'],
    perEnvironment: 'filled',
  },
  {
    name: 'wait-timeout',
    description: 'How long it waits at most, for the merge and the verdict together: 90s, 30m or 2h.',
    default: '30m',
    perEnvironment: 'filled',
  },
  {
    name: 'verdict',
    description:
      'Commit statuses that say whether a commit is deployed, one per line, all of which must be there: flux, argo-cd, a context ' +
      '(kustomization/web, deploy-*), or deployment/environment on GitHub; with “by login” only those of that author.',
    list: true,
    perEnvironment: 'filled',
  },
  {
    name: 'wait-for',
    description:
      'With mode wait: the number of a pull request, or the whole id of a commit of the branch in the input base.',
  },
  {
    name: 'mode',
    description:
      'release; wait (for a pull request or commit of an earlier job); for an app of the config file: promote (versions of ' +
      'another environment), rollback (to an earlier version), status (present versions) or list-versions (earlier versions); ' +
      'or, for a repository that is new to this Action: scan (list all places of images) or init (propose a config file).',
    default: 'release',
    choices: ['release', 'promote', 'rollback', 'status', 'list-versions', 'wait', 'scan', 'init'],
  },
  {
    name: 'config',
    description: 'Path of the config file in the manifest repository, which lists the environments of each app.',
    default: '.github/manifest-release.yaml',
  },
  { name: 'app', description: 'Name of the app in the config file. Without it, the config file is not read.' },
  {
    name: 'environments',
    description: 'Environments of the app, one per line. Default: all that are after no other.',
    list: true,
  },
  { name: 'version', description: 'A tag, tag@sha256:… or digest for all images of the app, in place of images.' },
  { name: 'from', description: 'With mode promote: the environment to take the versions from.', default: '' },
  { name: 'to', description: 'With mode promote: the environment to release them to.', default: '' },
  { name: 'to-version', description: 'With mode rollback: the version to go back to. Default: the previous one.' },
  { name: 'reason', description: 'Reason for a rollback or a promotion, shown in its texts.', default: '' },
  {
    name: 'token',
    description:
      'Token for git and the API, with Contents: write and Pull requests: write on the manifest repository. The default, the ' +
      'token of the workflow, goes to the server of the workflow alone.',
    // With a mark, so that a token that nobody gave is known.
    default: `\${{ format('${WORKFLOW_TOKEN}{0}', github.token) }}`,
    variable: 'MANIFEST_RELEASE_TOKEN',
  },
  {
    name: 'source-token',
    description: 'Token that reads the commits of the source repository. Default: the token of the workflow.',
    default: `\${{ format('${WORKFLOW_TOKEN}{0}', github.token) }}`,
    variable: 'MANIFEST_RELEASE_SOURCE_TOKEN',
  },
  {
    name: 'app-client-id',
    description: 'Client ID (or App ID) of a GitHub App whose installation token is used in place of token.',
  },
  {
    name: 'app-private-key',
    description: 'Private key of that App, in PEM.',
    variable: 'MANIFEST_RELEASE_APP_PRIVATE_KEY',
  },
  {
    name: 'ssh-key',
    description: 'Private deploy key for git over ssh; the API still needs a token.',
    variable: 'MANIFEST_RELEASE_SSH_KEY',
  },
  { name: 'ssh-known-hosts', description: 'Lines of known_hosts for the server. Default: those of github.com.' },
  {
    name: 'sign',
    description: 'How the commit is signed: none, api (by GitHub, for an App or bot), ssh or gpg.',
    default: 'none',
    choices: ['none', 'api', 'ssh', 'gpg'],
    perEnvironment: 'filled',
  },
  {
    name: 'signing-key',
    description: 'Private key for sign: ssh or gpg, without a passphrase.',
    variable: 'MANIFEST_RELEASE_SIGNING_KEY',
  },
  {
    name: 'author',
    description:
      'Author and committer of the commit, as Name <email>. Default: in GitHub Actions github-actions[bot], elsewhere ' +
      'manifest-release-pr <manifest-release-pr@noreply.invalid>.',
    perEnvironment: 'filled',
  },
  { name: 'dry-run', description: 'Plan and show all changes, write nothing.', default: 'false', choices: BOOLEAN },
] as const satisfies readonly InputDefinition[];

export type InputName = (typeof INPUTS)[number]['name'];

/** The inputs with a closed set of values, and the value of each. */
export type ChoiceName = Extract<(typeof INPUTS)[number], { readonly choices: readonly string[] }>['name'];
export type ChoiceOf<Name extends ChoiceName> = Extract<
  (typeof INPUTS)[number],
  { readonly name: Name; readonly choices: readonly string[] }
>['choices'][number];

/** The table with its optional columns, each row with its default. */
export const INPUT_TABLE: readonly (InputDefinition & { readonly name: InputName; readonly default: string })[] =
  INPUTS.map((input) => ({ default: '', ...input }));
